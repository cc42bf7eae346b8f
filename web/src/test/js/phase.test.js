import { equal, holds } from "./expect.js";

/** The engine of these tests has no texts for dates. */
globalThis.Intl ??= {
  DateTimeFormat: class {
    format() {
      return "12:00:00";
    }
  },
};
const { phaseOf, reasonOf } = await import("../../main/resources/web/phase.js");
const { waitOf } = await import("../../main/resources/web/waiting.js");

const said = (view, around) => phaseOf({ view }, around).label;
const AT = "2026-03-01T12:00:08Z";
const NOW = Date.parse("2026-03-01T12:00:00Z");

export const tests = {
  "a message is sending until the server has it": () => {
    equal(phaseOf({ prompt: "Hi" }), { phase: "sending", label: "Sending", busy: true });
  },

  "a message that was not sent says why, and when it is tried again": () => {
    const error = { code: "rate_limited", message: "Slow down.", retryable: true };
    const said = (more) => phaseOf({ error: { ...error, ...more } });
    equal(said({}).label, "Not sent. There were too many messages within a minute.");
    holds(/minute\. Next try at \d.*\d/.test(said({ nextTryAt: NOW }).label), said({ nextTryAt: NOW }).label);
    equal(said({ nextTryAt: NOW }).busy, false);
  },

  "a queued reply knows its place": () => {
    const view = { state: "ACCEPTED", attempt: 0, text: "" };
    equal(said(view, { ahead: 0 }), "Queued, next in turn");
    equal(said(view, { ahead: 1 }), "Queued behind 1 reply of this conversation");
    equal(said(view, { ahead: 3 }), "Queued behind 3 replies of this conversation");
  },

  "a waiting reply counts down and never stands at zero": () => {
    const waiting = { reason: "backoff", retryAt: AT };
    const view = { state: "ACCEPTED", attempt: 1, text: "", waiting };
    holds(said(view, { now: NOW }).endsWith("(in 8 s)."), said(view, { now: NOW }));
    equal(said(view, { now: NOW + 9_000 }), "The model did not answer. It is tried again now.");
  },

  "another model is named": () => {
    const view = { state: "RUNNING", attempt: 2, text: "", model: "b" };
    equal(phaseOf({ view, wasModel: "a" }).label, "Started again by another model, b");
    equal(phaseOf({ view, wasModel: "b" }).label, "Started again (attempt 2)");
  },

  "nothing is busy without a connection": () => {
    const view = { state: "RUNNING", attempt: 1, text: "So far" };
    equal(phaseOf({ view }, { cutOff: true }).busy, false);
    equal(phaseOf({ view: { ...view, state: "COMPLETED" } }, { cutOff: true }).phase, "done");
  },

  "every end says what to do": () => {
    const failed = (error) => said({ state: "FAILED", attempt: 1, text: "", error });
    equal(failed({ code: "provider_timeout" }), "The model took too long to answer. Please try again.");
    equal(failed({ code: "of_tomorrow", message: "Wait." }), "Wait.");
    equal(failed(undefined), "The reply could not be written. Please try again.");
  },

  "no problem is told in the server's words": () => {
    const other = { code: "of_tomorrow", message: "The server answered 502." };
    equal(reasonOf({ ...other, status: 502 }), "The server cannot do this now (502). Please try again.");
    equal(reasonOf(other), "The server cannot do this now. Please try again.");
    equal(reasonOf({ ...other, code: "queue_unavailable" }), "The server cannot take messages right now. Please try again.");
  },

  "a message waits when every provider is away": () => {
    const away = { state: "open", retryAt: AT };
    equal(waitOf({ providers: [away] }), { reason: "providers_down", retryAt: AT });
    equal(waitOf({ providers: [away, { state: "closed" }] }), null);
    equal(waitOf({ providers: [] }), null);
    equal(waitOf(null), null);
  },
};
