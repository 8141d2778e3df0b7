// <live-effect data-url="…"> holds a form. Whenever something in it changes, what would come of it is fetched and shown
// in [data-effect]. Without this file the button [data-button] shows the same on a new page.
const PAUSE = 150;
// While another effect is being worked out the site says so with "Retry-After"; then it is asked again.
const PATIENCE = 600;

class LiveEffect extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.place = this.querySelector("[data-effect]");
    this.querySelector("[data-button]").hidden = true;
    this.addEventListener("input", () => this.later());
    this.show();
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), pause);
  }

  async show() {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    this.place.setAttribute("aria-busy", "true");
    try {
      const sent = { method: "POST", body: new FormData(this.form), signal: asked.signal };
      const answer = await fetch(this.dataset.url, sent);
      if (!answer.ok) throw new Error(answer.status);
      if (answer.headers.has("Retry-After")) return this.later(PATIENCE);
      this.place.innerHTML = await answer.text();
    } catch {
      if (asked.signal.aborted) return;
      this.place.textContent = this.dataset.lost;
    }
    this.place.removeAttribute("aria-busy");
  }
}

customElements.define("live-effect", LiveEffect);
