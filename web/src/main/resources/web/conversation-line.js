/** One conversation in the list: a link, its new title while it is written, and two buttons. */
import { element, iconButton } from "./dom.js";
import { t } from "./texts.js";

const TITLE_LENGTH = 120; // the server takes no more

export class ConversationLine {
  #page;
  #title = "";
  #link;
  #buttons;
  #input = null;

  /** @param {{onRename: (title: string) => void, onDelete: () => void}} page */
  constructor(id, page) {
    this.#page = page;
    const href = `#/c/${encodeURIComponent(id)}`;
    const dataset = { testid: "conversation", id };
    this.#link = element("a", { class: "conversation", href, dataset, "aria-keyshortcuts": "F2 Delete" });
    this.#buttons = [
      iconButton("rename", "", () => this.rename()),
      iconButton("delete", "", () => page.onDelete()),
    ];
    this.node = element("li", { class: "line" }, this.#link, ...this.#buttons);
    this.#link.addEventListener("keydown", (event) => this.#key(event));
  }

  show(title, current) {
    this.#title = title;
    this.#link.textContent = title;
    this.#link.title = title;
    if (current) this.#link.setAttribute("aria-current", "page");
    else this.#link.removeAttribute("aria-current");
    for (const button of this.#buttons) {
      const label = t(`list.${button.dataset.testid}`, { title });
      button.setAttribute("aria-label", label);
      button.title = label;
      button.tabIndex = current ? 0 : -1; // one Tab a conversation would be enough of them
    }
  }

  /** Puts a field in the place of the link. Enter and leaving it keep what it says, Escape does not. */
  rename() {
    if (this.#input) return;
    this.#input = element("input", {
      class: "new-title",
      value: this.#title,
      maxLength: TITLE_LENGTH,
      "aria-label": t("list.newTitle"),
      dataset: { testid: "new-title" },
    });
    this.#input.addEventListener("keydown", (event) => this.#renameKey(event));
    this.#input.addEventListener("blur", () => this.#close(true));
    this.#link.hidden = true;
    this.node.prepend(this.#input);
    this.#input.select();
    this.#input.focus();
  }

  #key(event) {
    const act = { F2: () => this.rename(), Delete: () => this.#page.onDelete() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #renameKey(event) {
    event.stopPropagation();
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    this.#close(event.key === "Enter");
    this.#link.focus();
  }

  #close(keep) {
    const input = this.#input;
    if (!input) return;
    this.#input = null;
    const title = input.value.trim();
    input.remove();
    this.#link.hidden = false;
    if (keep && title) this.#page.onRename(title);
  }
}
