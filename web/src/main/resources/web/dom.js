/** Small ways to build the page without innerHTML: what comes from outside is always text. */

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties (`dataset` merges, `class`, `role` and `aria-*` are attributes). */
export function element(tag, { dataset = {}, ...properties } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class" || name === "role" || name.startsWith("aria-")) {
      made.setAttribute(name, value);
    } else {
      made[name] = value;
    }
  }
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((child) => child != null));
  return made;
}

/** An icon of the sprites in index.html. */
export function icon(name) {
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A button that shows an icon only; `label` is its name and its tooltip. */
export function iconButton(name, label, onClick, { testid, ...more } = {}) {
  const properties = { type: "button", class: "copy", "aria-label": label, title: label, ...more };
  const button = element("button", { ...properties, dataset: { testid: testid ?? name } }, icon(name));
  button.addEventListener("click", onClick);
  return button;
}

export const byId = (id) => document.getElementById(id);

/** Text for people who do not see the page change. */
export function announce(text) {
  byId("announcer").textContent = text;
}

/** Makes the children of a node exactly these, moving only what is in the wrong place. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let next = parent.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
}

/** Runs `change` and gives the focus back to the node that had it, if it is still there. */
export function keepingFocus(change) {
  const focused = document.activeElement;
  change();
  if (focused !== document.activeElement && focused?.isConnected) focused.focus();
}
