// The order as the systems tell it now: parcels, where they stand, and what is hidden until asked for.

import { html, useState } from "./vendor/preact-htm-3.1.1.js";
import { post } from "./api.js";
import { at, capital, day, plain } from "./words.js";

export function Order({ id, order, onError }) {
  return html`<div class="order">
    <p>
      <b>${order.order_number}</b> · ${capital(order.brand)} · ${plain(order.method)} ·
      placed ${at(order.placed_at)}
    </p>
    <dl>
      <dt>Customer</dt>
      <dd>${order.first_name ?? "not known"}</dd>
      ${["email", "phone", "address"].map(
        (name) => order[name] && html`<${Hidden} key=${name} id=${id} name=${name} order=${order} onError=${onError} />`,
      )}
      ${order.store && html`<dt>Store</dt><dd>${order.store}</dd>`}
    </dl>
    ${order.parcels.map(
      (parcel) => html`<div class="parcel" key=${parcel.parcel_id}>
        <p><b>${parcel.parcel_id}: ${capital(parcel.status)}</b>${parcel.since && html` since ${at(parcel.since)}`}</p>
        <p>${parcel.items || "Contents not known"}${parcel.seller && html` · sold by ${parcel.seller}`}</p>
        ${parcel.eta && html`<p>Expected ${day(parcel.eta)} (${parcel.eta_from})</p>`}
        ${parcel.last_scan && html`<p>Last scan: ${parcel.last_scan}, ${at(parcel.scanned_at)}</p>`}
        ${parcel.carrier &&
        html`<p>
          ${parcel.carrier}${" "}
          ${parcel.link
            ? html`<a href=${parcel.link} target="_blank" rel="noreferrer">${parcel.tracking_number}</a>`
            : parcel.tracking_number}
        </p>`}
        <p class="evidence">${parcel.source}, read ${at(parcel.read_at)}${parcel.problem && html` · carrier: ${plain(parcel.problem)}`}</p>
        <${Signals} signals=${parcel.signals} />
      </div>`,
    )}
    ${order.could_not_read.length > 0 &&
    html`<p class="warning">Could not be read: ${plain(order.could_not_read.join(", "))}.</p>`}
  </div>`;
}

const LEANINGS = { customer: "For the customer", caution: "Look closer", neither: "Good to know" };

function Signals({ signals }) {
  if (!signals?.length) return null;
  return html`<details class="signals">
    <summary>What a claim would be judged by (${signals.length}), not for customers</summary>
    <ul class="plain">
      ${signals.map(
        (one) => html`<li key=${one.code}>
          <b>${LEANINGS[one.leaning]}:</b> ${one.text}
          <span class="evidence">${one.source}, ${at(one.at)}</span>
        </li>`,
      )}
    </ul>
  </details>`;
}

function Hidden({ id, name, order, onError }) {
  const [whole, setWhole] = useState(null);
  const reveal = () =>
    post(`conversations/${id}/reveal`, { detail: name, order_number: order.order_number })
      .then((told) => setWhole(told.text))
      .catch(onError);
  return html`<dt>${capital(name)}</dt>
    <dd>
      ${whole ?? order[name]}${" "}
      ${whole === null &&
      html`<button class="link" onClick=${reveal} title="Noted in the audit log">
        Reveal<span class="unseen"> ${name}</span>
      </button>`}
    </dd>`;
}
