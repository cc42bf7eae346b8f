/** Keeps the newest text in sight, until the reader scrolls up. */

const BOTTOM_PIXELS = 40;
const EDGE_PIXELS = 800; // so far from an edge more is shown, before it is reached

export class StickyScroll {
  #element;
  #content;
  #stuck = true;
  #last = 0;
  #page;

  /**
   * @param {HTMLElement} content what grows
   * @param {object} page {isEnd(), onStuck(stuck), onTop(), onBottom(), onAbove(some)} isEnd:
   *     whether nothing newer is left to be shown below; onAbove: whether something is hidden above
   */
  constructor(scroller, content, page) {
    this.#element = scroller;
    this.#content = content;
    this.#page = page;
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const observer = new ResizeObserver(() => this.follow());
    observer.observe(scroller);
    observer.observe(content);
  }

  /** After the content grew. */
  follow() {
    if (this.#stuck) this.#element.scrollTop = this.#element.scrollHeight;
  }

  /** Moves by as many heights of what is in sight. */
  by(pages) {
    this.#element.scrollBy({ top: pages * this.#element.clientHeight });
  }

  stick() {
    this.#set(true);
    this.follow();
  }

  /** Runs a change above or below what is being read without moving it. */
  keeping(change) {
    const anchor = this.#anchor();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (!anchor?.isConnected) return;
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved) this.#element.scrollTop += moved;
    this.#last = this.#element.scrollTop;
  }

  get nearTop() {
    return this.#element.scrollTop < EDGE_PIXELS;
  }

  /** The first message that is in sight. */
  #anchor() {
    const { top } = this.#element.getBoundingClientRect();
    return [...this.#content.children].find((node) => node.getBoundingClientRect().bottom > top);
  }

  /** Only moving up lets go: growing content also increases the distance to the bottom. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#element;
    const below = scrollHeight - scrollTop - clientHeight;
    if (below < BOTTOM_PIXELS && this.#page.isEnd()) this.#set(true);
    else if (scrollTop < this.#last - 1) this.#set(false);
    this.#last = scrollTop;
    this.#page.onAbove(scrollTop > 0);
    if (this.nearTop) this.#page.onTop();
    if (below < EDGE_PIXELS) this.#page.onBottom();
  }

  #set(stuck) {
    if (stuck === this.#stuck) return;
    this.#stuck = stuck;
    this.#page.onStuck(stuck);
  }
}
