/** Puts the page together: start reading here. */
import { Composer } from "./composer.js";
import { ConnectionBanner } from "./connection-banner.js";
import { Conversations } from "./conversations.js";
import { byId } from "./dom.js";
import { reasonOf } from "./phase.js";
import { ProsaClient } from "./prosa-client.js";
import { StickyScroll } from "./scroll.js";
import { Sending } from "./sending.js";
import { settings } from "./settings.js";
import { shortcuts } from "./shortcuts.js";
import { askForToken, authorization } from "./sign-in.js";
import { newKey, Outbox } from "./state.js";
import { tabs } from "./tabs.js";
import { onLanguage, t, translate } from "./texts.js";
import { Thread } from "./thread.js";

const LOADING_MILLIS = 300; // what is faster needs no word

translate();
const client = new ProsaClient({ headers: authorization });
const outbox = new Outbox();
const tellTabs = tabs(onNews);
let connectedBefore = false;
let loading = null;

const scroll = new StickyScroll(byId("scroller"), byId("thread"), {
  isEnd: () => thread.isAtEnd,
  onStuck: (stuck) => (byId("to-latest").hidden = stuck),
  onTop: () => thread.fill(),
  onBottom: () => thread.fillDown(),
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

const sending = new Sending({ client, outbox, thread, onAccepted });

const conversations = new Conversations({
  client,
  container: byId("conversations"),
  search: byId("search"),
  onTitle: showTitle,
  onGone: (id) => id === thread.conversationId && newChat(),
  onBack: (id) => (location.hash = addressOf(id)),
  onChanged: () => tellTabs(),
});

const composer = new Composer(
  byId("composer"),
  { hint: byId("composer-hint"), send: byId("send"), stop: byId("stop") },
  { onSend: (text) => sending.send(text), onStop: () => thread.stop() },
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

/** Another tab has sent or changed something; the server tells of it only when an answer begins. */
function onNews(conversationId) {
  conversations.refreshSoon();
  if (conversationId && conversationId === thread.conversationId) thread.refresh();
}

// ---- what is on screen

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

function showLoading(isLoading) {
  clearTimeout(loading);
  byId("loading").hidden = true;
  if (isLoading) loading = setTimeout(() => (byId("loading").hidden = false), LOADING_MILLIS);
}

function showError(error, text) {
  if (error.status === 404) notice(t("message.unknown"));
  else notice(t(text, { reason: reasonOf(error) }), () => thread.refresh());
}

function showTitle() {
  const { conversationId } = thread;
  const title = conversationId
    ? (conversations.titleOf(conversationId) ?? t("app.chat"))
    : t("app.newChat");
  byId("title").textContent = title;
  document.title = conversationId ? `${title} · Prosa` : "Prosa";
}

function notice(text, onRetry) {
  byId("notice-text").textContent = text;
  byId("notice").hidden = !text;
  byId("notice-retry").hidden = !onRetry;
  byId("notice-retry").onclick = () => {
    notice("");
    onRetry();
  };
}

function showSidebar(shown) {
  const wasShown = byId("app").classList.contains("sidebar-open");
  byId("app").classList.toggle("sidebar-open", shown);
  byId("menu").setAttribute("aria-expanded", String(shown));
  byId("main").inert = shown && matchMedia("(width <= 48rem)").matches; // it is covered there
  if (shown) byId("new-chat").focus();
  else if (wasShown) byId("menu").focus();
}

async function showModel() {
  const { model } = await client.health().catch(() => ({}));
  const badge = byId("model-badge");
  badge.hidden = !model;
  if (!model) return;
  badge.textContent = model.offline ? t("model.offline") : model.name;
  badge.dataset.offline = String(Boolean(model.offline));
  badge.title = model.offline ? t("model.offlineHint") : "";
}

// ---- events

client.on("reply", (reply) => {
  thread.onReply(reply);
  if (reply.event.type !== "reply.delta") conversations.refreshSoon();
});

client.on("connection", ({ state }) => {
  banner.show(state);
  if (state !== "connected") return;
  if (connectedBefore) thread.refresh(); // turns of other tabs may have been missed
  connectedBefore = true;
  notice("");
  conversations.refreshSoon();
  showModel();
  sending.deliverUnsent();
});

client.on("unauthorized", askForToken);
client.on("error", ({ message }) => notice(message ?? ""));

onLanguage(() => {
  translate();
  composer.redraw();
  thread.redraw();
  showTitle();
  showModel();
});

addEventListener("hashchange", open);
addEventListener("online", () => client.wake());
addEventListener("offline", () => client.wake());
document.addEventListener("visibilitychange", () => document.hidden || client.wake());
byId("menu").addEventListener("click", () => showSidebar(true));
byId("scrim").addEventListener("click", () => showSidebar(false));
byId("new-chat").addEventListener("click", newChat);
byId("to-latest").addEventListener("click", () => thread.toLatest());
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names conversations, nothing else
  byId("message").focus();
});

function search() {
  showSidebar(true);
  byId("search").select();
  byId("search").focus();
}

settings();
shortcuts({
  onNewChat: newChat,
  onSearch: search,
  onMessage: () => byId("message").focus(),
  onStop: () => thread.stop(),
  onUndo: () => conversations.undo(),
  onHelp: () => byId("keys").showModal(),
  onEscape: () => (showSidebar(false), false),
});

client.start();
openFirst();
conversations.refresh();
sending.deliverUnsent();
