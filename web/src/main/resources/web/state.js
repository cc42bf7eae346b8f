/** What the page knows besides the replies themselves: turns of a thread, and unsent messages. */
import { isTerminal } from "./prosa-client.js";

const STORAGE_KEY = "prosa.outbox";
const KEY_LIFETIME_MILLIS = 23 * 3_600_000; // the server keeps an Idempotency-Key for 24 h

/** A random UUID. `crypto.randomUUID` exists in secure contexts only, so not on plain http. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // version 4, variant 1: RFC 9562, section 5.4
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Begins a trace: a `traceparent` of W3C Trace Context, whose ids must not be all zeros. */
export function newTraceparent() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  bytes[0] ||= 1;
  bytes[16] ||= 1;
  return hexOf(bytes).replace(/^(.{32})(.{16})$/, "00-$1-$2-01");
}

const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Messages the server has not confirmed: {key, traceparent, content, conversationId?, thread,
 * createdAt, error?}. They outlive a reload of this tab, and are then sent again under the same key.
 */
export class Outbox {
  #entries;

  constructor(storage = sessionStorage) {
    this.storage = storage;
    this.#entries = this.#load();
  }

  all() {
    return [...this.#entries];
  }

  of(thread) {
    return this.#entries.filter((entry) => entry.thread === thread);
  }

  put(entry) {
    this.remove(entry.key);
    this.#entries.push(entry);
    this.#store();
  }

  remove(key) {
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    this.#store();
  }

  #load() {
    try {
      const youngest = Date.now() - KEY_LIFETIME_MILLIS;
      const entries = JSON.parse(this.storage.getItem(STORAGE_KEY)) ?? [];
      return entries.filter((entry) => entry.createdAt > youngest);
    } catch {
      return []; // storage is forbidden or holds something else: start without
    }
  }

  #store() {
    try {
      this.storage.setItem(STORAGE_KEY, JSON.stringify(this.#entries));
    } catch {
      // Full or forbidden: the message is still sent, it only would not survive a reload.
    }
  }
}

/** Pairs of question and answer from a page of messages, in its order. */
export function turnsOf(messages) {
  const turns = new Map();
  for (const message of messages) {
    const turn = turns.get(message.jobId) ?? { jobId: message.jobId };
    turns.set(message.jobId, turn);
    if (message.role === "user") turn.prompt = message.content;
    else turn.view = viewOf(message);
  }
  return [...turns.values()];
}

/** An open reply starts from nothing: what is written of it so far comes by `resume`. */
function viewOf({ state, attempt = 0, content, ...facts }) {
  const { finishReason, model, provider, usage, error } = facts;
  if (!isTerminal({ state })) return { attempt: 0, text: "", state };
  return { state, attempt, text: content ?? "", finishReason, model, provider, usage, error };
}

/** Puts the turns of a newer page among those already shown; the page's order is the server's. */
export function mergeTurns(shown, page) {
  const merged = [...shown];
  const positionOf = (jobId) => merged.findIndex((turn) => turn.jobId === jobId);
  let previous = null;
  for (const turn of page) {
    if (positionOf(turn.jobId) < 0) {
      const next = page.slice(page.indexOf(turn) + 1).find(({ jobId }) => positionOf(jobId) >= 0);
      const at = previous ? positionOf(previous) + 1 : next ? positionOf(next.jobId) : merged.length;
      merged.splice(at, 0, turn);
    }
    previous = turn.jobId;
  }
  return merged;
}
