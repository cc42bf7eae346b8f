/** The operators' page: start reading here. It asks again every 2 s, and says when nobody answers. */
import { byId } from "../dom.js";
import { askForToken } from "../sign-in.js";
import { language, onLanguage, speak, t, translate } from "../texts.js";
import "./texts.js";
import { getOps } from "./api.js";
import { show } from "./figures.js";
import * as letters from "./letters.js";
import { clock } from "./words.js";

const EVERY_MILLIS = 2_000;
const LONGEST_WAIT_MILLIS = 8_000;

let timer;
let asking = false;
let failures = 0;
let lastAnswer = null;
let knownLetters = null;

async function ask() {
  if (asking || document.hidden) return;
  asking = true;
  clearTimeout(timer);
  try {
    answered(await getOps());
  } catch (error) {
    failed(error);
  } finally {
    asking = false;
  }
}

function answered(ops) {
  const cameBack = failures > 0;
  failures = 0;
  lastAnswer = Date.now();
  byId("board").dataset.stale = "false";
  status("live", t("ops.live", { time: clock(ops.time) }));
  notice(show(ops));
  const count = ops.queue?.deadLetters;
  if (count != null && (cameBack || count !== knownLetters)) {
    knownLetters = count;
    letters.refresh();
  }
  timer = setTimeout(ask, EVERY_MILLIS);
}

function failed(error) {
  failures += 1;
  byId("board").dataset.stale = "true";
  if (error.status === 401) return status("away", t("ops.signIn"));
  if (error.status === 403) {
    status("away", t("ops.notAllowed"));
    return notice(t("ops.noRole"), true);
  }
  const wait = Math.min(LONGEST_WAIT_MILLIS, EVERY_MILLIS * 2 ** (failures - 1));
  const since = { time: lastAnswer && clock(lastAnswer), seconds: wait / 1000 };
  status("away", t(lastAnswer ? "ops.noAnswerSince" : "ops.noAnswerYet", since));
  timer = setTimeout(ask, wait);
}

/** Told only when the words change, the time of day apart: a screen reader is not a clock. */
function status(state, words) {
  const place = byId("status");
  place.setAttribute("aria-live", state === "live" && place.dataset.state === "live" ? "off" : "polite");
  place.dataset.state = state;
  place.textContent = words;
}

function notice(words, mayBeAnother = false) {
  const place = byId("notice-text");
  if (place.textContent !== words) place.textContent = words;
  byId("notice").hidden = !words;
  byId("other-token").hidden = !mayBeAnother;
}

function lookAgain() {
  if (document.hidden) {
    clearTimeout(timer);
    status("paused", t("ops.paused"));
  } else {
    ask();
  }
}

function showWords() {
  document.title = `${t("ops.title")} · Prosa`;
  byId("language").value = language();
}

translate();
showWords();
onLanguage(() => {
  showWords();
  letters.redraw();
  ask();
});
byId("language").addEventListener("change", ({ target }) => speak(target.value));
byId("other-token").addEventListener("click", askForToken);
document.addEventListener("visibilitychange", lookAgain);
addEventListener("online", ask);
ask();
