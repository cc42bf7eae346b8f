/** Small ways to build the page without innerHTML: what comes from outside is always text. */

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties (`dataset` merges, `class` and `aria-*` are attributes). */
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

export const byId = (id) => document.getElementById(id);

/** Text for people who do not see the page change. */
export function announce(text) {
  byId("announcer").textContent = text;
}
