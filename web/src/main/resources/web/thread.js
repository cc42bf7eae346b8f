/**
 * The conversation on screen. A turn is {jobId?, key?, prompt, view?, error?, stopping?}: it has a
 * key while it waits for its 202, a jobId and a view after it.
 */
import { TurnView } from "./message.js";
import { emptyView, isReopenedBy, isTerminal } from "./prosa-client.js";
import { mergeTurns, turnsOf } from "./state.js";

const PAGE_MESSAGES = 40;
const REFRESH_MILLIS = 250;

const isOpen = (turn) => Boolean(turn.view) && !isTerminal(turn.view);
const isSending = (turn) => !turn.jobId && !turn.error;

export class Thread {
  #page;
  #turns = [];
  #views = new Map();
  #cursor = null;
  #loading = false;
  #refreshing = null;
  #visit = 0; // answers for a conversation that was left are dropped

  /**
   * @param {object} page {client, outbox, list, scroll, onChange(), onRetry(turn),
   *     onEdit(turn), onError(error)}
   */
  constructor(page) {
    this.#page = page;
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

  /** Loads older turns while the reader is near the top and there are any. */
  async fill() {
    if (!this.#cursor || this.#loading || !this.#page.scroll.nearTop) return;
    const page = await this.#load({ limit: PAGE_MESSAGES, cursor: this.#cursor });
    if (!page) return;
    this.#cursor = page.nextCursor ?? null;
    const older = turnsOf(page.messages).filter(({ jobId }) => !this.#turn(jobId));
    this.#page.scroll.keeping(() => {
      this.#turns = [...older, ...this.#turns];
      this.#follow(older);
      this.#sync();
    });
    this.fill();
  }

  /** A message on its way: shown at once, before the server has said anything. */
  add(entry) {
    const known = this.#turns.find(({ key }) => key === entry.key);
    if (known) delete known.error;
    else this.#turns.push(turnOfEntry(entry));
    this.#sync();
    this.#page.scroll.stick();
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
      this.#views.get(turn).update();
      this.#page.client.cancel(turn.jobId).catch((error) => {
        turn.stopping = false;
        this.#views.get(turn)?.update();
        this.#page.onError(error);
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
    turn.view = view;
    this.#views.get(turn)?.update();
    if (over || isTerminal(view)) this.#page.onChange();
  }

  async #load(range) {
    const visit = this.#visit;
    this.#loading = true;
    try {
      const page = await this.#page.client.messages(this.conversationId, range);
      return visit === this.#visit ? page : null;
    } catch (error) {
      if (visit === this.#visit) this.#page.onError(error);
      return null;
    } finally {
      if (visit === this.#visit) this.#loading = false;
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
  }

  /** Makes the list show exactly these turns, moving only nodes that are in the wrong place. */
  #sync() {
    for (const [turn, view] of this.#views) {
      if (this.#turns.includes(turn)) continue;
      view.remove();
      this.#views.delete(turn);
    }
    let next = this.#page.list.firstChild;
    for (const node of this.#turns.flatMap((turn) => this.#shown(turn).nodes)) {
      if (node === next) next = next.nextSibling;
      else this.#page.list.insertBefore(node, next);
    }
    this.#page.onChange();
  }

  #shown(turn) {
    if (this.#views.has(turn)) {
      this.#views.get(turn).update();
    } else {
      const onRetry = () => this.#page.onRetry(turn);
      const onEdit = () => this.#page.onEdit(turn);
      const onGrow = () => this.#page.scroll.follow();
      const view = new TurnView(turn, { onRetry, onEdit, onGrow });
      this.#views.set(turn, view);
      view.render();
    }
    return this.#views.get(turn);
  }
}

function turnOfEntry({ key, content, error }) {
  return { key, prompt: content, ...(error && { error }) };
}
