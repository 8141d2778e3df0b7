// <draft-saver data-keep="address"> holds a long form. A while after somebody typed, what stands in the form is sent to
// the address; the page then says when it was kept, and has the address with which one goes on. Without this file the
// button "Save and go on later" does the same.
const WAIT = 4000;

class DraftSaver extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.chosen = new Set();
    this.form.dataset.noGuard = "";
    this.addEventListener("input", () => this.later());
    this.addEventListener("change", (event) => {
      if (event.target.type === "file") this.chosen.add(event.target.name);
      this.later();
    });
    this.form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => this.timer && document.hidden && this.save());
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.stopped = true;
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.stopped) return;
    const sent = new Set(this.chosen);
    const data = new FormData(this.form);
    for (const input of this.form.querySelectorAll("input[type=file]")) {
      if (!sent.has(input.name)) data.delete(input.name);
    }
    try {
      const answer = await fetch(this.dataset.keep, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        keepalive: document.hidden && sent.size === 0,
      });
      if (!answer.ok) throw new Error(answer.status);
      const kept = await answer.json();
      for (const name of sent) this.chosen.delete(name);
      this.say(this.dataset.saved.replace("%s", kept.saved));
      if (!this.stopped) history.replaceState(null, "", kept.address);
    } catch {
      this.say(this.dataset.failed);
    }
  }

  say(words) {
    this.querySelector("[data-said]").textContent = words;
  }
}

customElements.define("draft-saver", DraftSaver);
