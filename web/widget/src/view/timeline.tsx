/** The conversation so far. What is known stays untouched, so a screen reader hears only what is new. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Conversation } from "../conversation";
import { texts } from "../texts";
import type { Item, QuickReply } from "../types";
import { Message } from "./message";
import { Rating } from "./rating";

const MARGIN = 12;

interface Properties {
  conversation: Conversation;
  items: Item[];
  shown: boolean;
  log: RefObject<HTMLDivElement | null>;
  choose: (choice: QuickReply) => void;
}

export function Timeline({ conversation, items, shown, log, choose }: Properties) {
  const seen = useRef(new Set<string>());
  const newest = items.at(-1);
  const focus = () => log.current?.focus(); // a button that goes away must not take the focus along

  useLayoutEffect(() => {
    if (shown && log.current) showNewest(log.current, items, seen.current);
  }, [shown, items.map(({ key }) => key).join()]);

  return (
    <div ref={log} class="log" role="log" aria-live="polite" aria-label={texts.log} aria-busy={conversation.catchingUp} tabIndex={0}>
      {items.map((item, index) => (
        <Message
          key={item.key}
          item={item}
          first={item.sender !== items[index - 1]?.sender || item.author !== items[index - 1]?.author}
          retry={(key) => {
            conversation.retry(key);
            focus();
          }}
        />
      ))}
      <Choices key={newest?.key} choices={newest?.quick_replies ?? []} choose={choose} />
      {conversation.ended && <Rating rated={conversation.rated} rate={(score, words) => conversation.rate(score, words).then(focus)} />}
    </div>
  );
}

/** Choices are offered until anything follows the message they belong to. */
function Choices({ choices, choose }: { choices: QuickReply[]; choose: (choice: QuickReply) => void }) {
  if (choices.length === 0) return null;
  return (
    <div class="choices">
      {choices.map((choice) => (
        <button key={choice.id ?? choice.title} type="button" class="choice" onClick={() => choose(choice)}>
          {choice.title}
        </button>
      ))}
    </div>
  );
}

/** To the end, unless that would hide the beginning of what has just come. */
function showNewest(log: HTMLElement, items: Item[], seen: Set<string>): void {
  const first = items.find(({ key, sender }) => sender !== "customer" && !seen.has(key));
  const known = seen.size > 0;
  for (const { key } of items) seen.add(key);
  log.scrollTop = log.scrollHeight;
  if (!known || !first) return;
  const node = [...log.children].find((child) => (child as HTMLElement).dataset.key === first.key) as HTMLElement;
  log.scrollTop = Math.min(log.scrollTop, node.offsetTop - MARGIN);
}
