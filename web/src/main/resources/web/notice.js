/** The sentence above the messages, and a button to try once more what it is about. */
import { byId } from "./dom.js";
import { onLanguage } from "./texts.js";

let shown = null;

/**
 * Shows a sentence in the place of the one before.
 *
 * @param {string} about names what it is about, for `settled`
 * @param {() => string} words in the language of the moment
 * @param {() => void} [onRetry]
 */
export function notice(about, words, onRetry) {
  shown = { about, words, onRetry };
  draw();
}

/** Takes the sentence away, if it is about this; without a name whatever it is about. */
export function settled(about) {
  if (about !== undefined && !isNoticed(about)) return;
  shown = null;
  draw();
}

export const isNoticed = (about) => shown?.about === about;

function draw() {
  byId("notice").hidden = !shown;
  byId("notice-text").textContent = shown?.words() ?? "";
  byId("notice-retry").hidden = !shown?.onRetry;
  byId("notice-retry").onclick = () => {
    const { onRetry } = shown;
    settled();
    onRetry();
  };
}

onLanguage(draw);
