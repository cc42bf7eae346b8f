/** One turn on the page: the question, and the reply that is being written under it. */
import { copyButton } from "./clipboard.js";
import { Details } from "./details.js";
import { announce, element, icon, iconButton } from "./dom.js";
import { MarkdownView } from "./markdown.js";
import { phaseOf } from "./phase.js";
import { isTerminal } from "./prosa-client.js";
import { Question } from "./question.js";
import { t } from "./texts.js";

const SPOKEN_CHARACTERS = 400;
const REST = 4; // after drawing, as often as that took; long replies leave time for the reader

export class TurnView {
  #turn;
  #page;
  #question = new Question();
  #reply = element("div", { class: "text prose", dataset: { testid: "message-text" } });
  #label = element("span", { dataset: { testid: "phase" } });
  #actions = element("span", { class: "actions" });
  #state = element("span", { class: "state" }, element("span", { class: "dots" }), this.#label);
  #status = element("div", { class: "status" }, this.#state, this.#actions);
  #markdown = new MarkdownView(this.#reply);
  #details;
  #frame = null;
  #shown = {};
  #actionsOf = null;
  #restUntil = 0;
  #spoken;

  /**
   * @param {object} turn see thread.js
   * @param {object} page {around(turn), onRetry(turn), onEdit(turn), onRegenerate(turn),
   *     onGrow(), loadDetails(turn)}; around: see phase.js; onGrow: after the height changed
   */
  constructor(turn, page) {
    this.#turn = turn;
    this.#page = page;
    this.#details = new Details(() => page.loadDetails(turn));
    this.user = article("user", "message.you", ...this.#question.nodes);
    this.assistant = article("assistant", "message.reply", this.#reply, this.#status, this.#details.node);
    this.update(false);
    this.#spoken = this.phase; // news is what comes after it was shown first
  }

  get nodes() {
    return [this.user, this.assistant];
  }

  remove() {
    cancelAnimationFrame(this.#frame);
    this.nodes.forEach((node) => node.remove());
  }

  /**
   * Shows what the turn is now. Text waits for the next frame, since deltas come faster than that;
   * the end does not, so that nothing is called done before all of it is there.
   */
  update(spoken = true) {
    const turn = this.#turn;
    const { phase, label, busy } = phaseOf(turn, this.#page.around(turn));
    this.phase = phase;
    this.#question.show(turn.prompt ?? "");
    const userState = turn.error ? "UNSENT" : turn.view ? "SENT" : "SENDING";
    describe(this.user, turn, userState, phase);
    describe(this.assistant, turn, turn.view?.state ?? userState, phase);
    this.assistant.setAttribute("aria-busy", String(busy));
    if (this.#label.textContent !== label) this.#label.textContent = label;
    this.#showActions(phase);
    if (spoken) this.#speak(phase, label);
    if (turn.view && isTerminal(turn.view)) this.render();
    else this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    const { view } = this.#turn;
    const rests = view && !isTerminal(view) && performance.now() < this.#restUntil;
    if (rests) this.#frame = requestAnimationFrame(() => this.#draw());
    else this.render();
  }

  /** Shows the text now, for those who have to know the height. */
  render() {
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    const { text = "", state } = this.#turn.view ?? {};
    const growing = !isTerminal({ state });
    if (text === this.#shown.text && growing === this.#shown.growing) return;
    const begin = performance.now();
    this.#markdown.show(text, growing);
    const end = performance.now();
    this.#restUntil = end + REST * (end - begin);
    this.#shown = { text, growing };
    this.assistant.dataset.length = text.length;
    this.#page.onGrow();
  }

  #showActions(phase) {
    if (phase === this.#actionsOf) return;
    this.#actionsOf = phase;
    const { view } = this.#turn;
    const over = view && isTerminal(view);
    const unanswered = ["failed", "unsent"].includes(phase);
    const shown = unanswered ? this.#mends() : over ? this.#uses(view) : [];
    this.#actions.replaceChildren(...shown.filter(Boolean));
  }

  /** What can be done about a reply that did not come. */
  #mends() {
    const error = this.#turn.error ?? this.#turn.view?.error;
    const again = error?.retryable !== false;
    return [
      again && action("retry", () => this.#page.onRetry(this.#turn), icon("retry"), t("message.retry")),
      action("edit", () => this.#page.onEdit(this.#turn), t("message.edit")),
      this.#turn.jobId && this.#detailsButton(),
    ];
  }

  #uses(view) {
    const again = () => this.#page.onRegenerate(this.#turn);
    return [
      view.text && copyButton(t("message.copy"), () => this.#turn.view?.text ?? ""),
      iconButton("retry", t("message.regenerate"), again, { testid: "regenerate" }),
      this.#detailsButton(),
      view.model && element("span", { class: "model" }, view.model),
    ];
  }

  #detailsButton() {
    const toggle = () => {
      this.#details.toggle();
      button.setAttribute("aria-expanded", String(!this.#details.node.hidden));
      this.#page.onGrow();
    };
    const properties = { testid: "details-button", "aria-expanded": String(!this.#details.node.hidden) };
    const button = iconButton("info", t("message.details"), toggle, properties);
    return button;
  }

  #speak(phase, label) {
    if (phase === this.#spoken) return;
    this.#spoken = phase;
    if (phase !== "done") return announce(label);
    this.render();
    announce(wordsOf(this.#reply).slice(0, SPOKEN_CHARACTERS));
  }
}

/** What is read of a reply: a formula once, and nothing of the frames around code. */
function wordsOf(reply) {
  const copy = reply.cloneNode(true);
  for (const node of copy.querySelectorAll("[aria-hidden=true], annotation, .code-head")) node.remove();
  return copy.textContent.trim();
}

function article(role, name, ...children) {
  const properties = { class: `message ${role}`, "aria-label": t(name) };
  return element("article", { ...properties, dataset: { testid: "message", role } }, ...children);
}

function action(testid, onClick, ...children) {
  const properties = { type: "button", class: "button small", dataset: { testid } };
  const button = element("button", properties, ...children);
  button.addEventListener("click", onClick);
  return button;
}

function describe(node, turn, state, phase) {
  if (turn.jobId) node.dataset.job = turn.jobId;
  node.dataset.state = state;
  node.dataset.phase = phase;
}
