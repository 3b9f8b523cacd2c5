/** Shows the items of a conversation, touching only what changed: a screen reader hears it once. */

import { bubble, delivery, quickReplies } from "./bubbles.js";

const MARGIN = 12;

export class Timeline {
  #nodes = new Map(); // item key -> element
  #choices = null;
  #choicesOf = null;

  /**
   * @param {HTMLElement} log the scrolling region
   * @param {{retry: (key: string) => void, choose: (choice: object) => void}} actions
   */
  constructor(log, actions) {
    this.log = log;
    this.actions = actions;
  }

  show(items) {
    this.#removeOthers(items);
    const added = items.map((item, index) => this.#place(item, index, items[index - 1]?.sender));
    this.#offerChoices(items.at(-1));
    this.#scrollTo(added.filter(Boolean));
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** Returns the element where it is new, so that it can be scrolled to. */
  #place(item, index, senderBefore) {
    const first = item.sender !== senderBefore;
    const look = `${item.state ?? "logged"} ${first}`;
    const known = this.#nodes.get(item.key);
    if (known?.dataset.look !== look) this.#draw(item, first, look);
    const node = this.#nodes.get(item.key);
    const place = this.log.children[index] ?? null;
    if (place !== node) this.log.insertBefore(node, place);
    return known ? null : node;
  }

  #draw(item, first, look) {
    const node = bubble(item, first);
    node.dataset.look = look;
    node.append(delivery(item, () => this.actions.retry(item.key)) ?? "");
    this.#nodes.get(item.key)?.replaceWith(node);
    this.#nodes.set(item.key, node);
  }

  #removeOthers(items) {
    const shown = new Set(items.map(({ key }) => key));
    for (const [key, node] of this.#nodes) {
      if (shown.has(key)) continue;
      node.remove();
      this.#nodes.delete(key);
    }
  }

  /** Choices are offered until anything follows the message they belong to. */
  #offerChoices(newest) {
    if (this.#choicesOf === newest?.key) return;
    this.#choices?.remove();
    this.#choicesOf = newest?.key;
    this.#choices = quickReplies(newest?.quick_replies, this.actions.choose);
    if (this.#choices) this.log.append(this.#choices);
  }

  /** To the end, unless that would hide the beginning of what has just come. */
  #scrollTo(added) {
    if (added.length === 0) return;
    const replies = added.filter((node) => !node.classList.contains("customer"));
    this.toEnd();
    const beginning = replies[0]?.offsetTop - MARGIN;
    if (beginning < this.log.scrollTop) this.log.scrollTop = beginning;
  }
}
