/** The list of conversations in the sidebar, newest first. */
import { element } from "./dom.js";

const PAGE_SIZE = 40;
const REFRESH_MILLIS = 400;
const DAY_MILLIS = 86_400_000;
const MORE_PIXELS = 200;

export class Conversations {
  #client;
  #container;
  #items = new Map();
  #cursor = null;
  #current = null;
  #timer = null;
  #loading = false;

  /** @param {{onTitle: () => void}} page onTitle: after titles may have changed */
  constructor(client, container, { onTitle }) {
    this.#client = client;
    this.#container = container;
    this.onTitle = onTitle;
    container.addEventListener("scroll", () => this.#more(), { passive: true });
  }

  titleOf(id) {
    return this.#items.get(id)?.title;
  }

  select(id) {
    this.#current = id ?? null;
    this.#render();
  }

  /** Many events of one reply ask for this; one request answers them. */
  refreshSoon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.refresh();
    }, REFRESH_MILLIS);
  }

  async refresh() {
    const page = await this.#load({ limit: PAGE_SIZE });
    if (!page) return;
    if (this.#items.size <= PAGE_SIZE) this.#cursor = page.nextCursor ?? null;
    this.#merge(page.conversations);
  }

  async #more() {
    const { scrollTop, scrollHeight, clientHeight } = this.#container;
    const near = scrollHeight - scrollTop - clientHeight < MORE_PIXELS;
    if (!near || !this.#cursor || this.#loading) return;
    this.#loading = true;
    const page = await this.#load({ limit: PAGE_SIZE, cursor: this.#cursor });
    this.#loading = false;
    if (!page) return;
    this.#cursor = page.nextCursor ?? null;
    this.#merge(page.conversations);
  }

  async #load(range) {
    try {
      return await this.#client.conversations(range);
    } catch {
      return null; // the connection badge already says so; the next refresh tries again
    }
  }

  #merge(conversations) {
    for (const conversation of conversations) this.#items.set(conversation.id, conversation);
    this.#render();
    this.onTitle();
  }

  #render() {
    const focused = document.activeElement?.dataset.id;
    const items = [...this.#items.values()].sort((a, b) => newer(a, b));
    const groups = groupBy(items, groupOf);
    const { scrollTop } = this.#container;
    this.#container.replaceChildren(...[...groups].map((group) => this.#group(...group)));
    this.#container.scrollTop = scrollTop;
    if (focused) this.#container.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  }

  #group(name, items) {
    const list = element("ul", { "aria-label": name }, ...items.map((item) => this.#item(item)));
    return element("section", { class: "group" }, element("h2", {}, name), list);
  }

  #item({ id, title }) {
    const link = element(
      "a",
      {
        class: "conversation",
        href: `#/c/${encodeURIComponent(id)}`,
        dataset: { testid: "conversation", id },
      },
      title || "Untitled",
    );
    if (id === this.#current) link.setAttribute("aria-current", "page");
    return element("li", {}, link);
  }
}

const newer = (a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt);

function groupOf({ updatedAt }) {
  const today = new Date().setHours(0, 0, 0, 0);
  const age = today - Date.parse(updatedAt);
  if (age <= 0) return "Today";
  if (age <= DAY_MILLIS) return "Yesterday";
  return age <= 7 * DAY_MILLIS ? "Last 7 days" : "Earlier";
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
