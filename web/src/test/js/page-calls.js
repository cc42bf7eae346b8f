/** What the chat page asks of the server, asked by its own client. */
import { ProsaClient } from "../../main/resources/web/prosa-client.js";
import { turnsOf } from "../../main/resources/web/state.js";

globalThis.AbortController ??= class {
  abort() {}
};

globalThis.URLSearchParams ??= class {
  constructor(pairs) {
    this.pairs = pairs;
  }
  toString() {
    return this.pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  }
};

/** A page whose time passes when it is told to, and whose socket never opens. */
class Page {
  #timers = new Map();
  #now = 0;
  sockets = [];
  unauthorized = 0;

  /** @param ask a request of the network: (method, path, headers, body) => [status, body] */
  constructor(ask, headers = {}) {
    const sockets = this.sockets;
    this.client = new ProsaClient({
      headers: () => headers,
      fetch: async (path, { method, headers, body }) => {
        const [status, text] = ask(method, path, headers, body ?? null);
        const ok = status >= 200 && status < 300;
        return { ok, status, headers: { get: () => null }, json: async () => JSON.parse(text) };
      },
      WebSocket: class {
        constructor(...request) {
          sockets.push(request);
        }
        close() {}
      },
      clock: {
        now: () => this.#now,
        setTimeout: (task, millis) => {
          const timer = {};
          this.#timers.set(timer, { task, at: this.#now + millis });
          return timer;
        },
        clearTimeout: (timer) => this.#timers.delete(timer),
      },
      random: () => 0,
    });
    this.client.on("unauthorized", () => this.unauthorized++);
  }

  async pass(millis) {
    this.#now += millis;
    for (const [timer, { task, at }] of [...this.#timers]) {
      if (at <= this.#now && this.#timers.delete(timer)) task();
    }
    for (let turn = 0; turn < 50; turn++) await null;
  }
}

/** Sends a message; the job of the 202. */
export async function send(ask) {
  const { client } = new Page(ask);
  const { jobId } = await client.send({ content: "Hello!", idempotencyKey: "key-1" });
  return client.view(jobId) ? jobId : "nothing is followed";
}

/** Asks for a ticket and opens a socket with it; its address and its subprotocols. */
export async function connect(ask) {
  const page = new Page(ask);
  page.client.start();
  await page.pass(0);
  const [[url, protocols]] = page.sockets;
  return [url, ...protocols].join(" ");
}

/** Follows a job without a socket; how it ended, and its text. */
export async function follow(ask, job) {
  const page = new Page(ask);
  page.client.track(job, "c");
  page.client.start();
  await page.pass(0);
  await page.pass(3_000);
  const { state, text, error } = page.client.view(job);
  return `${state} ${text}${error?.code ?? ""}`;
}

/** Stops a job; how it stands then. */
export async function cancel(ask, job) {
  const { client } = new Page(ask);
  client.track(job, "c");
  await client.cancel(job);
  return client.view(job).state;
}

/** The titles in the list of conversations. */
export async function list(ask) {
  const { conversations } = await new Page(ask).client.conversations({ limit: 30 });
  const dates = conversations.every(({ updatedAt }) => Date.parse(updatedAt) > 0);
  return dates ? conversations.map(({ title }) => title).join() : "without dates";
}

/** The title of one conversation, and whether it says when it changed. */
export async function title(ask, conversation) {
  const { id, title, updatedAt } = await new Page(ask).client.conversation(conversation);
  return Date.parse(updatedAt) > 0 && id.startsWith("c_") ? title : "not a line of the list";
}

/** The turns of a conversation. */
export async function read(ask, conversation) {
  const { messages } = await new Page(ask).client.messages(conversation, { limit: 50 });
  return turnsOf(messages)
    .map(({ prompt, view }) => `${prompt} ${view.state} ${view.text}`)
    .join();
}

/** What the badge of the page says. */
export async function badge(ask) {
  const { model } = await new Page(ask).client.health();
  return `${model.name} ${model.offline}`;
}

/** Asks with a token that proves nothing; how often the page was told to ask for another. */
export async function knock(ask) {
  const page = new Page(ask, { authorization: "Bearer nobody" });
  const { status, code } = await page.client.conversations().catch((error) => error);
  return `${status} ${code} ${page.unauthorized}`;
}

/** Gives a conversation another title; the one it has then. */
export async function rename(ask, conversation) {
  return (await new Page(ask).client.rename(conversation, "Greeting")).title;
}

/** Erases a conversation. */
export async function erase(ask, conversation) {
  await new Page(ask).client.erase(conversation);
  return "erased";
}

export async function logOut(ask) {
  await new Page(ask).client.logOut();
  return "done";
}
