import { expect, test } from "vitest";

import { transcript } from "../src/transcript";
import type { Item } from "../src/types";

const items: Item[] = [
  { key: "1", sender: "customer", text: "where is it?", at: "2026-11-27T10:00:00" },
  {
    key: "2",
    sender: "bot",
    text: "It's on its way.",
    at: "2026-11-27T10:00:02",
    quick_replies: [{ id: "q", title: "Show every scan" }],
    evidence: [{ source: "Australia Post", at: "2026-11-27T10:00:01" }],
  },
  { key: "3", sender: "agent", author: "Mia", text: "Hello", at: "2026-11-27T10:01:00" },
  { key: "4", sender: "customer", text: "never sent", state: "failed" },
];

test("a transcript says who said what and when, what was offered, and who was asked", () => {
  const text = transcript(items, new Date("2026-11-27T10:05:00"));

  expect(text).toMatch(/^Chat with the order assistant\nSaved 27 Nov 2026, 10:05\sam\n\nYou, 27 Nov 2026, 10:00\sam:\nwhere is it\?\n\n/);
  expect(text).toMatch(/Order assistant, .*:\nIt's on its way\.\n {2}\[Show every scan\]\nChecked: Australia Post, 27 Nov 2026/);
  expect(text).toMatch(/Mia, our team, .*:\nHello\n$/);
});

test("what was not sent is not in it", () => {
  expect(transcript(items)).not.toContain("never sent");
});
