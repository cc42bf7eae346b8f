/** The list of conversations in the sidebar, newest first; searched by title. */
import { Bin } from "./bin.js";
import { ConversationLine } from "./conversation-line.js";
import { announce, arrange, element, keepingFocus } from "./dom.js";
import { groupOf } from "./list-groups.js";
import { reasonOf } from "./phase.js";
import { language, onLanguage, t } from "./texts.js";
import { toast } from "./toast.js";

const PAGE_SIZE = 40;
const SEARCHED_PAGE_SIZE = 100; // the most that the server gives at once
const ENOUGH_FOUND = 30;
const REFRESH_MILLIS = 400;
const MORE_PIXELS = 400;

export class Conversations {
  #page;
  #container;
  #items = new Map();
  #lines = new Map();
  #sections = new Map();
  #bin;
  #cursor = null;
  #walked = false; // pages behind the first one were read, and the cursor is theirs
  #current = null;
  #left = null; // the one that was on screen when it was deleted
  #timer = null;
  #loading = false;
  #state = "loading";
  #query = "";

  /**
   * @param {object} page {client, container, search, onTitle(), onDeleted(id), onMissing(id),
   *     onBack(id), onChanged()}
   *     onTitle: titles may have changed; onDeleted: by the reader; onMissing: by somebody else, or
   *     it never was; onBack: the one that the reader was in is there again; onChanged: other tabs
   *     have to know
   */
  constructor(page) {
    this.#page = page;
    this.#container = page.container;
    this.#bin = new Bin({
      client: page.client,
      onChange: () => this.#render(),
      onUndo: (conversations) => this.#undone(conversations),
      onErased: ({ id }) => this.#erased(id),
      onRefused: (conversation, error) => this.#notErased(conversation, error),
    });
    page.container.addEventListener("scroll", () => this.#more(), { passive: true });
    page.container.addEventListener("keydown", (event) => this.#move(event));
    page.search.addEventListener("input", () => this.#searched());
    page.search.addEventListener("keydown", (event) => this.#leaveSearch(event));
    onLanguage(() => {
      this.#lines.clear();
      this.#sections.clear();
      this.#render();
    });
  }

  titleOf(id) {
    return this.#items.get(id)?.title;
  }

  select(id) {
    this.#current = id ?? null;
    this.#render();
    if (id && !this.#items.has(id) && this.#state !== "loading") this.refreshSoon();
  }

  undo() {
    return this.#bin.undo();
  }

  /** Many events of one reply ask for this; one request answers them. */
  refreshSoon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.refresh();
    }, REFRESH_MILLIS);
  }

  async refresh() {
    const page = await this.#load({ limit: PAGE_SIZE });
    if (!page) return;
    if (!this.#walked) this.#cursor = page.nextCursor ?? null;
    this.#forgetErased(page);
    this.#merge(page.conversations);
    await this.#findCurrent(page.conversations);
  }

  /** What is on screen and not on the newest page is older, or gone. */
  async #findCurrent(listed) {
    const id = this.#current;
    if (!id || this.#bin.holds(id) || listed.some((conversation) => conversation.id === id)) return;
    try {
      this.#put(await this.#page.client.conversation(id));
    } catch (error) {
      if (error.status !== 404) return;
      this.#items.delete(id);
      this.#render();
      this.#page.onMissing(id);
    }
  }

  /** What would stand on the newest page and does not was erased elsewhere. */
  #forgetErased({ conversations, nextCursor }) {
    const listed = new Set(conversations.map(({ id }) => id));
    const last = nextCursor ? Date.parse(conversations.at(-1)?.updatedAt) : -Infinity;
    for (const { id, updatedAt } of this.#items.values()) {
      if (!listed.has(id) && Date.parse(updatedAt) > last) this.#items.delete(id);
    }
  }

  async #more() {
    if (!this.#cursor || this.#loading || !this.#wantsMore()) return;
    this.#loading = true;
    const limit = this.#query ? SEARCHED_PAGE_SIZE : PAGE_SIZE;
    const page = await this.#load({ limit, cursor: this.#cursor });
    this.#loading = false;
    if (!page) return this.#render();
    this.#walked = true;
    this.#cursor = page.nextCursor ?? null;
    this.#merge(page.conversations);
  }

  #wantsMore() {
    if (this.#query && this.#found().length < ENOUGH_FOUND) return true;
    const { scrollTop, scrollHeight, clientHeight } = this.#container;
    return clientHeight > 0 && scrollHeight - scrollTop - clientHeight < MORE_PIXELS;
  }

  async #load(range) {
    try {
      const page = await this.#page.client.conversations(range);
      this.#state = "loaded";
      return page;
    } catch {
      if (this.#state === "loading") this.#state = "failed"; // the next refresh tries again
      this.#render();
      return null;
    }
  }

  #merge(conversations) {
    for (const conversation of conversations) this.#items.set(conversation.id, conversation);
    this.#render();
    this.#page.onTitle();
    this.#more();
  }

  // ---- searching

  #searched() {
    this.#query = plain(this.#page.search.value.trim());
    this.#container.scrollTop = 0;
    this.#render();
    if (this.#query) announce(this.#summary());
    this.#more();
  }

  #leaveSearch(event) {
    if (event.key === "Escape" && this.#page.search.value) {
      event.stopPropagation();
      this.#page.search.value = "";
      this.#searched();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.#links()[0]?.focus();
    }
  }

  #found() {
    const listed = [...this.#items.values()].filter(({ id }) => !this.#bin.holds(id));
    const found = this.#query
      ? listed.filter(({ title }) => plain(title ?? "").includes(this.#query))
      : listed;
    return found.sort(newer);
  }

  #summary() {
    const { length: count } = this.#found();
    if (count) return t("list.found", { count });
    return t(this.#cursor ? "list.searching" : "list.none");
  }

  // ---- showing

  #render() {
    const found = this.#found();
    const groups = Map.groupBy(found, this.#query ? () => this.#summary() : groupOf);
    const sections = [...groups].map(([name, items]) => this.#section(name, items));
    if (found.length === 0) sections.push(this.#note());
    for (const id of this.#lines.keys()) if (!this.#items.has(id)) this.#lines.delete(id);
    keepingFocus(() => arrange(this.#container, sections));
  }

  #note() {
    const { [this.#state]: key } = { loading: "", failed: "list.failed", loaded: "list.empty" };
    const text = this.#query ? this.#summary() : key && t(key);
    return element("p", { class: "note", dataset: { testid: "list-note" } }, text);
  }

  #section(name, items) {
    if (this.#query) name = this.#summary();
    const key = this.#query ? "found" : name;
    if (!this.#sections.has(key)) {
      const heading = element("h2");
      this.#sections.set(key, element("section", { class: "group" }, heading, element("ul")));
    }
    const section = this.#sections.get(key);
    const [heading, list] = section.children;
    heading.textContent = name;
    list.setAttribute("aria-label", name);
    arrange(list, items.map((item) => this.#line(item).node));
    return section;
  }

  #line(item) {
    if (!this.#lines.has(item.id)) {
      const onRename = (title) => this.#rename(item.id, title);
      const onDelete = () => this.#delete(item.id);
      this.#lines.set(item.id, new ConversationLine(item.id, { onRename, onDelete }));
    }
    const line = this.#lines.get(item.id);
    line.show(item.title || t("app.untitled"), item.id === this.#current);
    return line;
  }

  #links() {
    return [...this.#container.querySelectorAll(".conversation")];
  }

  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = this.#links();
    const at = links.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    (links[at + step] ?? (step < 0 ? this.#page.search : links[at])).focus();
  }

  // ---- changing

  async #rename(id, title) {
    const before = this.#items.get(id);
    if (!before || title === before.title) return;
    this.#put({ ...before, title });
    try {
      this.#put(await this.#page.client.rename(id, title));
      announce(t("list.renamed"));
      this.#page.onChanged();
    } catch (error) {
      this.#put(before);
      toast(t("list.notRenamed", { reason: reasonOf(error) }));
    }
  }

  #put(conversation) {
    this.#items.set(conversation.id, conversation);
    this.#render();
    this.#page.onTitle();
  }

  #delete(id) {
    const links = this.#links();
    const at = links.findIndex(({ dataset }) => dataset.id === id);
    const next = links[at + 1] ?? links[at - 1] ?? this.#page.search;
    this.#bin.put(this.#items.get(id));
    next.focus();
    if (id === this.#current) this.#left = id;
    this.#page.onDeleted(id);
  }

  #undone(conversations) {
    this.#render();
    announce(t("list.undone"));
    const wasHere = conversations.some(({ id }) => id === this.#left);
    if (wasHere && !this.#current) this.#page.onBack(this.#left);
  }

  #erased(id) {
    this.#items.delete(id);
    this.#render();
    this.#page.onChanged();
  }

  #notErased(conversation, error) {
    const { title } = conversation;
    this.refreshSoon();
    this.#render();
    toast(t("list.notDeleted", { title, reason: reasonOf(error) }));
  }
}

/** Small letters without accents: what people type when they search. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(language());

const newer = (a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt);
