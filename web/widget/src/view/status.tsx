/** What goes on beside the messages: who is typing, the place in the queue, what went wrong. */

import { useEffect, useState } from "preact/hooks";

import type { Conversation } from "../conversation";
import type { Standing } from "../standing";
import { texts } from "../texts";

const LONG_WAIT = 12_000;

export function Status({ conversation, standing }: { conversation: Conversation; standing: Standing }) {
  const waiting = conversation.waiting && standing.with !== "person";
  const long = useLongWait(waiting);
  const moving = waiting || Boolean(conversation.typist) || !conversation.connected;
  const words = wordsFor(conversation, standing, waiting, long);
  return (
    <div class="status" role="status">
      {words && moving && (
        <span class="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      )}
      {words}
    </div>
  );
}

/** What keeps the customer from being answered, with the gateway's own sentence where it has one. */
export function Trouble({ conversation: { problem } }: { conversation: Conversation }) {
  const words = problem && (problem.detail || texts.problems[problem.kind]);
  const text = typeof words === "function" ? words(problem?.seconds) : words;
  return (
    <div class="problem" role="alert" hidden={!text}>
      {text}
    </div>
  );
}

function wordsFor({ connected, typist }: Conversation, standing: Standing, waiting: boolean, long: boolean): string {
  if (!connected) return texts.connecting;
  if (typist) return texts.typing(typist);
  if (waiting) return long ? texts.waitingLong : texts.waiting;
  return standing.with === "queue" ? texts.queue(standing.position, standing.minutes) : "";
}

function useLongWait(waiting: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setLong(true), LONG_WAIT);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [waiting]);
  return long;
}
