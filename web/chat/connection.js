/** Keeps receiving a conversation's messages: streamed where possible, polled otherwise. */

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const POLL_PAUSE = 2_000;
const POLLS_BEFORE_STREAMING_AGAIN = 30;
const STREAM_TRUST = 3_000; // a reply the stream has not shown by then is asked for
const FAILURES_BEFORE_POLLING = 2;

export class Connection {
  #stopped = new AbortController();
  #failures = 0;
  #streamFailures = 0;
  #deaf = new AbortController();

  /**
   * @param {import("./gateway.js").Gateway} gateway
   * @param {{id: string, token: string}} conversation
   * @param {{after: () => number, receive: (messages: object[]) => void,
   *          connected: (yes: boolean) => void, expired: () => void}} owner
   */
  constructor(gateway, conversation, owner) {
    this.gateway = gateway;
    this.conversation = conversation;
    this.owner = owner;
    this.#run();
  }

  stop() {
    this.#stopped.abort();
  }

  /** Looks itself, a little later, in case the stream is held back on its way (a buffering proxy). */
  async expectReply() {
    const before = this.owner.after();
    await pause(STREAM_TRUST, this.#stopped.signal);
    if (this.#stopped.signal.aborted || this.owner.after() > before) return;
    const found = await this.#poll().catch(() => 0);
    if (found > 0) this.#streamMissedSomething();
  }

  async #run() {
    while (!this.#stopped.signal.aborted) {
      try {
        await (this.#streamFailures < FAILURES_BEFORE_POLLING ? this.#stream() : this.#pollForAWhile());
      } catch (error) {
        if (error.kind === "expired") {
          this.stop();
          this.owner.expired();
          return;
        }
        this.#failures += 1;
      }
      if (this.#failures > 0) this.owner.connected(false);
      await pause(this.#backoff(), this.#stopped.signal);
    }
  }

  async #stream() {
    await this.#poll(); // what was missed, in one answer; also proves the connection
    this.#deaf = new AbortController();
    const signal = AbortSignal.any([this.#stopped.signal, this.#deaf.signal]);
    try {
      for await (const message of this.gateway.events(this.conversation, this.owner.after(), signal)) {
        this.#streamFailures = 0;
        this.owner.receive([message]);
      }
    } catch (error) {
      if (error.kind === "expired") throw error;
      this.#streamFailures += 1;
    }
  }

  async #pollForAWhile() {
    for (let count = 0; count < POLLS_BEFORE_STREAMING_AGAIN; count += 1) {
      await this.#poll();
      await pause(POLL_PAUSE, this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
    }
    this.#streamFailures = 0;
  }

  async #poll() {
    const messages = await this.gateway.messages(this.conversation, this.owner.after());
    this.#failures = 0;
    this.owner.connected(true);
    this.owner.receive(messages);
    return messages.length;
  }

  /** Once may be a close race between the two; twice means that the stream is held back. */
  #streamMissedSomething() {
    this.#streamFailures += 1;
    if (this.#streamFailures >= FAILURES_BEFORE_POLLING) this.#deaf.abort();
  }

  #backoff() {
    const grown = FIRST_PAUSE * 2 ** Math.min(this.#failures, 6);
    return Math.min(grown, LONGEST_PAUSE) * (0.5 + Math.random() / 2);
  }
}

/** Waits, or stops waiting when the signal says so. */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
