/** Where the customer types. What is typed and not sent is kept, also over a reload. */

import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

import { texts } from "../texts";
import { Icon } from "./icons";

const CHARACTERS = 2000;
const WARN_BELOW = 200;

interface Properties {
  input: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  keep: (draft: string) => void;
  send: (text: string) => void;
}

export function Composer({ input, draft, keep, send }: Properties) {
  const [text, setText] = useState(draft);
  const left = CHARACTERS - text.length;

  useLayoutEffect(() => {
    const field = input.current;
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 3}px`;
  }, [text]);

  const write = (words: string) => {
    setText(words);
    keep(words);
  };
  const submit = () => {
    if (!text.trim()) return;
    send(text.trim());
    write("");
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="field">
        <textarea
          ref={input}
          rows={1}
          maxLength={CHARACTERS}
          aria-label={texts.composer}
          placeholder={texts.placeholder}
          enterkeyhint="send"
          autoComplete="off"
          value={text}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            submit();
          }}
        />
        {left < WARN_BELOW && (
          <span class="left" aria-live="polite">
            {texts.charactersLeft(left)}
          </span>
        )}
      </div>
      <button type="submit" class="send" aria-label={texts.send} disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  );
}
