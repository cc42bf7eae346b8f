/**
 * What one reply looks like now: {attempt, text, state, waiting?, prompt?, model?, provider?,
 * finishReason?, usage?, error?}. Views are never modified, only replaced.
 */

const TERMINAL = new Set(["COMPLETED", "FAILED", "CANCELLED"]);

/** The view of a reply nobody has heard of yet. */
export const emptyView = () => ({ attempt: 0, text: "", state: "ACCEPTED" });

/** True when nobody works on this reply any more; only a failed one may be taken up again. */
export const isTerminal = (view) => TERMINAL.has(view.state);

/**
 * True when news of `attempt` concern a failed reply: an operator has redriven it since, which
 * takes an attempt number. What comes late of the failed attempts has no higher one.
 */
export const isReopenedBy = (view, { attempt }) =>
  view.state === "FAILED" && attempt > view.attempt;

/**
 * Applies one event to one reply's view. Pure: an event without effect returns the same object.
 *
 * @returns {{view: object, needsResume: boolean}} needsResume: text is missing before this delta
 */
export function reduceReply(view, event) {
  if (!isTerminal(view)) return applyEvent(view, event);
  if (!isReopenedBy(view, event)) return { view, needsResume: false };
  const base = reopened(view);
  const next = applyEvent(base, event);
  return next.view === base ? { view, needsResume: false } : next;
}

const reopened = ({ attempt, prompt }) => ({
  ...emptyView(),
  attempt,
  ...(prompt !== undefined && { prompt }),
});

function applyEvent(view, event) {
  if (event.type === "reply.delta") return appendDelta(view, event);
  return { view: applyState(view, event), needsResume: false };
}

/** offset and length count UTF-16 units, which is what a string's length counts here. */
function appendDelta(view, { attempt, offset, text }) {
  const valid = attempt >= 1 && offset >= 0 && typeof text === "string";
  if (!valid || attempt < view.attempt) return { view, needsResume: false };
  const base = attempt > view.attempt ? startAttempt(view, attempt) : view;
  const shown = base.text.length;
  if (offset > shown) return { view: base, needsResume: true };
  if (offset + text.length <= shown) return { view: base, needsResume: false };
  const { waiting, ...rest } = base;
  const tail = text.slice(shown - offset);
  return { view: { ...rest, state: "RUNNING", text: base.text + tail }, needsResume: false };
}

/** Text of two attempts is never mixed: a new one starts from nothing. */
function startAttempt({ waiting, ...view }, attempt) {
  return { ...view, attempt, text: "", state: "RUNNING" };
}

function applyState(view, event) {
  switch (event.type) {
    case "job.waiting":
      return waiting(view, event);
    case "reply.started":
      return started(view, event);
    case "reply.completed":
      return end(view, event, "COMPLETED", event.content ?? "");
    case "job.cancelled":
      return end(view, event, "CANCELLED", event.content ?? "");
    case "job.failed": {
      if (event.attempt < view.attempt) return view; // it was redriven since
      const error = present(event, ["code", "message", "retryable"]);
      // nothing of a failed reply is stored, so nothing of it stays on the screen
      return { ...end(view, event, "FAILED", ""), error };
    }
    default:
      return view;
  }
}

/** Says nothing new without facts, unless its attempt is higher: then what was shown is over. */
function waiting(view, event) {
  if (event.attempt < view.attempt) return view;
  const higher = event.attempt > view.attempt;
  const facts = present(event, ["reason", "retryAt", "message"]);
  const said = Object.keys(facts).length > 0;
  if (!higher && !said) return view;
  const base = higher ? { ...startAttempt(view, event.attempt), state: "ACCEPTED" } : view;
  return said ? { ...base, waiting: facts } : base;
}

function started(view, event) {
  if (!(event.attempt >= view.attempt)) return view;
  const facts = present(event, ["model", "prompt"]);
  const known = event.attempt === view.attempt && view.state === "RUNNING";
  if (known && Object.entries(facts).every(([name, value]) => view[name] === value)) return view;
  const base = event.attempt > view.attempt ? startAttempt(view, event.attempt) : view;
  return { ...base, ...facts, state: "RUNNING" };
}

/** The first final event wins whatever attempt it names: the server wrote it exactly once. */
function end({ waiting, ...view }, event, state, text) {
  const facts = present(event, ["attempt", "finishReason", "model", "provider", "usage"]);
  return { ...view, ...facts, state, text };
}

function present(source, names) {
  return Object.fromEntries(names.filter((n) => source[n] != null).map((n) => [n, source[n]]));
}

/** What the body of `GET /v1/jobs/{jobId}` says, as an event; null when it adds nothing. */
export function eventOfJob({ jobId, conversationId, attempt, state, reply, error }) {
  const about = { jobId, conversationId, attempt };
  switch (state) {
    case "COMPLETED":
      return { ...about, ...reply, type: "reply.completed" };
    case "CANCELLED":
      return { ...about, content: reply?.content, type: "job.cancelled" };
    case "FAILED":
      return { ...about, ...error, type: "job.failed" };
    case "RUNNING":
      return { ...about, type: "reply.started" };
    case "ACCEPTED":
      return attempt >= 1 ? { ...about, type: "job.waiting" } : null;
    default:
      return null;
  }
}
