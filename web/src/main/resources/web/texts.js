/** The words of the page, in the language of the browser or the one that was chosen here. */
import en from "./texts/en.js";
import ptBr from "./texts/pt-br.js";

const STORAGE_KEY = "prosa.language";
const TEXTS = { en: { ...en }, "pt-BR": { ...ptBr } };
const ATTRIBUTES = { label: "aria-label", title: "title", placeholder: "placeholder" };

const listeners = new Set();
let current = chosen() ?? preferred(globalThis.navigator?.languages ?? []);

/** The first language of a browser's list that the page speaks; English when it speaks none. */
export function preferred(languages) {
  for (const language of languages) {
    const main = language.toLowerCase().split("-")[0];
    if (main === "pt") return "pt-BR";
    if (main === "en") return "en";
  }
  return "en";
}

export const language = () => current;

/** Whether the page has words for this. */
export const speaksOf = (key) => key in TEXTS.en;

/** Adds the words of another page, by language. */
export function learn(more) {
  for (const [spoken, texts] of Object.entries(more)) Object.assign(TEXTS[spoken], texts);
}

/** The words for a key. `{name}` in them stands for a value; `count` chooses between one and many. */
export function t(key, values = {}) {
  const texts = TEXTS[current];
  const form = values.count === undefined ? key : `${key}.${values.count === 1 ? "one" : "many"}`;
  const text = texts[form] ?? texts[key] ?? TEXTS.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Says everything in another language from now on, and after a reload. */
export function speak(wanted) {
  if (!TEXTS[wanted] || wanted === current) return;
  current = wanted;
  try {
    localStorage.setItem(STORAGE_KEY, wanted);
  } catch {
    // forbidden: the choice lasts as long as the page
  }
  translate(); // before those who say more than the HTML does
  for (const listener of listeners) listener();
}

/** Is called whenever the language has changed. */
export function onLanguage(listener) {
  listeners.add(listener);
}

/** Fills in the words of the HTML: `data-t` is an element's text, `data-t-label` its name. */
export function translate(root = document) {
  document.documentElement.lang = current;
  delete document.documentElement.dataset.words; // theme.js
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const [short, attribute] of Object.entries(ATTRIBUTES)) {
    for (const node of root.querySelectorAll(`[data-t-${short}]`)) {
      node.setAttribute(attribute, t(node.getAttribute(`data-t-${short}`)));
    }
  }
}

function chosen() {
  try {
    const kept = globalThis.localStorage?.getItem(STORAGE_KEY);
    return TEXTS[kept] ? kept : null;
  } catch {
    return null;
  }
}
