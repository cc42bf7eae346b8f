/**
 * A model's Markdown as DOM nodes. Nothing a model writes is trusted: raw HTML is shown as text,
 * and what marked makes of the rest passes an allow-list before it becomes part of the page.
 */
import DOMPurify from "/webjars/dompurify/dist/purify.es.mjs";
import { Marked } from "/webjars/marked/lib/marked.esm.js";
import { copyButton } from "./clipboard.js";
import { highlight } from "./code.js";
import { element } from "./dom.js";
import { escapeHtml } from "./escape.js";
import { formulas, isFormula, showFormula } from "./math.js";
import { t } from "./texts.js";

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
  for (const code of fragment.querySelectorAll("code")) if (isFormula(code)) showFormula(code);
  for (const table of fragment.querySelectorAll("table")) frameTable(table);
  return [...fragment.childNodes];
}

function frameCode(pre) {
  const code = pre.querySelector("code") ?? pre;
  const language = (code.className.match(/^language-(.+)$/) ?? [])[1] ?? "text";
  const head = element(
    "div",
    { class: "code-head" },
    element("span", {}, language),
    copyButton(t("message.copyCode"), () => code.textContent),
  );
  const frame = element("div", { class: "code" }, head);
  pre.replaceWith(frame);
  pre.tabIndex = 0; // long lines scroll, so the keyboard has to reach them
  frame.append(pre);
  highlight(code, language);
}

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

/**
 * Shows a growing text in a container. Blocks that did not change keep their nodes, so a long
 * reply stays cheap and a selection in it survives the next words.
 */
export class MarkdownView {
  #container;
  #blocks = []; // {raw, nodes}

  constructor(container) {
    this.#container = container;
  }

  show(text) {
    const tokens = marked.lexer(text);
    const defined = Object.keys(tokens.links).length > 0; // a late definition changes early text
    const kept = defined ? 0 : this.#unchanged(tokens);
    for (const { nodes } of this.#blocks.splice(kept)) nodes.forEach((node) => node.remove());
    for (const token of tokens.slice(kept)) {
      const nodes = nodesOf(token, tokens.links);
      this.#container.append(...nodes);
      this.#blocks.push({ raw: token.raw, nodes });
    }
  }

  #unchanged(tokens) {
    const differs = this.#blocks.findIndex(({ raw }, i) => raw !== tokens[i]?.raw);
    return differs < 0 ? this.#blocks.length : differs;
  }
}
