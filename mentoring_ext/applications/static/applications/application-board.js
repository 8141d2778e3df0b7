// <application-board>: cards move by drag or by the buttons of their menu. Without this file the buttons send forms.
class ApplicationBoard extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.send(event));
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragend", () => this.putDown());
    this.addEventListener("dragover", (event) => this.mark(this.under(event)));
    this.addEventListener("drop", (event) => this.drop(event));
  }

  send(event) {
    const card = event.target.closest("[data-card]");
    event.preventDefault();
    card.querySelector("details").open = false;
    this.move(card, event.submitter.value, true);
  }

  lift(event) {
    this.lifted = event.target.closest?.("[data-moves]");
    if (!this.lifted) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.lifted.dataset.card);
    this.classList.add("is-dragging");
  }

  putDown() {
    this.classList.remove("is-dragging");
    this.lifted = this.mark(null);
  }

  mark(column) {
    this.querySelector(".is-over")?.classList.remove("is-over");
    column?.classList.add("is-over");
    return null;
  }

  under(event) {
    const column = this.lifted && event.target.closest("[data-drop]:not([data-drop=never])");
    if (column) event.preventDefault();
    return column;
  }

  drop(event) {
    const [card, column] = [this.lifted, this.under(event)];
    if (!column) return;
    this.putDown();
    const stage = column.dataset.stage;
    if (column.dataset.drop === "decide") location.assign(card.dataset[stage]);
    else if (stage !== card.dataset.seen) this.move(card, stage, false);
  }

  async move(card, stage, focus) {
    const body = new FormData(card.querySelector("form"));
    body.set("stage", stage);
    try {
      const answer = await fetch(card.dataset.moves, { method: "POST", body, headers: { Accept: "application/json" } });
      const { text, stage: now } = await answer.json();
      this.place(card, now);
      this.say(text, answer.ok);
    } catch {
      this.say(this.dataset.lost, false);
    }
    if (focus) (card.querySelector("summary") ?? card.querySelector("a")).focus();
  }

  place(card, stage) {
    const column = this.querySelector(`[data-stage="${stage}"]`);
    if (stage !== card.dataset.seen && column) {
      this.count(this.querySelector(`[data-stage="${card.dataset.seen}"]`), -1);
      this.count(column, 1);
      column.querySelector("[data-cards]").prepend(card);
    }
    card.dataset.seen = card.querySelector("[name=seen]").value = stage;
    card.querySelectorAll("[data-to]").forEach((item) => (item.hidden = item.dataset.to === stage));
    if (column?.dataset.drop !== "move") card.querySelector("details").remove();
  }

  count(column, by) {
    const shown = column.querySelector("[data-count]");
    shown.textContent = Number(shown.textContent) + by;
    column.querySelector(".board__empty")?.toggleAttribute("hidden", shown.textContent !== "0");
  }

  say(text, well) {
    const said = this.querySelector("[data-said]");
    said.className = `notice notice--${well ? "success" : "error"}`;
    said.textContent = text;
  }
}

customElements.define("application-board", ApplicationBoard);
