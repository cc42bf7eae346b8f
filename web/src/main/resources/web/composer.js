/** Where messages are written. */
import { t } from "./texts.js";

const LIMIT_BYTES = 32 * 1024; // of UTF-8; the server refuses more with 413
const WARN_BYTES = 0.9 * LIMIT_BYTES;
const HEIGHT_PIXELS = 240;

const bytesOf = (text) => new TextEncoder().encode(text).length;

export class Composer {
  #form;
  #area;
  #hint;
  #buttons;
  #busy = false;
  #onDraft;

  /**
   * @param {{onSend: (text: string) => void, onStop: () => void, onDraft: (text: string) => void}} page
   *     onDraft: what stands here has changed, and was not put here by `fill`
   */
  constructor(form, { hint, send, stop }, { onSend, onStop, onDraft }) {
    this.#form = form;
    this.#onDraft = onDraft;
    this.#area = form.querySelector("textarea");
    this.#hint = hint;
    this.#buttons = { send, stop };
    stop.addEventListener("click", onStop);
    this.#area.addEventListener("input", () => this.#edited());
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("submit", (event) => this.#submit(event, onSend));
    this.#changed();
  }

  focus() {
    // On a phone focus opens the keyboard over the page, so only a tap may do that.
    if (matchMedia("(pointer: fine)").matches) this.#area.focus();
  }

  /** Says everything again, in another language. */
  redraw() {
    this.#changed();
  }

  /** Shows a text in the place of what stood here. */
  fill(text) {
    this.#area.value = text;
    this.#changed();
  }

  /** Puts a text back, before what has been written since. */
  restore(text) {
    this.#area.value = [text, this.#area.value].filter(Boolean).join("\n\n");
    this.#edited();
    this.#area.focus();
  }

  /** @param {{busy: boolean, open: boolean}} state open: a reply is being written */
  show({ busy, open }) {
    this.#busy = busy;
    if (!open && document.activeElement === this.#buttons.stop) this.#area.focus();
    this.#buttons.stop.hidden = !open;
    this.#changed();
  }

  #key(event) {
    // While an input method composes, Enter chooses a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #submit(event, onSend) {
    event.preventDefault();
    if (!this.#sendable()) return;
    const text = this.#area.value.trim();
    this.#area.value = "";
    this.#edited();
    onSend(text);
  }

  /** One message at a time: the order of turns is the order in which they reach the server. */
  #sendable() {
    const text = this.#area.value.trim();
    return text !== "" && !this.#busy && bytesOf(text) <= LIMIT_BYTES;
  }

  #edited() {
    this.#changed();
    this.#onDraft(this.#area.value);
  }

  #changed() {
    this.#area.style.height = "auto";
    this.#area.style.height = `${Math.min(this.#area.scrollHeight, HEIGHT_PIXELS)}px`;
    this.#buttons.send.disabled = !this.#sendable();
    this.#showLength(bytesOf(this.#area.value.trim()));
  }

  #showLength(bytes) {
    const near = bytes > WARN_BYTES;
    this.#hint.classList.toggle("warning", bytes > LIMIT_BYTES);
    const size = (bytes / 1024).toFixed(1);
    this.#hint.textContent = near
      ? t("composer.length", { size, limit: LIMIT_BYTES / 1024 })
      : t("composer.hint");
  }
}
