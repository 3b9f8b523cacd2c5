// Where agents write: drafts per conversation, what a text message costs, and why it may be locked.

import { html, useEffect, useRef, useState } from "./vendor/preact-htm-3.1.1.js";
import { newId, post } from "./api.js";
import { draftOf, keepDraft } from "./drafts.js";
import { sizeOf } from "./segments.js";
import { span } from "./words.js";

const WINDOW = 24 * 3600;
let typedAt = 0;

// Why nothing can be sent now; empty where it can.
export function lockOf(conversation, me, entries, now) {
  if (conversation.stopped) return "The customer replied STOP. Nothing may be sent until they reply START.";
  if (conversation.owner === "CLOSED") return "This conversation is closed.";
  if (conversation.agent !== me || !["AGENT", "SNOOZED"].includes(conversation.owner))
    return "Take the conversation over to write in it.";
  if (conversation.channel === "whatsapp" && windowLeft(entries, now) <= 0)
    return "WhatsApp's 24 hours since the customer's last message are over.";
  return "";
}

function windowLeft(entries, now) {
  const last = entries.findLast((entry) => entry.sender === "customer");
  return last ? WINDOW - (now - new Date(last.at).getTime()) / 1000 : 0;
}

export function Composer({ conversation, me, entries, canned, suggestion, cents, now, onSaid, onError }) {
  const id = conversation.conversation_id;
  const [draft, setDraft] = useState(() => draftOf(id));
  const [sending, setSending] = useState(false);
  const field = useRef(null);
  const suggested = useRef("");
  const lock = lockOf(conversation, me, entries, now);
  const { isNote } = draft;
  const text = isNote ? draft.note : draft.message;
  const keep = (changes) => {
    const changed = { ...draftOf(id), ...changes };
    keepDraft(id, changed);
    setDraft(changed);
  };
  // A message that is changed is another message; one that is sent again is not.
  const write = (words) =>
    keep(draftOf(id).isNote ? { note: words } : { message: words, messageId: "", ...(words ? {} : { step: null }) });
  // What was typed while the rest was on its way stays.
  const sent = (words) => {
    const now = draftOf(id)[isNote ? "note" : "message"];
    const left = now.startsWith(words) ? now.slice(words.length).trimStart() : now;
    const step = left === now ? {} : { step: null };
    keep(isNote ? { note: left } : { message: left, messageId: "", ...step });
  };
  useEffect(() => setDraft(draftOf(id)), [id]);
  useEffect(() => {
    if (!suggestion) return;
    const own = draftOf(id).message.replace(suggested.current, "").trim();
    suggested.current = suggestion.text;
    const message = own ? `${own} ${suggestion.text}` : suggestion.text;
    keep({ isNote: false, message, messageId: "", step: suggestion.step });
    field.current?.focus();
  }, [suggestion]);

  const send = async (event) => {
    event?.preventDefault();
    const words = text.trim();
    if (!words || sending || (lock && !isNote)) return;
    setSending(true);
    try {
      if (isNote) await post(`conversations/${id}/notes`, { text: words });
      else {
        const { step } = draftOf(id);
        const messageId = draftOf(id).messageId || newId();
        keep({ messageId });
        await post(`conversations/${id}/messages`, { client_message_id: messageId, text: words });
        onSaid(step);
      }
      sent(text);
    } catch (error) {
      onError(error);
    } finally {
      setSending(false);
      field.current?.focus();
    }
  };
  const typed = (event) => {
    write(event.target.value);
    if (!isNote && !lock && Date.now() - typedAt > 2500) {
      typedAt = Date.now();
      post(`conversations/${id}/typing`).catch(() => {});
    }
  };
  const keys = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  };
  const pick = (event) => {
    const chosen = canned[Number(event.target.value)];
    if (chosen) write(text ? `${text.trimEnd()} ${chosen.text}` : chosen.text);
    event.target.value = "";
    field.current?.focus();
  };
  return html`<form class=${`composer ${isNote ? "noting" : ""}`} onSubmit=${send}>
    ${lock && !isNote && html`<p class="lock" role="status">${lock}</p>`}
    <textarea
      id="composer"
      ref=${field}
      rows="3"
      maxlength="2000"
      aria-label=${isNote ? "Private note" : "Message to the customer"}
      placeholder=${isNote ? "Private note, for the desk only" : "Write to the customer"}
      disabled=${Boolean(lock) && !isNote}
      value=${text}
      onInput=${typed}
      onKeyDown=${keys}
    ></textarea>
    <div class="composer-bar">
      <select aria-label="Canned replies" onChange=${pick} disabled=${Boolean(lock) && !isNote}>
        <option value="">Canned replies</option>
        ${canned.map((one, index) => html`<option key=${one.title} value=${index}>${one.title}</option>`)}
      </select>
      <label class="check">
        <input type="checkbox" checked=${isNote} onChange=${() => keep({ isNote: !isNote })} /> Private note
      </label>
      ${!isNote && html`<${Meter} channel=${conversation.channel} text=${text} author=${conversation.agent_name} cents=${cents} left=${windowLeft(entries, now)} />`}
      <button class="primary" disabled=${sending || (Boolean(lock) && !isNote)}>
        ${isNote ? "Keep note" : "Send"}
      </button>
    </div>
  </form>`;
}

function Meter({ channel, text, author, cents, left }) {
  if (channel === "sms") {
    const { encoding, units, segments, room } = sizeOf(text, author);
    const cost = cents ? ` · $${((segments * cents) / 100).toFixed(2)}` : "";
    return html`<span class=${`meter ${segments > 2 ? "over" : ""}`}>
      ${segments} ${segments === 1 ? "segment" : "segments"}${cost} · ${units}/${room} ${encoding}
    </span>`;
  }
  if (channel === "whatsapp") return html`<span class="meter">${left > 0 ? `${span(left)} left` : "Closed"}</span>`;
  return html`<span class="meter">${text.length ? `${text.length} characters` : ""}</span>`;
}
