// The right column: why a person is needed, the order as it stands, the procedure, deeds, cases.

import { html, useEffect, useState } from "./vendor/preact-htm-3.1.1.js";
import { get, newId, post } from "./api.js";
import { Order } from "./order.js";
import { at, capital, plain, span } from "./words.js";

const DEEDS = {
  open_investigation: "Open investigation",
  open_ticket: "Marketplace ticket",
  request_redirect: "Request redirect",
  request_refund: "Request refund",
  send_code: "Send code",
  check_code: "Check code",
};

export function Bundle({ id, detail, entries, conversation, isMine, said, onSuggest, onError }) {
  const { request } = detail;
  const [number, setNumber] = useState(request?.order_number ?? "");
  const [topic, setTopic] = useState(request?.topic ?? "");
  const [order, setOrder] = useState(null);
  const [procedure, setProcedure] = useState(detail.procedure);
  const [reading, setReading] = useState(false);
  const read = async (wanted = number, about = topic) => {
    if (!wanted) return;
    setReading(true);
    try {
      const query = new URLSearchParams({ number: wanted, ...(about ? { topic: about } : {}) });
      const told = await get(`conversations/${id}/order?${query}`);
      setOrder(told.order);
      setProcedure(told.procedure);
    } catch (error) {
      onError(error);
    } finally {
      setReading(false);
    }
  };
  useEffect(() => {
    if (request?.order_number) read(request.order_number);
  }, [id]);
  useEffect(() => {
    if (said) mark(said, true);
  }, [said]);
  const mark = async (step, done) => {
    await post(`conversations/${id}/ticks`, { ...step, done }).catch(onError);
    if (number) await read();
    else setProcedure((await get(`conversations/${id}`)).procedure);
  };
  return html`<div class="bundle">
    <${Why} request=${request} conversation=${conversation} level=${order?.level} />
    <${Procedure} procedure=${procedure} onTick=${mark} onSuggest=${onSuggest} />
    <section>
      <h2>Order</h2>
      <form
        class="inline"
        onSubmit=${(event) => {
          event.preventDefault();
          read();
        }}
      >
        <input
          aria-label="Order number"
          placeholder="Order number"
          value=${number}
          onInput=${(event) => setNumber(event.target.value.trim())}
        />
        <button disabled=${reading || !number}>${order ? "Refresh" : "Look up"}</button>
      </form>
      ${order && html`<${Order} id=${id} order=${order} onError=${onError} />`}
    </section>
    ${order && isMine && html`<${Deeds} id=${id} order=${order} entries=${entries} onDone=${() => read()} onError=${onError} />`}
    <${Cases} cases=${order?.cases ?? request?.cases ?? []} />
    <${Clocks} clocks=${detail.clocks} rating=${detail.rating} />
  </div>`;
}

function Why({ request, conversation, level }) {
  const verified = level ?? request?.verified ?? "none";
  return html`<section>
    <h2>Why a person</h2>
    <p class="summary">${request?.summary || conversation.summary || "Taken over without being asked."}</p>
    <p>
      <span class=${`badge ${verified === "none" ? "bad" : "good"}`}
        >${verified === "none" ? "Not verified" : `Verified: ${plain(verified)}`}</span
      >
      ${request?.reason && html` <span class="badge">${capital(request.reason)}</span>`}
      ${request?.contact && html` <span class="badge">${request.contact}</span>`}
    </p>
    ${verified === "none" &&
    html`<p class="warning">Tell nothing about an order until the customer has shown that it is theirs.</p>`}
    ${conversation.note && html`<p class="handover-note"><b>Passed on with:</b> ${conversation.note}</p>`}
    ${request?.promised?.length > 0 &&
    html`<h3>Promised</h3>
      <ul class="plain">
        ${request.promised.map((one) => html`<li key=${one}>${one}</li>`)}
      </ul>`}
    ${request?.could_not_read?.length > 0 &&
    html`<p class="warning">Could not be read: ${request.could_not_read.join(", ")}.</p>`}
  </section>`;
}

function Procedure({ procedure, onTick, onSuggest }) {
  const named = (step) => ({ topic: procedure.topic, number: step.number });
  const suggest = (step) => onSuggest({ text: step.reply, step: step.said_is_done ? named(step) : null });
  return html`<section>
    <h2>${procedure.title}</h2>
    <ol class="steps">
      ${procedure.steps.map(
        (step) => html`<li
          key=${step.number}
          class=${step.done ? "done" : step.is_next ? "next" : ""}
          aria-current=${step.is_next ? "step" : undefined}
        >
          <label class="check">
            <input type="checkbox" checked=${Boolean(step.done)} onChange=${() => onTick(named(step), !step.done)} />
            <span>${step.title}</span>
          </label>
          ${step.done
            ? html`<p class="evidence">
                ${plain(step.done.outcome)}${step.done.source ? ` · ${step.done.source}` : ""}
                ${step.done.at ? `, ${at(step.done.at)}` : ""}
              </p>`
            : html`${step.detail && html`<p class="evidence">${step.detail}</p>`}
              ${step.is_next &&
              step.reply &&
              html`<button class="suggest" onClick=${() => suggest(step)}>
                <span class="unseen">Suggested reply: </span>${step.reply}
              </button>`}`}
        </li>`,
      )}
    </ol>
  </section>`;
}

// The newest message in which a code is hidden; agents never see the code itself.
const codeIn = (entries) =>
  entries.findLast((entry) => entry.sender === "customer" && entry.text.includes("••••••"));

function Deeds({ id, order, entries, onDone, onError }) {
  const code = codeIn(entries);
  const allowed = (name) => order.allowed.includes(name) && (name !== "check_code" || code);
  const withheld = { ...order.withheld, ...(code ? {} : { check_code: "No message of the customer's holds a code." }) };
  const reasons = [...new Set(Object.values(withheld))];
  const [kind, setKind] = useState("");
  const [parcel, setParcel] = useState(order.parcels[0]?.parcel_id ?? "");
  const [text, setText] = useState("");
  const [result, setResult] = useState(null);
  const [busy, setBusy] = useState(false);
  const [request, setRequest] = useState(newId());
  const choose = (one) => {
    setKind(kind === one ? "" : one);
    setResult(null);
    setRequest(newId());
  };
  const go = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const body = { request_id: request, kind, order_number: order.order_number, text };
      const told = await post(`conversations/${id}/deeds`, { ...body, parcel_id: parcel || null, position: code?.position ?? null });
      setResult(told);
      setRequest(newId());
      if (told.done) {
        setKind("");
        onDone();
      }
    } catch (error) {
      onError(error);
    } finally {
      setBusy(false);
    }
  };
  return html`<section>
    <h2>Actions</h2>
    <div class="deeds">
      ${Object.entries(DEEDS).map(
        ([name, title]) => html`<button
          key=${name}
          aria-expanded=${kind === name}
          disabled=${!allowed(name)}
          aria-describedby=${allowed(name) ? undefined : `why-${reasons.indexOf(withheld[name])}`}
          onClick=${() => choose(name)}
        >
          ${title}
        </button>`,
      )}
    </div>
    <ul class="plain evidence withheld">
      ${reasons.map(
        (why, index) => html`<li key=${why} id=${`why-${index}`}>
          <b>${Object.keys(DEEDS).filter((name) => withheld[name] === why).map((name) => DEEDS[name]).join(", ")}:</b> ${why}
        </li>`,
      )}
    </ul>
    ${kind &&
    html`<form class="deed" onSubmit=${go}>
      ${order.parcels.length > 1 &&
      !kind.endsWith("code") &&
      html`<label>
        Parcel
        <select value=${parcel} onChange=${(event) => setParcel(event.target.value)}>
          ${order.parcels.map((one) => html`<option key=${one.parcel_id} value=${one.parcel_id}>${one.parcel_id}: ${one.items}</option>`)}
        </select>
      </label>`}
      ${kind === "request_redirect" &&
      html`<label>New address, as read back to the customer
        <input required value=${text} onInput=${(event) => setText(event.target.value)} />
      </label>`}
      ${kind === "open_ticket" &&
      html`<label>In the customer's words (optional)
        <input value=${text} onInput=${(event) => setText(event.target.value)} />
      </label>`}
      <button class="primary" disabled=${busy}>${DEEDS[kind]} now</button>
    </form>`}
    ${result &&
    html`<p class=${result.done ? "success" : "warning"} role="status">
      ${result.says} ${result.reference && html`<b>${result.reference}</b>`}
    </p>`}
  </section>`;
}

function Cases({ cases }) {
  if (!cases.length) return null;
  return html`<section>
    <h2>Cases</h2>
    <ul class="plain">
      ${cases.map(
        (one) => html`<li key=${one.reference}>
          <b>${one.reference}</b> ${one.kind}: ${plain(one.state)}, opened ${at(one.opened_at)}
        </li>`,
      )}
    </ul>
  </section>`;
}

export function Clocks({ clocks, rating }) {
  if (!clocks) return null;
  return html`<section>
    <h2>Time so far</h2>
    <dl class="clocks">
      ${Object.entries(clocks).map(([name, seconds]) => html`<div key=${name}><dt>${capital(name)}</dt><dd>${span(seconds)}</dd></div>`)}
    </dl>
    ${rating && html`<p>Rated ${rating} of 5</p>`}
  </section>`;
}
