/**
 * The turns that are on the page: a window on all that are known, so that a conversation of any
 * length costs the browser the same. It is moved by scrolling, and follows the end otherwise.
 */
import { arrange, keepingFocus } from "./dom.js";

const MOST = 60; // turns, two messages each: several screens, and quickly laid out
const STEP = 15;

export class ThreadWindow {
  #list;
  #make;
  #turns = [];
  #views = new Map();
  #from = 0;
  #to = 0;

  /** @param {(turn: object) => object} make the view of a turn: {nodes, update(), render(), remove()} */
  constructor(list, make) {
    this.#list = list;
    this.#make = make;
  }

  /** Whether the newest turn is on the page. */
  get isAtEnd() {
    return this.#to === this.#turns.length;
  }

  /** The views on the page. */
  get views() {
    return [...this.#views.values()];
  }

  view(turn) {
    return this.#views.get(turn);
  }

  /** Shows other turns of the same thread; those that are on the page stay there. */
  show(turns) {
    const atEnd = this.isAtEnd;
    const first = this.#turns[this.#from];
    const last = this.#turns[this.#to - 1];
    this.#turns = turns;
    this.#from = Math.max(0, turns.indexOf(first));
    this.#to = atEnd ? turns.length : turns.indexOf(last) + 1 || turns.length;
    if (this.#to - this.#from > MOST) this.#from = this.#to - MOST;
    this.#lay();
  }

  /** Forgets where it was. */
  clear() {
    this.#turns = [];
    this.#from = this.#to = 0;
    this.redraw();
  }

  /** Builds everything anew, as in another language. */
  redraw() {
    for (const view of this.#views.values()) view.remove();
    this.#views.clear();
    this.#lay();
  }

  /** @returns whether there were older turns to show */
  older() {
    if (this.#from === 0) return false;
    this.#from = Math.max(0, this.#from - STEP);
    this.#to = Math.min(this.#to, this.#from + MOST);
    this.#lay();
    return true;
  }

  /** @returns whether there were newer turns to show */
  newer() {
    if (this.isAtEnd) return false;
    this.#to = Math.min(this.#turns.length, this.#to + STEP);
    this.#from = Math.max(this.#from, this.#to - MOST);
    this.#lay();
    return true;
  }

  toEnd() {
    if (this.isAtEnd) return;
    this.#to = this.#turns.length;
    this.#from = Math.max(0, this.#to - MOST);
    this.#lay();
  }

  #lay() {
    const turns = this.#turns.slice(this.#from, this.#to);
    const wanted = new Set(turns);
    for (const [turn, view] of this.#views) {
      if (wanted.has(turn)) continue;
      view.remove();
      this.#views.delete(turn);
    }
    const nodes = turns.flatMap((turn) => this.#shown(turn).nodes);
    keepingFocus(() => arrange(this.#list, nodes));
  }

  #shown(turn) {
    if (this.#views.has(turn)) {
      this.#views.get(turn).update();
    } else {
      const view = this.#make(turn);
      this.#views.set(turn, view);
      view.render();
    }
    return this.#views.get(turn);
  }
}
