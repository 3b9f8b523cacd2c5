/** Launcher and panel, drawn anew at every change of the conversation. */

import { useEffect, useReducer, useRef } from "preact/hooks";

import type { Conversation } from "../conversation";
import { texts } from "../texts";
import type { Item } from "../types";
import { Launcher } from "./launcher";
import { Panel } from "./panel";

const GREETING: Item = {
  key: "greeting",
  sender: "bot",
  text: texts.greeting,
  quick_replies: texts.suggestions.map((title) => ({ title })),
};

interface Properties {
  conversation: Conversation;
  shown: boolean;
  open: () => void;
  close: () => void;
}

export function Chat({ conversation, shown, open, close }: Properties) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const launcher = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const read = useRef(0); // items the customer has had on the screen
  const wasShown = useRef(shown);
  const items = [GREETING, ...conversation.items];
  if (shown) read.current = items.length;

  useEffect(() => {
    const listener = () => redraw(undefined);
    conversation.addEventListener("change", listener);
    listener(); // what changed before anybody listened
    return () => conversation.removeEventListener("change", listener);
  }, [conversation]);

  useEffect(() => {
    if (shown) input.current?.focus();
    else if (wasShown.current) launcher.current?.focus();
    wasShown.current = shown;
  }, [shown]);

  return (
    <>
      <Launcher
        button={launcher}
        hidden={shown}
        unread={read.current === 0 ? 0 : Math.max(items.length - read.current, 0)}
        open={open}
      />
      <Panel conversation={conversation} items={items} shown={shown} input={input} close={close} />
    </>
  );
}
