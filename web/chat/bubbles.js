/** How one message looks. */

import { make, withLinks } from "./dom.js";
import { texts } from "./texts.js";

const TIME = new Intl.DateTimeFormat("en-AU", { hour: "numeric", minute: "2-digit", hour12: true });
const DAY = new Intl.DateTimeFormat("en-AU", { day: "numeric", month: "short" });

/**
 * Returns the element for an item of the conversation.
 *
 * @param {object} item sender, text and, once it is in the log, at and evidence
 * @param {boolean} first whether it is the first in a row of the same sender
 */
export function bubble(item, first) {
  const name = make("span", { class: first ? "name" : "name unseen" }, texts.senders[item.sender] ?? "");
  const time = item.at && make("time", { class: "time", datetime: item.at }, clock(item.at));
  return make(
    "div",
    { class: `message ${item.sender}${first ? " first" : ""}`, "data-key": item.key },
    make("div", { class: "head" }, name, time),
    make("div", { class: "bubble" }, ...lines(item.text)),
    evidence(item.evidence),
  );
}

/** Returns the buttons for quick replies, or null where there are none. */
export function quickReplies(choices, choose) {
  if (!choices?.length) return null;
  const buttons = choices.map((choice) =>
    make("button", { type: "button", class: "choice", onclick: () => choose(choice) }, choice.title),
  );
  return make("div", { class: "choices" }, ...buttons);
}

/** Returns what is shown under a message that is on its way or could not be sent. */
export function delivery(item, retry) {
  if (item.state === "sending") return make("div", { class: "delivery" }, texts.sending);
  if (item.state !== "failed") return null;
  const again = make("button", { type: "button", class: "again", onclick: retry }, texts.retry);
  return make("div", { class: "delivery failed" }, texts.notSent, " ", again);
}

function lines(text) {
  return text.split(/\n+/).map((line) => make("p", {}, ...withLinks(line)));
}

function evidence(sources) {
  if (!sources?.length) return null;
  const said = sources.map(({ source, at }) => make("span", {}, `${source}, ${clock(at)}`));
  const parted = said.flatMap((span, index) => (index === 0 ? [span] : [" · ", span]));
  return make("p", { class: "evidence" }, texts.checked, ...parted);
}

/** Returns a time as people say it here: "10:42 am", with the day where it was not today. */
function clock(at) {
  const moment = new Date(at);
  const time = TIME.format(moment);
  const today = moment.toDateString() === new Date().toDateString();
  return today ? time : `${DAY.format(moment)}, ${time}`;
}
