/** Tells the other tabs of this browser what the server's events do not: a new message, a new title. */

const CHANNEL = "prosa";

/**
 * @param {(conversationId?: string) => void} onNews something changed in another tab
 * @returns {(conversationId?: string) => void} tells the other tabs; no text leaves this one
 */
export function tabs(onNews) {
  if (!globalThis.BroadcastChannel) return () => {};
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => onNews(data?.conversationId);
  return (conversationId) => channel.postMessage({ conversationId });
}
