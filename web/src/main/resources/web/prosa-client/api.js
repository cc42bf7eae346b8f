/** What is read and changed by one HTTP request each. */

const pathOf = (conversationId) => `/v1/conversations/${encodeURIComponent(conversationId)}`;

export class Api {
  #http;

  constructor(http) {
    this.#http = http;
  }

  /** @param {{cursor?: string, limit?: number}} [page] newest first; limit: 1 to 100 */
  conversations(page) {
    return this.#http.get("/v1/conversations", page);
  }

  /** One conversation: its title and times, and what it cost. */
  conversation(conversationId) {
    return this.#http.get(pathOf(conversationId));
  }

  /** @param {{cursor?: string, limit?: number}} [page] the newest ones, in order */
  messages(conversationId, page) {
    return this.#http.get(`${pathOf(conversationId)}/messages`, page);
  }

  /** @param {string} title 1 to 120 characters */
  rename(conversationId, title) {
    return this.#http.patch(pathOf(conversationId), { title });
  }

  /**
   * Erases a conversation. One that is gone already counts as erased.
   *
   * @param {{leaving?: boolean}} [how] leaving: the request outlives the page, and nobody waits
   */
  async erase(conversationId, { leaving = false } = {}) {
    const path = pathOf(conversationId);
    try {
      await (leaving ? this.#http.deleteLeaving(path) : this.#http.deleteRepeatedly(path));
    } catch (error) {
      if (error.status !== 404) throw error;
    }
  }

  /** A job with its calls to models, their tokens, cost and times. */
  job(jobId) {
    return this.#http.get(`/v1/jobs/${encodeURIComponent(jobId)}`);
  }

  health() {
    return this.#http.get("/v1/health");
  }
}
