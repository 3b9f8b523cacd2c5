/** Messages on their way: delivered one after the other, tried again, never twice. */

import { GatewayError } from "./gateway";
import type { Kept } from "./storage";
import type { Identity, Item, Outgoing, Problem, ProblemKind, QuickReply } from "./types";

const SECOND = 1000;
const RETRY_SECONDS = 5;

interface Entry extends Kept {
  state: "sending" | "failed";
  failure?: ProblemKind;
}

export interface Sending {
  /** Returns the conversation to send to; opens one where there is none. */
  open(): Promise<Identity>;
  send(identity: Identity, message: Outgoing): Promise<void>;
  delivered(): void;
  expired(identity: Identity): void;
  signInExpired(): void;
  changed(problem?: Problem | null): void;
}

export class Outbox {
  #entries: Entry[] = [];
  #line: Promise<void> = Promise.resolve(); // deliveries, in order
  #countingDown: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sending: Sending) {}

  get items(): Item[] {
    return this.#entries.map(({ key, text, state }) => ({ key, text, state, sender: "customer" }));
  }

  /** What has to be kept over a reload. */
  get kept(): Kept[] {
    return this.#entries.map(({ key, message, text }) => ({ key, message, text }));
  }

  /** Goes on with what was kept over a reload. */
  restore(kept: Kept[]): void {
    this.#entries = kept.map((entry) => ({ ...entry, state: "failed" }));
    this.deliverAll();
  }

  /** Takes what the customer typed, or the choice they pressed. */
  add({ text = "", choice }: { text?: string; choice?: QuickReply }): void {
    const key = crypto.randomUUID();
    const said = choice?.id ? { quick_reply: choice.id } : { text: choice?.title ?? text };
    const entry: Entry = {
      key,
      message: { client_message_id: key, ...said },
      text: choice?.title ?? text,
      state: "sending",
    };
    this.#entries.push(entry);
    this.sending.changed(null);
    this.#enqueue(entry);
  }

  /** Sends a message again that could not be sent. */
  retry(key: string): void {
    const entry = this.#entries.find((candidate) => candidate.key === key);
    if (entry) this.#enqueue(entry);
  }

  deliverAll(): void {
    for (const entry of this.#entries) this.#enqueue(entry);
  }

  /** Tries again what failed for this reason. */
  retryFailed(failure: ProblemKind): void {
    for (const entry of this.#entries) {
      if (entry.state === "failed" && entry.failure === failure) this.#enqueue(entry);
    }
  }

  /** The log has it now. */
  drop(key: string): void {
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
  }

  clear(): void {
    clearTimeout(this.#countingDown);
    this.#entries = [];
  }

  /** One after the other, so that messages arrive in the order they were written. */
  #enqueue(entry: Entry): void {
    this.#line = this.#line.then(() => (this.#entries.includes(entry) ? this.#deliver(entry) : undefined));
  }

  async #deliver(entry: Entry): Promise<void> {
    entry.state = "sending";
    this.sending.changed();
    let identity: Identity | null = null;
    try {
      identity = await this.sending.open();
      await this.sending.send(identity, entry.message);
      this.sending.changed(null);
      this.sending.delivered();
    } catch (error) {
      this.#undelivered(entry, error, identity);
    }
  }

  #undelivered(entry: Entry, error: unknown, identity: Identity | null): void {
    const { kind, detail, retryAfter } = error instanceof GatewayError ? error : new GatewayError("server");
    entry.state = "failed";
    entry.failure = kind;
    if (kind === "expired" && identity) this.sending.expired(identity);
    else if (kind === "busy") this.#countDown(retryAfter);
    else this.sending.changed({ kind, detail });
    if (kind === "signIn") this.sending.signInExpired();
    if (kind === "offline") setTimeout(() => this.retryFailed("offline"), RETRY_SECONDS * SECOND);
  }

  #countDown(seconds: number): void {
    clearTimeout(this.#countingDown);
    this.sending.changed(seconds > 0 ? { kind: "busy", seconds } : null);
    if (seconds > 0) this.#countingDown = setTimeout(() => this.#countDown(seconds - 1), SECOND);
    else this.retryFailed("busy");
  }
}
