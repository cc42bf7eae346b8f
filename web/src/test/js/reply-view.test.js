import {
  emptyView,
  eventOfJob,
  isTerminal,
  reduceReply,
} from "../../main/resources/web/prosa-client/reply-view.js";
import { equal, holds, random } from "./expect.js";

const SEQUENCES = 50_000;

const started = (attempt) => ({ type: "reply.started", attempt, model: "m", prompt: "Hi" });
const delta = (attempt, offset, text) => ({ type: "reply.delta", attempt, offset, text });
const completed = (attempt, content) => ({ type: "reply.completed", attempt, content });
const failed = (attempt) => ({ type: "job.failed", attempt, code: "c", message: "m" });
const cancelled = (attempt, content) => ({ type: "job.cancelled", attempt, content });

/** The view after some events, and whether the last one asked for more. */
function after(...events) {
  let step = { view: emptyView(), needsResume: false };
  for (const event of events) step = reduceReply(Object.freeze(step.view), event);
  return step;
}

const text = (...events) => after(...events).view.text;
const state = (...events) => after(...events).view.state;

export const tests = {
  "appends text where it belongs": () =>
    equal(text(started(1), delta(1, 0, "Hel"), delta(1, 3, "lo")), "Hello"),

  "passes over text that it has": () =>
    equal(text(delta(1, 0, "Hello"), delta(1, 0, "Hel"), delta(1, 5, "!")), "Hello!"),

  "takes the rest of a text that it has in part": () =>
    equal(text(delta(1, 0, "Hel"), delta(1, 1, "ello")), "Hello"),

  "asks for what is missing, and shows nothing behind the gap": () => {
    const { view, needsResume } = after(delta(1, 0, "Hel"), delta(1, 5, "!"));

    equal(view.text, "Hel");
    equal(needsResume, true);
  },

  "begins from nothing when a new attempt speaks": () => {
    equal(text(delta(1, 0, "Hel"), started(2)), "");
    equal(text(delta(1, 0, "Hel"), delta(2, 0, "Bye")), "Bye");
  },

  "does not listen to an attempt that is over": () =>
    equal(text(delta(2, 0, "Bye"), delta(1, 0, "Hello"), started(1)), "Bye"),

  "shows the whole text in the end, whatever it had": () => {
    equal(text(delta(1, 0, "Hel"), completed(1, "Hello")), "Hello");
    equal(text(completed(3, "Hello")), "Hello");
  },

  "keeps what was written when it is cancelled": () =>
    equal(after(delta(1, 0, "Hello"), cancelled(1, "Hel")).view, {
      attempt: 1,
      text: "Hel",
      state: "CANCELLED",
    }),

  "keeps nothing of a reply that failed": () => {
    equal(text(delta(1, 0, "Hel"), failed(1)), "");
    equal(after(failed(1)).view.error, { code: "c", message: "m" });
  },

  "changes nothing after the end": () => {
    const { view } = after(delta(1, 0, "Hello"), completed(1, "Hello"));

    for (const event of [delta(2, 0, "x"), started(9), failed(2), cancelled(2, ""), completed(2, "y")])
      holds(reduceReply(view, event).view === view, `changed by ${event.type}`);
  },

  "follows a failed reply that was redriven": () => {
    equal(state(failed(4), { type: "job.waiting", attempt: 5, message: "Again." }), "ACCEPTED");
    equal(text(failed(4), started(6), delta(6, 0, "Hel")), "Hel");
    equal(state(failed(4), completed(6, "Hello")), "COMPLETED");
    equal(after(failed(4), failed(9)).view.attempt, 9);
  },

  "does not follow what comes late of an attempt that failed": () => {
    for (const event of [started(4), delta(4, 0, "Hel"), completed(4, "Hello"), cancelled(3, "")])
      equal(state(failed(4), event), "FAILED");
  },

  "does not believe a failure that was redriven since": () =>
    equal(state(failed(4), started(6), failed(4)), "RUNNING"),

  "gives the same object back when an event has no effect": () => {
    const { view } = after(started(2), delta(2, 0, "Hello"));

    for (const event of [delta(1, 0, "x"), delta(2, 0, "Hel"), started(2), { type: "news" }])
      holds(reduceReply(view, event).view === view, `changed by ${event.type}`);
  },

  "is not confused by nonsense": () => {
    const nonsense = [{}, { attempt: "x", offset: -1, text: 7 }, { attempt: null, offset: NaN }];

    for (const fields of nonsense)
      equal(after(delta(1, 0, "Hello"), { type: "reply.delta", ...fields }).view.text, "Hello");
  },

  "says why a job waits, until it goes on": () => {
    const waiting = { type: "job.waiting", attempt: 1, reason: "backoff", message: "Soon." };

    equal(after(waiting).view.waiting, { reason: "backoff", message: "Soon." });
    equal(after(waiting, started(2)).view.waiting, undefined);
  },

  "reads the end of a job out of what the API says": () => {
    const job = { jobId: "j", conversationId: "c", attempt: 2, state: "COMPLETED" };

    equal(state(eventOfJob({ ...job, reply: { content: "Hello" } })), "COMPLETED");
    equal(state(eventOfJob({ ...job, state: "CANCELLED", reply: { content: "" } })), "CANCELLED");
    equal(state(eventOfJob({ ...job, state: "FAILED", error: { code: "c" } })), "FAILED");
  },

  "counts a character outside the basic plane as two": () =>
    equal(text(delta(1, 0, "👋"), delta(1, 2, "!")), "👋!"),

  /** Events are lost, doubled and late; two attempts speak at once; then the end comes. */
  "never shows anything but the beginning of one attempt": () => {
    for (let seed = 1; seed <= SEQUENCES; seed++) {
      const chance = random(seed);
      const texts = ["", word(chance), word(chance)];
      const said = shuffled(chance, [...pieces(chance, 1, texts[1]), ...pieces(chance, 2, texts[2])]);
      let view = emptyView();
      for (const event of said) {
        if (chance() < 0.1) continue;
        view = reduceReply(view, event).view;
        if (!texts[view.attempt].startsWith(view.text)) fail(seed, view);
      }
      view = reduceReply(view, completed(2, texts[2])).view;
      if (view.text !== texts[2] || !isTerminal(view)) fail(seed, view);
    }
  },
};

function fail(seed, view) {
  throw new Error(`seed ${seed}: ${JSON.stringify(view)}`);
}

const word = (chance) => Array.from({ length: 8 }, () => "abc"[Math.floor(chance() * 3)]).join("");

function pieces(chance, attempt, whole) {
  const events = [started(attempt)];
  for (let at = 0; at < whole.length; ) {
    const end = Math.min(whole.length, at + 1 + Math.floor(chance() * 4));
    events.push(delta(attempt, at, whole.slice(at, end)));
    if (chance() < 0.2) events.push(events.at(-1));
    at = end;
  }
  return events;
}

/** Mostly in order: an event changes places with its neighbour now and then. */
function shuffled(chance, events) {
  const mixed = [...events];
  for (let i = 1; i < mixed.length; i++) {
    if (chance() < 0.3) [mixed[i - 1], mixed[i]] = [mixed[i], mixed[i - 1]];
  }
  return mixed;
}
