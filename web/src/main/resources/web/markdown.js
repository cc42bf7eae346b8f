/**
 * A model's Markdown as DOM nodes. Nothing a model writes is trusted: raw HTML is shown as text,
 * and what marked makes of the rest passes an allow-list before it becomes part of the page.
 */
import DOMPurify from "/webjars/dompurify/dist/purify.es.mjs";
import { Marked } from "/webjars/marked/lib/marked.esm.js";
import { copyButton } from "./clipboard.js";
import { highlight, loadColours } from "./code.js";
import { element } from "./dom.js";
import { escapeHtml } from "./escape.js";
import { grow } from "./grow.js";
import { formulas, isFormula, loadFormulas, showFormula } from "./math.js";
import { t } from "./texts.js";
import { finished } from "./unfinished.js";

/** The few tags models use where Markdown has none; without attributes. */
const HARMLESS_TAG = /^<\/?(?:br|sub|sup|kbd|mark|u|b|i|s)\s*\/?>$/i;
const LINK_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);
const LANGUAGE_CLASS = /^language-[\w+#.-]+$/;

function asText(raw, block) {
  const text = escapeHtml(raw.trimEnd()).replaceAll("\n", "<br>");
  return block ? `<p>${text}</p>` : text;
}

const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: formulas,
  renderer: {
    html: ({ raw, block }) => (HARMLESS_TAG.test(raw.trim()) ? raw : asText(raw, block)),
    // loading a picture would tell its host what is being read, so its words stand in its place
    image: ({ text }) =>
      escapeHtml(text ? t("message.imageOf", { alt: text }) : t("message.image")),
    checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
  },
});

const purifier = DOMPurify(window);
const ALLOWED = {
  ALLOWED_TAGS:
    "p br hr h1 h2 h3 h4 h5 h6 strong em b i u s del mark code pre blockquote ul ol li a sub sup kbd table thead tbody tr th td"
      .split(" "),
  ALLOWED_ATTR: ["href", "title", "class", "start", "align"],
  ADD_URI_SAFE_ATTR: ["start", "align"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

purifier.addHook("uponSanitizeAttribute", (node, attribute) => {
  if (attribute.attrName !== "class") return;
  attribute.keepAttr = node.nodeName === "CODE" && LANGUAGE_CLASS.test(attribute.attrValue);
});
purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.nodeName === "A") keepLink(node);
});

function keepLink(link) {
  if (!LINK_PROTOCOLS.has(protocolOf(link.getAttribute("href")))) {
    link.removeAttribute("href");
    return;
  }
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener noreferrer nofollow");
}

function protocolOf(address) {
  try {
    return new URL(address).protocol;
  } catch {
    return null; // relative or broken: a model has no business linking into this page
  }
}

function nodesOf(token, links) {
  const tokens = Object.assign([token], { links });
  const fragment = purifier.sanitize(marked.parser(tokens), ALLOWED);
  for (const pre of fragment.querySelectorAll("pre")) frameCode(pre);
  for (const table of fragment.querySelectorAll("table")) frameTable(table);
  for (const item of fragment.querySelectorAll("li")) markTask(item);
  dress(fragment);
  return [...fragment.childNodes];
}

function frameCode(pre) {
  const code = pre.querySelector("code") ?? pre;
  const head = element(
    "div",
    { class: "code-head" },
    element("span", {}, languageOf(code)),
    copyButton(t("message.copyCode"), () => code.textContent),
  );
  const frame = element("div", { class: "code" }, head);
  pre.replaceWith(frame);
  pre.tabIndex = 0; // long lines scroll, so the keyboard has to reach them
  frame.append(pre);
}

const languageOf = ({ className }) => (className.match(/^language-(.+)$/) ?? [])[1] ?? "text";

function frameTable(table) {
  const frame = element("div", {
    class: "table",
    tabIndex: 0,
    role: "group",
    "aria-label": t("message.table"),
  });
  table.replaceWith(frame);
  frame.append(table);
}

/** Its box stands where other items have their bullet. */
function markTask(item) {
  if (/^\s*[☑☐] /.test(item.textContent)) item.className = "task";
}

/** What is plain until something is loaded for it. */
const PLAIN = [
  ["pre > code", loadColours],
  ["code[class^=language-math]", loadFormulas],
];

/** Colours and formulas, as far as what they need is there. */
function dress(root) {
  for (const code of root.querySelectorAll("pre > code")) highlight(code, languageOf(code));
  for (const code of root.querySelectorAll("code")) if (isFormula(code)) showFormula(code);
}

/**
 * Shows a growing text in a container. What did not change keeps its nodes, so a long reply stays
 * cheap, and selection, focus and scrolled code survive the next words.
 */
export class MarkdownView {
  #container;
  #blocks = []; // {raw, size}: how many nodes it has
  #loading = new Set();

  constructor(container) {
    this.#container = container;
  }

  /** @param {boolean} growing more is to come, so its last block is shown as if it were finished */
  show(text, growing = false) {
    const tokens = tokensOf(text, growing);
    const defined = Object.keys(tokens.links).length > 0; // a late definition changes early text
    const kept = defined ? 0 : this.#unchanged(tokens);
    const fresh = tokens.slice(kept).map((token) => nodesOf(token, tokens.links));
    this.#blocks.length = kept;
    const begin = this.#blocks.reduce((sum, { size }) => sum + size, 0);
    grow(this.#container, [...this.#container.childNodes].slice(begin), fresh.flat());
    fresh.forEach(({ length }, i) => this.#blocks.push({ raw: tokens[kept + i].raw, size: length }));
    this.#load();
  }

  #unchanged(tokens) {
    const differs = this.#blocks.findIndex(({ raw }, i) => raw !== tokens[i]?.raw);
    return differs < 0 ? this.#blocks.length : differs;
  }

  #load() {
    for (const [selector, load] of PLAIN) {
      if (this.#loading.has(load) || !this.#container.querySelector(selector)) continue;
      this.#loading.add(load);
      const loaded = () => this.#loading.delete(load) && dress(this.#container);
      load()?.then(loaded, () => this.#loading.delete(load)); // the next words try it again
    }
  }
}

function tokensOf(text, growing) {
  const tokens = marked.lexer(text);
  const last = tokens.at(-1);
  const raw = last?.raw.trimEnd(); // marked may leave out what stands behind it
  if (!growing || !raw || !text.trimEnd().endsWith(raw)) return tokens;
  const begin = text.trimEnd().length - raw.length;
  const shown = text.slice(0, begin) + finished({ type: last.type, raw: text.slice(begin) });
  return shown === text ? tokens : marked.lexer(shown);
}
