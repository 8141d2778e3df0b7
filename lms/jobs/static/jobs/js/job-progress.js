// <job-progress data-open> reads its own page again every two seconds until the task is over. It changes only what is
// different, so that a screen reader hears a new sentence and nothing twice, and the keyboard stays where it is.
const SECONDS = 2;

class JobProgress extends HTMLElement {
  connectedCallback() {
    if (!("open" in this.dataset)) return;
    this.querySelector("[data-reload]").hidden = true;
    this.timer = setTimeout(() => this.look(), SECONDS * 1000);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async look() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) return location.reload();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.take(page.querySelector("job-progress"));
    } catch {
      // The network may be away for a while; the next look tells.
    }
    if ("open" in this.dataset) this.timer = setTimeout(() => this.look(), SECONDS * 1000);
  }

  take(fresh) {
    if (!fresh) return;
    for (const part of this.querySelectorAll("[data-part]")) {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      const reload = other.querySelector("[data-reload]");
      if (reload) reload.hidden = true;
      if (this.words(other) !== this.words(part)) part.innerHTML = other.innerHTML;
    }
    const bar = this.querySelector("progress");
    const freshBar = fresh.querySelector("progress");
    if (freshBar?.hasAttribute("value")) bar.value = freshBar.value;
    if ("open" in fresh.dataset) return;
    bar?.remove();
    delete this.dataset.open;
  }

  words(part) {
    return part.textContent.replace(/\s+/g, " ").trim();
  }
}

customElements.define("job-progress", JobProgress);
