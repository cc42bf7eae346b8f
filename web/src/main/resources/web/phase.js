/** A reply's state in plain words. */
import { language, speaksOf, t } from "./texts.js";

/**
 * @param {object} turn {view?, error?, stopping?, wasModel?}; without a view it is still on its way
 * @param {{now: number, ahead: number, cutOff: boolean}} around ahead: open replies before it;
 *     cutOff: the page has no connection
 * @returns {{phase: string, label: string, busy: boolean}} label: empty when nothing is to be said;
 *     busy: it goes on by itself, and soon
 */
export function phaseOf(turn, { now = Date.now(), ahead = 0, cutOff = false } = {}) {
  const { view, error } = turn;
  if (error) return still("unsent", unsentLabel(error));
  if (!view) return { phase: "sending", label: t("phase.sending"), busy: true };
  const end = ENDS[view.state]?.(view);
  if (end) return end;
  if (cutOff) return still("unreached", t("phase.unreached"));
  return { ...openPhase(turn, now, ahead), busy: true };
}

const still = (phase, label) => ({ phase, label, busy: false });

const ENDS = {
  COMPLETED: ({ finishReason }) => still("done", remark(finishReason)),
  CANCELLED: () => still("stopped", t("phase.stopped")),
  FAILED: ({ error }) => still("failed", failureOf(error)),
};

function openPhase({ view, stopping, wasModel }, now, ahead) {
  const { state, attempt, text, model, waiting } = view;
  if (stopping) return { phase: "stopping", label: t("phase.stopping") };
  if (waiting) return { phase: "waiting", label: waitingLabel(waiting, now) };
  if (state === "ACCEPTED") return { phase: "queued", label: queuedLabel(ahead) };
  if (attempt > 1) return { phase: "restarted", label: restartedLabel(attempt, model, wasModel) };
  return { phase: "writing", label: t(text ? "phase.writing" : "phase.thinking") };
}

function queuedLabel(ahead) {
  return ahead > 0 ? t("phase.queuedBehind", { count: ahead }) : t("phase.queued");
}

function restartedLabel(attempt, model, wasModel) {
  const elsewhere = model && wasModel && model !== wasModel;
  return elsewhere ? t("phase.restartedElsewhere", { model }) : t("phase.restarted", { attempt });
}

function waitingLabel({ reason: code, message, retryAt }, now) {
  const key = `waiting.${code}`;
  const reason = speaksOf(key) ? t(key) : (message ?? t("waiting.backoff"));
  const at = Date.parse(retryAt);
  if (Number.isNaN(at)) return reason;
  if (at <= now) return t("waiting.now", { reason });
  const seconds = Math.ceil((at - now) / 1000);
  return t("waiting.next", { reason, time: clock(at), seconds });
}

function unsentLabel(error) {
  const reason = t("phase.unsent", { reason: reasonOf(error) });
  return error.nextTryAt ? t("phase.nextTry", { reason, time: clock(error.nextTryAt) }) : reason;
}

const clock = (at) => new Intl.DateTimeFormat(language(), { timeStyle: "medium" }).format(at);

/** Why a request was refused, never in the server's own words: it speaks one language only. */
export function reasonOf({ code, status }) {
  const key = `problem.${code}`;
  if (speaksOf(key)) return t(key);
  return status ? t("problem.otherStatus", { status }) : t("problem.other");
}

function failureOf({ code, message } = {}) {
  const key = `failure.${code}`;
  return speaksOf(key) ? t(key) : (message ?? t("phase.failed"));
}

function remark(finishReason) {
  if (finishReason === "length") return t("phase.length");
  if (finishReason === "content_filter") return t("phase.filtered");
  return "";
}
