/** Messages on their way: the outbox holds each until its 202, so a reload sends it again. */
import { newKey, newTraceparent } from "./state.js";

export class Sending {
  #page;
  #inFlight = new Set();

  /** @param {object} page {client, outbox, thread, onAccepted(entry, accepted)} */
  constructor(page) {
    this.#page = page;
  }

  send(content) {
    const { conversationId, key } = this.#page.thread;
    const ids = { key: newKey(), traceparent: newTraceparent() };
    this.#deliver({ ...ids, content, conversationId, thread: key, createdAt: Date.now() });
  }

  /** An unsent message keeps its key, for it may have arrived; a failed reply is asked for anew. */
  retry(turn) {
    const entry = this.#page.outbox.all().find(({ key }) => key === turn.key && !turn.jobId);
    if (entry) this.#deliver(entry);
    else this.again(turn);
  }

  /** Asks the same question once more. */
  again({ prompt }) {
    if (!this.#page.thread.isBusy) this.send(prompt);
  }

  /** One after the other, in the order they were written; what the server refused stays refused. */
  async deliverUnsent() {
    for (const entry of this.#page.outbox.all()) {
      if (entry.error?.retryable !== false) await this.#deliver(entry);
    }
  }

  async #deliver({ error: _, ...entry }) {
    const { client, outbox, thread } = this.#page;
    if (this.#inFlight.has(entry.key)) return;
    this.#inFlight.add(entry.key);
    outbox.put(entry);
    if (entry.thread === thread.key) thread.add(entry);
    try {
      const accepted = await client.send({ ...entry, idempotencyKey: entry.key });
      outbox.remove(entry.key);
      if (entry.thread === thread.key) thread.accepted(entry, accepted);
      this.#page.onAccepted(entry, accepted);
    } catch ({ code, message, retryable = false }) {
      const unsent = { ...entry, error: { code, message, retryable } };
      outbox.put(unsent);
      if (entry.thread === thread.key) thread.unsent(unsent);
    } finally {
      this.#inFlight.delete(entry.key);
    }
  }
}
