/** A reply's state in plain words. */

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/**
 * @param {object} turn {view?, error?, stopping?}; without a view the message is still on its way
 * @returns {{phase: string, label: string, busy: boolean}} label: empty when nothing is to be said
 */
export function phaseOf({ view, error, stopping }) {
  if (error) return { phase: "unsent", label: `Not sent. ${error.message}`, busy: false };
  if (!view) return { phase: "sending", label: "Sending", busy: true };
  return ENDS[view.state]?.(view) ?? { ...openPhase(view, stopping), busy: true };
}

const ENDS = {
  COMPLETED: ({ finishReason }) => ({ phase: "done", label: remark(finishReason), busy: false }),
  CANCELLED: () => ({ phase: "stopped", label: "Stopped", busy: false }),
  FAILED: ({ error }) => ({
    phase: "failed",
    label: error?.message ?? "The reply could not be written.",
    busy: false,
  }),
};

function openPhase({ state, attempt, text, waiting }, stopping) {
  if (stopping) return { phase: "stopping", label: "Stopping" };
  if (waiting) return { phase: "waiting", label: waitingLabel(waiting) };
  if (state === "ACCEPTED") return { phase: "queued", label: "Queued" };
  if (attempt > 1) return { phase: "restarted", label: `Restarted (attempt ${attempt})` };
  return { phase: "writing", label: text ? "Writing" : "Thinking" };
}

function waitingLabel({ message = "Waiting for a model.", retryAt }) {
  const at = new Date(retryAt);
  if (retryAt == null || Number.isNaN(at.getTime())) return message;
  return `${message} Next try at ${time.format(at)}.`;
}

function remark(finishReason) {
  if (finishReason === "length") return "The reply reached the model's length limit.";
  if (finishReason === "content_filter") return "The provider's filter ended this reply.";
  return "";
}
