/** Messages on their way: the outbox holds each until its 202, so a reload sends it again. */
import { newKey, newTraceparent } from "./state.js";

/** The server's windows are a minute long; a message is not sent by itself on another day. */
const LONGEST_WAIT_MILLIS = 120_000;
const SHORTEST_WAIT_MILLIS = 5_000; // between tries that nobody asked for, to read why it is unsent
const TRIES = 5; // by itself; whoever is still refused then is not helped by another one

export class Sending {
  #page;
  #inFlight = new Set();
  #timer = null;

  /**
   * @param {object} page {client, outbox, thread, onAccepted(entry, accepted), onMissing(id)}
   *     onMissing: there is no such conversation any more
   */
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
    for (const { key } of this.#page.outbox.all()) {
      const entry = this.#page.outbox.all().find((candidate) => candidate.key === key);
      if (entry && isDue(entry.error)) await this.#deliver(entry);
    }
    this.#deliverLater();
  }

  async #deliver({ error: before, ...entry }) {
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
    } catch (error) {
      const unsent = { ...entry, error: whyUnsent(error, before) };
      outbox.put(unsent);
      if (entry.thread === thread.key) thread.unsent(unsent);
      if (error.status === 404 && entry.conversationId) this.#page.onMissing(entry.conversationId);
      this.#deliverLater();
    } finally {
      this.#inFlight.delete(entry.key);
    }
  }

  /** A server that says when it may be asked again is asked then. */
  #deliverLater() {
    clearTimeout(this.#timer);
    const times = this.#page.outbox.all().map(({ error }) => error?.nextTryAt ?? Infinity);
    const millis = Math.min(...times) - Date.now();
    if (millis < Infinity) this.#timer = setTimeout(() => this.deliverUnsent(), Math.max(0, millis));
  }
}

const isDue = (error) => error?.retryable !== false && !(error?.notBefore > Date.now());

/** What is kept of an error beside its message, also over a reload; times are those of this browser. */
function whyUnsent({ status, code, message, retryable = false, retryAfterMillis }, before) {
  const why = { status, code, message, retryable };
  if (!retryAfterMillis) return why;
  const tries = (before?.tries ?? 0) + 1;
  const millis = Math.max(retryAfterMillis, SHORTEST_WAIT_MILLIS);
  const notBefore = Date.now() + millis;
  const goesOn = retryable && tries <= TRIES && millis <= LONGEST_WAIT_MILLIS;
  return { ...why, notBefore, tries, ...(goesOn && { nextTryAt: notBefore }) };
}
