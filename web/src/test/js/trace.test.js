import { ProsaClient } from "../../main/resources/web/prosa-client.js";
import { newTraceparent } from "../../main/resources/web/state.js";
import { equal, holds } from "./expect.js";

const TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/** Random bytes as the browser has them, but always the same. */
function chance(byte) {
  globalThis.crypto = { getRandomValues: (bytes) => bytes.fill(byte) };
}

/** Nothing is cut off here. */
globalThis.AbortController ??= class {
  abort() {}
};

/** A client whose server says 503 first, and what that server was sent. */
function play() {
  const sent = [];
  const client = new ProsaClient({
    WebSocket: class {},
    clock: { now: () => 0, setTimeout: (task, millis) => millis < 5_000 && task(), clearTimeout: () => {} },
    random: () => 0,
    fetch: async (_, { headers, body }) => {
      sent.push({ ...headers, body });
      const ok = sent.length > 1;
      const accepted = { jobId: "j", conversationId: "c", delivery: "push" };
      return { ok, status: ok ? 202 : 503, headers: new Map(), json: async () => accepted };
    },
  });
  return { client, sent };
}

export const tests = {
  "a trace begins with ids of their own": () => {
    chance(0xab);

    equal(newTraceparent(), `00-${"ab".repeat(16)}-${"ab".repeat(8)}-01`);
  },

  "no id is all zeros": () => {
    chance(0);

    equal(newTraceparent(), `00-01${"00".repeat(15)}-01${"00".repeat(7)}-01`);
  },

  "a message that is repeated stays in its trace": async () => {
    const { client, sent } = play();

    await client.send({ content: "Hi", idempotencyKey: "k", traceparent: TRACE });

    equal(sent.map(({ traceparent }) => traceparent), [TRACE, TRACE]);
    holds(sent.every((headers) => headers["idempotency-key"] === "k"), "the key is the same");
  },

  "a message names the model that is to answer": async () => {
    const { client, sent } = play();

    await client.send({ content: "Hi", model: "m", idempotencyKey: "k" });

    equal(sent.map(({ body }) => JSON.parse(body)), Array(2).fill({ content: "Hi", model: "m" }));
  },

  "a message without a trace sends none": async () => {
    const { client, sent } = play();

    await client.send({ content: "Hi", idempotencyKey: "k" });

    holds(!("traceparent" in sent[0]), "the server begins one");
  },
};
