// <pairing-board>: a mentee is picked up by drag or by "Move"; every mentor's card then says what it would cost to put
// the mentee there, and leads to the page that asks for the reason. Without this file "Move" opens that page.
import { Places } from "./places.js";

class PairingBoard extends HTMLElement {
  connectedCallback() {
    if (!("open" in this.dataset)) return;
    this.said = this.querySelector("[data-said]");
    this.places = new Places(this);
    this.addEventListener("click", (event) => this.press(event));
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.putBack());
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragend", () => this.classList.remove("is-dragging"));
    this.addEventListener("dragover", (event) => this.mark(event));
    this.addEventListener("drop", (event) => this.drop(event));
  }

  press(event) {
    const link = event.target.closest("[data-pick]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = link.closest("[data-places]");
    if (row === this.row) this.putBack();
    else this.pick(row).then(() => this.querySelector("[data-put] a")?.focus());
  }

  lift(event) {
    const row = event.target.closest?.("[data-places]");
    if (!row) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.mentee);
    this.classList.add("is-dragging");
    this.pick(row);
  }

  mark(event) {
    this.querySelector(".is-over")?.classList.remove("is-over");
    const card = event.target.closest("[data-place]:has([data-put] a)");
    if (!card) return;
    event.preventDefault();
    card.classList.add("is-over");
  }

  drop(event) {
    const link = event.target.closest("[data-place]")?.querySelector("[data-put] a");
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  }

  async pick(row) {
    this.clear();
    (this.row = row).classList.add("is-picked");
    const mentee = await this.places.fetch(row);
    if (this.row !== row) return;
    if (mentee) this.places.show(row);
    const words = this.querySelector("[data-put] a") ? "picked" : "nowhere";
    this.say(mentee ? this.dataset[words].replace("%s", mentee) : this.dataset.lost);
  }

  putBack() {
    if (!this.row) return;
    const link = this.row.querySelector("[data-pick]");
    this.clear();
    this.say(this.dataset.back);
    link.focus();
  }

  clear() {
    this.row?.classList.remove("is-picked");
    this.row = null;
    this.places.clear();
  }

  say(words) {
    Object.assign(this.said, { hidden: false, textContent: words });
  }
}

customElements.define("pairing-board", PairingBoard);
