/** The gateway's customer API, with its failures sorted by what a customer can do about them. */

import { readEvents } from "./event-stream";
import type { Identity, Message, Outgoing, ProblemKind, Typing } from "./types";

const REQUEST_SECONDS = 15;
const SILENCE_SECONDS = 45; // three of the server's keep-alives and more

/**
 * What went wrong: offline (no answer, or not now), busy (too many messages; wait `retryAfter`
 * seconds), expired (the conversation is over), signIn (the shop's token is), refused (the message
 * itself), server. `detail` is the gateway's own sentence about it.
 */
export class GatewayError extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly retryAfter = 0,
    readonly detail = "",
  ) {
    super(kind);
  }
}

/** What an event stream brings: messages of the log, and who is typing. */
export type Arrival = { message: Message } | { typing: Typing };

interface Request {
  identity?: Identity;
  body?: object;
}

export class Gateway {
  readonly #base: string;

  /** @param base the gateway's address; the page's own where empty */
  constructor(base = "") {
    this.#base = base.replace(/\/$/, "");
  }

  /** Opens a conversation, as a customer of the shop where there is a token. */
  async start(customerToken: string): Promise<Identity> {
    const body = customerToken ? { customer_token: customerToken } : {};
    const started = await this.#json<{ conversation_id: string; token: string }>("POST", "/v1/conversations", { body });
    return { id: started.conversation_id, token: started.token };
  }

  /** Hands a message over; the same `client_message_id` again is the same message. */
  async send(identity: Identity, message: Outgoing): Promise<void> {
    await this.#json("POST", `${path(identity)}/messages`, { identity, body: message });
  }

  /** Ends a conversation. */
  async close(identity: Identity): Promise<void> {
    await this.#send("POST", `${path(identity)}/close`, { identity });
  }

  /** Says that the customer is typing. */
  async typing(identity: Identity): Promise<void> {
    await this.#send("POST", `${path(identity)}/typing`, { identity });
  }

  /** Rates a conversation from 1 to 5; the first score and the first comment stand. */
  async rate(identity: Identity, score: number, comment?: string): Promise<void> {
    await this.#send("POST", `${path(identity)}/rating`, { identity, body: { score, comment } });
  }

  /** Returns the messages after a position of the log. */
  async messages(identity: Identity, after: number): Promise<Message[]> {
    const answer = await this.#json<{ messages: Message[] }>("GET", `${path(identity)}/messages?after=${after}`, { identity });
    return answer.messages;
  }

  /** Yields what comes after a position, as it comes, until the connection ends. */
  async *events(identity: Identity, after: number, signal: AbortSignal): AsyncGenerator<Arrival> {
    const silence = new AbortController();
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const onActivity = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => silence.abort(), SILENCE_SECONDS * 1000);
    };
    onActivity();
    try {
      const response = await this.#fetch(`${path(identity)}/events`, {
        headers: { ...bearer(identity), accept: "text/event-stream", "last-event-id": String(after) },
        signal: AbortSignal.any([signal, silence.signal]),
      });
      if (!response.body) return;
      for await (const { event, data } of readEvents(response.body, onActivity)) {
        if (event === "message") yield { message: JSON.parse(data) };
        else if (event === "typing") yield { typing: JSON.parse(data) };
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  async #json<T>(method: string, where: string, request: Request): Promise<T> {
    return (await this.#send(method, where, request)).json();
  }

  #send(method: string, where: string, { identity, body }: Request): Promise<Response> {
    return this.#fetch(where, {
      method,
      headers: { ...bearer(identity), ...(body && { "content-type": "application/json" }) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_SECONDS * 1000),
    });
  }

  async #fetch(where: string, options: RequestInit): Promise<Response> {
    const response = await fetch(this.#base + where, { ...options, cache: "no-store" }).catch(() => {
      throw new GatewayError("offline");
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

function path(identity: Identity): string {
  return `/v1/conversations/${encodeURIComponent(identity.id)}`;
}

function bearer(identity?: Identity): Record<string, string> {
  return identity ? { authorization: `Bearer ${identity.token}` } : {};
}

async function errorOf(response: Response): Promise<GatewayError> {
  const { code = "", detail = "" } = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("retry-after")) || 10;
  return new GatewayError(kindOf(response.status, code), retryAfter, detail);
}

function kindOf(status: number, code: string): ProblemKind {
  if (code.startsWith("sign_in")) return "signIn";
  if ([401, 403, 404, 409].includes(status)) return "expired";
  if (status === 429) return "busy";
  if ([502, 503, 504].includes(status)) return "offline";
  return status >= 500 ? "server" : "refused";
}
