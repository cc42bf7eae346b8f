/**
 * Conversations that were deleted a moment ago. They are erased when nobody has undone it within a
 * few seconds, or when the page is left.
 */
import { t } from "./texts.js";
import { dismiss, toast } from "./toast.js";

const STORAGE_KEY = "prosa.bin";

export class Bin {
  #page;
  #pending = [];

  /**
   * @param {object} page {client, onChange(), onUndo(conversations), onErased(), onRefused(conversation, error)}
   */
  constructor(page) {
    this.#page = page;
    addEventListener("pagehide", () => this.#leave());
    // what an earlier page could not finish; erasing twice is the same as once
    this.left = new Set(stored());
    for (const id of this.left) this.#erase({ id, title: id });
  }

  holds(id) {
    return this.left.has(id) || this.#pending.some((conversation) => conversation.id === id);
  }

  put(conversation) {
    this.#pending.push(conversation);
    this.#store();
    const pending = this.#pending;
    this.#pending = []; // a new message ends the one before, which must not erase these
    const { length: count } = pending;
    const action = { label: t("list.undo"), onAct: () => this.undo() };
    toast(t("list.deleted", { count, title: conversation.title }), action, () => this.#eraseAll());
    this.#pending = pending;
    this.#page.onChange();
  }

  /** @returns whether there was anything to undo */
  undo() {
    const undone = this.#pending;
    if (undone.length === 0) return false;
    this.#pending = [];
    this.#store();
    dismiss();
    this.#page.onUndo(undone);
    return true;
  }

  #eraseAll() {
    const pending = this.#pending;
    this.#pending = [];
    for (const conversation of pending) {
      this.left.add(conversation.id);
      this.#erase(conversation);
    }
    this.#store();
  }

  async #erase(conversation) {
    try {
      await this.#page.client.erase(conversation.id);
      this.#forget(conversation.id);
      this.#page.onErased(conversation);
    } catch (error) {
      this.#forget(conversation.id);
      this.#page.onRefused(conversation, error);
    }
  }

  #forget(id) {
    this.left.delete(id);
    this.#store();
  }

  #leave() {
    for (const { id } of this.#pending) {
      this.#page.client.erase(id, { leaving: true }).catch(() => {});
    }
  }

  #store() {
    const ids = [...this.left, ...this.#pending.map(({ id }) => id)];
    try {
      sessionStorage.setItem(STORAGE_KEY, JSON.stringify(ids));
    } catch {
      // forbidden: then only the request on leaving is left
    }
  }
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY)) ?? [];
  } catch {
    return [];
  }
}
