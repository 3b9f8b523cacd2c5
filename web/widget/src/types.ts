/** The shapes of the gateway's customer API, as far as the chat reads them. */

export type Sender = "customer" | "bot" | "agent" | "system";

/** A choice under a message; one without an id is a suggestion of the chat's own. */
export interface QuickReply {
  id?: string;
  title: string;
}

export interface Evidence {
  source: string;
  at: string;
}

/** One parcel as data; times are ISO 8601, what is unknown is null. */
export interface ParcelCard {
  kind: "parcel";
  order_number: string;
  position: number;
  count: number;
  items: string | null;
  seller: string | null;
  state: string;
  status: string;
  since: string | null;
  journey: { steps: string[]; reached: number; needs_attention: boolean };
  expected: { by: string; earliest: string | null; spoken: string; overdue: boolean; source: string } | null;
  carrier: { name: string | null; tracking_number: string | null; link: string | null } | null;
  store: { name: string; address: string | null; hours: string | null } | null;
}

/** The chat has ended and the customer is asked how it went. */
export interface RatingCard {
  kind: "csat";
}

/** The customer waits for a person; `wait_minutes` is null where nobody can say. */
export interface QueueCard {
  kind: "queue";
  position: number | null;
  wait_minutes: number | null;
}

/** A person has joined, under this first name. */
export interface JoinedCard {
  kind: "joined";
  name: string;
}

/** The assistant answers again. */
export interface AssistantCard {
  kind: "assistant";
}

export type Card = ParcelCard | RatingCard | QueueCard | JoinedCard | AssistantCard;

/** A message of the log. `author` is the first name of the person who wrote it. */
export interface Message {
  position: number;
  message_id: string;
  client_message_id?: string;
  sender: Sender;
  author?: string;
  text: string;
  at: string;
  quick_replies?: QuickReply[];
  evidence?: Evidence[];
  cards?: Card[];
}

/** What the customer sends: words, or the id of a choice that was offered. */
export interface Outgoing {
  client_message_id: string;
  text?: string;
  quick_reply?: string;
}

/** What is shown: a message of the log, one on its way (`state`), or one of the chat's own. */
export interface Item {
  key: string;
  sender: Sender;
  text: string;
  state?: "sending" | "failed";
  author?: string;
  at?: string;
  quick_replies?: QuickReply[];
  evidence?: Evidence[];
  cards?: Card[];
}

export interface Identity {
  id: string;
  token: string;
}

/** Somebody is typing; it passes by and is kept nowhere. */
export interface Typing {
  by: Sender;
  name?: string | null;
}

export type ProblemKind = "offline" | "busy" | "expired" | "signIn" | "refused" | "server";

export interface Problem {
  kind: ProblemKind;
  seconds?: number;
  detail?: string;
}
