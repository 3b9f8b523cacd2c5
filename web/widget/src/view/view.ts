/** Which part of the conversation is in view. */

import type { Item } from "../types";

const MARGIN = 12;
const ONE_ANSWER = 5_000;

export class View {
  readonly #seen = new Set<string>();
  #beginning = ""; // key of the message that the present answer begins with
  #begunAt = 0;

  /** Scrolls to the end, unless that would hide the beginning of the answer that has just come. */
  show(log: HTMLElement, items: Item[]): void {
    const first = this.#seen.size === 0;
    const added = items.filter(({ key }) => !this.#seen.has(key));
    for (const { key } of added) this.#seen.add(key);
    log.scrollTop = log.scrollHeight;
    if (!first) this.#note(added);
    const nodes = [...log.children] as HTMLElement[];
    const beginning = nodes.find(({ dataset }) => dataset.key === this.#beginning);
    if (beginning) log.scrollTop = Math.min(log.scrollTop, beginning.offsetTop - MARGIN);
  }

  /** An answer of several messages comes one by one, and is read from its beginning. */
  #note(added: Item[]): void {
    const reply = added.find(({ sender }) => sender !== "customer");
    if (!reply) this.#beginning = "";
    else if (!this.#beginning || Date.now() - this.#begunAt > ONE_ANSWER) {
      this.#beginning = reply.key;
      this.#begunAt = Date.now();
    }
  }
}
