// Passing on, giving back, closing, and the list of shortcuts.

import { html, useEffect, useRef, useState } from "./vendor/preact-htm-3.1.1.js";

const KEYS = [
  ["?", "This list"],
  ["j / k", "Next, previous conversation"],
  ["a", "Accept or take over"],
  ["r", "Write a reply"],
  ["t", "Transfer"],
  ["b", "Give back to the assistant"],
  ["c", "Close"],
  ["s", "Use the suggested reply"],
  ["Esc", "Leave a field or dialog"],
];
const REASONS = ["Solved", "Case opened", "Customer left", "Not about an order", "Spam"];
const FORMS = {
  transfer: { title: "Transfer", button: "Pass on", label: "Note for whoever comes next", field: "note" },
  "give-back": { title: "Give back to the assistant", button: "Give back", label: "What was settled, in one line", field: "summary" },
  close: { title: "Close the conversation", button: "Close it", label: "Reason", field: "reason" },
};

// What the assistant can go on with, by the names that it has for them.
const TOPICS = {
  order_status: "Where the order is",
  missing_parcel: "Says delivered, not there",
  missing_items: "Missing or damaged items",
  delay: "It is late",
  address: "Wrong address",
  click_and_collect: "Click & Collect",
  marketplace: "A Marketplace seller's parcel",
  case_status: "An open case",
};

function Dialog({ title, onClose, children }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return html`<dialog ref=${dialog} onClose=${onClose} aria-label=${title}>
    <h2>${title}</h2>
    ${children}
  </dialog>`;
}

export function Help({ onClose }) {
  return html`<${Dialog} title="Keyboard shortcuts" onClose=${onClose}>
    <dl class="keys">
      ${KEYS.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}
    </dl>
    <form method="dialog"><button class="primary">Done</button></form>
  <//>`;
}

export function HandlingDialog({ kind, agents, me, onClose, onDo, onError }) {
  const form = FORMS[kind];
  const [text, setText] = useState(kind === "close" ? REASONS[0] : "");
  const [to, setTo] = useState("");
  const [known, setKnown] = useState({ order_number: "", topic: "" });
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const knows = (name) => (event) => setKnown({ ...known, [name]: event.target.value.trim() });
  const others = agents.filter((one) => one.online && one.agent_id !== me);
  const go = (event) => {
    event.preventDefault();
    const body = { [form.field]: text };
    if (kind === "transfer" && to.startsWith("agent:")) body.to = to.slice(6);
    if (kind === "transfer" && to.startsWith("skill:")) body.skill = to.slice(6);
    if (kind === "give-back") body.slots = Object.fromEntries(Object.entries(known).filter(([, value]) => value));
    setProblem("");
    setBusy(true);
    // What was written stays until it has been taken.
    onDo(kind, body).catch((error) => {
      setBusy(false);
      if (error.status === 401) onError(error);
      else setProblem(error.message);
    });
  };
  return html`<${Dialog} title=${form.title} onClose=${onClose}>
    <form onSubmit=${go}>
      ${kind === "transfer" &&
      html`<label>To
        <select value=${to} onChange=${(event) => setTo(event.target.value)}>
          <option value="">Whoever is free first</option>
          <option value="skill:marketplace">Somebody for Marketplace</option>
          <option value="skill:click_and_collect">Somebody for Click & Collect</option>
          ${others.map((one) => html`<option key=${one.agent_id} value=${`agent:${one.agent_id}`}>${one.first_name}</option>`)}
        </select>
      </label>`}
      <label>${form.label}
        ${kind === "close"
          ? html`<select value=${text} onChange=${(event) => setText(event.target.value)}>
              ${REASONS.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}
            </select>`
          : html`<input required autofocus maxlength="500" value=${text} onInput=${(event) => setText(event.target.value)} />`}
      </label>
      ${kind === "give-back" &&
      html`<label>Order number, if it is another one than before
          <input value=${known.order_number} onInput=${knows("order_number")} maxlength="40" />
        </label>
        <label>What it is about now
          <select value=${known.topic} onChange=${knows("topic")}>
            <option value="">As before</option>
            ${Object.entries(TOPICS).map(([name, title]) => html`<option key=${name} value=${name}>${title}</option>`)}
          </select>
        </label>`}
      ${problem && html`<p class="warning" role="alert">${problem}</p>`}
      <div class="dialog-bar">
        <button type="button" onClick=${onClose}>Cancel</button>
        <button class="primary" disabled=${busy}>${form.button}</button>
      </div>
    </form>
  <//>`;
}
