import { expect, test } from "vitest";

import type { ParcelCard } from "../src/types";
import { clock, linesBeside, linesOf, piecesOf, safeAddress } from "../src/words";

const card: ParcelCard = {
  kind: "parcel",
  order_number: "410200341",
  position: 1,
  count: 2,
  items: "Kettle",
  seller: null,
  state: "shipped",
  status: "shipped",
  since: null,
  journey: { steps: ["received", "shipped"], reached: 2, needs_attention: false },
  expected: null,
  carrier: { name: "Australia Post", tracking_number: "JDQ0194", link: "https://auspost.com.au/JDQ0194" },
  store: { name: "Kmart Geelong", address: "1 High St", hours: null },
};

test("a time is told with its day unless it is today", () => {
  const now = new Date("2026-11-27T10:42:00");
  expect(clock("2026-11-27T10:05:00", now)).toMatch(/^10:05\sam$/);
  expect(clock("2026-11-25T15:30:00", now)).toMatch(/^25 Nov, 3:30\spm$/);
});

test("addresses become links without the full stop after them", () => {
  expect(piecesOf("See https://a.example/x?y=1. Or not")).toEqual([
    { text: "See " },
    { text: "https://a.example/x?y=1", href: "https://a.example/x?y=1" },
    { text: ". Or not" },
  ]);
  expect(piecesOf("javascript:alert(1)")).toEqual([{ text: "javascript:alert(1)" }]);
});

test("only web addresses are followed", () => {
  expect(safeAddress("javascript:alert(1)")).toBeUndefined();
  expect(safeAddress("data:text/html,x")).toBeUndefined();
  expect(safeAddress("no address")).toBeUndefined();
  expect(safeAddress(null)).toBeUndefined();
  expect(safeAddress("https://a.example")).toBe("https://a.example/");
});

test("beside a card stands what the card does not show, and all of that", () => {
  const text = [
    "Parcel 1 of 2: Kettle",
    "Status: Shipped. It's with the carrier.",
    "Latest from Australia Post: \"Processed JDQ0194\".",
    "",
    "Store: Kmart Geelong.",
    "Address: 1 High St.",
    "Carrier: Australia Post. Tracking number: JDQ0194. Follow it at https://auspost.com.au/JDQ0194",
  ].join("\n");
  expect(linesBeside(linesOf(text), [card])).toEqual([
    "It's with the carrier.",
    "Latest from Australia Post: \"Processed JDQ0194\".",
  ]);
});

test("a status that the card does not bear is not taken off", () => {
  expect(linesBeside(["Status: Held. Ask the carrier."], [card])).toEqual(["Status: Held. Ask the carrier."]);
});
