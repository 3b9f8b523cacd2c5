/** The chat as a text that the customer can keep. Pure, but for the saving itself. */

import { nameOf } from "./standing";
import { texts } from "./texts";
import type { Item } from "./types";

const MOMENT = new Intl.DateTimeFormat("en-AU", { dateStyle: "medium", timeStyle: "short" });
const BOM = "\uFEFF"; // or Windows' editor takes it for another encoding

/** Returns the chat as text: who said what and when, with the sources of each answer. */
export function transcript(items: Item[], now = new Date()): string {
  const head = `${texts.transcript.title}\n${texts.transcript.saved(MOMENT.format(now))}`;
  return [head, ...items.filter(({ state }) => !state).map(told)].join("\n\n").concat("\n");
}

/** Hands the chat to the customer as a file. */
export function save(items: Item[], now = new Date()): void {
  const address = URL.createObjectURL(new Blob([BOM, transcript(items, now)], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = texts.transcript.file(now.toLocaleDateString("sv-SE"));
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function told(item: Item): string {
  const time = item.at ? `, ${MOMENT.format(new Date(item.at))}` : "";
  const sources = item.evidence?.map(({ source, at }) => `${source}, ${MOMENT.format(new Date(at))}`).join("; ");
  const choices = item.quick_replies?.map(({ title }) => `  [${title}]`) ?? [];
  const parts = [`${nameOf(item)}${time}:`, item.text, ...choices];
  return (sources ? [...parts, texts.transcript.checked(sources)] : parts).join("\n");
}
