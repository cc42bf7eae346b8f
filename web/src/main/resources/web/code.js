/** Colours for code, by highlight.js, which comes with the first reply that has code. */
import { script } from "./lazy.js";

const LONGEST = 20_000; // characters; more would stand still for a moment at every new word

/**
 * Colours the text of a code element. It stays plain when the language is not known or nothing can
 * be loaded; text and size are the same either way, so nothing moves.
 *
 * @param {string} language what stands behind the fence
 */
export async function highlight(code, language) {
  if (code.textContent.length > LONGEST) return;
  if (!globalThis.hljs) await script("/webjars/highlightjs/highlight.min.js").catch(() => {});
  const { hljs } = globalThis;
  if (!hljs?.getLanguage(language)) return;
  const { value } = hljs.highlight(code.textContent, { language, ignoreIllegals: true });
  code.replaceChildren(...spansOf(value));
}

/** Its spans, rebuilt: only their class and their text are taken over. */
function spansOf(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const copy = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
    const span = document.createElement("span");
    span.className = node.className;
    span.append(...[...node.childNodes].map(copy));
    return span;
  };
  return [...body.childNodes].map(copy);
}
