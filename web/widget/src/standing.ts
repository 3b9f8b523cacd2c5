/** Who answers now, as the messages tell. Pure. */

import { texts } from "./texts";
import type { Item } from "./types";

export type Standing =
  | { with: "assistant" }
  | { with: "queue"; position: number | null; minutes: number | null }
  | { with: "person"; name: string }
  | { with: "nobody" };

/** Folds the conversation into who has it: each message may change it. */
export function standingOf(items: Item[]): Standing {
  return items.reduce(after, { with: "assistant" });
}

/** Says whether the chat is over; what is sent then begins another. */
export function hasEnded(items: Item[]): boolean {
  return standingOf(items).with === "nobody";
}

/** Returns the name that stands over a message. */
export function nameOf({ sender, author }: Item): string {
  return sender === "agent" && author ? texts.fromOurTeam(author) : texts.senders[sender];
}

function after(standing: Standing, item: Item): Standing {
  for (const card of item.cards ?? []) {
    if (card.kind === "queue") return { with: "queue", position: card.position, minutes: card.wait_minutes };
    if (card.kind === "joined") return { with: "person", name: card.name };
    if (card.kind === "assistant") return { with: "assistant" };
    if (card.kind === "csat") return { with: "nobody" };
  }
  if (item.sender === "agent") return { with: "person", name: item.author ?? texts.ourTeam };
  // The assistant goes on answering those who wait; where a person had it, it has it again.
  if (item.sender === "bot" && standing.with !== "queue") return { with: "assistant" };
  return standing;
}
