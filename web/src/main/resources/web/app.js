/** Puts the page together: start reading here. */
import { Composer } from "./composer.js";
import { Conversations } from "./conversations.js";
import { byId } from "./dom.js";
import { ProsaClient } from "./prosa-client.js";
import { StickyScroll } from "./scroll.js";
import { askForToken, authorization } from "./sign-in.js";
import { newKey, Outbox } from "./state.js";
import { Thread } from "./thread.js";

const client = new ProsaClient({ headers: authorization });
const outbox = new Outbox();
const inFlight = new Set();
let connectedBefore = false;

const scroll = new StickyScroll(byId("scroller"), {
  onStuck: (stuck) => (byId("to-latest").hidden = stuck),
  onTop: () => thread.fill(),
});

const thread = new Thread({
  client,
  outbox,
  scroll,
  list: byId("thread"),
  onChange: showThreadState,
  onRetry: retry,
  onEdit: edit,
  onError: (error) => notice(error.status === 404 ? "There is no such conversation." : error.message),
});

const conversations = new Conversations(client, byId("conversations"), { onTitle: showTitle });

const composer = new Composer(
  byId("composer"),
  { hint: byId("composer-hint"), send: byId("send"), stop: byId("stop") },
  { onSend: send, onStop: () => thread.stop() },
);

// ---- sending

function send(content) {
  const { conversationId, key } = thread;
  deliver({ key: newKey(), content, conversationId, thread: key, createdAt: Date.now() });
}

/** The outbox holds the message until the 202, so a reload sends it again under the same key. */
async function deliver({ error: _, ...entry }) {
  if (inFlight.has(entry.key)) return;
  inFlight.add(entry.key);
  outbox.put(entry);
  if (entry.thread === thread.key) thread.add(entry);
  try {
    accept(entry, await client.send({ ...entry, idempotencyKey: entry.key }));
  } catch ({ message, retryable = false }) {
    const unsent = { ...entry, error: { message, retryable } };
    outbox.put(unsent);
    if (entry.thread === thread.key) thread.unsent(unsent);
  } finally {
    inFlight.delete(entry.key);
  }
}

function accept(entry, accepted) {
  outbox.remove(entry.key);
  conversations.refreshSoon();
  if (entry.thread !== thread.key) return;
  thread.accepted(entry, accepted);
  if (!entry.conversationId) adopt(accepted.conversationId);
}

/** A new chat has got its id: the address follows, the page stays as it is. */
function adopt(conversationId) {
  thread.key = conversationId;
  history.replaceState(null, "", addressOf(conversationId));
  conversations.select(conversationId);
  showTitle();
}

/** An unsent message keeps its key, for it may have arrived; a failed reply is asked for anew. */
function retry(turn) {
  const entry = outbox.all().find(({ key }) => key === turn.key && !turn.jobId);
  if (entry) deliver(entry);
  else if (!thread.isBusy) send(turn.prompt);
}

/** What cannot be sent as it is goes back to where it can be changed. */
function edit({ key, prompt }) {
  outbox.remove(key);
  thread.remove(key);
  composer.restore(prompt);
}

/** One after the other, in the order they were written; what the server refused stays refused. */
async function deliverUnsent() {
  for (const entry of outbox.all()) if (entry.error?.retryable !== false) await deliver(entry);
}

// ---- what is on screen

const addressOf = (id) => `#/c/${encodeURIComponent(id)}`;

function open() {
  const id = decodeURIComponent(location.hash.match(/^#\/c\/([^/]+)$/)?.[1] ?? "") || undefined;
  notice("");
  showSidebar(false);
  conversations.select(id);
  thread.open(id, id ?? `new:${newKey()}`);
  showTitle();
  composer.focus();
}

/** After a reload an empty address may mean the new chat whose first message is on its way. */
function openFirst() {
  const entry = outbox.all().find(({ conversationId }) => !conversationId);
  if (!entry || location.hash.length > 2) return open();
  thread.open(undefined, entry.thread);
}

function newChat() {
  history.pushState(null, "", "#/"); // setting the hash would open it one task later
  open();
}

function showThreadState() {
  composer.show({ busy: thread.isBusy, open: thread.hasOpenReply });
  byId("welcome").hidden = Boolean(thread.conversationId) || !thread.isEmpty;
}

function showTitle() {
  const { conversationId } = thread;
  const title = conversationId ? (conversations.titleOf(conversationId) ?? "Chat") : "New chat";
  byId("title").textContent = title;
  document.title = conversationId ? `${title} · Prosa` : "Prosa";
}

function notice(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = !text;
}

function showSidebar(shown) {
  byId("app").classList.toggle("sidebar-open", shown);
  byId("menu").setAttribute("aria-expanded", String(shown));
}

function showConnection(state) {
  const connecting = connectedBefore ? "Reconnecting" : "Connecting";
  const words = { connected: "Connected", connecting, offline: "Offline" }[state];
  byId("connection").dataset.state = state;
  byId("connection").textContent = words;
  byId("connection-dot").dataset.state = state;
}

async function showModel() {
  const { model } = await client.health().catch(() => ({}));
  const badge = byId("model-badge");
  badge.hidden = !model;
  if (!model) return;
  badge.textContent = model.offline ? "offline demo model" : model.name;
  badge.dataset.offline = String(Boolean(model.offline));
  badge.title = model.offline ? "Replies are scripted; no language model is connected." : "";
}

// ---- events

client.on("reply", (reply) => {
  thread.onReply(reply);
  if (reply.event.type !== "reply.delta") conversations.refreshSoon();
});

client.on("connection", ({ state }) => {
  showConnection(state);
  if (state !== "connected") return;
  if (connectedBefore) thread.refresh(); // turns of other tabs may have been missed
  connectedBefore = true;
  notice("");
  conversations.refreshSoon();
  showModel();
  deliverUnsent();
});

client.on("unauthorized", askForToken);
client.on("error", ({ message }) => notice(message ?? ""));

addEventListener("hashchange", open);
addEventListener("online", () => client.wake());
addEventListener("offline", () => client.wake());
document.addEventListener("visibilitychange", () => document.hidden || client.wake());
addEventListener("keydown", ({ key }) => key === "Escape" && showSidebar(false));
byId("menu").addEventListener("click", () => showSidebar(true));
byId("scrim").addEventListener("click", () => showSidebar(false));
byId("new-chat").addEventListener("click", newChat);
byId("to-latest").addEventListener("click", () => scroll.stick());

client.start();
openFirst();
conversations.refresh();
deliverUnsent();
