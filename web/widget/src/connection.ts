/** Keeps receiving a conversation's messages: streamed where possible, polled otherwise. */

import { type Gateway, GatewayError } from "./gateway";
import { pause } from "./pause";
import type { Identity, Message, Typing } from "./types";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const POLL_PAUSE = 2_000;
const POLLS_BEFORE_STREAMING_AGAIN = 30;
const STREAM_TRUST = 3_000; // a reply the stream has not shown by then is asked for
const FAILURES_BEFORE_POLLING = 2;

export interface Listener {
  /** The position of the newest message that is known. */
  after(): number;
  receive(messages: Message[]): void;
  typing(typing: Typing): void;
  connected(yes: boolean): void;
  expired(): void;
}

export class Connection {
  readonly #stopped = new AbortController();
  #wake = new AbortController();
  #deaf = new AbortController();
  #failures = 0;
  #streamFailures = 0;

  constructor(
    private readonly gateway: Pick<Gateway, "messages" | "events">,
    private readonly identity: Identity,
    private readonly listener: Listener,
  ) {
    void this.#run();
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Tries again now instead of after the pause: the network is said to be back. */
  hurry(): void {
    this.#wake.abort();
  }

  /** Looks itself, a little later, in case the stream is held back on its way (a buffering proxy). */
  async expectReply(): Promise<void> {
    const before = this.listener.after();
    await pause(STREAM_TRUST, this.#stopped.signal);
    if (this.#stopped.signal.aborted || this.listener.after() > before) return;
    const found = await this.#poll().catch(() => 0);
    if (found > 0) this.#streamMissedSomething();
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        await (this.#streamFailures < FAILURES_BEFORE_POLLING ? this.#stream() : this.#pollForAWhile());
      } catch (error) {
        if (isExpired(error)) {
          this.stop();
          this.listener.expired();
          return;
        }
        this.#failures += 1;
      }
      if (this.#failures > 0) this.listener.connected(false);
      this.#wake = new AbortController();
      await pause(this.#backoff(), AbortSignal.any([this.#stopped.signal, this.#wake.signal]));
    }
  }

  async #stream(): Promise<void> {
    await this.#poll(); // what was missed, in one answer; also proves the connection
    this.#deaf = new AbortController();
    const signal = AbortSignal.any([this.#stopped.signal, this.#deaf.signal]);
    try {
      for await (const arrival of this.gateway.events(this.identity, this.listener.after(), signal)) {
        this.#streamFailures = 0;
        if ("message" in arrival) this.listener.receive([arrival.message]);
        else this.listener.typing(arrival.typing);
      }
    } catch (error) {
      if (isExpired(error)) throw error;
      this.#streamFailures += 1;
    }
  }

  async #pollForAWhile(): Promise<void> {
    for (let count = 0; count < POLLS_BEFORE_STREAMING_AGAIN; count += 1) {
      await this.#poll();
      await pause(POLL_PAUSE, this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
    }
    this.#streamFailures = 0;
  }

  /** Returns how many messages of these were not known before. */
  async #poll(): Promise<number> {
    const messages = await this.gateway.messages(this.identity, this.listener.after());
    if (this.#stopped.signal.aborted) return 0;
    this.#failures = 0;
    this.listener.connected(true);
    const before = this.listener.after();
    this.listener.receive(messages);
    return messages.filter(({ position }) => position > before).length;
  }

  /** Once may be a close race between the two; twice means that the stream is held back. */
  #streamMissedSomething(): void {
    this.#streamFailures += 1;
    if (this.#streamFailures >= FAILURES_BEFORE_POLLING) this.#deaf.abort();
  }

  #backoff(): number {
    const grown = FIRST_PAUSE * 2 ** Math.min(this.#failures, 6);
    return Math.min(grown, LONGEST_PAUSE) * (0.5 + Math.random() / 2);
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof GatewayError && error.kind === "expired";
}
