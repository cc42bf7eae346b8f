/** One WebSocket that is always being brought back: ticket, backoff with jitter, heartbeat. */

const FIRST_WAIT_MILLIS = 500;
const WAIT_CAP_MILLIS = 15_000;
const STABLE_MILLIS = 10_000; // a connection that lived shorter does not forget earlier failures
const HANDSHAKE_MILLIS = 10_000;
const PONG_MILLIS = 5_000;
const OFFLINE_FAILURES = 3; // in a row, before a page should stop saying "reconnecting"
const BAD_TICKET = 4500; // expired on its way, or Redis has lost it: the next one may do
const BAD_TICKETS = 3; // in a row, before it is not the ticket
const NOT_ALLOWED = 4503;
const CROWDED_OUT = 4529; // the user opened more tabs than may be connected; this was the oldest

export class Connection {
  #options;
  #state = "offline";
  #socket = null;
  #timer = null; // exactly one of: next attempt, handshake limit, next ping, pong limit
  #epoch = 0; // answers to an earlier attempt carry an older number and are dropped
  #failures = 0;
  #badTickets = 0;
  #readyAt = null;
  #closingMillis = null;
  #heartbeatMillis = 30_000;
  #waiting = false; // for the next attempt, or to be looked at again

  /**
   * @param {object} options
   * @param {() => Promise<{url: string, ticket: string}>} options.ticket a new one per attempt
   * @param {(state: string, connectionId?: string) => void} options.onState
   * @param {(event: object) => void} options.onEvent every frame the connection does not consume
   */
  constructor(options) {
    this.#options = options;
  }

  get state() {
    return this.#state;
  }

  /** Names the socket that delivers now, or null: events were missed if it is not the same. */
  get session() {
    return this.#state === "connected" ? this.#epoch : null;
  }

  async open() {
    const epoch = this.#drop();
    const stale = () => epoch !== this.#epoch;
    this.#become(this.#failures >= OFFLINE_FAILURES ? "offline" : "connecting");
    try {
      const { url, ticket } = await this.#options.ticket();
      if (stale()) return;
      const socket = new this.#options.WebSocket(url, ["prosa.v1", `ticket.${ticket}`]);
      this.#socket = socket;
      this.#after(HANDSHAKE_MILLIS, () => this.#lost());
      socket.onmessage = ({ data }) => stale() || this.#receive(data);
      socket.onclose = ({ code }) => stale() || this.#lost(code);
    } catch (error) {
      if (!stale()) this.#lost([401, 403].includes(error.status) ? NOT_ALLOWED : undefined);
    }
  }

  close() {
    this.#drop();
    this.#become("offline");
  }

  /**
   * The network came back, or somebody looks: try now, or prove that the socket still lives. A tab
   * that gave way to others takes its place again: now it is the one that is looked at.
   */
  wake() {
    if (this.#state === "connected") this.#ping();
    else if (this.#waiting) this.open();
  }

  send(frame) {
    if (this.#state === "connected") this.#socket.send(JSON.stringify(frame));
  }

  #receive(data) {
    const event = parse(data);
    if (this.#readyAt !== null) this.#listen();
    switch (event?.type) {
      case undefined:
        return;
      case "connection.ready":
        return this.#ready(event);
      case "connection.closing":
        this.#closingMillis = event.reconnectAfterMillis ?? null;
        return;
      case "auth.expiring":
        return this.#prove();
      case "auth.refreshed":
        return;
      default:
        this.#options.onEvent(event);
    }
  }

  #ready({ connectionId, heartbeatSeconds }) {
    this.#readyAt = this.#options.clock.now();
    this.#badTickets = 0;
    if (heartbeatSeconds > 0) this.#heartbeatMillis = heartbeatSeconds * 1000;
    this.#listen();
    this.#become("connected", connectionId);
  }

  /** Keeps the socket beyond the end of the token it was opened with, if there is a newer one. */
  async #prove() {
    const epoch = this.#epoch;
    try {
      const { ticket } = await this.#options.ticket();
      if (epoch === this.#epoch) this.send({ type: "auth.refresh", ticket });
    } catch {
      // the server closes the socket then, and it is opened again as far as that is allowed
    }
  }

  #listen() {
    this.#after(this.#heartbeatMillis, () => this.#ping());
  }

  #ping() {
    this.send({ type: "ping" });
    this.#after(PONG_MILLIS, () => this.#lost());
  }

  #lost(code = 1006) {
    this.#drop();
    const refused = this.#isRefused(code);
    this.#waiting = code === CROWDED_OUT;
    this.#failures = this.#wasStable() ? 1 : this.#failures + 1;
    this.#readyAt = null;
    if (!refused) this.#retryLater();
    this.#become(refused || this.#failures >= OFFLINE_FAILURES ? "offline" : "connecting");
  }

  #isRefused(code) {
    if (code === BAD_TICKET) return ++this.#badTickets >= BAD_TICKETS;
    return code > 4500 && code <= 4999;
  }

  #wasStable() {
    return this.#readyAt !== null && this.#options.clock.now() - this.#readyAt >= STABLE_MILLIS;
  }

  /** Full jitter, unless the server has spread its clients over time itself. */
  #retryLater() {
    const bound = Math.min(WAIT_CAP_MILLIS, FIRST_WAIT_MILLIS * 2 ** this.#failures);
    const millis = this.#closingMillis ?? this.#options.random() * bound;
    this.#closingMillis = null;
    this.#after(millis, () => this.open());
    this.#waiting = true;
  }

  /** Forgets the socket without waiting for its close event: a dead one can take minutes. */
  #drop() {
    this.#options.clock.clearTimeout(this.#timer);
    this.#waiting = false;
    this.#socket?.close();
    this.#socket = null;
    return ++this.#epoch;
  }

  #after(millis, task) {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = this.#options.clock.setTimeout(task, millis);
  }

  #become(state, connectionId) {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state, connectionId);
  }
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null; // not ours: unknown frames are ignored
  }
}
