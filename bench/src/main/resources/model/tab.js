// One browser tab: the page's own client, on the time and the network of a simulated world.
import { ProsaClient } from "./prosa-client.js";

globalThis.AbortController = class {
  signal = {};
  abort() {
    this.signal.onabort?.();
  }
};

export function openTab(world) {
  class Socket {
    constructor(url, [, ticket]) {
      this.wire = world.connect(this, ticket.slice("ticket.".length));
    }
    send(text) {
      world.send(this.wire, text);
    }
    close() {
      world.hangUp(this.wire);
    }
  }

  const clock = {
    now: () => world.now(),
    setTimeout: (task, millis) => world.after(millis, task),
    clearTimeout: (timer) => timer && world.cancel(timer),
  };

  const fetch = (path, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      signal.onabort = () => reject(new Error("aborted"));
      world.request(method, path, headers["idempotency-key"] ?? null, body ?? null, (status, text) =>
        status === 0
          ? reject(new Error("the network is down"))
          : resolve({
              ok: status >= 200 && status < 300,
              status,
              headers: { get: () => null },
              json: async () => JSON.parse(text),
            }),
      );
    });

  const client = new ProsaClient({ clock, fetch, WebSocket: Socket, random: () => world.random() });
  const show = (jobId, view) => world.shown(jobId, view.attempt, view.text, view.state);
  client.on("reply", ({ jobId, view }) => show(jobId, view));
  client.start();

  return {
    send: (key, conversationId) =>
      client
        .send({ content: key, conversationId: conversationId ?? undefined, idempotencyKey: key })
        .then(
          ({ jobId, conversationId }) => world.accepted(key, jobId, conversationId),
          ({ status, code }) => world.refused(key, status, code ?? ""),
        ),
    cancel: (jobId) => client.cancel(jobId).catch(() => {}),
    load: (conversationId) =>
      client.messages(conversationId).then(
        ({ messages }) => {
          for (const { role, jobId, state, content, attempt } of messages) {
            if (role !== "assistant") continue;
            const open = ["ACCEPTED", "RUNNING"].includes(state);
            if (!open) world.shown(jobId, attempt, content, state);
            if (open) client.track(jobId, conversationId);
            if (state === "FAILED") client.track(jobId, conversationId, { attempt, text: "", state });
          }
        },
        () => world.notLoaded(conversationId),
      ),
    close: () => client.stop(),
  };
}
