/** Puts the page together: start reading here. */
import { Composer } from "./composer.js";
import { ConnectionBanner } from "./connection-banner.js";
import { Conversations } from "./conversations.js";
import { byId } from "./dom.js";
import { Drafts } from "./drafts.js";
import * as frame from "./frame.js";
import { isNoticed, notice, settled } from "./notice.js";
import { reasonOf } from "./phase.js";
import { ProsaClient } from "./prosa-client.js";
import { StickyScroll } from "./scroll.js";
import { Sending } from "./sending.js";
import { settings } from "./settings.js";
import { shortcuts } from "./shortcuts.js";
import { askForToken, authorization, forget, isSignedIn } from "./sign-in.js";
import { newKey, Outbox } from "./state.js";
import { tabs } from "./tabs.js";
import { onLanguage, t } from "./texts.js";
import { Thread } from "./thread.js";
import { dismiss } from "./toast.js";

const PAGE_PART = 0.9; // of what is in sight; the rest stays, so that nobody loses the place
const LOGOUT_MILLIS = 3_000; // then it has to do without the server
const UNREAD = "message.notLoaded";
const REFUSED = "frame"; // by the server, of those that the client sends
const NEW = "new"; // where the draft of a conversation is kept that has no id yet

const client = new ProsaClient({ headers: authorization });
const outbox = new Outbox();
const drafts = new Drafts();
const tellTabs = tabs(onNews);
let connectedBefore = false;

const scroll = new StickyScroll(byId("scroller"), byId("thread"), {
  isEnd: () => thread.isAtEnd,
  onStuck: (stuck) => (byId("to-latest").hidden = stuck),
  onTop: () => thread.fill(),
  onBottom: () => thread.fillDown(),
  onAbove: (some) => (byId("topbar").dataset.over = String(some)),
});

const thread = new Thread({
  client,
  outbox,
  scroll,
  list: byId("thread"),
  onChange: showThreadState,
  onLoading: showLoading,
  onRetry: (turn) => sending.retry(turn),
  onRegenerate: (turn) => sending.again(turn),
  onEdit: edit,
  onError: showError,
});

const sending = new Sending({ client, outbox, thread, onAccepted, onMissing: leave });

const conversations = new Conversations({
  client,
  container: byId("conversations"),
  search: byId("search"),
  onTitle: showTitle,
  onDeleted: (id) => id === thread.conversationId && newChat(),
  onMissing: leave,
  onBack: (id) => (location.hash = addressOf(id)),
  onChanged: () => tellTabs(),
});

const composer = new Composer(
  byId("composer"),
  { hint: byId("composer-hint"), send: byId("send"), stop: byId("stop") },
  {
    onSend: (text) => sending.send(text),
    onStop: () => thread.stop(),
    onDraft: (text) => drafts.put(draftKey(), text),
  },
);

const banner = new ConnectionBanner({
  onTryNow: () => client.wake(),
  onCutOff: (cutOff) => (thread.cutOff = cutOff),
});

// ---- what happens to messages

function onAccepted(entry, { conversationId }) {
  conversations.refreshSoon();
  tellTabs(conversationId);
  if (entry.thread === thread.key && !entry.conversationId) adopt(conversationId);
}

/** A new chat has got its id: the address follows, the page stays as it is. */
function adopt(conversationId) {
  thread.key = conversationId;
  drafts.move(NEW, conversationId);
  history.replaceState(null, "", addressOf(conversationId));
  conversations.select(conversationId);
  showTitle();
}

/** What cannot be sent as it is goes back to where it can be changed. */
function edit({ key, jobId, prompt }) {
  if (!jobId) {
    outbox.remove(key);
    thread.remove(key);
  }
  composer.restore(prompt);
}

/** There is no such conversation, or not any more. What was to be said in it is kept. */
function leave(id) {
  if (id !== thread.conversationId) return;
  const wasThere = byId("thread").querySelector("[data-job]") !== null;
  const unsent = outbox.of(thread.key);
  const texts = [...unsent.map(({ content }) => content), drafts.of(id)].filter(Boolean);
  for (const { key } of unsent) outbox.remove(key);
  drafts.put(id, "");
  history.replaceState(null, "", "#/");
  open();
  if (texts.length) composer.restore(texts.join("\n\n"));
  notice("conversation", () => t(wasThere ? "message.gone" : "message.unknown"));
}

/** Another tab has sent or changed something; the server tells of it only when an answer begins. */
function onNews(conversationId) {
  conversations.refreshSoon();
  if (conversationId && conversationId === thread.conversationId) thread.refresh();
}

// ---- what is on screen

const draftKey = () => thread.conversationId ?? NEW;
const addressOf = (id) => `#/c/${encodeURIComponent(id)}`;

/** The conversation that the address names; undefined when it names none. */
function named() {
  try {
    return decodeURIComponent(location.hash.match(/^#\/c\/([^/]+)$/)?.[1] ?? "") || undefined;
  } catch {
    return undefined; // a broken escape
  }
}

function open() {
  const id = named();
  frame.showSidebar(false);
  conversations.select(id);
  show(id, id ?? `new:${newKey()}`);
  composer.focus();
}

function show(id, key) {
  settled();
  showLoading(false); // of what is left
  thread.open(id, key);
  composer.fill(drafts.of(draftKey()));
  showTitle();
}

/** After a reload an empty address may mean the new chat whose first message is on its way. */
function openFirst() {
  const entry = outbox.all().find(({ conversationId }) => !conversationId);
  if (!entry || location.hash.length > 2) return open();
  show(undefined, entry.thread);
}

function newChat() {
  history.pushState(null, "", "#/"); // setting the hash would open it one task later
  open();
}

function showThreadState() {
  composer.show({ busy: thread.isBusy, open: thread.hasOpenReply });
  byId("welcome").hidden = Boolean(thread.conversationId) || !thread.isEmpty;
}

function showLoading(isLoading) {
  if (isLoading) settled(UNREAD);
  frame.showLoading(isLoading);
}

function showError(error, text) {
  if (error.status === 404) return leave(thread.conversationId);
  const onRetry = text === UNREAD ? () => thread.refresh() : () => thread.stop();
  notice(text, () => t(text, { reason: reasonOf(error) }), onRetry);
}

function showTitle() {
  const { conversationId } = thread;
  const title = conversationId
    ? (conversations.titleOf(conversationId) ?? t("app.chat"))
    : t("app.newChat");
  byId("title").textContent = title;
  document.title = conversationId ? `${title} · Prosa` : "Prosa";
}

// ---- events

client.on("reply", (reply) => {
  thread.onReply(reply);
  if (reply.event.type !== "reply.delta") conversations.refreshSoon();
  if (reply.event.code === "job_not_found") thread.refresh(); // very likely with its conversation
});

client.on("connection", ({ state }) => {
  banner.show(state);
  if (state !== "connected") return;
  // turns of other tabs may have been missed, and what could not be read may be read now
  if (connectedBefore || isNoticed(UNREAD)) thread.refresh();
  connectedBefore = true;
  settled(REFUSED);
  conversations.refreshSoon();
  frame.showModel(client);
  sending.deliverUnsent();
});

client.on("unauthorized", askForToken);
client.on("error", (error) => {
  if (error.code === "not_found") thread.refresh();
  else notice(REFUSED, () => reasonOf(error));
});

onLanguage(() => {
  composer.redraw();
  thread.redraw();
  showTitle();
  frame.showModel(client);
});

addEventListener("hashchange", open);
addEventListener("online", () => {
  client.wake();
  if (isNoticed(UNREAD)) thread.refresh(); // the socket may have outlived it
});
addEventListener("offline", () => client.wake());
addEventListener("focus", lookAgain);
document.addEventListener("visibilitychange", lookAgain);
byId("menu").addEventListener("click", () => frame.showSidebar(true));
byId("scrim").addEventListener("click", () => frame.showSidebar(false));
byId("new-chat").addEventListener("click", newChat);
byId("to-latest").addEventListener("click", () => thread.toLatest());
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names conversations, nothing else
  byId("message").focus();
});

function search() {
  frame.showSidebar(true);
  byId("search").select();
  byId("search").focus();
}

/** Other devices may have changed, renamed or deleted something. */
function lookAgain() {
  if (document.hidden) return;
  client.wake();
  conversations.refreshSoon();
}

/** What was deleted a moment ago is erased with the token that is still there. */
async function signOut() {
  dismiss();
  const late = new Promise((wake) => setTimeout(wake, LOGOUT_MILLIS));
  await Promise.race([client.logOut().catch(() => {}), late]);
  forget();
}

settings({ isSignedIn, onSignOut: signOut });
shortcuts({
  onNewChat: newChat,
  onSearch: search,
  onMessage: () => byId("message").focus(),
  onStop: () => thread.stop(),
  onUndo: () => conversations.undo(),
  onHelp: () => byId("keys").showModal(),
  onEscape: () => (frame.showSidebar(false), false),
  onPage: (direction) => scroll.by(direction * PAGE_PART),
});

client.start();
openFirst();
conversations.refresh();
sending.deliverUnsent();
