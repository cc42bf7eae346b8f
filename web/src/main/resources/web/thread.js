/**
 * The conversation on screen. A turn is {jobId?, key?, prompt, view?, error?, stopping?}: it has a
 * key while it waits for its 202, a jobId and a view after it.
 */
import { TurnView } from "./message.js";
import { emptyView, isReopenedBy, isTerminal } from "./prosa-client.js";
import { mergeTurns, turnsOf } from "./state.js";
import { ThreadWindow } from "./thread-window.js";
import { waitOf } from "./waiting.js";

const PAGE_MESSAGES = 40;
const REFRESH_MILLIS = 250;
const TICK_MILLIS = 1_000; // waiting replies say for how long
const LAST_OPEN = 50; // open turns are the last ones of a conversation

const isOpen = (turn) => Boolean(turn.view) && !isTerminal(turn.view);
const isSending = (turn) => !turn.jobId && !turn.error;

export class Thread {
  #page;
  #turns = [];
  #window;
  #cursor = null;
  #cutOff = false;
  #loading = false;
  #refreshing = null;
  #visit = 0; // answers for a conversation that was left are dropped

  /**
   * @param {object} page {client, outbox, list, scroll, onChange(), onRetry(turn), onEdit(turn),
   *     onRegenerate(turn), onLoading(loading), onError(error, text)}
   *     text: the key of what to say
   */
  constructor(page) {
    this.#page = page;
    this.#window = new ThreadWindow(page.list, (turn) => this.#viewOf(turn));
    setInterval(() => this.#tick(), TICK_MILLIS);
  }

  /** Whether the newest message is on the page. */
  get isAtEnd() {
    return this.#window.isAtEnd;
  }

  get hasOpenReply() {
    return this.#turns.some(isOpen);
  }

  /** Nothing may overtake what is on its way, or what is to open this conversation at all. */
  get isBusy() {
    return this.#turns.some((turn) => isSending(turn) || (!turn.jobId && !this.conversationId));
  }

  get isEmpty() {
    return this.#turns.length === 0 && !this.#loading;
  }

  /** @param {string} key names the thread in the outbox, also before it has a conversation */
  async open(conversationId, key) {
    this.#visit++;
    this.conversationId = conversationId;
    this.key = key;
    this.#cursor = null;
    this.#loading = false;
    this.#turns = this.#page.outbox.of(key).map(turnOfEntry);
    this.#window.clear();
    this.#sync();
    this.#page.scroll.stick();
    if (conversationId) await this.refresh();
  }

  /** Reads the newest page: after opening, after a reconnect, and for a turn of unknown origin. */
  async refresh() {
    if (!this.conversationId) return;
    const page = await this.#load({ limit: PAGE_MESSAGES });
    if (!page) return;
    const fresh = turnsOf(page.messages);
    const known = fresh.some(({ jobId }) => this.#turn(jobId));
    if (!known) {
      // Nothing shown touches this page, so what lies between them is missing: start over.
      this.#turns = this.#turns.filter((turn) => !turn.jobId);
      this.#cursor = page.nextCursor ?? null;
    }
    this.#place(fresh);
    this.#page.scroll.follow();
    this.fill();
  }

  /** Shows older turns while the reader is near the top and there are any. */
  async fill() {
    if (this.#loading || !this.#page.scroll.nearTop) return;
    let more = false;
    this.#page.scroll.keeping(() => (more = this.#window.older()));
    if (more) return;
    if (!this.#cursor) return;
    const page = await this.#load({ limit: PAGE_MESSAGES, cursor: this.#cursor });
    if (!page) return;
    this.#cursor = page.nextCursor ?? null;
    const known = new Set(this.#turns.map(({ jobId }) => jobId));
    const older = turnsOf(page.messages).filter(({ jobId }) => !known.has(jobId));
    this.#page.scroll.keeping(() => {
      this.#turns = [...older, ...this.#turns];
      this.#follow(older);
      this.#sync();
      this.#window.older();
    });
    this.fill();
  }

  /** Shows newer turns again after the reader has been far up. */
  fillDown() {
    this.#page.scroll.keeping(() => this.#window.newer());
  }

  toLatest() {
    this.#window.toEnd();
    this.#page.scroll.stick();
  }

  /** Says everything again, in another language. */
  redraw() {
    this.#page.scroll.keeping(() => this.#window.redraw());
    this.#page.scroll.follow();
  }

  /** @param {boolean} cutOff no news can come now */
  set cutOff(cutOff) {
    if (cutOff === this.#cutOff) return;
    this.#cutOff = cutOff;
    this.#updateOpen();
  }

  /** A message on its way: shown at once, before the server has said anything. */
  add(entry) {
    const known = this.#turns.find(({ key }) => key === entry.key);
    if (known) delete known.error;
    else this.#turns.push(turnOfEntry(entry));
    this.#sync();
    if (!known) this.toLatest(); // one that is tried again may be far from where somebody reads
  }

  accepted({ key }, { jobId, conversationId }) {
    const turn = this.#turns.find((candidate) => candidate.key === key);
    if (!turn) return;
    this.conversationId ??= conversationId;
    this.#turns = this.#turns.filter((other) => other === turn || other.jobId !== jobId);
    Object.assign(turn, { jobId, view: this.#page.client.view(jobId) ?? emptyView() });
    this.#place([]);
  }

  unsent({ key, error }) {
    const turn = this.#turns.find((candidate) => candidate.key === key);
    if (turn) turn.error = error;
    this.#sync();
  }

  remove(key) {
    this.#turns = this.#turns.filter((turn) => turn.jobId || turn.key !== key);
    this.#sync();
  }

  onReply({ jobId, conversationId, view }) {
    if (conversationId !== this.conversationId || !conversationId) return;
    const turn = this.#turn(jobId);
    if (turn) this.#change(turn, view);
    else if (this.#turns.some(isSending)) return; // very likely this one; its 202 will tell
    else if (view.prompt !== undefined && !isTerminal(view)) {
      this.#place([{ jobId, prompt: view.prompt, view }]);
      this.#page.scroll.follow();
    } else this.#refreshSoon();
  }

  stop() {
    for (const turn of this.#turns.filter(isOpen)) {
      turn.stopping = true;
      this.#window.view(turn)?.update();
      this.#page.client.cancel(turn.jobId).catch((error) => {
        turn.stopping = false;
        this.#window.view(turn)?.update();
        this.#page.onError(error, "message.notStopped");
      });
    }
  }

  #turn(jobId) {
    return this.#turns.find((turn) => turn.jobId === jobId);
  }

  #change(turn, view) {
    const over = turn.view && isTerminal(turn.view);
    if (over && !isReopenedBy(turn.view, view)) return;
    if (over) turn.stopping = false;
    if (view.attempt > turn.view?.attempt) turn.wasModel = turn.view.model;
    turn.view = view;
    this.#window.view(turn)?.update();
    if (!over && !isTerminal(view)) return;
    this.#updateOpen(); // those behind it have moved up
    this.#page.onChange();
  }

  async #load(range) {
    const visit = this.#visit;
    this.#loading = true;
    this.#page.onLoading(true);
    try {
      const page = await this.#page.client.messages(this.conversationId, range);
      return visit === this.#visit ? page : null;
    } catch (error) {
      if (visit === this.#visit) this.#page.onError(error, "message.notLoaded");
      return null;
    } finally {
      if (visit === this.#visit) this.#loading = false;
      if (visit === this.#visit) this.#page.onLoading(false);
    }
  }

  #refreshSoon() {
    clearTimeout(this.#refreshing);
    this.#refreshing = setTimeout(() => this.refresh(), REFRESH_MILLIS);
  }

  /** Turns the server knows come before those it has not confirmed. */
  #place(fresh) {
    for (const { jobId, view } of fresh) {
      const shown = this.#turn(jobId);
      if (shown && view && isTerminal(view)) this.#change(shown, view);
      // a failed reply that the server calls open was redriven; what became of it comes by `resume`
      else if (shown?.view?.state === "FAILED") this.#page.client.track(jobId, this.conversationId);
    }
    const confirmed = this.#turns.filter((turn) => turn.jobId);
    const unconfirmed = this.#turns.filter((turn) => !turn.jobId);
    this.#turns = [...mergeTurns(confirmed, fresh), ...unconfirmed];
    this.#follow(fresh);
    this.#sync();
  }

  /**
   * Open replies are watched, and failed ones, which may be redriven; the client may already know
   * more than the page that named them.
   */
  #follow(turns) {
    for (const turn of turns) {
      turn.view ??= emptyView();
      if (isOpen(turn) || turn.view.state === "FAILED")
        turn.view = this.#page.client.track(turn.jobId, this.conversationId, turn.view);
    }
    this.#explain(turns.filter(isOpen));
  }

  #sync() {
    this.#page.scroll.keeping(() => this.#window.show(this.#turns));
    this.#page.onChange();
  }

  #viewOf(turn) {
    const { onRetry, onEdit, onRegenerate, client, scroll } = this.#page;
    return new TurnView(turn, {
      onRetry,
      onEdit,
      onRegenerate,
      onGrow: () => scroll.follow(),
      loadDetails: ({ jobId }) => client.job(jobId),
      around: () => ({ now: Date.now(), ahead: this.#ahead(turn), cutOff: this.#cutOff }),
    });
  }

  /** How many replies of this conversation come before this one. */
  #ahead(turn) {
    if (turn.view?.state !== "ACCEPTED") return 0;
    return this.#turns.slice(0, this.#turns.indexOf(turn)).filter(isOpen).length;
  }

  #tick() {
    if (this.#window.views.some(({ phase }) => phase === "waiting")) this.#updateOpen();
  }

  #updateOpen() {
    for (const turn of this.#turns.slice(-LAST_OPEN).filter(isOpen)) this.#window.view(turn)?.update();
  }

  /** A reply that waits says why only once; a page that opened later asks. */
  async #explain(turns) {
    const isQuiet = ({ view }) => view?.state === "ACCEPTED" && !view.waiting;
    if (!turns.some(isQuiet)) return;
    const waiting = waitOf(await this.#page.client.health().catch(() => null));
    if (!waiting) return;
    for (const turn of turns.map(({ jobId }) => this.#turn(jobId)).filter(Boolean)) {
      if (!isQuiet(turn)) continue;
      turn.view = { ...turn.view, waiting };
      this.#window.view(turn)?.update();
    }
  }
}

function turnOfEntry({ key, content, error }) {
  return { key, prompt: content, ...(error && { error }) };
}
