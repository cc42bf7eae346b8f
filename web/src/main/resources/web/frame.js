/** What stands around the messages: the list on a phone, the model, that something is being read. */
import { byId } from "./dom.js";
import { t } from "./texts.js";

const LOADING_MILLIS = 300; // what is faster needs no word

let loading = null;

export function showLoading(isLoading) {
  clearTimeout(loading);
  byId("loading").hidden = true;
  if (isLoading) loading = setTimeout(() => (byId("loading").hidden = false), LOADING_MILLIS);
}

/** Opens or closes the list of conversations where it covers the messages. */
export function showSidebar(shown) {
  const wasShown = byId("app").classList.contains("sidebar-open");
  byId("app").classList.toggle("sidebar-open", shown);
  byId("menu").setAttribute("aria-expanded", String(shown));
  byId("main").inert = shown && matchMedia("(width <= 48rem)").matches; // it is covered there
  if (shown) byId("new-chat").focus();
  else if (wasShown) byId("menu").focus();
}

/** Says which model answers. */
export async function showModel(client) {
  const { model } = await client.health().catch(() => ({}));
  const badge = byId("model-badge");
  badge.hidden = !model;
  if (!model) return;
  badge.textContent = model.offline ? t("model.offline") : model.name;
  badge.dataset.offline = String(Boolean(model.offline));
  badge.title = model.offline ? t("model.offlineHint") : "";
}
