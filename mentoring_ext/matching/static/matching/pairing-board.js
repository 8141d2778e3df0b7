// <pairing-board>: a mentee is picked up by drag or by "Move"; every mentor's card then says what it would cost to put
// the mentee there, and leads to the page that asks for the reason. Without this file "Move" opens that page.
class PairingBoard extends HTMLElement {
  connectedCallback() {
    if (!("open" in this.dataset)) return;
    this.said = this.querySelector("[data-said]");
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
    const card = event.target.closest("[data-place]");
    if (!card?.querySelector("[data-put] a")) return;
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
    this.row = row;
    row.classList.add("is-picked");
    const answer = await fetch(row.dataset.places).catch(() => null);
    if (this.row !== row) return;
    if (!answer?.ok) return this.say(this.dataset.lost);
    const { mentee, places } = await answer.json();
    for (const [mentor, place] of Object.entries(places)) this.offer(mentor, place, row);
    this.say(this.dataset.picked.replace("%s", mentee));
  }

  offer(mentor, place, row) {
    const put = this.querySelector(`[data-place="${mentor}"] [data-put]`);
    if (!put) return;
    const shown = document.createElement(place.why_not ? "p" : "a");
    shown.className = place.why_not ? "small muted" : "button button--quiet button--small";
    shown.textContent = place.words;
    if (!place.why_not) shown.href = `${row.querySelector("[data-pick]").href}?place=${place.key}`;
    put.replaceChildren(shown);
  }

  putBack() {
    const link = this.row?.querySelector("[data-pick]");
    if (!link) return;
    this.clear();
    this.say(this.dataset.back);
    link.focus();
  }

  clear() {
    this.row?.classList.remove("is-picked");
    this.row = null;
    this.querySelectorAll("[data-put]").forEach((put) => put.replaceChildren());
  }

  say(words) {
    this.said.hidden = false;
    this.said.textContent = words;
  }
}

customElements.define("pairing-board", PairingBoard);
