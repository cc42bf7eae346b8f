/** Turns nodes into others in place, so that what is the same keeps focus, selection and scroll. */

/**
 * @param {Node} parent
 * @param {Node[]} shown its last children
 * @param {Node[]} wanted what stands there afterwards, as the same nodes wherever these are alike
 */
export function grow(parent, shown, wanted) {
  wanted.forEach((node, i) => (shown[i] ? become(shown[i], node) : parent.append(node)));
  for (const node of shown.slice(wanted.length)) node.remove();
}

function become(shown, wanted) {
  if (shown.isEqualNode(wanted)) return;
  if (shown.nodeName !== wanted.nodeName || isStyled(wanted)) shown.replaceWith(wanted);
  else if (shown.nodeType === Node.TEXT_NODE) say(shown, wanted.data);
  else if (shown.nodeName !== "BUTTON") becomeElement(shown, wanted); // what a button shows is its own
}

/** The page's policy forbids to copy what a formula has written into its style attributes. */
const isStyled = (node) => node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("style");

function becomeElement(shown, wanted) {
  for (const { name } of [...shown.attributes]) if (!wanted.hasAttribute(name)) shown.removeAttribute(name);
  for (const { name, value } of wanted.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
  grow(shown, [...shown.childNodes], [...wanted.childNodes]);
}

/** Only what differs is replaced: a selection before it stays. */
function say(text, data) {
  const { data: before, length } = text;
  let same = 0;
  while (same < length && before[same] === data[same]) same++;
  if (same < length || same < data.length) text.replaceData(same, length - same, data.slice(same));
}
