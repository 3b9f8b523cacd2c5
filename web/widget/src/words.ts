/** Times, lines and links of what is shown. Pure. */

import type { ParcelCard } from "./types";

const TIME = new Intl.DateTimeFormat("en-AU", { hour: "numeric", minute: "2-digit", hour12: true });
const DAY = new Intl.DateTimeFormat("en-AU", { day: "numeric", month: "short" });
const ADDRESS = /https?:\/\/[^\s<>"']+/g;
const TRAILING = /[.,;:!?)\]]+$/;

/** A part of a line: words, or an address that can be followed. */
export type Piece = { text: string; href?: string };

/** Returns a time as people say it here: "10:42 am", with the day where it was not today. */
export function clock(at: string, now = new Date()): string {
  const moment = new Date(at);
  const time = TIME.format(moment);
  return moment.toDateString() === now.toDateString() ? time : `${DAY.format(moment)}, ${time}`;
}

/** Returns a text's lines; empty ones say nothing. */
export function linesOf(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== "");
}

/** Returns a line in pieces, its http and https addresses as links. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const text = match[0].replace(TRAILING, "");
    const href = safeAddress(text);
    if (!href) continue;
    pieces.push({ text: line.slice(end, match.index) }, { text, href });
    end = match.index + text.length;
  }
  return [...pieces, { text: line.slice(end) }].filter(({ text }) => text !== "");
}

/** Returns the address if it is one that may be followed: http or https. */
export function safeAddress(address: string | null): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? href : undefined;
}

/** Returns what the lines say beyond the cards above them. */
export function linesBeside(lines: string[], cards: ParcelCard[]): string[] {
  return lines.filter((line) => !cards.some((card) => shows(card, line))).map((line) => withoutStatus(line, cards));
}

function shows({ carrier, store, items, position, count }: ParcelCard, line: string): boolean {
  const number = carrier?.tracking_number;
  if (number && /^(Carrier|Tracking number): /.test(line) && line.includes(number)) return true;
  const parcel = `Parcel ${position} of ${count}`;
  const place = store ? [`Store: ${store.name}.`, `Address: ${store.address}.`, `Opening hours: ${store.hours}.`] : [];
  return [`Items: ${items}`, parcel, `${parcel}: ${items}`, ...place].includes(line);
}

/** "Status: Shipped. It's with ..." stands under a card that is titled "Shipped" already. */
function withoutStatus(line: string, cards: ParcelCard[]): string {
  const [start, status] = /^Status: ([^.]+)\. (?=\S)/.exec(line) ?? [];
  const titled = status && cards.some((card) => card.status.toLowerCase() === status.toLowerCase());
  return start && titled ? line.slice(start.length) : line;
}
