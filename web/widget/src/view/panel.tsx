/** The open chat: who answers, what was said, what goes on, and where to type. */

import type { ComponentChildren, RefObject } from "preact";
import { useRef } from "preact/hooks";

import type { Conversation } from "../conversation";
import type { Standing } from "../standing";
import { standingOf } from "../standing";
import { texts } from "../texts";
import { save } from "../transcript";
import type { Item, QuickReply } from "../types";
import { Composer } from "./composer";
import { Icon } from "./icons";
import { Status, Trouble } from "./status";
import { Timeline } from "./timeline";

const STOPS = "button:not(:disabled), textarea, a, summary, [tabindex='0']";
const COVERS_THE_PAGE = "(max-width: 480px), (max-height: 420px)";

interface Properties {
  conversation: Conversation;
  items: Item[];
  shown: boolean;
  input: RefObject<HTMLTextAreaElement | null>;
  close: () => void;
}

export function Panel({ conversation, items, shown, input, close }: Properties) {
  const log = useRef<HTMLDivElement>(null);
  const standing = standingOf(items);
  const focus = () => requestAnimationFrame(() => input.current?.focus());
  const choose = (choice: QuickReply) => {
    conversation.send({ choice });
    focus();
  };
  const end = () => {
    conversation.end();
    log.current?.focus();
  };
  const startNew = () => {
    conversation.startOver();
    focus();
  };
  return (
    <section
      class="panel"
      part="panel"
      role="dialog"
      aria-label={texts.name}
      hidden={!shown}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
        if (event.key === "Tab" && matchMedia(COVERS_THE_PAGE).matches) keepFocusInside(event);
      }}
    >
      <Header standing={standing}>
        {items.length > 1 && <Action icon="save" label={texts.save} act={() => save(items)} />}
        {items.length > 1 && !conversation.ended && <Action icon="end" label={texts.end} act={end} />}
        <Action icon="close" label={texts.close} act={close} />
      </Header>
      <Timeline conversation={conversation} items={items} shown={shown} log={log} choose={choose} />
      <div class="foot">
        <Status conversation={conversation} standing={standing} />
        <Trouble conversation={conversation} />
        {conversation.ended ? (
          <button type="button" class="new" onClick={startNew}>
            {texts.startNew}
          </button>
        ) : (
          <Composer
            input={input}
            draft={conversation.draft}
            keep={(draft) => {
              conversation.draft = draft;
              if (draft && standing.with === "person") conversation.tellTyping();
            }}
            send={(text) => conversation.send({ text })}
          />
        )}
      </div>
    </section>
  );
}

function Header({ standing, children }: { standing: Standing; children: ComponentChildren }) {
  const person = standing.with === "person";
  return (
    <div class="bar">
      <span class={person ? "mark person" : "mark"}>
        <Icon name={person ? "person" : "parcel"} />
      </span>
      <div class="names">
        <h2>{texts.name}</h2>
        <p>{whoAnswers(standing)}</p>
      </div>
      {children}
    </div>
  );
}

function Action({ icon, label, act }: { icon: "save" | "end" | "close"; label: string; act: () => void }) {
  return (
    <button type="button" class="icon" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

function whoAnswers(standing: Standing): string {
  if (standing.with === "person") return texts.person(standing.name);
  if (standing.with === "queue") return texts.assistantWhileQueued;
  return standing.with === "nobody" ? texts.ended : texts.assistant;
}

/** Where the panel covers the page, the focus must not wander behind it. */
function keepFocusInside(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => stop.checkVisibility());
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if ((event.currentTarget.getRootNode() as ShadowRoot).activeElement !== from) return;
  event.preventDefault();
  to?.focus();
}
