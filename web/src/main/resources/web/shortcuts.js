/** What the keyboard does wherever the focus is; `?` shows it. */

const WRITING = "input, textarea, select, [contenteditable]";
const PAGES = { PageUp: -1, PageDown: 1 };

/** Where the browser itself would scroll nothing. */
const isIdle = (target) => target === document.body || target.matches?.("textarea:placeholder-shown");

/** @param {object} page {onNewChat, onSearch, onMessage, onStop, onUndo, onHelp, onEscape, onPage(direction)} */
export function shortcuts(page) {
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const act = actOf(event, page);
    if (act && act() !== false) event.preventDefault();
  });
}

/** Control on most keyboards, Command on Apple's. */
function actOf({ key, ctrlKey, metaKey, shiftKey, altKey, target }, page) {
  const small = key.toLowerCase();
  const writing = target.matches?.(WRITING);
  if (ctrlKey || metaKey) {
    if (altKey) return null;
    if (shiftKey) return { o: page.onNewChat, x: page.onStop }[small];
    return { k: page.onSearch, z: writing ? null : page.onUndo }[small];
  }
  if (PAGES[key] && !altKey && !shiftKey && isIdle(target)) return () => page.onPage(PAGES[key]);
  if (key === "Escape") return shiftKey ? page.onMessage : page.onEscape;
  if (writing) return null;
  return { "?": page.onHelp, "/": page.onMessage }[key];
}
