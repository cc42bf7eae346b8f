/** Formulas, by KaTeX, which comes with the first reply that has one. */
import { escapeHtml } from "./escape.js";
import { script, stylesheet } from "./lazy.js";

const CLASS = /^language-math-(inline|block)$/;

/** TeX between dollars or in \(...\) and \[...\], for marked. A price is no formula. */
export const formulas = [
  {
    name: "blockMath",
    level: "block",
    start: (text) => text.match(/^ {0,3}(?:\$\$|\\\[)/m)?.index,
    tokenizer: (text) =>
      token("blockMath", /^ {0,3}(?:\$\$([^$]+?)\$\$|\\\[([\s\S]+?)\\\]) *(?:\n+|$)/.exec(text)),
    renderer: ({ tex }) => `<p><code class="language-math-block">${escapeHtml(tex)}</code></p>`,
  },
  {
    name: "inlineMath",
    level: "inline",
    start: (text) => text.match(/\$|\\\(/)?.index,
    tokenizer: (text) =>
      token("inlineMath", /^(?:\$(?![\s$])([^$\n]*[^\s$\\])\$(?!\d)|\\\((.+?)\\\))/.exec(text)),
    renderer: ({ tex }) => `<code class="language-math-inline">${escapeHtml(tex)}</code>`,
  },
];

function token(type, match) {
  return match ? { type, raw: match[0], tex: match[1] ?? match[2] } : undefined;
}

/** Whether an element of sanitised Markdown holds a formula. */
export const isFormula = ({ className }) => CLASS.test(className);

/** Loads what shows formulas; null when it is there. */
export const loadFormulas = () =>
  globalThis.katex
    ? null
    : Promise.all([
        script("/webjars/katex/dist/katex.min.js"),
        stylesheet("/webjars/katex/dist/katex.min.css"),
      ]);

/** Shows the formula of a code element; its TeX stays while it cannot be shown. */
export function showFormula(code) {
  if (!globalThis.katex) return;
  const displayMode = CLASS.exec(code.className)[1] === "block";
  try {
    const shown = document.createElement("span");
    // no links, pictures or macros without end: what a model writes is not trusted
    const limits = { trust: false, maxExpand: 200, maxSize: 10 };
    globalThis.katex.render(code.textContent, shown, { displayMode, ...limits });
    if (displayMode) shown.tabIndex = 0; // wide ones scroll
    shown.className = `formula ${displayMode ? "block" : "inline"}`;
    code.replaceWith(shown);
  } catch {
    // not TeX: the source is still worth reading
  }
}
