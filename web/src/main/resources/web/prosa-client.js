/**
 * A client of Prosa's HTTP API and of its WebSocket protocol `prosa.v1`, without dependencies.
 *
 *   const client = new ProsaClient();
 *   client.on("reply", ({ jobId, view }) => show(jobId, view.text, view.state));
 *   client.on("connection", ({ state }) => badge(state));
 *   client.start();
 *   await client.send({ content: "Hello", idempotencyKey: crypto.randomUUID() });
 *
 * It touches no DOM: a page calls `wake()` when the network or its visibility changes.
 */
import { Api } from "./prosa-client/api.js";
import { Connection } from "./prosa-client/connection.js";
import { BROWSER, Http } from "./prosa-client/http.js";
import { emptyView, eventOfJob, isReopenedBy, isTerminal, reduceReply } from "./prosa-client/reply-view.js";

export { emptyView, eventOfJob, isReopenedBy, isTerminal, reduceReply };
export { ProsaError } from "./prosa-client/http.js";

const RESUME_MILLIS = 2_000; // one resume in flight per job: a gap is noticed at every delta
const POLL_MILLIS = 30_000;
const POLL_ALONE_MILLIS = 2_000; // while no socket brings the events
const FAILED_MILLIS = 60_000; // between two looks whether a failed reply was redriven
const TICK_MILLIS = 500;
const KEPT_JOBS = 500;
const RESUMED_JOBS = 50; // the server takes no more in one message
const REPLY_EVENTS = new Set([
  "job.waiting",
  "reply.started",
  "reply.delta",
  "reply.completed",
  "job.failed",
  "job.cancelled",
]);

/**
 * Follows replies until they are final, whatever happens to the socket.
 *
 * Listeners get `connection` {state: connecting|connected|offline, connectionId?},
 * `reply` {jobId, conversationId, view, event}, `error` {code, message} and `unauthorized` {} when the
 * server does not believe the headers of a request.
 */
export class ProsaClient extends Api {
  #http;
  #connection;
  #clock;
  #ticking = null;
  #listeners = new Map();
  #jobs = new Map();

  /**
   * Every option may be left out; those of time and network exist so that tests can play them.
   *
   * @param {object} [options]
   * @param {string} [options.baseUrl] where the API is; empty: this origin
   * @param {() => object} [options.headers] added to every request, such as Authorization
   * @param {typeof fetch} [options.fetch]
   * @param {typeof WebSocket} [options.WebSocket]
   * @param {{now, setTimeout, clearTimeout}} [options.clock] milliseconds
   * @param {() => number} [options.random] 0 to 1, for jitter
   */
  constructor(options = {}) {
    const settings = { ...BROWSER, WebSocket: globalThis.WebSocket, ...options };
    const onUnauthorized = () => this.#emit("unauthorized", {});
    const http = new Http({ ...settings, onUnauthorized });
    super(http);
    this.#http = http;
    this.#clock = settings.clock;
    this.#connection = new Connection({
      ...settings,
      ticket: () => this.#http.post("/v1/tickets", {}),
      onState: (state, connectionId) => this.#onState(state, connectionId),
      onEvent: (event) => this.#onEvent(event),
    });
  }

  /** @returns {() => void} takes the listener off again */
  on(type, listener) {
    if (!this.#listeners.has(type)) this.#listeners.set(type, new Set());
    this.#listeners.get(type).add(listener);
    return () => this.#listeners.get(type).delete(listener);
  }

  get connectionState() {
    return this.#connection.state;
  }

  start() {
    this.#ticking = this.#clock.setTimeout(() => this.#tick(), TICK_MILLIS);
    this.#connection.open();
  }

  stop() {
    this.#clock.clearTimeout(this.#ticking);
    this.#ticking = null;
    this.#connection.close();
  }

  /** To be called when the network comes or goes and when the page is looked at again. */
  wake() {
    if (this.#ticking !== null) this.#connection.wake();
  }

  /**
   * Sends one message; repeats it with the same key while the server cannot be reached.
   *
   * @param {object} message
   * @param {string} [message.model] one of those that are configured; left out: the first one
   * @param {string} [message.traceparent] the W3C trace it belongs to; left out: the server begins one
   * @returns the body of the 202
   * @throws {ProsaError} when the server refuses, names a time more than 5 s away, or does not answer
   *     six tries (about 15 s)
   */
  async send({ content, conversationId, model, idempotencyKey, traceparent }) {
    const heardFrom = this.#connection.session;
    // No connectionId: a repeated body has to be the same, and a reconnect would change it.
    const body = { content, conversationId, model };
    const headers = { "idempotency-key": idempotencyKey, ...(traceparent && { traceparent }) };
    const accepted = await this.#http.postRepeatedly("/v1/messages", body, headers);
    const job = this.#job(accepted.jobId, accepted.conversationId);
    job.impatient = accepted.delivery === "poll";
    if (accepted.retryAt) this.#apply(noProvider(accepted));
    if (heardFrom !== this.#connection.session) this.#resume([job]); // events may have passed
    job.unheard = job.view.attempt === 0; // it may be a repetition, and over for long
    return accepted;
  }

  /** Asks for the end of a reply; what comes of it arrives as an event like any other. */
  async cancel(jobId) {
    const path = `/v1/jobs/${encodeURIComponent(jobId)}/cancel`;
    const body = await this.#http.postRepeatedly(path);
    if (this.#jobs.has(jobId)) this.#jobs.get(jobId).impatient = true;
    this.#applyJob(body);
  }

  /**
   * Follows a reply this page did not send, such as one found after a reload.
   *
   * @param {object} [view] what is known of it; a failed one is looked at now and then
   */
  track(jobId, conversationId, view = emptyView()) {
    const known = this.#jobs.get(jobId);
    if (known?.view.state === "FAILED") this.#resume([known]); // or redriven, and not heard of it
    if (known) return known.view;
    const job = this.#job(jobId, conversationId);
    job.view = view;
    if (!isTerminal(view)) this.#resume([job]);
    return job.view;
  }

  /** The view of a reply, or undefined when nothing is known of it. */
  view(jobId) {
    return this.#jobs.get(jobId)?.view;
  }

  /** Ends every socket of this user, those of other tabs and devices, too. */
  async logOut() {
    await this.#http.postRepeatedly("/v1/logout");
    this.stop();
  }

  #onState(state, connectionId) {
    if (state === "connected") this.#resumeAll();
    this.#emit("connection", { state, connectionId });
  }

  #onEvent(event) {
    if (event.type === "error") this.#emit("error", event);
    if (!REPLY_EVENTS.has(event.type) || typeof event.jobId !== "string") return;
    this.#job(event.jobId, event.conversationId).impatient = false; // the socket does bring it
    this.#apply(event);
  }

  #job(jobId, conversationId) {
    if (!this.#jobs.has(jobId)) {
      const heardAt = this.#clock.now();
      this.#jobs.set(jobId, { jobId, conversationId, view: emptyView(), heardAt });
      this.#forgetOld();
    }
    return this.#jobs.get(jobId);
  }

  /** Final views are kept for a while, so that a late delta does not look like a new reply. */
  #forgetOld() {
    for (const [jobId, job] of this.#jobs) {
      if (this.#jobs.size <= KEPT_JOBS) return;
      if (isTerminal(job.view)) this.#jobs.delete(jobId);
    }
  }

  #apply(event) {
    const job = this.#job(event.jobId, event.conversationId);
    const { view, needsResume } = reduceReply(job.view, event);
    const changed = view !== job.view;
    job.view = view;
    job.unheard = false;
    job.heardAt = this.#clock.now();
    // Only progress answers a resume: more deltas behind the same gap do not.
    if (changed) job.resumedAt = null;
    job.gap = needsResume || (job.gap && !changed);
    if (needsResume) this.#resume([job]);
    if (changed) this.#emit("reply", { ...identity(job), view, event });
  }

  #applyJob(body) {
    const event = eventOfJob(body);
    if (event) this.#apply(event);
  }

  #resumeAll() {
    const jobs = [...this.#openJobs(), ...this.#failedJobs()].slice(0, RESUMED_JOBS);
    for (const job of jobs) job.resumedAt = null;
    this.#resume(jobs);
  }

  /** Newest first. They may have been redriven, and the news of it may have been lost. */
  #failedJobs() {
    const failed = [...this.#jobs.values()].filter(
      ({ view }) => view.state === "FAILED" && view.error?.code !== GONE.code,
    );
    return failed.reverse().slice(0, RESUMED_JOBS);
  }

  #resume(jobs) {
    const now = this.#clock.now();
    const due = jobs.filter(({ resumedAt }) => now - (resumedAt ?? -Infinity) >= RESUME_MILLIS);
    if (due.length === 0 || this.connectionState !== "connected") return;
    for (const job of due) Object.assign(job, { resumedAt: now, unheard: false });
    const have = ({ jobId, view }) => ({ jobId, attempt: view.attempt, length: view.text.length });
    this.#connection.send({ type: "resume", jobs: due.map(have) });
  }

  #openJobs() {
    return [...this.#jobs.values()].filter((job) => !isTerminal(job.view));
  }

  #tick() {
    this.#ticking = this.#clock.setTimeout(() => this.#tick(), TICK_MILLIS);
    for (const job of this.#openJobs()) {
      const quietMillis = this.#clock.now() - job.heardAt;
      if (job.gap || (job.unheard && quietMillis >= RESUME_MILLIS)) this.#resume([job]);
      if (quietMillis >= this.#patience(job)) this.#poll(job);
    }
    const now = this.#clock.now();
    this.#resume(this.#failedJobs().filter(({ heardAt }) => now - heardAt >= FAILED_MILLIS));
  }

  #patience(job) {
    const alone = this.connectionState !== "connected" || job.impatient;
    return alone ? POLL_ALONE_MILLIS : POLL_MILLIS;
  }

  async #poll(job) {
    if (job.polling) return;
    job.polling = true;
    try {
      this.#applyJob(await this.#http.get(`/v1/jobs/${encodeURIComponent(job.jobId)}`));
    } catch (error) {
      if (error.status === 404) this.#apply({ ...identity(job), ...GONE });
    } finally {
      job.polling = false;
      job.heardAt = this.#clock.now();
    }
  }

  #emit(type, event) {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}

const GONE = {
  type: "job.failed",
  code: "job_not_found",
  message: "The server does not know this reply any more.",
  retryable: false,
};

/** A 202 may say that no provider takes calls now, and until when. */
const noProvider = ({ jobId, conversationId, retryAt }) => ({
  type: "job.waiting",
  jobId,
  conversationId,
  attempt: 0,
  reason: "providers_down",
  retryAt,
});

const identity = ({ jobId, conversationId }) => ({ jobId, conversationId });
