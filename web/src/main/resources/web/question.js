/** What was asked. A very long question shows its beginning, until somebody wants all of it. */
import { copyButton } from "./clipboard.js";
import { element } from "./dom.js";
import { t } from "./texts.js";

const LONG_CHARACTERS = 1_500;
const LONG_LINES = 20;

const isLong = (text) => text.length > LONG_CHARACTERS || text.split("\n").length > LONG_LINES;

export class Question {
  #text = element("p", { class: "text", dataset: { testid: "message-text" } });
  #more = element("button", { type: "button", class: "more", dataset: { testid: "show-all" } });

  constructor() {
    const bubble = element("div", { class: "bubble" }, this.#text, this.#more);
    this.nodes = [bubble, copyButton(t("message.copyQuestion"), () => this.#text.textContent)];
    this.#more.hidden = true;
    this.#more.addEventListener("click", () => this.#fold(this.#more.ariaExpanded === "true"));
  }

  /** @param {string} text what was asked, as text and nothing else */
  show(text) {
    if (text === this.#text.textContent) return;
    this.#text.textContent = text;
    this.#more.hidden = !isLong(text);
    this.#fold(isLong(text));
  }

  #fold(folded) {
    this.#text.classList.toggle("folded", folded);
    this.#more.setAttribute("aria-expanded", String(!folded));
    this.#more.textContent = t(folded ? "message.showAll" : "message.showLess");
  }
}
