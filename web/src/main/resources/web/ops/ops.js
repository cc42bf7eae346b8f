/** The operators' page: start reading here. It asks again every 2 s, and says when nobody answers. */
import { byId } from "../dom.js";
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
  status("live", `Live, ${clock(ops.time)}`);
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
  if (error.status === 401) return status("away", "Sign in to go on");
  if (error.status === 403) {
    status("away", "Not allowed");
    return notice("This page is for operators: your token has no such role.");
  }
  const wait = Math.min(LONGEST_WAIT_MILLIS, EVERY_MILLIS * 2 ** (failures - 1));
  const since = lastAnswer ? `No answer since ${clock(lastAnswer)}` : "No answer yet";
  status("away", `${since}; trying again every ${wait / 1000} s`);
  timer = setTimeout(ask, wait);
}

/** Told only when the words change, the time of day apart: a screen reader is not a clock. */
function status(state, words) {
  const place = byId("status");
  place.setAttribute("aria-live", state === "live" && place.dataset.state === "live" ? "off" : "polite");
  place.dataset.state = state;
  place.textContent = words;
}

function notice(words) {
  const place = byId("notice");
  if (place.textContent !== words) place.textContent = words;
  place.hidden = !words;
}

function lookAgain() {
  if (document.hidden) {
    clearTimeout(timer);
    status("paused", "Paused while nobody looks");
  } else {
    ask();
  }
}

document.addEventListener("visibilitychange", lookAgain);
addEventListener("online", ask);
ask();
