/**
 * The chat, as a custom element: `<order-assistant gateway="https://…"></order-assistant>`.
 *
 * Without `gateway` it speaks to the address the page came from. `open()`, `close()`, `ask(text)`
 * and `setCustomerToken(token)` are for the page around it; docs/widget.md tells how.
 */

import { render } from "preact";

import { Conversation } from "./conversation";
import { Gateway } from "./gateway";
import styles from "./styles.css?inline";
import { Chat } from "./view/chat";

class OrderAssistant extends HTMLElement {
  #conversation: Conversation | null = null;
  #shown = false;
  readonly #online = () => this.#conversation?.hurry();

  connectedCallback(): void {
    if (!this.shadowRoot) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(styles);
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.#conversation = new Conversation(new Gateway(this.getAttribute("gateway") ?? ""));
      this.#conversation.resume();
    }
    addEventListener("online", this.#online);
    this.#render();
  }

  disconnectedCallback(): void {
    removeEventListener("online", this.#online);
  }

  /** Opens the chat and puts the focus where the customer types. */
  open(): void {
    this.#show(true);
  }

  /** Closes the chat; the conversation goes on. */
  close(): void {
    this.#show(false);
  }

  /** Opens the chat and asks this in the customer's name. */
  ask(text: string): void {
    this.open();
    this.#conversation?.send({ text });
  }

  /** Goes on as this customer of the shop (nobody where empty), in a new conversation. */
  setCustomerToken(token: string): void {
    if (token !== this.#conversation?.customerToken) this.#conversation?.startOver(token);
  }

  #show(yes: boolean): void {
    if (yes === this.#shown) return;
    this.#shown = yes;
    this.#render();
    this.dispatchEvent(new CustomEvent(yes ? "open" : "close"));
  }

  #render(): void {
    if (!this.shadowRoot || !this.#conversation) return;
    render(
      <Chat
        conversation={this.#conversation}
        shown={this.#shown}
        open={() => this.open()}
        close={() => this.close()}
      />,
      this.shadowRoot,
    );
  }
}

// A page may bring the script twice, by a tag manager for instance.
if (!customElements.get("order-assistant")) customElements.define("order-assistant", OrderAssistant);
