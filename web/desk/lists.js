// The left column: what is mine, what is offered, who waits, call-backs.

import { html } from "./vendor/preact-htm-3.1.1.js";
import { capital, channel, since } from "./words.js";

export function mineOf(board, me) {
  const has = (one) => one.agent === me;
  return {
    offered: board.reserved.filter(has),
    mine: board.with_agents.filter(has),
    asleep: board.snoozed.filter(has),
  };
}

export function inOrder(board, me) {
  const { offered, mine, asleep } = mineOf(board, me);
  return [...offered, ...mine, ...board.waiting, ...asleep, ...board.tickets];
}

export function Lists({ board, me, open, unread, now, onOpen }) {
  const { offered, mine, asleep } = mineOf(board, me);
  const parts = [
    ["Offered to you", offered],
    ["Yours", mine],
    ["Waiting", board.waiting],
    ["Asleep", asleep],
    ["Call-backs", board.tickets],
  ].filter(([title, rows]) => rows.length || title === "Yours" || title === "Waiting");
  return html`<nav class="lists" aria-label="Conversations">
    ${parts.map(
      ([title, rows]) => html`<section key=${title}>
        <h2>${title} <span class="count">${rows.length}</span></h2>
        ${rows.length
          ? html`<ul>
              ${rows.map(
                (row) => html`<${Row}
                  key=${row.conversation_id}
                  row=${row}
                  now=${now}
                  current=${row.conversation_id === open}
                  unread=${unread.has(row.conversation_id)}
                  onOpen=${onOpen}
                />`,
              )}
            </ul>`
          : html`<p class="quiet">${title === "Yours" ? "Nothing at hand." : "Nobody waits."}</p>`}
      </section>`,
    )}
  </nav>`;
}

function Row({ row, now, current, unread, onOpen }) {
  const waits = row.waiting_since ?? row.queued_at ?? row.since;
  const urgent = row.priority > 1;
  return html`<li>
    <button
      class=${`row ${row.owner.toLowerCase()} ${current ? "current" : ""}`}
      aria-current=${current ? "true" : undefined}
      onClick=${() => onOpen(row.conversation_id)}
    >
      <span class="row-top">
        <span class="channel">${row.first_name ? `${row.first_name} · ` : ""}${channel(row.channel)}</span>
        ${row.skill !== "general" && html`<span class="tag">${capital(row.skill)}</span>`}
        ${urgent && html`<span class="tag urgent">Priority</span>`}
        ${row.stopped && html`<span class="tag urgent">STOP</span>`}
        <span class="time">${since(waits, now)}</span>
      </span>
      <span class="row-summary">${row.summary || row.note || "No summary"}</span>
      ${unread && html`<span class="dot"><span class="unseen">New message</span></span>`}
    </button>
  </li>`;
}
