/** One short message at the bottom of the page, with something to do about it, for a few seconds. */
import { byId, element } from "./dom.js";

const SHOWN_MILLIS = 6_000;

let timer = null;
let ended = null;

/**
 * Shows a text; one that stood there is over. The time stands still while somebody points at it or
 * has the focus in it.
 *
 * @param {{label: string, onAct: () => void}} [action]
 * @param {() => void} [onEnd] when it went without its action
 */
export function toast(text, action, onEnd) {
  dismiss();
  ended = onEnd ?? null;
  const box = byId("toast");
  const parts = [element("span", {}, text), action && buttonFor(action)];
  box.replaceChildren(...parts.filter(Boolean));
  box.hidden = false;
  box.onpointerenter = box.onfocusin = () => clearTimeout(timer);
  box.onpointerleave = box.onfocusout = () => wait();
  wait();
}

function buttonFor({ label, onAct }) {
  const properties = { type: "button", class: "button small", dataset: { testid: "toast-action" } };
  const button = element("button", properties, label);
  button.addEventListener("click", () => {
    ended = null;
    dismiss();
    onAct();
  });
  return button;
}

/** Takes the message away. */
export function dismiss() {
  clearTimeout(timer);
  const onEnd = ended;
  ended = null;
  byId("toast").hidden = true;
  onEnd?.();
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(dismiss, SHOWN_MILLIS);
}
