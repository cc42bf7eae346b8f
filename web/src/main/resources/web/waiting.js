/** Why accepted messages are not being answered, read off `GET /v1/health`. */

/**
 * @param {object} [health] null when it could not be read
 * @returns {object | null} {reason, retryAt} as `job.waiting` has them; null while somebody answers
 */
export function waitOf(health) {
  const providers = health?.providers ?? [];
  if (providers.length === 0 || !providers.every(isAway)) return null;
  const retryAt = providers.map((provider) => provider.retryAt).sort()[0];
  return { reason: "providers_down", retryAt };
}

const isAway = ({ state, retryAt }) => ["open", "cooling"].includes(state) && Boolean(retryAt);
