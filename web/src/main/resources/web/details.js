/** What a reply cost and how long it took, when somebody asks. */
import { element } from "./dom.js";
import { language, onLanguage, t } from "./texts.js";

const LOOKS = 10; // the ledger writes a moment after the reply
const LOOK_MILLIS = 700;

let formats = formatsOf();
onLanguage(() => (formats = formatsOf()));

function formatsOf() {
  const cost = { style: "currency", currency: "USD", maximumFractionDigits: 6 };
  return {
    number: new Intl.NumberFormat(language()),
    seconds: new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }),
    cost: new Intl.NumberFormat(language(), cost),
  };
}

export class Details {
  #load;

  /** @param {() => Promise<object>} load the body of `GET /v1/jobs/{jobId}` */
  constructor(load) {
    this.#load = load;
    this.node = element("div", { class: "details", dataset: { testid: "details" } });
    this.node.setAttribute("aria-live", "polite");
    this.node.hidden = true;
  }

  async toggle() {
    this.node.hidden = !this.node.hidden;
    if (this.node.hidden) return;
    this.#say(t("details.loading"));
    for (let look = 1; look <= LOOKS && !this.node.hidden; look++) {
      if (await this.#show()) return;
      await new Promise((wake) => setTimeout(wake, LOOK_MILLIS));
    }
  }

  /** @returns whether nothing more is to be expected */
  async #show() {
    try {
      const job = await this.#load();
      this.node.replaceChildren(tableOf(factsOf(job)));
      return isSettled(job);
    } catch ({ retryable }) {
      this.#say(t("details.failed"));
      return !retryable;
    }
  }

  #say(text) {
    this.node.replaceChildren(element("p", {}, text));
  }
}

/**
 * Whether the figures of a job are final. For a moment after its end a call that is still to be
 * written down is missing, or looks `lost`, as that of a worker that died.
 */
function isSettled({ state, attempt, calls }) {
  if (!calls) return true; // the ledger does not answer
  if (state === "COMPLETED") return calls.some(isAnswered);
  return calls.every((call) => isOver(call) || (call.outcome === "lost" && call.attempt < attempt));
}

const isAnswered = ({ outcome }) => outcome === "answered";
const isOver = ({ outcome }) => outcome !== "started" && outcome !== "lost";

/** Of the call that was kept: an earlier one may have failed. A figure that is not known is left out. */
function factsOf(job) {
  const { jobId, attempt, reply = {}, calls = [], total } = job;
  const call = calls.findLast(isAnswered) ?? calls.at(-1) ?? {};
  const settled = isSettled(job);
  return [
    ["model", reply.model ?? call.model],
    ["provider", reply.provider ?? call.provider],
    ["attempts", attempt > 1 ? formats.number.format(attempt) : null],
    ["tokens", tokensOf(settled ? (total ?? reply.usage) : reply.usage)],
    ["cost", settled && total && formats.cost.format(total.costUsd)],
    ["firstToken", settled && secondsOf(call.firstTokenMillis)],
    ["total", settled && secondsOf(call.totalMillis)],
    ["job", jobId],
  ];
}

function tokensOf(usage) {
  if (!usage) return null;
  const prompt = formats.number.format(usage.promptTokens ?? 0);
  const completion = formats.number.format(usage.completionTokens ?? 0);
  const tokens = t("details.tokensOf", { prompt, completion });
  return usage.estimated ? t("details.estimated", { tokens }) : tokens;
}

function secondsOf(millis) {
  return millis == null ? null : `${formats.seconds.format(millis / 1000)} s`;
}

function tableOf(facts) {
  const rows = facts.filter(([, value]) => value != null && value !== false && value !== "");
  return element(
    "dl",
    { "aria-label": t("details.title") },
    ...rows.map(([name, value]) =>
      element("div", { dataset: { fact: name } }, element("dt", {}, t(`details.${name}`)), element("dd", {}, value)),
    ),
  );
}
