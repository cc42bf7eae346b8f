import { Http } from "../../main/resources/web/prosa-client/http.js";
import { equal } from "./expect.js";

globalThis.AbortController ??= class {
  abort() {}
};

/** A server that gives these answers, [status, Retry-After] each, and the last one ever after. */
function play(answers, { requestMillis = 0 } = {}) {
  let [now, asked] = [0, 0];
  const http = new Http({
    baseUrl: "",
    headers: () => ({}),
    random: () => 1,
    clock: {
      now: () => now,
      setTimeout: (task, millis) => {
        if (millis >= 20_000) return; // the limit of a request, which is not reached
        now += millis;
        task();
      },
      clearTimeout: () => {},
    },
    fetch: async () => {
      const [status, retryAfter = null] = answers[Math.min(asked++, answers.length - 1)];
      now += requestMillis;
      const headers = { get: () => retryAfter };
      return { ok: status < 300, status, headers, json: async () => ({ code: "c" }) };
    },
    onUnauthorized: () => {},
  });
  const outcome = () =>
    http.postRepeatedly("/").then(
      () => ({ asked, millis: now }),
      ({ status, retryAfterMillis, retryable }) => ({ status, retryAfterMillis, retryable, asked, millis: now }),
    );
  return outcome();
}

export const tests = {
  "repeats what a server cannot do now, for about 15 s": async () =>
    equal(await play([[503]]), { status: 503, retryAfterMillis: null, retryable: true, asked: 6, millis: 15_500 }),

  "waits as long as the server says, when that is not long": async () =>
    equal(await play([[429, "5"], [204]]), { asked: 2, millis: 5_000 }),

  "gives up at once when the server names a time that nobody waits for": async () =>
    equal(await play([[429, "6"]]), { status: 429, retryAfterMillis: 6_000, retryable: true, asked: 1, millis: 0 }),

  "gives up in time when every wait is short": async () => {
    const { asked, millis } = await play([[429, "5"]]);

    equal({ asked, millis }, { asked: 5, millis: 20_000 });
  },

  "gives up in time when every answer is slow": async () => {
    const { asked, millis } = await play([[503]], { requestMillis: 12_000 });

    equal({ asked, millis }, { asked: 2, millis: 24_500 });
  },

  "does not repeat what is refused for good": async () => equal((await play([[404]])).asked, 1),
};
