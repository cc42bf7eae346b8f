/** The dead letters: show, redrive, discard. The queue cannot be read without taking, so one thing at a time. */
import { byId, element } from "../dom.js";
import { reasonOf } from "../phase.js";
import { language, speaksOf, t } from "../texts.js";
import * as api from "./api.js";
import { count, seconds, things } from "./words.js";

let queue = Promise.resolve();
let shown = [];
let areMore = false;
let stopped = false;
let waiting = null;

/** Runs after what was begun before. */
function inTurn(work) {
  queue = queue.then(work).catch((error) => note(reasonOf(error), "bad"));
  return queue;
}

function note(text, tone = "") {
  byId("note").textContent = text;
  byId("note").dataset.tone = tone;
}

/** Loads the list; whoever asks while somebody else's request still waits gets that one. */
export function refresh() {
  waiting ??= inTurn(() => {
    waiting = null;
    return load();
  });
  return waiting;
}

async function load() {
  ({ letters: shown, more: areMore } = await api.getLetters());
  redraw();
}

/** Says everything again, in another language. */
export function redraw() {
  const rows = shown.map(row);
  if (areMore) rows.push(element("li", { class: "row soft" }, t("ops.more")));
  if (!rows.length) rows.push(element("li", { class: "row soft", dataset: { testid: "no-letters" } }, t("ops.noLetters")));
  const { id, action } = document.activeElement?.dataset ?? {};
  byId("letters").replaceChildren(...rows);
  byId("redrive-all").hidden = shown.length === 0;
  if (id) byId("letters").querySelector(`[data-id="${CSS.escape(id)}"][data-action="${action}"]`)?.focus();
}

function row(letter) {
  const { id, code, owner, ageSeconds, state } = letter;
  const copies = letter.messageIds.length;
  const facts = [
    owner,
    t("ops.ago", { time: seconds(ageSeconds) }),
    code,
    state && state !== "FAILED" && t("ops.nowState", { state }),
    copies > 1 && t("ops.copies", { count: copies }),
  ];
  return element(
    "li",
    { class: "row letter", dataset: { testid: "letter", letter: id } },
    element(
      "div",
      { class: "row-main" },
      element("p", { class: "reason" }, whyOf(letter)),
      element("p", { class: "soft" }, facts.filter(Boolean).join(" · ")),
      element("p", { class: "id" }, id),
    ),
    element(
      "div",
      { class: "row-actions" },
      button("show", letter, details),
      button("redrive", letter, redrive),
      button("discard", letter, discard),
    ),
  );
}

/** The server's own words for what the page does not know. */
function whyOf({ code, reason, attempts }) {
  const key = `ops.why.${code}`;
  return speaksOf(key) ? t(key, { attempts: t("ops.attempts", { count: attempts }) }) : reason;
}

function button(action, letter, work) {
  const label = t(`ops.${action}`);
  const name = t("ops.of", { action: label, id: letter.id });
  const made = element(
    "button",
    { class: "button small", type: "button", "aria-label": name, dataset: { action, id: letter.id, testid: action } },
    label,
  );
  made.addEventListener("click", () => work(letter));
  return made;
}

// ---- show

function details(letter) {
  const facts = {
    reason: whyOf(letter),
    job: letter.jobId ?? t("ops.noJob"),
    owner: letter.owner,
    state: letter.state,
    provider: letter.provider,
    failedAttempts: count(letter.attempts),
    since: new Date(letter.sentAt).toLocaleString(language()),
    trace: letter.traceparent?.split("-")[1],
    messages: letter.messageIds.join(", "),
  };
  byId("facts").replaceChildren(
    ...Object.entries(facts)
      .filter(([, value]) => value)
      .map(([name, value]) => element("div", {}, element("dt", {}, t(`ops.${name}`)), element("dd", {}, value))),
  );
  showPrompt(null);
  byId("show-prompt").onclick = () =>
    inTurn(async () => showPrompt((await api.getPrompt(letter.id)).prompt ?? t("ops.promptGone")));
  byId("details").showModal();
}

function showPrompt(text) {
  byId("prompt").hidden = text === null;
  byId("prompt").textContent = text ?? "";
  byId("show-prompt").hidden = byId("prompt-hint").hidden = text !== null;
}

// ---- redrive and discard

/** The row goes; whoever used its button goes on at the list. */
function gone(id) {
  shown = shown.filter((letter) => letter.id !== id);
  byId("letters").querySelector(`[data-letter="${CSS.escape(id)}"]`)?.remove();
  byId("letters-title").focus();
}

function redrive({ id }) {
  return inTurn(async () => {
    note(t("ops.redriving", { id }));
    const { outcome, attempt, removed } = await api.redrive(id);
    if (removed) gone(id);
    note(t("ops.outcome", { id, outcome: t(`ops.outcome.${outcome}`, { attempt }) }), removed ? "good" : "bad");
    await load();
  });
}

function discard({ id }) {
  byId("discard-words").textContent = t("ops.discardText", { id });
  ask(byId("discard"), () =>
    inTurn(async () => {
      await api.discard(id);
      gone(id);
      note(t("ops.discarded", { id }), "good");
      await load();
    }),
  );
}

function ask(dialog, work) {
  dialog.returnValue = "";
  dialog.onclose = () => dialog.returnValue === "yes" && work();
  dialog.showModal();
}

// ---- all of them

byId("redrive-all").addEventListener("click", () =>
  ask(byId("bulk"), () => inTurn(() => redriveAll(Number(byId("rate").value)))),
);
byId("stop-redrive").addEventListener("click", () => (stopped = true));
byId("refresh").addEventListener("click", () => refresh().then(() => note(things("ops.found", shown.length))));

/** The server does a few seconds' worth at a time, so that one can stop it and see how it goes. */
async function redriveAll(rate) {
  let [before, done, left] = [undefined, 0, 0];
  stopped = false;
  setBusy(true);
  try {
    for (let more = true; more && !stopped; ) {
      note(t("ops.soFar", { done: count(done), rate }));
      const step = await api.redriveSome({ rate, before });
      before = step.before;
      const removed = step.results.filter((result) => result.removed).length;
      done += removed;
      left += step.results.length - removed;
      more = step.more && removed > 0;
    }
    const rest = [left && t("ops.couldNot", { count: left }), stopped && t("ops.stopped")];
    note([things("ops.done", done), ...rest.filter(Boolean)].join(""), "good");
  } finally {
    setBusy(false);
  }
  await load();
}

function setBusy(busy) {
  byId("stop-redrive").hidden = !busy;
  byId("redrive-all").hidden = busy || shown.length === 0;
  byId("letters").toggleAttribute("inert", busy);
}
