/** The dead letters: show, redrive, discard. The queue cannot be read without taking, so one thing at a time. */
import { byId, element } from "../dom.js";
import * as api from "./api.js";
import { count, seconds, things } from "./words.js";

let queue = Promise.resolve();
let shown = [];
let stopped = false;
let waiting = null;

/** Runs after what was begun before. */
function inTurn(work) {
  queue = queue.then(work).catch((error) => note(error.message, "bad"));
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
  const { letters, more } = await api.getLetters();
  shown = letters;
  const rows = letters.map(row);
  if (more) rows.push(element("li", { class: "row soft" }, "There are more letters than are shown."));
  if (!rows.length) rows.push(element("li", { class: "row soft", dataset: { testid: "no-letters" } }, "None. Nothing was given up."));
  const { id, action } = document.activeElement?.dataset ?? {};
  byId("letters").replaceChildren(...rows);
  byId("redrive-all").hidden = letters.length === 0;
  if (id) byId("letters").querySelector(`[data-id="${CSS.escape(id)}"][data-action="${action}"]`)?.focus();
}

function row(letter) {
  const { id, reason, code, owner, ageSeconds, state, copies = letter.messageIds.length } = letter;
  const facts = [owner, `${seconds(ageSeconds)} ago`, code, state && state !== "FAILED" && `now ${state}`, copies > 1 && `${copies} copies`];
  return element(
    "li",
    { class: "row letter", dataset: { testid: "letter", letter: id } },
    element(
      "div",
      { class: "row-main" },
      element("p", { class: "reason" }, reason),
      element("p", { class: "soft" }, facts.filter(Boolean).join(" · ")),
      element("p", { class: "id" }, id),
    ),
    element(
      "div",
      { class: "row-actions" },
      button("Show", "show", letter, details),
      button("Redrive", "redrive", letter, redrive),
      button("Discard", "discard", letter, discard),
    ),
  );
}

function button(label, action, letter, work) {
  const made = element(
    "button",
    { class: "button small", type: "button", "aria-label": `${label} ${letter.id}`, dataset: { action, id: letter.id, testid: action } },
    label,
  );
  made.addEventListener("click", () => work(letter));
  return made;
}

// ---- show

function details(letter) {
  const facts = {
    Reason: letter.reason,
    Job: letter.jobId ?? "none: the message is no poke",
    Owner: letter.owner,
    "Stands now": letter.state,
    Provider: letter.provider,
    "Failed attempts": count(letter.attempts),
    Since: new Date(letter.sentAt).toLocaleString(),
    Trace: letter.traceparent?.split("-")[1],
    Messages: letter.messageIds.join(", "),
  };
  byId("facts").replaceChildren(
    ...Object.entries(facts)
      .filter(([, value]) => value)
      .map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
  showPrompt(null);
  byId("show-prompt").onclick = () =>
    inTurn(async () => showPrompt((await api.getPrompt(letter.id)).prompt ?? "It is gone: erased, most likely."));
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
    note(`Redriving ${id}`);
    const { message, removed } = await api.redrive(id);
    if (removed) gone(id);
    note(`${id}: ${message}`, removed ? "good" : "bad");
    await load();
  });
}

function discard({ id }) {
  byId("discard-words").textContent = `${id} stays failed, and cannot be redriven afterwards.`;
  ask(byId("discard"), () =>
    inTurn(async () => {
      await api.discard(id);
      gone(id);
      note(`${id}: discarded; the job stays as it is`, "good");
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
byId("refresh").addEventListener("click", () => refresh().then(() => note(`${things(shown.length, "letter")} found`)));

/** The server does a few seconds' worth at a time, so that one can stop it and see how it goes. */
async function redriveAll(rate) {
  let [before, done, left] = [undefined, 0, 0];
  stopped = false;
  setBusy(true);
  try {
    for (let more = true; more && !stopped; ) {
      note(`${count(done)} redriven so far, at ${rate} a second`);
      const step = await api.redriveSome({ rate, before });
      before = step.before;
      const removed = step.results.filter((result) => result.removed).length;
      done += removed;
      left += step.results.length - removed;
      more = step.more && removed > 0;
    }
    note(`${things(done, "letter")} redriven${left ? `, ${left} could not be` : ""}${stopped ? "; stopped" : ""}`, "good");
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
