/**
 * The chat, as a custom element: `<order-assistant gateway="https://…"></order-assistant>`.
 *
 * Without `gateway` it speaks to the address the page came from. `open()`, `close()`,
 * `ask(text)` and `signIn(customerToken)` are for the page around it.
 */

import { Conversation } from "./conversation.js";
import { make } from "./dom.js";
import { Gateway } from "./gateway.js";
import { CHARACTERS, buildPanel } from "./panel.js";
import { sheet } from "./styles.js";
import { texts } from "./texts.js";
import { Timeline } from "./timeline.js";

const WARN_BELOW = 200;
const LONG_WAIT = 12_000;
const GREETING = {
  key: "greeting",
  sender: "bot",
  text: texts.greeting,
  quick_replies: texts.suggestions.map((title) => ({ title })),
};

class OrderAssistant extends HTMLElement {
  #read = 0; // items the customer has had on the screen
  #longWait = null;

  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.conversation = new Conversation(new Gateway(this.getAttribute("gateway") ?? ""));
    this.parts = buildPanel();
    this.timeline = new Timeline(this.parts.log, {
      retry: (key) => this.conversation.retry(key),
      choose: (choice) => this.#choose(choice),
    });
    this.shadowRoot.append(this.parts.launcher, this.parts.panel);
    this.#listen();
    this.conversation.resume();
    this.#render();
  }

  open() {
    this.parts.panel.hidden = false;
    this.parts.launcher.setAttribute("aria-expanded", "true");
    this.#render();
    this.timeline.toEnd();
    this.parts.input.focus();
  }

  close() {
    this.parts.panel.hidden = true;
    this.parts.launcher.setAttribute("aria-expanded", "false");
    this.#render();
    this.parts.launcher.focus();
  }

  /** Opens the chat and asks this in the customer's name. */
  ask(text) {
    this.open();
    this.conversation.send({ text });
  }

  /** Goes on as this customer of the shop (nobody where empty), in a new conversation. */
  signIn(customerToken) {
    this.conversation.startOver({ customerToken });
  }

  get signedInWith() {
    return this.conversation.customerToken;
  }

  #listen() {
    const { launcher, close, restart, panel, form, input } = this.parts;
    launcher.addEventListener("click", () => this.open());
    close.addEventListener("click", () => this.close());
    restart.addEventListener("click", () => {
      this.conversation.startOver();
      input.focus();
    });
    panel.addEventListener("keydown", (event) => this.#panelKey(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    input.addEventListener("input", () => this.#measure());
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.conversation.addEventListener("change", () => this.#render());
  }

  #submit() {
    const text = this.parts.input.value.trim();
    if (!text) return;
    this.parts.input.value = "";
    this.#measure();
    this.conversation.send({ text });
  }

  /** A suggestion of ours is sent as text; a quick reply of the assistant by its id. */
  #choose(choice) {
    this.conversation.send(choice.id ? { quickReply: choice } : { text: choice.title });
    this.parts.input.focus();
  }

  #panelKey(event) {
    if (event.key === "Escape") this.close();
    if (event.key === "Tab" && matchMedia("(max-width: 480px)").matches) this.#keepFocusInside(event);
  }

  /** On small screens the panel covers the page, so the focus must not wander behind it. */
  #keepFocusInside(event) {
    const stops = [...this.parts.panel.querySelectorAll("button:not(:disabled), textarea, a, [tabindex='0']")];
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (this.shadowRoot.activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }

  #measure() {
    const { input, send, left } = this.parts;
    const remaining = CHARACTERS - input.value.length;
    send.disabled = input.value.trim() === "";
    left.hidden = remaining >= WARN_BELOW;
    left.textContent = left.hidden ? "" : texts.charactersLeft(remaining);
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
  }

  #render() {
    const items = [GREETING, ...this.conversation.items];
    const { panel, restart } = this.parts;
    if (!panel.hidden) {
      this.timeline.show(items);
      this.#read = items.length;
    }
    restart.hidden = items.length === 1;
    this.#renderUnread(items);
    this.#renderStatus();
    this.#renderProblem();
  }

  #renderUnread(items) {
    const { badge, launcher, panel } = this.parts;
    const unread = this.#read === 0 ? 0 : Math.max(items.length - this.#read, 0);
    badge.hidden = unread === 0;
    badge.textContent = String(unread);
    launcher.hidden = !panel.hidden;
    if (unread > 0) launcher.setAttribute("aria-label", texts.launcherUnread(unread));
    else launcher.removeAttribute("aria-label");
  }

  #renderStatus() {
    const { waiting, connected } = this.conversation;
    if (!waiting) this.#longWait = clearTimeout(this.#longWait);
    else this.#longWait ??= setTimeout(() => this.#say(texts.waitingLong), LONG_WAIT);
    if (waiting && this.parts.status.dataset.waiting) return;
    this.parts.status.dataset.waiting = waiting ? "yes" : "";
    this.#say(waiting ? texts.waiting : connected ? "" : texts.connecting);
  }

  #say(text) {
    const dots = [0, 1, 2].map(() => make("i", {}));
    const moving = make("span", { class: "dots", "aria-hidden": "true" }, ...dots);
    this.parts.status.replaceChildren(...(text ? [moving, text] : []));
  }

  #renderProblem() {
    const { problem } = this.conversation;
    const words = problem && (problem.detail || texts.problems[problem.kind]);
    const text = typeof words === "function" ? words(problem.seconds) : (words ?? "");
    if (this.parts.problem.textContent !== text) this.parts.problem.textContent = text;
    this.parts.problem.hidden = text === "";
  }
}

customElements.define("order-assistant", OrderAssistant);
