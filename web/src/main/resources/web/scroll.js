/** Keeps the newest text in sight, until the reader scrolls up. */

const BOTTOM_PIXELS = 40;
const TOP_PIXELS = 400;

export class StickyScroll {
  #element;
  #stuck = true;
  #last = 0;
  #onStuck;

  /** @param {{onStuck: (stuck: boolean) => void, onTop: () => void}} listeners */
  constructor(scroller, { onStuck, onTop }) {
    this.#element = scroller;
    this.#onStuck = onStuck;
    scroller.addEventListener("scroll", () => this.#scrolled(onTop), { passive: true });
    new ResizeObserver(() => this.follow()).observe(scroller);
  }

  /** After the content grew. */
  follow() {
    if (this.#stuck) this.#element.scrollTop = this.#element.scrollHeight;
  }

  stick() {
    this.#set(true);
    this.follow();
  }

  /** Runs a change above what is being read without moving it. */
  keeping(change) {
    const below = this.#element.scrollHeight - this.#element.scrollTop;
    change();
    this.#element.scrollTop = this.#element.scrollHeight - below;
    this.#last = this.#element.scrollTop;
  }

  get nearTop() {
    return this.#element.scrollTop < TOP_PIXELS;
  }

  /** Only moving up lets go: growing content also increases the distance to the bottom. */
  #scrolled(onTop) {
    const { scrollTop, scrollHeight, clientHeight } = this.#element;
    const atBottom = scrollHeight - scrollTop - clientHeight < BOTTOM_PIXELS;
    if (atBottom) this.#set(true);
    else if (scrollTop < this.#last - 1) this.#set(false);
    this.#last = scrollTop;
    if (this.nearTop) onTop();
  }

  #set(stuck) {
    if (stuck === this.#stuck) return;
    this.#stuck = stuck;
    this.#onStuck(stuck);
  }
}
