// <draft-keeper> around a step's form keeps what is typed: in this window at every key, on the server soon after. When
// the server or the session is gone, the words wait in this window and stand in the form again after the next visit.
import { putBack, wordsOf } from "./form-words.js";

const [WAIT, AGAIN] = [1500, 10000];

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.said = document.getElementById(this.dataset.says);
    this.key = `draft:${this.dataset.owner}:${location.pathname}`;
    this.form.dataset.noGuard = "";
    this.bringBack();
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.typed());
    this.form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("online", () => this.keep());
    addEventListener("pagehide", () => clearTimeout(this.timer));
  }

  get words() { return wordsOf(this.form); }

  get revision() { return this.form.elements.revision.value; }

  remember(more = {}) {
    sessionStorage.setItem(this.key, JSON.stringify({ words: this.words, revision: this.revision, ...more }));
  }

  // Words that were sent and arrived are in the page already; those that did not arrive are put back, with the
  // revision that they were typed on, so that nothing of another window is overwritten unasked.
  bringBack() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!kept || (kept.sent && kept.revision !== this.revision)) return sessionStorage.removeItem(this.key);
    putBack(this.form, kept.words);
    this.form.elements.revision.value = kept.revision;
    this.typed();
  }

  typed() {
    this.remember();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), WAIT);
  }

  // A draft on its way raises the revision, so the next draft and the form itself wait for the answer.
  async leave(event) {
    this.remember({ sent: true });
    clearTimeout(this.timer);
    if (!this.keeping) return;
    event.preventDefault();
    await this.keeping;
    this.form.requestSubmit(event.submitter);
  }

  keep() {
    const rest = () => { if (this.keeping === mine) this.keeping = null; };
    const mine = this.keeping = Promise.resolve(this.keeping).then(() => this.send()).finally(rest);
  }

  async send() {
    if (this.behind || !sessionStorage.getItem(this.key)) return;
    const [sending, body] = [this.words, new URLSearchParams(new FormData(this.form))];
    let answer = null;
    try {
      const response = await fetch(this.dataset.address, { method: "POST", body, redirect: "manual" });
      this.behind = response.status === 409;
      if (response.ok || this.behind) answer = await response.json();
    } catch { /* the server is not there; the words wait */ }
    this.said.textContent = answer?.said ?? this.dataset.waiting;
    this.said.classList.toggle("saved-at--waiting", !answer || this.behind);
    if (this.behind) return;
    if (!answer) { this.timer = setTimeout(() => this.keep(), AGAIN); return; }
    this.form.elements.revision.value = answer.revision;
    if (sending === this.words) sessionStorage.removeItem(this.key);
    else this.remember();
  }
}

customElements.define("draft-keeper", DraftKeeper);
