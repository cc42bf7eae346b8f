/** One turn on the page: the question, and the reply that is being written under it. */
import { copyButton } from "./clipboard.js";
import { announce, element, icon } from "./dom.js";
import { MarkdownView } from "./markdown.js";
import { phaseOf } from "./phase.js";
import { isTerminal } from "./prosa-client.js";

const SPOKEN_CHARACTERS = 400;

export class TurnView {
  #turn;
  #onGrow;
  #question = element("p", { class: "text", dataset: { testid: "message-text" } });
  #reply = element("div", { class: "text prose", dataset: { testid: "message-text" } });
  #label = element("span");
  #actions = element("span", { class: "actions" });
  #status = element("div", { class: "status" }, element("span", { class: "dots" }), this.#label);
  #markdown = new MarkdownView(this.#reply);
  #frame = null;
  #shown = null;

  /**
   * @param {object} turn see thread.js
   * @param {{onRetry, onEdit, onGrow}} page onGrow: after the height changed
   */
  constructor(turn, { onRetry, onEdit, onGrow }) {
    this.#turn = turn;
    this.#onGrow = onGrow;
    this.#status.append(this.#actions);
    this.user = article("user", "You said", this.#question);
    this.assistant = article("assistant", "Prosa replied", this.#reply, this.#status);
    this.retry = action("retry", onRetry, icon("retry"), "Retry");
    this.edit = action("edit", onEdit, "Edit");
    this.copy = copyButton("Copy the reply", () => this.#turn.view?.text ?? "");
    this.update(false);
  }

  get nodes() {
    return [this.user, this.assistant];
  }

  remove() {
    cancelAnimationFrame(this.#frame);
    this.nodes.forEach((node) => node.remove());
  }

  /** Shows what the turn is now. Text waits for the next frame: deltas come faster than that. */
  update(spoken = true) {
    const turn = this.#turn;
    const { phase, label, busy } = phaseOf(turn);
    this.#question.textContent = turn.prompt ?? "";
    const userState = turn.error ? "UNSENT" : turn.view ? "SENT" : "SENDING";
    describe(this.user, turn, userState, phase);
    describe(this.assistant, turn, turn.view?.state ?? userState, phase);
    this.assistant.setAttribute("aria-busy", String(busy));
    this.#label.textContent = label;
    this.#showActions(phase);
    if (spoken) this.#speak(phase, label);
    this.#frame ??= requestAnimationFrame(() => this.render());
  }

  /** Shows the text now, for those who have to know the height. */
  render() {
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    const text = this.#turn.view?.text ?? "";
    if (text !== this.#shown) this.#markdown.show(text);
    this.#shown = text;
    this.assistant.dataset.length = text.length;
    this.#onGrow();
  }

  #showActions(phase) {
    if (phase === this.phase) return;
    this.phase = phase;
    const { view } = this.#turn;
    const retry = ["failed", "unsent"].includes(phase);
    const kept = !retry && view && isTerminal(view) && view.text;
    const shown = [
      kept && this.copy,
      retry && this.retry,
      phase === "unsent" && this.edit,
      kept && modelName(view),
    ];
    this.#actions.replaceChildren(...shown.filter(Boolean));
  }

  #speak(phase, label) {
    if (phase === this.spoken) return;
    this.spoken = phase;
    const text = this.#turn.view?.text ?? "";
    announce(phase === "done" ? text.slice(0, SPOKEN_CHARACTERS) : label);
  }
}

function article(role, name, ...children) {
  const properties = { class: `message ${role}`, "aria-label": name };
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

function modelName({ model }) {
  return model ? element("span", { class: "model" }, model) : null;
}
