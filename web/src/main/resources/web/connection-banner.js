/** What the page says about its connection: always in the sidebar, above the messages when it is lost. */
import { byId } from "./dom.js";
import { onLanguage, t } from "./texts.js";

const PATIENCE_MILLIS = 2_500; // most breaks are over before anybody has to know
const FOUND_MILLIS = 3_000;

export class ConnectionBanner {
  #state = "connecting";
  #connectedBefore = false;
  #text = null;
  #timer = null;
  #onCutOff;

  /** @param {{onTryNow(), onCutOff(cutOff: boolean)}} page onCutOff: for longer than a moment, or over */
  constructor({ onTryNow, onCutOff }) {
    this.#onCutOff = onCutOff;
    byId("try-now").addEventListener("click", onTryNow);
    addEventListener("offline", () => this.#isLost());
    addEventListener("online", () => this.#state === "connected" && this.#isFound());
    onLanguage(() => this.#draw());
    this.#draw();
    this.#timer = setTimeout(() => this.#isLost(), 2 * PATIENCE_MILLIS);
  }

  /** @param {string} state connecting, connected or offline */
  show(state) {
    this.#state = state;
    if (state === "connected") this.#isFound();
    else if (state === "offline") this.#isLost();
    else if (!this.#text) this.#after(PATIENCE_MILLIS, () => this.#isLost());
    this.#draw();
  }

  #isLost() {
    if (this.#state === "connected" && navigator.onLine) return;
    clearTimeout(this.#timer);
    this.#say("lost", navigator.onLine ? "connection.lost" : "connection.noNetwork");
    this.#onCutOff(true);
  }

  #isFound() {
    clearTimeout(this.#timer);
    this.#onCutOff(false);
    const { lost } = byId("banner").dataset;
    if (this.#connectedBefore && lost && this.#text) {
      this.#say("", "connection.found");
      this.#after(FOUND_MILLIS, () => this.#say("", null));
    } else {
      this.#say("", null);
    }
    this.#connectedBefore = true;
  }

  #say(lost, text) {
    byId("banner").dataset.lost = lost;
    this.#text = text;
    this.#draw();
  }

  #draw() {
    const connecting = this.#connectedBefore ? "reconnecting" : "connecting";
    const words = { connected: "connected", connecting, offline: "offline" }[this.#state];
    byId("connection").dataset.state = this.#state;
    byId("connection").textContent = t(`connection.${words}`);
    byId("connection-dot").dataset.state = this.#state;
    byId("banner-text").textContent = this.#text ? t(this.#text) : "";
    byId("banner").hidden = !this.#text;
    byId("try-now").hidden = !byId("banner").dataset.lost;
  }

  #after(millis, task) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(task, millis);
  }
}
