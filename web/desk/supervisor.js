// The supervisor's view: how the desk stands, who has what, and what was.

import { html, useEffect, useState } from "./vendor/preact-htm-3.1.1.js";
import { get, post } from "./api.js";
import { remember, searched } from "./routes.js";
import { OWNERS, at, capital, channel, plain, since, span } from "./words.js";

export function Supervisor({ board, now, onOpen, onError }) {
  const [figures, setFigures] = useState(null);
  useEffect(() => {
    const read = () => get("supervisor/figures").then(setFigures).catch(onError);
    read();
    const again = setInterval(read, 15000);
    return () => clearInterval(again);
  }, []);
  const waiting = [...board.reserved, ...board.waiting];
  const longest = waiting.map((one) => new Date(one.queued_at ?? one.since).getTime());
  const online = board.agents.filter((one) => one.online && !one.away);
  const tiles = [
    ["Waiting", waiting.length],
    ["Longest wait", longest.length ? span((now - Math.min(...longest)) / 1000) : "none"],
    ["With agents", board.with_agents.length],
    ["Agents online", online.length],
    ["Closed in 24 h", figures?.closed ?? "…"],
    ["Rating", figures?.rating ? `${figures.rating.toFixed(1)} (${figures.ratings})` : "none"],
  ];
  return html`<main class="supervisor" id="main">
    <h1>Live board</h1>
    <dl class="tiles">${tiles.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${figures && html`<${Split} clocks=${figures.clocks} />`}
    <section>
      <h2>Agents</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Agents"><table>
        <thead><tr><th>Name</th><th>State</th><th>Seats</th><th>Skills</th></tr></thead>
        <tbody>
          ${board.agents.map(
            (one) => html`<tr key=${one.agent_id}>
              <td>${one.first_name}</td>
              <td><span class=${`badge ${one.online && !one.away ? "good" : ""}`}>${one.online ? (one.away ? "Away" : "Online") : "Offline"}</span></td>
              <td>${one.seats_taken} of ${one.capacity}</td>
              <td>${one.skills.map(capital).join(", ")}</td>
            </tr>`,
          )}
        </tbody>
      </table></div>
    </section>
    <section>
      <h2>Conversations now</h2>
      <${Now} board=${board} now=${now} onOpen=${onOpen} onError=${onError} />
    </section>
    <${History} onOpen=${onOpen} onError=${onError} />
  </main>`;
}

function Split({ clocks }) {
  const total = Object.values(clocks).reduce((sum, one) => sum + one, 0);
  if (!total) return null;
  return html`<section>
    <h2>Whose time a conversation takes, on average</h2>
    <svg class="split" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      ${Object.entries(clocks).map(([name, seconds], index, all) => {
        const before = all.slice(0, index).reduce((sum, [, one]) => sum + one, 0);
        return html`<rect key=${name} class=${name} x=${(before / total) * 100} y="0" width=${(seconds / total) * 100} height="6" />`;
      })}
    </svg>
    <dl class="clocks">${Object.entries(clocks).map(([name, seconds]) => html`<div key=${name} class=${name}><dt>${capital(name)}</dt><dd>${span(seconds)}</dd></div>`)}</dl>
  </section>`;
}

// An offer that nobody takes begins anew, the customer's wait does not.
const waitsSince = (row) => (["QUEUED", "RESERVED"].includes(row.owner) && row.queued_at) || row.since;

function Now({ board, now, onOpen, onError }) {
  const rows = [...board.reserved, ...board.waiting, ...board.with_agents, ...board.snoozed, ...board.tickets];
  if (!rows.length) return html`<p class="quiet">All quiet.</p>`;
  const move = async (row, to) => {
    if (!to) return;
    const path = `supervisor/conversations/${row.conversation_id}/reassign`;
    await post(path, { to, note: "Reassigned by the supervisor" }).catch(onError);
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Conversations now"><table>
    <thead><tr><th>State</th><th>Since</th><th>Channel</th><th>About</th><th>Agent</th><th>Do</th></tr></thead>
    <tbody>
      ${rows.map(
        (row) => html`<tr key=${row.conversation_id}>
          <td>${OWNERS[row.owner]}</td>
          <td>${since(waitsSince(row), now)}</td>
          <td>${channel(row.channel)}</td>
          <td>${row.summary}</td>
          <td>${row.agent_name ?? ""}</td>
          <td class="do">
            <button onClick=${() => onOpen(row.conversation_id)}>Open</button>
            <select aria-label="Reassign to" onChange=${(event) => move(row, event.target.value)} value="">
              <option value="">Reassign to</option>
              ${board.agents
                .filter((one) => one.online && one.agent_id !== row.agent)
                .map((one) => html`<option key=${one.agent_id} value=${one.agent_id}>${one.first_name}</option>`)}
            </select>
          </td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}

function History({ onOpen, onError }) {
  const [words, setWords] = useState(searched() ?? "");
  const [found, setFound] = useState(null);
  const query = `words=${encodeURIComponent(words)}`;
  const look = () => get(`supervisor/history?${query}`).then(setFound).catch(onError);
  // Back from a conversation, and after a reload, what was searched for is there again.
  useEffect(() => {
    if (searched() !== null) look();
  }, []);
  const search = (event) => {
    event.preventDefault();
    remember(words);
    look();
  };
  return html`<section>
    <h2>History</h2>
    <form class="inline" onSubmit=${search}>
      <input aria-label="Search the history" placeholder="Order number, agent, reason, topic" value=${words} onInput=${(event) => setWords(event.target.value)} />
      <button>Search</button>
      <a class="button" href=${`/v1/desk/supervisor/export.csv?${query}`} download>Export CSV</a>
      <a class="button" href="/insights">Insights</a>
    </form>
    ${found && !found.length && html`<p class="quiet">Nothing found.</p>`}
    ${found?.length > 0 &&
    html`<div class="scroll" tabindex="0" role="region" aria-label="Found conversations"><table>
      <thead><tr><th>Last</th><th>State</th><th>Reason</th><th>Order</th><th>Agents</th><th>Queue</th><th>Agent</th><th>Rating</th><th>Do</th></tr></thead>
      <tbody>
        ${found.map(
          (one) => html`<tr key=${one.conversation_id}>
            <td>${at(one.last)}</td><td>${OWNERS[one.owner]}</td>
            <td>${plain(one.close_reason ?? one.reason)}</td><td>${one.order_number ?? ""}</td>
            <td>${one.agents.join(", ")}</td>
            <td>${one.clocks ? span(one.clocks.queue) : ""}</td><td>${one.clocks ? span(one.clocks.agent) : ""}</td>
            <td>${one.rating ?? ""}</td>
            <td><button onClick=${() => onOpen(one.conversation_id)}>Open</button></td>
          </tr>`,
        )}
      </tbody>
    </table></div>`}
  </section>`;
}
