/** The gateway's customer API, with its failures sorted by what a customer can do about them. */

import { readEvents } from "./event-stream.js";

const REQUEST_SECONDS = 15;
const SILENCE_SECONDS = 45; // three of the server's keep-alives

/**
 * What went wrong. `kind` is one of: offline (no answer, or not now), busy (too many messages;
 * wait `retryAfter` seconds), expired (the conversation is over), signIn (the shop's token is),
 * refused (the message itself), server. `detail` is the gateway's own sentence about it.
 */
export class GatewayError extends Error {
  constructor(kind, { retryAfter = 0, detail = "" } = {}) {
    super(kind);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.detail = detail;
  }
}

export class Gateway {
  /** @param {string} base the gateway's address; the page's own where empty */
  constructor(base = "") {
    this.base = base.replace(/\/$/, "");
  }

  /** Returns `{conversation_id, token}` of a new conversation. */
  start(customerToken) {
    const body = customerToken ? { customer_token: customerToken } : {};
    return this.#json("POST", "/v1/conversations", { body });
  }

  /** Accepts a message; the same `client_message_id` again is the same message. */
  send(conversation, message) {
    return this.#json("POST", `${path(conversation)}/messages`, { conversation, body: message });
  }

  /** Ends a conversation. */
  async close(conversation) {
    await this.#fetch(`${path(conversation)}/close`, { method: "POST", headers: bearer(conversation) });
  }

  /** Returns the messages after a position of the log. */
  async messages(conversation, after) {
    const query = new URLSearchParams({ after: String(after) });
    const answer = await this.#json("GET", `${path(conversation)}/messages?${query}`, { conversation });
    return answer.messages;
  }

  /** Yields the messages after a position as they come, until the connection ends. */
  async *events(conversation, after, signal) {
    const silence = new AbortController();
    let watchdog;
    const onActivity = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => silence.abort(), SILENCE_SECONDS * 1000);
    };
    onActivity();
    try {
      const response = await this.#fetch(`${path(conversation)}/events`, {
        headers: { ...bearer(conversation), accept: "text/event-stream", "last-event-id": String(after) },
        signal: AbortSignal.any([signal, silence.signal]),
      });
      for await (const event of readEvents(response.body, onActivity)) {
        const message = JSON.parse(event.data);
        if (event.event === "message" && message.position) yield message;
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  async #json(method, where, { conversation, body }) {
    const response = await this.#fetch(where, {
      method,
      headers: { ...bearer(conversation), ...(body && { "content-type": "application/json" }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_SECONDS * 1000),
    });
    return response.json();
  }

  async #fetch(where, options) {
    const response = await fetch(this.base + where, { ...options, cache: "no-store" }).catch(() => {
      throw new GatewayError("offline");
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

function path(conversation) {
  return `/v1/conversations/${encodeURIComponent(conversation.id)}`;
}

function bearer(conversation) {
  return conversation ? { authorization: `Bearer ${conversation.token}` } : {};
}

async function errorOf(response) {
  const { code = "", detail = "" } = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("retry-after")) || 10;
  return new GatewayError(kindOf(response.status, code), { retryAfter, detail });
}

function kindOf(status, code) {
  if (code.startsWith("sign_in")) return "signIn";
  if ([401, 403, 404, 409].includes(status)) return "expired";
  if (status === 429) return "busy";
  if ([502, 503, 504].includes(status)) return "offline";
  return status >= 500 ? "server" : "refused";
}
