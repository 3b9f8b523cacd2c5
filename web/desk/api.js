// Calls to the gateway. A problem's `detail` is a sentence for whoever reads it.

import { forgetDrafts } from "./drafts.js";

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

// Listen to named events; returns what stops it. The browser reconnects by itself.
export function listen(path, handlers) {
  const source = new EventSource(`/v1/desk/${path}`);
  for (const [name, handle] of Object.entries(handlers)) {
    if (name === "open" || name === "error") source[`on${name}`] = handle;
    else source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  return () => source.close();
}

export const newId = () => crypto.randomUUID();
