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

const load = () =>
  Promise.all([
    script("/webjars/katex/dist/katex.min.js"),
    stylesheet("/webjars/katex/dist/katex.min.css"),
  ]);

/** Shows the formula of a code element; its TeX stays when it cannot be shown. */
export async function showFormula(code) {
  const displayMode = CLASS.exec(code.className)[1] === "block";
  const tex = code.textContent;
  try {
    if (!globalThis.katex) await load(); // once it is there, nothing waits, so nothing flickers
    const shown = document.createElement("span");
    // no links, pictures or macros without end: what a model writes is not trusted
    globalThis.katex.render(tex, shown, { displayMode, trust: false, maxExpand: 200, maxSize: 10 });
    if (displayMode) shown.tabIndex = 0; // wide ones scroll
    shown.className = `formula ${displayMode ? "block" : "inline"}`;
    code.replaceWith(shown);
  } catch {
    // not TeX, or nothing could be loaded: the source is still worth reading
  }
}
