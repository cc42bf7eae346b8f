/** What was written and not sent yet, one text for each conversation. It outlives a reload of this tab. */

const INDEX_KEY = "prosa.drafts";
const KEPT_DRAFTS = 20;

const keyOf = (conversation) => `prosa.draft:${conversation}`;

export class Drafts {
  #storage;
  #texts = new Map(); // oldest first

  constructor(storage = sessionStorage) {
    this.#storage = storage;
    for (const conversation of this.#index()) {
      const text = this.#tried(() => storage.getItem(keyOf(conversation)));
      if (text) this.#texts.set(conversation, text);
    }
  }

  of(conversation) {
    return this.#texts.get(conversation) ?? "";
  }

  /** @param {string} text empty: there is none any more */
  put(conversation, text) {
    if (text === this.of(conversation)) return;
    const isNew = !this.#texts.has(conversation);
    if (!text) this.#remove(conversation);
    else {
      this.#texts.set(conversation, text);
      this.#tried(() => this.#storage.setItem(keyOf(conversation), text));
    }
    if (this.#texts.size > KEPT_DRAFTS) this.#remove(this.#texts.keys().next().value);
    if (isNew || !text) this.#tried(() => this.#storage.setItem(INDEX_KEY, JSON.stringify([...this.#texts.keys()])));
  }

  /** Gives a draft to another conversation: a new one that has got its id, say. */
  move(from, to) {
    this.put(to, this.of(from));
    this.put(from, "");
  }

  #remove(conversation) {
    this.#texts.delete(conversation);
    this.#tried(() => this.#storage.removeItem(keyOf(conversation)));
  }

  #index() {
    const kept = this.#tried(() => JSON.parse(this.#storage.getItem(INDEX_KEY)));
    return Array.isArray(kept) ? kept : [];
  }

  /** Storage may be full or forbidden; then drafts last as long as the page. */
  #tried(access) {
    try {
      return access();
    } catch {
      return null;
    }
  }
}
