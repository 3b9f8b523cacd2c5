/**
 * The state of one chat: messages of the log, messages on their way, and what went wrong.
 *
 * Emits "change" after every change. Each item of `items` keeps its `key` for as long as it is
 * shown, also when a message on its way becomes one of the log.
 */

import { Connection } from "./connection";
import type { Gateway } from "./gateway";
import { Outbox } from "./outbox";
import { hasEnded } from "./standing";
import { recall, remember } from "./storage";
import { texts } from "./texts";
import type { Identity, Item, Message, Problem, QuickReply, Typing } from "./types";

const YOUNGEST_EXPIRY = 10_000; // a token refused sooner than this was never any good
const TYPING_SHOWN = 6_000;
const TYPING_TOLD_EVERY = 3_000;

export class Conversation extends EventTarget {
  connected = true;
  catchingUp = false; // while what was said before a reload is being read again
  problem: Problem | null = null;
  typist: string | null = null;
  rated = 0;
  #connection: Connection | null = null;
  #identity: Identity | null = null;
  #starting: Promise<Identity> | null = null;
  #customerToken = "";
  #draft = "";
  #ended = false;
  #openedAt = 0;
  #position = 0;
  #log: Item[] = [];
  #typingToldAt = 0;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;
  readonly #outbox: Outbox;

  constructor(private readonly gateway: Gateway) {
    super();
    this.#outbox = new Outbox({
      open: () => this.#open(),
      send: (identity, message) => gateway.send(identity, message),
      delivered: () => void this.#connection?.expectReply(),
      expired: (identity) => this.#expired(identity),
      signInExpired: () => void (this.#customerToken = ""),
      changed: (problem) => this.#changed(problem),
    });
  }

  /** Goes on with the conversation of this tab, if there is one. */
  resume(): void {
    const known = recall();
    if (!known) return;
    this.#customerToken = known.customerToken ?? "";
    this.#draft = known.draft ?? "";
    this.rated = known.rated ?? 0;
    this.#ended = known.ended ?? false;
    if (known.identity) {
      this.catchingUp = true;
      this.#connect(known.identity);
    }
    this.#outbox.restore(known.pending ?? []);
  }

  /** Forgets this conversation; the next message begins another. */
  startOver(customerToken = this.#customerToken): void {
    if (this.#identity && !this.ended) this.gateway.close(this.#identity).catch(() => {}); // it also ends by itself
    this.#disconnect();
    this.#customerToken = customerToken;
    this.#log = [];
    this.#outbox.clear();
    this.#changed(null);
  }

  /** Ends the conversation; it stays on the screen and can be rated. */
  end(): void {
    if (!this.#identity) return this.startOver();
    this.gateway.close(this.#identity).catch(() => {}); // it also ends by itself
    this.#ended = true;
    this.#outbox.clear();
    this.#changed(null);
  }

  get items(): Item[] {
    const all = [...this.#log, ...this.#outbox.items];
    const asked = all.some(({ cards }) => cards?.some(({ kind }) => kind === "csat"));
    if (this.#ended && !asked) all.push(RATING);
    return all;
  }

  get ended(): boolean {
    return hasEnded(this.items);
  }

  /** The shop's token of the signed-in customer; empty where nobody is signed in. */
  get customerToken(): string {
    return this.#customerToken;
  }

  /** What the customer has typed and not sent. */
  get draft(): string {
    return this.#draft;
  }

  set draft(text: string) {
    this.#draft = text;
    this.#remember();
  }

  /** Is a reply owed? True from sending until something follows the newest customer message. */
  get waiting(): boolean {
    const newest = this.items.at(-1);
    return newest?.sender === "customer" && newest.state !== "failed";
  }

  send(said: { text?: string; choice?: QuickReply }): void {
    this.#outbox.add(said);
  }

  retry(key: string): void {
    this.#outbox.retry(key);
  }

  /** The network is said to be back. */
  hurry(): void {
    this.#connection?.hurry();
    this.#outbox.retryFailed("offline");
  }

  /** Lets the person on the other side see that the customer is typing. */
  tellTyping(): void {
    if (!this.#identity || Date.now() - this.#typingToldAt < TYPING_TOLD_EVERY) return;
    this.#typingToldAt = Date.now();
    this.gateway.typing(this.#identity).catch(() => {}); // nothing is lost with it
  }

  /** Rates this conversation; raises GatewayError. */
  async rate(score: number, comment?: string): Promise<void> {
    if (!this.#identity) return;
    await this.gateway.rate(this.#identity, score, comment);
    this.rated = score;
    this.#changed();
  }

  async #open(): Promise<Identity> {
    if (this.#identity) return this.#identity;
    const starting = (this.#starting ??= this.gateway.start(this.#customerToken));
    try {
      const identity = await starting;
      if (!this.#identity) this.#connect(identity);
      return this.#identity ?? identity;
    } finally {
      this.#starting = null;
    }
  }

  #connect(identity: Identity): void {
    this.#identity = identity;
    this.#openedAt = Date.now();
    this.#position = 0;
    this.#connection = new Connection(this.gateway, identity, {
      after: () => this.#position,
      receive: (messages) => this.#receive(messages),
      typing: (typing) => this.#typing(typing),
      connected: (yes) => this.#isConnected(yes),
      expired: () => this.#expired(identity),
    });
    this.#changed();
  }

  #disconnect(): void {
    this.#connection?.stop();
    this.#connection = null;
    this.#identity = null;
    this.#position = 0;
    this.#ended = false;
    this.rated = 0;
    this.typist = null;
    this.connected = true;
    this.catchingUp = false;
  }

  #isConnected(yes: boolean): void {
    if (yes === this.connected) return;
    this.connected = yes;
    if (yes) this.#outbox.retryFailed("offline");
    this.#changed();
  }

  /** A token that no longer opens anything: say so, and go on in a new conversation. */
  #expired(identity: Identity): void {
    if (identity.id !== this.#identity?.id) return;
    const young = Date.now() - this.#openedAt < YOUNGEST_EXPIRY && this.#position === 0;
    const resumed = this.catchingUp;
    this.#disconnect();
    if (young && !resumed) return this.#changed({ kind: "server" });
    this.#log.push({ key: identity.id, sender: "system", text: texts.newConversation });
    this.#changed();
    this.#outbox.deliverAll();
  }

  #receive(messages: Message[]): void {
    const unseen = messages.filter((message) => message.position > this.#position);
    for (const message of unseen) {
      this.#position = message.position;
      const key = message.client_message_id ?? message.message_id;
      this.#outbox.drop(key); // the log's copy takes the place of the one on its way
      this.#log.push({ ...message, key });
      if (message.sender === "agent") this.typist = null;
    }
    const read = this.catchingUp;
    this.catchingUp = false;
    if (unseen.length > 0 || read) this.#changed();
  }

  #typing({ by, name }: Typing): void {
    if (by === "customer") return;
    this.typist = name ?? texts.ourTeam;
    clearTimeout(this.#typingEnds);
    this.#typingEnds = setTimeout(() => {
      this.typist = null;
      this.#changed();
    }, TYPING_SHOWN);
    this.#changed();
  }

  #changed(problem: Problem | null = this.problem): void {
    this.problem = problem;
    this.#remember();
    this.dispatchEvent(new Event("change"));
  }

  #remember(): void {
    remember({
      identity: this.#identity,
      customerToken: this.#customerToken,
      pending: this.#outbox.kept,
      draft: this.#draft,
      rated: this.rated,
      ended: this.#ended,
    });
  }
}

const RATING: Item = { key: "rating", sender: "system", text: texts.rating.ask, cards: [{ kind: "csat" }] };
