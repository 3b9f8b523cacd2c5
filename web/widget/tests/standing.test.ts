import { expect, test } from "vitest";

import { hasEnded, nameOf, standingOf } from "../src/standing";
import { texts } from "../src/texts";
import type { Item } from "../src/types";

const item = (sender: Item["sender"], more: Partial<Item> = {}): Item => ({ key: "k", sender, text: "words", ...more });
const queue = item("system", { cards: [{ kind: "queue", position: 3, wait_minutes: 4 }] });
const joined = item("system", { cards: [{ kind: "joined", name: "Mia" }] });

test("the assistant answers at first, and while the customer waits for a person", () => {
  expect(standingOf([])).toEqual({ with: "assistant" });
  expect(standingOf([queue, item("bot")])).toEqual({ with: "queue", position: 3, minutes: 4 });
});

test("a place in the queue that nobody knows is not told", () => {
  const somewhere = item("system", { cards: [{ kind: "queue", position: null, wait_minutes: null }] });
  expect(standingOf([somewhere])).toEqual({ with: "queue", position: null, minutes: null });
  expect(texts.queue(null, null)).toBe("You're in the queue for a person");
  expect(texts.queue(1, null)).toBe("You're next for a person");
  expect(texts.queue(3, 6)).toBe("You're number 3 in the queue for a person, about 6 minutes");
});

test("a person has it from joining until the assistant answers again", () => {
  expect(standingOf([queue, joined, item("customer")])).toEqual({ with: "person", name: "Mia" });
  expect(standingOf([joined, item("bot")])).toEqual({ with: "assistant" });
  expect(standingOf([joined, item("system", { cards: [{ kind: "assistant" }] })])).toEqual({ with: "assistant" });
});

test("a person is told from the message alone, with the first name where it is known", () => {
  expect(standingOf([item("agent", { author: "Ali" })])).toEqual({ with: "person", name: "Ali" });
  expect(standingOf([item("agent")])).toEqual({ with: "person", name: "Our team" });
  expect([nameOf(item("agent", { author: "Ali" })), nameOf(item("agent"))]).toEqual(["Ali, our team", "Our team"]);
});

test("being asked for a rating ends the chat", () => {
  expect(hasEnded([joined, item("system", { cards: [{ kind: "csat" }] })])).toBe(true);
  expect(hasEnded([joined])).toBe(false);
});

test("cards of a kind that is not known change nothing", () => {
  expect(standingOf([joined, item("system", { cards: [{ kind: "news" } as never] })])).toEqual({ with: "person", name: "Mia" });
});
