/** The fixed parts of the chat: launcher, header, log, status line and composer. */

import { icon, make } from "./dom.js";
import { texts } from "./texts.js";

export const CHARACTERS = 2000;

const ICONS = {
  chat: "M4 5h16v11h-9l-5 4v-4H4z",
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M12 5l7 7-7 7",
  restart: "M5.5 12a6.5 6.5 0 1 1 2 4.7M5.5 20v-4.5H10",
  parcel: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8M8 6l8 4",
};

/** Returns every fixed element by name, put together below `panel` and `launcher`. */
export function buildPanel() {
  const badge = make("span", { class: "badge", hidden: true });
  const launcher = make(
    "button",
    { type: "button", class: "launcher", "aria-expanded": "false", "aria-haspopup": "dialog" },
    icon(ICONS.chat),
    make("span", {}, texts.launcher),
    badge,
  );
  const restart = iconButton("restart", texts.startOver);
  const close = iconButton("close", texts.close);
  const log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": texts.log, tabindex: "0" });
  const status = make("div", { class: "status", role: "status" });
  const problem = make("div", { class: "problem", role: "alert", hidden: true });
  const composer = buildComposer();
  const panel = make(
    "section",
    { class: "panel", role: "dialog", "aria-label": texts.name, hidden: true },
    header(restart, close),
    log,
    make("div", { class: "foot" }, status, problem, composer.form),
  );
  return { launcher, badge, panel, restart, close, log, status, problem, ...composer };
}

function header(...buttons) {
  const names = make(
    "div",
    { class: "names" },
    make("h2", {}, texts.name),
    make("p", {}, texts.kind),
  );
  return make("header", {}, make("span", { class: "mark" }, icon(ICONS.parcel)), names, ...buttons);
}

function buildComposer() {
  const input = make("textarea", {
    rows: "1",
    maxlength: String(CHARACTERS),
    "aria-label": texts.composer,
    placeholder: texts.placeholder,
    enterkeyhint: "send",
    autocomplete: "off",
  });
  const left = make("span", { class: "left", "aria-live": "polite", hidden: true });
  const send = make("button", { type: "submit", class: "send", "aria-label": texts.send, disabled: true }, icon(ICONS.send));
  const form = make("form", { class: "composer" }, make("div", { class: "field" }, input, left), send);
  return { form, input, left, send };
}

function iconButton(name, label) {
  return make("button", { type: "button", class: "icon", "aria-label": label, title: label }, icon(ICONS[name]));
}
