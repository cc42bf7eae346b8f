/** Requests to Prosa's HTTP API: one error type, a time limit, and repetition where it is safe. */

const TRIES = 6; // with the waits between them about 15 s, longer than a gateway's restart
const TRYING_MILLIS = 20_000; // no try begins later, however slowly the earlier ones failed
const FIRST_WAIT_MILLIS = 500;
/** Who has to wait for longer is told so, instead of being kept waiting. */
const LONGEST_RETRY_AFTER_MILLIS = 5_000;

/**
 * A refused or impossible request: HTTP status (0: no answer), stable code, text for a person.
 * `retryable`: the same request may be served later; `retryAfterMillis`: not before, where the
 * server says so.
 */
export class ProsaError extends Error {
  constructor(status, problem = {}, retryAfterSeconds = NaN) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    Object.assign(this, { name: "ProsaError", status, code: problem.code, field: problem.field });
    this.retryAfterMillis = retryAfterSeconds > 0 ? retryAfterSeconds * 1000 : null;
    this.retryable = status === 0 || status === 408 || status === 429 || status >= 500;
  }
}

/** What a browser has for what tests play: network, time and chance. */
export const BROWSER = {
  baseUrl: "",
  headers: () => ({}),
  fetch: (...request) => globalThis.fetch(...request),
  clock: {
    now: () => Date.now(),
    setTimeout: (task, millis) => setTimeout(task, millis),
    clearTimeout: (timer) => clearTimeout(timer),
  },
  random: Math.random,
};

export class Http {
  #options;

  /**
   * @param {object} options those of BROWSER that are to be others, and
   * @param {() => void} options.onUnauthorized the server does not believe the headers
   * @param {number} [options.limitMillis] how long one request may take
   */
  constructor(options) {
    this.#options = { ...BROWSER, limitMillis: 20_000, ...options };
  }

  get(path, page = {}) {
    const given = Object.entries(page).filter(([, value]) => value != null);
    const query = given.length ? `?${new URLSearchParams(given)}` : "";
    return this.#request("GET", path + query);
  }

  post(path, body, headers) {
    return this.#request("POST", path, body, headers);
  }

  patch(path, body) {
    return this.#request("PATCH", path, body);
  }

  delete(path) {
    return this.#request("DELETE", path);
  }

  /** A request that goes on when the page is left (Fetch Standard, `keepalive`). */
  deleteLeaving(path) {
    return this.#request("DELETE", path, undefined, {}, { keepalive: true });
  }

  deleteRepeatedly(path) {
    return this.#repeatedly(() => this.delete(path));
  }

  /** For requests that may be repeated: the answer, or the error of the last try. */
  postRepeatedly(path, body, headers) {
    return this.#repeatedly(() => this.post(path, body, headers));
  }

  async #repeatedly(request) {
    const { clock } = this.#options;
    const lastAt = clock.now() + TRYING_MILLIS;
    for (let tries = 1; ; tries++) {
      try {
        return await request();
      } catch (error) {
        if (!error.retryable || tries >= TRIES) throw error;
        if (error.retryAfterMillis > LONGEST_RETRY_AFTER_MILLIS) throw error;
        const millis = error.retryAfterMillis ?? this.#backoff(tries);
        if (clock.now() + millis > lastAt) throw error;
        await this.#sleep(millis);
      }
    }
  }

  async #request(method, path, body, headers, more = {}) {
    const { baseUrl, fetch, clock, limitMillis } = this.#options;
    const abort = new AbortController();
    const timer = clock.setTimeout(() => abort.abort(), limitMillis);
    try {
      const request = { method, signal: abort.signal, ...this.#content(body, headers), ...more };
      return await answerOf(await fetch(baseUrl + path, request));
    } catch (error) {
      if (error.status === 401) this.#options.onUnauthorized();
      if (error instanceof ProsaError) throw error;
      throw new ProsaError(0, { code: "unreachable", detail: "The server cannot be reached." });
    } finally {
      clock.clearTimeout(timer);
    }
  }

  #content(body, extra) {
    const headers = { accept: "application/json", ...this.#options.headers(), ...extra };
    if (body === undefined) return { headers };
    headers["content-type"] = "application/json";
    return { headers, body: JSON.stringify(body) };
  }

  /** Half of the wait is certain, so that six tries cannot all fall into one second. */
  #backoff(tries) {
    const bound = FIRST_WAIT_MILLIS * 2 ** (tries - 1);
    return bound * (0.5 + 0.5 * this.#options.random());
  }

  #sleep(millis) {
    return new Promise((wake) => this.#options.clock.setTimeout(wake, millis));
  }
}

async function answerOf(response) {
  if (response.status === 204) return null;
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new ProsaError(response.status, problem, Number(response.headers.get("retry-after")));
}
