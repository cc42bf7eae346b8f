/**
 * What to show of Markdown whose last block is still being written: open marks are closed, or not
 * shown yet, so that nothing appears that vanishes a moment later. Text becomes text here, and is
 * trusted as little as before.
 */

/** A line of nothing but marks: a bullet, a number, an underline, half a fence, a task's box. */
const BARE_LINE = /^[-\s=*+_#~`>]*(?:\d{1,9}[.)]?\s*)?(?:\[[ xX]?\]?\s*)?$/;
const BARE_ROW = /\n[ \t]*\|[ \t]*$/;

/** The head of a table, until the line below makes it one. */
const TABLE_HEAD = /(?:^|\n) {0,3}\|[^\n]*(?:\n {0,3}\|?[ \t:|-]*)?$/;

/** Where the last paragraph of a block begins, or its last item. */
const BEGIN = /\n(?=[ \t]*(?:[-*+>]|\d{1,9}[.)]|#{1,6})[ \t])|\n[ \t]*\n/g;
const FENCE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:```|~~~)/gm;

/** Code, formulas, escapes, links, addresses: no mark within them concerns what is around them. */
const CLOSED =
  /(?<![\\`])(`+)(?!`)[\s\S]*?[^`]\1(?!`)|\$[^$\n]+\$|\\\(.{0,300}?\\\)|\\[\s\S]|!?\[[^[\]\n]*\]\([^()\n]*\)|https?:\/\/[^\s*_`~)]+/g;

/** What may still become something else, at the end of a line, and the words of it. */
const HALVES = [
  [/\\$/, ""],
  [/!(?:\[[^[\]\n]*(?:\](?:\([^)\n]{0,2000})?)?)?$/, ""], // a picture, of which only its words are shown
  [/\[([^[\]\n]*)\]\([^)\n]{0,2000}$/, "$1"],
  [/(?<![\p{L}\p{N}\])])\[(\p{L}[^[\]\n]{0,80})\]?$/u, "$1"], // longer words are those of no link
];

const DEEPEST = 8; // marks within marks; more of them are none

/**
 * @param {{type: string, raw: string}} block the last one, as marked has it
 * @returns {string} what to show for its `raw`
 */
export function finished({ type, raw }) {
  if (type === "code") return finishedCode(raw);
  if (["space", "html", "def", "blockMath"].includes(type)) return raw;
  if ((raw.match(FENCE)?.length ?? 0) % 2) return raw; // it ends within code
  if (type === "table") return finishedFrom(raw.replace(BARE_ROW, ""), /\|/g);
  const lines = raw.lastIndexOf("\n") + 1;
  const text = BARE_LINE.test(raw.slice(lines)) ? raw.slice(0, Math.max(0, lines - 1)) : raw;
  return finishedFrom(type === "paragraph" ? text.replace(TABLE_HEAD, "") : text, BEGIN);
}

/** Code appears with its first line, when its language is known; half of its last fence does not. */
function finishedCode(raw) {
  if (/^ {0,3}(?:`{3,}|~{3,})[^\n]*$/.test(raw)) return "";
  return raw.replace(/\n[ \t]*(?:`{1,2}|~{1,2})$/, "\n");
}

function finishedFrom(text, begin) {
  const last = [...text.matchAll(begin)].at(-1);
  const at = last ? last.index + last[0].length : 0;
  return text.slice(0, at) + finishedWords(text.slice(at));
}

function finishedWords(words) {
  let text = words;
  for (const [half, shown] of HALVES) {
    const at = masked(text).search(half);
    if (at >= 0) text = text.slice(0, at) + text.slice(at).replace(half, shown);
  }
  const shape = masked(text);
  const code = /`+/.exec(shape);
  const { end, open } = openMarks(shape, code?.index);
  const span = code ? finishedSpan(text.slice(code.index), code[0]) : "";
  if (end === text.length && open.length === 0) return text;
  return (text.slice(0, end) + span).trimEnd() + open.reverse().join("");
}

/** The same text with letters where its marks mean nothing. */
const masked = (text) => text.replace(CLOSED, (part) => "x".repeat(part.length));

/** Code within a line that is not closed; nothing while it has no words. */
function finishedSpan(span, mark) {
  const code = span.slice(mark.length).replace(/`+$/, "");
  return code.trim() ? mark + code + mark : "";
}

/**
 * The marks that are open at the end, outermost first, and where the text ends without a last one
 * that so far neither opens nor closes anything.
 */
function openMarks(text, end = text.length) {
  let open = [];
  for (const { 0: mark, index } of text.slice(0, end).matchAll(/\*+|_+|~~|~$/g)) {
    const before = text[index - 1] ?? " ";
    const after = text[index + mark.length];
    const outer = [...open];
    let left = mark.length; // of it after it has closed something
    while (left > 0 && /\S/.test(before) && outer.at(-1)?.[0] === mark[0]) {
      const closed = outer.pop();
      if (closed.length > left) outer.push(closed.slice(left));
      left -= closed.length;
    }
    if (after === undefined && left !== 0) return { end: index, open };
    const opens = /\S/.test(after ?? " ") && !/[\p{L}\p{N}]/u.test(before);
    open = left > 0 && opens && outer.length < DEEPEST ? [...outer, mark.slice(-left)] : outer;
  }
  return { end, open };
}
