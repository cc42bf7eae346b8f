/** Copy buttons, of code and of whole replies. */
import { announce, element, icon } from "./dom.js";
import { t } from "./texts.js";

const DONE_MILLIS = 1_600;

/** @param {string} label what is copied, for people who cannot see where the button is */
export function copyButton(label, text) {
  const button = element(
    "button",
    { type: "button", class: "copy", "aria-label": label, title: label },
    icon("copy"),
  );
  button.dataset.testid = "copy";
  button.addEventListener("click", () => copy(button, text()));
  return button;
}

async function copy(button, text) {
  await write(text);
  button.replaceChildren(icon("check"));
  announce(t("message.copied"));
  setTimeout(() => button.replaceChildren(icon("copy")), DONE_MILLIS);
}

async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => select(text));
  return select(text);
}

/** Over plain http to another host there is no clipboard API; this still works there. */
function select(text) {
  const area = element("textarea", { value: text, class: "visually-hidden" });
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  focused?.focus();
}
