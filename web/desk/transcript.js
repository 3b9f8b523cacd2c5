// The middle column: what was said, and why the assistant said it.

import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/preact-htm-3.1.1.js";
import { post } from "./api.js";
import { at, capital, plain } from "./words.js";

const NEAR = 40;

export function Transcript({ id, entries, notes, typing, onError }) {
  const log = useRef(null);
  const atEnd = useRef(true);
  const things = [
    ...entries.map((entry) => ({ kind: "entry", ...entry })),
    ...notes.map((note) => ({ kind: "note", ...note })),
  ].sort((one, other) => new Date(one.at) - new Date(other.at));
  const toEnd = () => {
    log.current.scrollTop = log.current.scrollHeight;
  };
  const scrolled = ({ target }) => {
    atEnd.current = target.scrollHeight - target.scrollTop - target.clientHeight < NEAR;
  };
  useLayoutEffect(toEnd, [id, things.length]);
  // Who reads further up is not taken away by what is no message.
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
  }, [typing]);
  useEffect(() => {
    const room = new ResizeObserver(() => atEnd.current && toEnd());
    room.observe(log.current);
    return () => room.disconnect();
  }, []);
  return html`<div class="transcript" ref=${log} role="log" aria-label="Conversation" tabindex="0" onScroll=${scrolled}>
    ${things.map((one) =>
      one.kind === "note"
        ? html`<aside class="note" key=${`note${one.at}`}>
            <b>${one.by}</b>, private note, ${at(one.at)}<br />${one.text}
          </aside>`
        : html`<${Message} key=${one.position} id=${id} entry=${one} onError=${onError} />`,
    )}
    ${typing && html`<p class="typing">${typing} is typing…</p>`}
  </div>`;
}

const WHO = { customer: "Customer", bot: "Assistant", system: "System" };

function Message({ id, entry, onError }) {
  const [whole, setWhole] = useState(null);
  const [why, setWhy] = useState(false);
  const reveal = () =>
    post(`conversations/${id}/reveal`, { position: entry.position })
      .then((told) => setWhole(told.text))
      .catch(onError);
  const reasons = entry.said.length || entry.understood || entry.evidence.length;
  return html`<article class=${`message ${entry.sender}`}>
    ${(entry.sender !== "system" || entry.hides) &&
    html`<header>
      <b>${entry.sender === "agent" ? entry.author : WHO[entry.sender]}</b>
      <time datetime=${entry.at}>${at(entry.at)}</time>
      ${entry.hides &&
      whole === null &&
      html`<button class="link" onClick=${reveal} title="Noted in the audit log">Reveal</button>`}
      ${Boolean(reasons) &&
      html`<button class="link" aria-expanded=${why} onClick=${() => setWhy(!why)}>Why</button>`}
    </header>`}
    <p>${whole ?? entry.text}</p>
    ${why && html`<${Why} entry=${entry} />`}
  </article>`;
}

function Why({ entry }) {
  const { understood } = entry;
  return html`<dl class="why">
    ${understood &&
    html`<dt>Understood as</dt>
      <dd>${plain(understood.intent)}, ${Math.round(understood.confidence * 100)} %</dd>`}
    ${entry.said.length > 0 &&
    html`<dt>Decided to say</dt>
      <dd>${entry.said.map((key) => capital(key.replace("utter_", ""))).join(" · ")}</dd>`}
    ${entry.evidence.length > 0 &&
    html`<dt>On the word of</dt>
      <dd>${entry.evidence.map((one) => `${one.source}, ${at(one.at)}`).join(" · ")}</dd>`}
  </dl>`;
}
