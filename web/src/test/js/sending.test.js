import { Outbox } from "../../main/resources/web/state.js";
import { Sending } from "../../main/resources/web/sending.js";
import { equal, holds } from "./expect.js";

const SOON = 7_000;

/** A page whose server gives these answers: "taken", or what it refuses with. */
function play(answers, kept = []) {
  let now = 1_000_000;
  let timer = null;
  globalThis.crypto = { getRandomValues: (bytes) => bytes.fill(7) };
  globalThis.setTimeout = (task, millis) => (timer = { task, at: now + millis });
  globalThis.clearTimeout = () => (timer = null);
  Date.now = () => now;
  let stored = JSON.stringify(kept);
  const storage = { getItem: () => stored, setItem: (_, text) => (stored = text) };
  const sent = [];
  const client = {
    send: async ({ content }) => {
      sent.push(content);
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (answer !== "taken") throw answer;
      return { jobId: "j", conversationId: "c" };
    },
  };
  const shown = [];
  const thread = {
    key: "c",
    conversationId: "c",
    isBusy: false,
    add: () => shown.push("sending"),
    accepted: () => shown.push("taken"),
    unsent: ({ error }) => shown.push(error),
  };
  const outbox = new Outbox(storage);
  const sending = new Sending({ client, outbox, thread, onAccepted: () => {} });
  const pass = async (millis) => {
    now += millis;
    for (let task; timer && timer.at <= now; ) {
      task = timer.task;
      timer = null;
      task();
    }
    await settled();
  };
  return { sending, outbox, sent, shown, pass, waits: () => timer !== null };
}

const settled = async () => {
  for (let i = 0; i < 20; i++) await null;
};

const refused = (retryAfterMillis, code = "rate_limited") => ({
  status: 429,
  code,
  message: "No.",
  retryable: true,
  retryAfterMillis,
});
const unsent = (key, error) => ({ key, content: key, conversationId: "c", thread: "c", createdAt: 1_000_000, error });

export const tests = {
  "a message is tried again when the server said that it may be": async () => {
    const { sending, outbox, sent, shown, pass } = play([refused(SOON), "taken"]);

    sending.send("Hi");
    await settled();
    equal(shown.at(-1).nextTryAt, 1_000_000 + SOON);
    await pass(SOON - 1);
    equal(sent.length, 1);
    await pass(1);

    equal(sent, ["Hi", "Hi"]);
    equal([shown.at(-1), outbox.all()], ["taken", []]);
  },

  "a reconnect does not ask again before that time": async () => {
    const { sending, sent, pass } = play([refused(SOON), "taken"]);
    sending.send("Hi");
    await settled();

    await sending.deliverUnsent();
    equal(sent.length, 1);
    await pass(SOON);

    equal(sent.length, 2);
  },

  "a person may try at any time": async () => {
    const { sending, sent, outbox } = play([refused(SOON), "taken"]);
    sending.send("Hi");
    await settled();

    sending.retry({ key: outbox.all()[0].key });
    await settled();

    equal(sent.length, 2);
  },

  "nothing is tried again by itself on another day": async () => {
    const { sending, shown, waits } = play([refused(3_600_000, "budget_exhausted")]);

    sending.send("Hi");
    await settled();

    equal([shown.at(-1).nextTryAt, shown.at(-1).retryable, waits()], [undefined, true, false]);
  },

  "nothing is tried again by itself for ever": async () => {
    const { sending, sent, pass, waits } = play([refused(1_000)]);

    sending.send("Hi");
    await settled();
    for (let i = 0; i < 50 && waits(); i++) await pass(5_000);

    equal(sent.length, 6);
  },

  "a reload keeps the time of the next try": async () => {
    const { sending, sent, pass } = play(["taken"], [
      unsent("one", { retryable: true, notBefore: 1_000_000 + SOON, nextTryAt: 1_000_000 + SOON }),
      unsent("two", { retryable: false }),
    ]);

    await sending.deliverUnsent();
    equal(sent, []);
    await pass(SOON);

    equal(sent, ["one"]);
  },

  "what was taken back meanwhile is not sent": async () => {
    const { sending, outbox, sent } = play(["taken"], [unsent("one"), unsent("two")]);

    const delivering = sending.deliverUnsent();
    outbox.remove("two");
    await delivering;

    holds(sent.join() === "one", sent.join());
  },
};
