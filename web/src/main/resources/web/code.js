/** Colours for code, by highlight.js, which comes with the first reply that has code. */
import { grow } from "./grow.js";
import { script } from "./lazy.js";

const LONGEST = 20_000; // characters; more would stand still for a moment at every new word

/** Loads what colours code; null when it is there. */
export const loadColours = () =>
  globalThis.hljs ? null : script("/webjars/highlightjs/highlight.min.js");

/**
 * Colours the text of a code element. It stays plain while nothing is loaded or when the language
 * is not known; text and size are the same either way, so nothing moves.
 *
 * @param {string} language what stands behind the fence
 */
export function highlight(code, language) {
  const { hljs } = globalThis;
  if (code.textContent.length > LONGEST || !hljs?.getLanguage(language)) return;
  const { value } = hljs.highlight(code.textContent, { language, ignoreIllegals: true });
  grow(code, [...code.childNodes], spansOf(value));
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
