/** A small line or a row of bars in SVG. Its words are for those who do not see it. */

import { t } from "../texts.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 120;
const HEIGHT = 32;
const TOP = 2; // so that the stroke of the highest point is not cut

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const y = (value, most) => HEIGHT - (value / most) * (HEIGHT - TOP);

/** The runs of points that have a value, as [x, value]: where there is none, the line breaks. */
function runs(values) {
  const step = WIDTH / Math.max(1, values.length - 1);
  const found = [[]];
  values.forEach((value, i) => {
    if (value != null) found.at(-1).push([i * step, value]);
    else if (found.at(-1).length) found.push([]);
  });
  return found.filter((run) => run.length);
}

function line(values, most) {
  return runs(values).flatMap((run) => {
    const [[first], [last]] = [run[0], run.at(-1)];
    const points = run.length > 1 ? run : [[first - 2, run[0][1]], [first + 2, run[0][1]]];
    const path = points.map(([x, v]) => `${x.toFixed(1)} ${y(v, most).toFixed(1)}`).join("L");
    return [
      shape("path", { class: "area", d: `M${first} ${HEIGHT}L${path}L${last} ${HEIGHT}Z` }),
      shape("path", { class: "line", d: `M${path}` }),
    ];
  });
}

function bars(values, most) {
  const step = WIDTH / values.length;
  return values.flatMap((value, i) =>
    value > 0
      ? [shape("rect", { class: "bar", x: i * step, y: y(value, most), width: step * 0.7, height: HEIGHT - y(value, most) })]
      : [],
  );
}

/**
 * Draws values, oldest first, in place of what the element shows; null is unknown. The scale begins
 * at zero and ends at the largest.
 */
export function draw(place, values, { words, kind = "line", format }) {
  const most = Math.max(0, ...values.filter((value) => value != null));
  const mostWords = t("ops.most", { value: format(most) });
  const label = `${words}, ${mostWords}`;
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label });
  svg.append(shape("path", { class: "ground", d: `M0 ${HEIGHT}H${WIDTH}` }));
  if (most > 0) svg.append(...(kind === "bars" ? bars : line)(values, most));
  const caption = document.createElement("span");
  caption.className = "most";
  caption.setAttribute("aria-hidden", "true");
  caption.textContent = most > 0 ? mostWords : "";
  place.replaceChildren(svg, caption);
}
