// <application-board>: cards move by drag or by the buttons of their menu. Without this file the buttons send forms.
const MOVABLE = "[draggable=true]:has(form)";

class ApplicationBoard extends HTMLElement {
  connectedCallback() {
    this.said = this.querySelector("[data-said]");
    this.addEventListener("submit", (event) => this.send(event));
    this.addEventListener("pointerdown", (event) => (this.pressed = event.target.closest(MOVABLE)));
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragend", () => this.putDown());
    this.addEventListener("dragover", (event) => this.mark(this.under(event)));
    this.addEventListener("drop", (event) => this.drop(event));
  }

  send(event) {
    event.preventDefault();
    const card = event.target.closest("[data-card]");
    card.querySelector("details").open = false;
    this.move(card, event.submitter.value);
    card.querySelector("summary").focus();
  }

  lift(event) {
    // If the page moved after the press, the browser finds another card here. The pressed one is meant.
    this.lifted = event.target.closest?.(MOVABLE) && this.pressed;
    if (!this.lifted) return;
    if (!this.lifted.contains(event.target)) event.dataTransfer.setDragImage(this.lifted, 16, 16);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.lifted.dataset.card);
    this.classList.add("is-dragging");
    requestAnimationFrame(() => this.lifted?.classList.add("is-lifted"));
  }

  putDown() {
    this.classList.remove("is-dragging");
    this.lifted?.classList.remove("is-lifted");
    this.lifted = this.mark(null);
  }

  mark(column) {
    const goal = column?.dataset.stage === this.lifted?.dataset.seen ? null : column;
    this.querySelectorAll("[data-drop]").forEach((one) => one.classList.toggle("is-over", one === goal));
  }

  under(event) {
    const column = this.lifted && event.target.closest("[data-drop]:not([data-drop=never])");
    return column && (event.preventDefault(), column);
  }

  drop(event) {
    const [card, column] = [this.lifted, this.under(event)];
    this.putDown();
    const stage = column?.dataset.stage;
    if (column?.dataset.drop === "decide") location.assign(card.dataset[stage]);
    else if (column && stage !== card.dataset.seen) this.move(card, stage);
  }

  async move(card, stage) {
    const body = new FormData(card.querySelector("form"));
    body.set("stage", stage);
    const lost = { ok: false, json: () => ({ text: this.dataset.lost, stage: body.get("seen") }) };
    const sent = { method: "POST", body, headers: { Accept: "application/json" } };
    this.place(card, stage);
    const answer = await fetch(card.dataset.moves, sent).catch(() => lost);
    const { text, stage: now } = await Promise.resolve(answer.json()).catch(lost.json);
    if (now !== card.dataset.seen) this.place(card, now);
    Object.assign(this.said, { className: `notice notice--${answer.ok ? "success" : "error"}`, textContent: text });
  }

  place(card, stage) {
    const [from, to] = [card.dataset.seen, stage].map((name) => this.querySelector(`[data-stage="${name}"]`));
    for (const [column, by] of [[from, -1], [to, 1]]) column.querySelector("[data-count]").textContent -= -by;
    to.querySelector("[data-cards]").prepend(card);
    card.dataset.seen = card.querySelector("[name=seen]").value = stage;
    card.querySelectorAll("[data-to]").forEach((item) => (item.hidden = item.dataset.to === stage));
    if (to.dataset.drop !== "move") card.querySelector("details").remove();
  }
}

customElements.define("application-board", ApplicationBoard);
