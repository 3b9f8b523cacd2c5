/**
 * The state of one chat: messages of the log, messages on their way, and what went wrong.
 *
 * Emits "change" after every change. Each item of `items` keeps its `key` for as long as it is
 * shown, also when a message on its way becomes one of the log.
 */

import { Connection } from "./connection.js";
import { recall, remember } from "./storage.js";
import { texts } from "./texts.js";

const SECOND = 1000;
const RETRY_SECONDS = 5;
const YOUNGEST_EXPIRY = 10 * SECOND; // a token refused sooner than this was never any good

export class Conversation extends EventTarget {
  #connection = null;
  #identity = null; // {id, token}
  #starting = null;
  #line = Promise.resolve(); // deliveries, in order
  #customerToken = "";
  #openedAt = 0;
  #position = 0;
  #log = [];
  #pending = []; // {key, message, text, state: "sending" | "failed", failure?}
  connected = true;
  problem = null; // {kind, seconds?, detail?}

  constructor(gateway) {
    super();
    this.gateway = gateway;
  }

  /** Goes on with the conversation of this tab, if there is one. */
  resume() {
    const known = recall();
    if (!known) return;
    this.#customerToken = known.customerToken ?? "";
    this.#pending = (known.pending ?? []).map((entry) => ({ ...entry, state: "failed" }));
    if (known.identity) this.#connect(known.identity);
    for (const entry of this.#pending) this.#enqueue(entry);
  }

  /** Forgets this conversation; the next message begins another. */
  startOver({ customerToken = this.#customerToken } = {}) {
    if (this.#identity) this.gateway.close(this.#identity).catch(() => {}); // it also ends by itself
    this.#disconnect();
    this.#customerToken = customerToken;
    this.#log = [];
    this.#pending = [];
    this.#changed({ problem: null });
  }

  get items() {
    const onTheirWay = this.#pending.map(({ key, text, state }) => ({ key, text, state, sender: "customer" }));
    return [...this.#log, ...onTheirWay];
  }

  /** The shop's token of the signed-in customer; empty where nobody is signed in. */
  get customerToken() {
    return this.#customerToken;
  }

  /** Is a reply owed? True from sending until something follows the newest customer message. */
  get waiting() {
    const newest = this.items.at(-1);
    return newest?.sender === "customer" && newest.state !== "failed";
  }

  /** Sends what the customer typed, or the quick reply they chose (`{id, title}`). */
  send({ text, quickReply }) {
    const clientMessageId = crypto.randomUUID();
    const message = { client_message_id: clientMessageId };
    Object.assign(message, quickReply ? { quick_reply: quickReply.id } : { text });
    const entry = { key: clientMessageId, message, text: quickReply?.title ?? text, state: "sending" };
    this.#pending.push(entry);
    this.#changed({ problem: null });
    this.#enqueue(entry);
  }

  /** Sends a message again that could not be sent. */
  retry(key) {
    const entry = this.#pending.find((candidate) => candidate.key === key);
    if (entry) this.#enqueue(entry);
  }

  /** One after the other, so that messages arrive in the order they were written. */
  #enqueue(entry) {
    this.#line = this.#line.then(() => this.#pending.includes(entry) && this.#deliver(entry));
  }

  async #deliver(entry) {
    entry.state = "sending";
    this.#changed();
    let identity = null;
    try {
      identity = await this.#open();
      await this.gateway.send(identity, entry.message);
      this.#changed({ problem: null });
      this.#connection?.expectReply();
    } catch (error) {
      this.#undelivered(entry, error, identity);
    }
  }

  #undelivered(entry, error, identity) {
    entry.state = "failed";
    entry.failure = error.kind ?? "server";
    if (entry.failure === "expired" && identity) this.#expired(identity);
    else if (entry.failure === "busy") this.#countDown(error.retryAfter);
    else this.#changed({ problem: { kind: entry.failure, detail: error.detail } });
    if (entry.failure === "signIn") this.#customerToken = "";
    if (entry.failure === "offline") setTimeout(() => this.#retryFailed("offline"), RETRY_SECONDS * SECOND);
  }

  #retryFailed(failure) {
    const failed = this.#pending.filter((entry) => entry.state === "failed" && entry.failure === failure);
    for (const entry of failed) this.#enqueue(entry);
  }

  #countDown(seconds) {
    this.#changed({ problem: seconds > 0 ? { kind: "busy", seconds } : null });
    if (seconds > 0) setTimeout(() => this.problem?.kind === "busy" && this.#countDown(seconds - 1), SECOND);
    else this.#retryFailed("busy");
  }

  async #open() {
    if (this.#identity) return this.#identity;
    this.#starting ??= this.gateway.start(this.#customerToken).finally(() => (this.#starting = null));
    const { conversation_id: id, token } = await this.#starting;
    if (!this.#identity) this.#connect({ id, token });
    return this.#identity;
  }

  #connect(identity) {
    this.#identity = identity;
    this.#openedAt = Date.now();
    this.#position = 0;
    this.#connection = new Connection(this.gateway, identity, {
      after: () => this.#position,
      receive: (messages) => this.#receive(messages),
      connected: (yes) => yes === this.connected || this.#changed({ connected: yes }),
      expired: () => this.#expired(identity),
    });
    this.#changed();
  }

  #disconnect() {
    this.#connection?.stop();
    this.#connection = null;
    this.#identity = null;
    this.#position = 0;
    this.connected = true;
  }

  /** A token that no longer opens anything: say so, and go on in a new conversation. */
  #expired(identity) {
    if (identity !== this.#identity) return;
    const young = Date.now() - this.#openedAt < YOUNGEST_EXPIRY && this.#position === 0;
    this.#disconnect();
    if (young) return this.#changed({ problem: { kind: "server" } });
    this.#log.push({ key: identity.id, sender: "system", text: texts.newConversation });
    this.#changed();
    for (const entry of this.#pending) this.#enqueue(entry);
  }

  #receive(messages) {
    const unseen = messages.filter((message) => message.position > this.#position);
    for (const message of unseen) {
      this.#position = message.position;
      const key = message.client_message_id ?? message.message_id;
      this.#drop(key); // the log's copy takes the place of the one on its way
      this.#log.push({ ...message, key });
    }
    if (unseen.length > 0) this.#changed();
  }

  #drop(key) {
    this.#pending = this.#pending.filter((entry) => entry.key !== key);
  }

  #changed(values = {}) {
    Object.assign(this, values);
    const pending = this.#pending.map(({ key, message, text }) => ({ key, message, text }));
    remember({ identity: this.#identity, customerToken: this.#customerToken, pending });
    this.dispatchEvent(new Event("change"));
  }
}
