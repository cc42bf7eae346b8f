/** Puts the figures of one answer on the page. */
import { byId, element } from "../dom.js";
import { t } from "../texts.js";
import { draw } from "./chart.js";
import { clock, count, dollars, millis, seconds, things } from "./words.js";

const HISTORY = 150; // at one answer every 2 s the same 5 minutes
const seen = new Map();

const NAMES = { queue: "SQS", table: "DynamoDB", redis: "Redis" };
const noAnswer = (part) => t("ops.noAnswer", { name: NAMES[part] });

function set(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

/** Remembers what the server only knows of now, and draws it. */
function track(id, value, words, format = count) {
  const values = seen.get(id) ?? [];
  values.push(value ?? null);
  if (values.length > HISTORY) values.shift();
  seen.set(id, values);
  const padded = [...Array(Math.max(0, 30 - values.length)).fill(null), ...values];
  draw(byId(`${id}-chart`), padded, { words: t("ops.sinceOpened", { name: t(words) }), format });
}

function showQueue(queue) {
  set("queue-waiting", queue ? count(queue.waiting) : "–");
  set("queue-aside", queue ? t("ops.queueAside", { count: count(queue.inFlight) }) : noAnswer("queue"));
  set("dead-letters", queue ? count(queue.deadLetters) : "–");
  byId("dead-letters").dataset.tone = queue?.deadLetters > 0 ? "bad" : "";
  track("queue", queue?.waiting, "ops.queue");
  track("dead-letters", queue?.deadLetters, "ops.letters");
}

function showJobs(jobs) {
  const oldest = jobs?.oldestSeconds;
  set("oldest", !jobs ? "–" : oldest == null ? t("ops.none") : `${jobs.whole ? "" : "≥ "}${seconds(oldest)}`);
  const aside = jobs?.whole ? "ops.oldestAside" : "ops.oldestAsideMore";
  const open = jobs && { accepted: count(jobs.accepted), running: count(jobs.running) };
  set("oldest-aside", open ? t(aside, open) : noAnswer("table"));
  track("oldest", jobs && (oldest ?? 0), "ops.oldest", seconds);
}

function showQuantiles(id, latency) {
  const shown = ["p50", "p95", "p99"].map((name) => [name, millis(latency?.[`${name}Millis`])]);
  byId(id).replaceChildren(
    ...shown.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
}

function showLatencies(fleet) {
  const slices = fleet?.slices ?? [];
  for (const [id, field, words] of [
    ["queue-wait", "queueWait", "ops.queueWait"],
    ["first-token", "firstToken", "ops.firstToken"],
    ["whole-reply", "reply", "ops.reply"],
  ]) {
    showQuantiles(id, fleet?.latencies[field]);
    const values = slices.map((slice) => slice[`${field}Millis`]);
    draw(byId(`${id}-chart`), values, { words: t("ops.p95Every10", { name: t(words) }), kind: "bars", format: millis });
  }
}

function showWork(fleet) {
  const { completed = 0, failed = 0, cancelled = 0, promptTokens = 0, completionTokens = 0, costUsd = 0 } = fleet?.totals ?? {};
  const minutes = (fleet?.windowSeconds ?? 300) / 60;
  set("writing", fleet ? count(fleet.writing) : "–");
  set("writing-aside", fleet ? things("ops.writingAside", fleet.workers) : noAnswer("redis"));
  byId("writing-aside").dataset.tone = fleet?.workers === 0 ? "bad" : "";
  track("writing", fleet?.writing, "ops.writing");
  set("replies", fleet ? count(completed) : "–");
  set("replies-aside", fleet ? t("ops.repliesAside", { failed: count(failed), cancelled: count(cancelled) }) : "");
  byId("replies-aside").dataset.tone = failed > 0 ? "bad" : "";
  set("tokens", fleet ? count(promptTokens + completionTokens) : "–");
  set("tokens-aside", fleet ? t("ops.tokensAside", { sent: count(promptTokens), received: count(completionTokens) }) : "");
  set("cost", fleet ? dollars(costUsd) : "–");
  set("cost-aside", fleet ? t("ops.costAside", { cost: dollars(costUsd / minutes) }) : "");
  for (const [id, field, words, format] of [
    ["replies", "completed", "ops.replies", count],
    ["tokens", "tokens", "ops.tokens", count],
    ["cost", "costUsd", "ops.cost", dollars],
  ]) {
    const values = (fleet?.slices ?? []).map((slice) => slice[field]);
    draw(byId(`${id}-chart`), values, { words: t("ops.every10", { name: t(words) }), kind: "bars", format });
  }
}

function provider({ provider, model, state, workers, workersInState, retryAt }) {
  const by = workers > 1 ? t("ops.ofWorkers", { count: workersInState, all: workers }) : "";
  const until = retryAt ? t("ops.until", { time: clock(retryAt) }) : "";
  return element(
    "li",
    { class: "row", dataset: { testid: "provider", state } },
    element("span", { class: "row-main" }, element("strong", {}, provider), element("span", { class: "soft" }, ` ${model}`)),
    element("span", { class: "soft" }, [by, until].filter(Boolean).join(", ")),
    element("span", { class: "pill", dataset: { state } }, `${state.replace("_", "-")}: ${t(`ops.${state}`)}`),
  );
}

function showProviders(providers) {
  const rows = providers?.map(provider) ?? [];
  const none = t(providers ? "ops.noProvider" : "ops.nobodyTells");
  byId("providers").replaceChildren(...(rows.length ? rows : [element("li", { class: "row soft" }, none)]));
}

/** @returns what has to be said about it; empty when nothing has */
export function show(ops) {
  showQueue(ops.queue);
  showJobs(ops.jobs);
  showLatencies(ops.fleet);
  showWork(ops.fleet);
  showProviders(ops.providers);
  const names = ops.away.map((name) => NAMES[name] ?? name).join(t("ops.and"));
  return names && t("ops.away", { count: ops.away.length, names });
}
