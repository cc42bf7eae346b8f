/** Puts the figures of one answer on the page. */
import { byId, element } from "../dom.js";
import { draw } from "./chart.js";
import { clock, count, dollars, millis, seconds, things } from "./words.js";

const HISTORY = 150; // at one answer every 2 s the same 5 minutes
const seen = new Map();

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
  draw(byId(`${id}-chart`), padded, { words: `${words} since this page was opened`, format });
}

function showQueue(queue) {
  set("queue-waiting", queue ? count(queue.waiting) : "–");
  set("queue-aside", queue ? `${count(queue.inFlight)} taken or waiting for a later try` : "SQS does not answer");
  set("dead-letters", queue ? count(queue.deadLetters) : "–");
  byId("dead-letters").dataset.tone = queue?.deadLetters > 0 ? "bad" : "";
  track("queue", queue?.waiting, "Messages that wait");
  track("dead-letters", queue?.deadLetters, "Dead letters");
}

function showJobs(jobs) {
  const oldest = jobs?.oldestSeconds;
  set("oldest", !jobs ? "–" : oldest == null ? "none" : `${jobs.whole ? "" : "≥ "}${seconds(oldest)}`);
  const more = jobs?.whole ? "" : " or more";
  set("oldest-aside", jobs ? `${count(jobs.accepted)} wait, ${count(jobs.running)} are answered${more}` : "The table does not answer");
  track("oldest", jobs && (oldest ?? 0), "Age of the oldest open job", seconds);
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
    ["queue-wait", "queueWait", "Queue wait"],
    ["first-token", "firstToken", "First token"],
    ["whole-reply", "reply", "Whole reply"],
  ]) {
    showQuantiles(id, fleet?.latencies[field]);
    const values = slices.map((slice) => slice[`${field}Millis`]);
    draw(byId(`${id}-chart`), values, { words: `${words}, p95 of every 10 s`, kind: "bars", format: millis });
  }
}

function showWork(fleet) {
  const { completed = 0, failed = 0, cancelled = 0, promptTokens = 0, completionTokens = 0, costUsd = 0 } = fleet?.totals ?? {};
  const minutes = (fleet?.windowSeconds ?? 300) / 60;
  set("writing", fleet ? count(fleet.writing) : "–");
  set("writing-aside", fleet ? `by ${things(fleet.workers, "worker")}` : "Redis does not answer");
  byId("writing-aside").dataset.tone = fleet?.workers === 0 ? "bad" : "";
  track("writing", fleet?.writing, "Replies being written");
  set("replies", fleet ? count(completed) : "–");
  set("replies-aside", fleet ? `${count(failed)} failed, ${count(cancelled)} stopped` : "");
  byId("replies-aside").dataset.tone = failed > 0 ? "bad" : "";
  set("tokens", fleet ? count(promptTokens + completionTokens) : "–");
  set("tokens-aside", fleet ? `${count(promptTokens)} sent, ${count(completionTokens)} received` : "");
  set("cost", fleet ? dollars(costUsd) : "–");
  set("cost-aside", fleet ? `${dollars(costUsd / minutes)} a minute` : "");
  for (const [id, field, words, format] of [
    ["replies", "completed", "Replies", count],
    ["tokens", "tokens", "Tokens", count],
    ["cost", "costUsd", "Cost", dollars],
  ]) {
    const values = (fleet?.slices ?? []).map((slice) => slice[field]);
    draw(byId(`${id}-chart`), values, { words: `${words} of every 10 s`, kind: "bars", format });
  }
}

const STATES = {
  closed: "takes calls",
  half_open: "probed",
  cooling: "asked for a pause",
  open: "left alone",
};

function provider({ provider, model, state, workers, workersInState, retryAt }) {
  const by = workers > 1 ? `${workersInState} of ${workers} workers` : "";
  const until = retryAt ? `asked again at ${clock(retryAt)}` : "";
  return element(
    "li",
    { class: "row", dataset: { testid: "provider", state } },
    element("span", { class: "row-main" }, element("strong", {}, provider), element("span", { class: "soft" }, ` ${model}`)),
    element("span", { class: "soft" }, [by, until].filter(Boolean).join(", ")),
    element("span", { class: "pill", dataset: { state } }, `${state.replace("_", "-")}: ${STATES[state]}`),
  );
}

function showProviders(providers) {
  const rows = providers?.map(provider) ?? [];
  const none = providers ? "No worker says anything about a provider." : "Redis does not answer, so nobody can tell.";
  byId("providers").replaceChildren(...(rows.length ? rows : [element("li", { class: "row soft" }, none)]));
}

const NAMES = { queue: "SQS", table: "DynamoDB", redis: "Redis" };

export function show(ops) {
  showQueue(ops.queue);
  showJobs(ops.jobs);
  showLatencies(ops.fleet);
  showWork(ops.fleet);
  showProviders(ops.providers);
  const away = ops.away.map((name) => NAMES[name] ?? name).join(" and ");
  return away ? `${away} ${ops.away.length > 1 ? "do" : "does"} not answer; what is shown is not everything.` : "";
}
