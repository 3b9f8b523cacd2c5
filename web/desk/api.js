// Calls to the gateway. A problem's `detail` is a sentence for whoever reads it.

import { forgetDrafts } from "./drafts.js";

const AGAIN = 2000;
let csrf = "";

export class Failed extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function call(method, path, body) {
  const headers = { "X-CSRF-Token": csrf };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(`/v1/desk/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Failed(0, "The desk cannot be reached. Please check your connection.");
  }
  const told = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Failed(answer.status, told?.detail ?? "Something went wrong.");
  return told;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);

// How one may sign in, and whether somebody is: asking `session` without being would be an error.
export const ways = () => get("ways");

export async function session() {
  const me = await get("session");
  csrf = me.csrf;
  return me;
}

export async function signIn(user_name, password) {
  const me = await post("session", { user_name, password });
  csrf = me.csrf;
  return me;
}

export async function signOut() {
  forgetDrafts();
  await call("DELETE", "session");
}

// Listen to named events; returns what stops it. The browser reconnects by itself, but not after
// an answer that is no stream, as a proxy gives while the gateway restarts.
export function listen(path, handlers) {
  let source;
  let again = 0;
  const begin = () => {
    source = new EventSource(`/v1/desk/${path}`);
    for (const [name, handle] of Object.entries(handlers)) {
      if (name === "open") source.onopen = handle;
      else if (name !== "error") source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    }
    source.onerror = () => {
      const refused = source.readyState === EventSource.CLOSED;
      handlers.error?.(refused);
      if (refused) again = setTimeout(begin, AGAIN);
    };
  };
  begin();
  return () => {
    clearTimeout(again);
    source.close();
  };
}

export const newId = () => crypto.randomUUID();
