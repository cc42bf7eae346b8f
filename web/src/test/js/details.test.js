import { equal } from "./expect.js";

/** The engine of these tests has no texts for figures, no page and no time. */
const plain = { format: (value) => String(value) };
globalThis.Intl ??= {};
globalThis.Intl.NumberFormat = class {
  constructor() {
    return plain;
  }
};
globalThis.setTimeout = (then) => then();
globalThis.document = {
  createElement: (tag) => ({
    tag,
    dataset: {},
    children: [],
    setAttribute() {},
    append(...nodes) {
      this.children.push(...nodes);
    },
    replaceChildren(...nodes) {
      this.children = nodes;
    },
  }),
};
const { Details } = await import("../../main/resources/web/details.js");

const USAGE = { promptTokens: 2, completionTokens: 9 };
const TOTAL = { ...USAGE, costUsd: 0.5 };
const FALSE_TOTAL = { promptTokens: 2, completionTokens: 0, costUsd: 0 };
const lost = { attempt: 1, outcome: "lost", totalMillis: 0 };
const answered = { attempt: 1, outcome: "answered", firstTokenMillis: 100, totalMillis: 2_000 };
const FIGURES = { tokens: "2 read, 9 written", cost: "0.5", firstToken: "0.1 s", total: "2 s" };

/** What is shown in the end when the API says these one after another, and how often it was asked. */
async function shown(state, ...looks) {
  let asked = 0;
  const details = new Details(async () => ({ state, attempt: 1, ...looks[Math.min(asked++, looks.length - 1)] }));
  await details.toggle();
  const rows = details.node.children[0].children;
  const facts = rows.map(({ dataset, children }) => [dataset.fact, children[1].children[0]]);
  return { asked, ...Object.fromEntries(facts) };
}

export const tests = {
  "a completed reply is looked at until its call is written down": async () => {
    const soon = { calls: [lost], total: FALSE_TOTAL };
    const none = { calls: [] };
    const late = { calls: [answered], total: TOTAL };

    equal(await shown("COMPLETED", soon, none, late), { asked: 3, ...FIGURES });
  },

  "figures that never come are left out": async () => {
    const { asked, ...facts } = await shown("COMPLETED", {
      calls: [lost],
      total: FALSE_TOTAL,
      reply: { usage: USAGE },
    });

    equal(facts, { tokens: "2 read, 9 written" });
    equal(asked > 1, true);
  },

  "an attempt whose worker died does not hide the one that answered": async () => {
    const calls = [lost, { ...answered, attempt: 2 }];

    equal(await shown("COMPLETED", { attempt: 2, calls, total: TOTAL }), { asked: 1, attempts: "2", ...FIGURES });
  },

  "a stopped reply is looked at until its call is written down, too": async () => {
    const aborted = { ...answered, outcome: "aborted" };

    equal(await shown("CANCELLED", { calls: [lost], total: FALSE_TOTAL }, { calls: [aborted], total: TOTAL }), {
      asked: 2,
      ...FIGURES,
    });
  },

  "nothing is waited for when no call was made or the ledger does not answer": async () => {
    equal(await shown("CANCELLED", { calls: [], jobId: "j" }), { asked: 1, job: "j" });
    equal(await shown("COMPLETED", { jobId: "j" }), { asked: 1, job: "j" });
  },
};
