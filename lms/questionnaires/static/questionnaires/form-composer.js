// <form-composer> holds the list of a form's sections and questions. With this file moving, removing and putting back
// happen without leaving the page: the server draws the list anew, the focus stays, and a status line says what
// happened. Questions can also be dragged by their grip. Without it every button is a plain form.
class FormComposer extends HTMLElement {
  connectedCallback() {
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.after(this.status);
    this.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-composes]")) return;
      event.preventDefault();
      if (event.submitter?.getAttribute("aria-disabled") === "true") return;
      const data = new FormData(event.target, event.submitter);
      this.send(event.target.action, data, event.submitter?.id || "put-back");
    });
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragover", (event) => this.hover(event));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("dragend", () => this.unmark("is-dragged", "is-target"));
    this.ready();
  }

  ready() {
    for (const row of this.querySelectorAll("[data-question]")) row.draggable = true;
  }

  async send(address, data, focus) {
    const response = await fetch(address, { method: "POST", body: data, headers: { "X-Composer": "1" } });
    if (!response.ok || response.redirected) return location.reload();
    this.innerHTML = await response.text();
    this.ready();
    const line = this.querySelector("[data-announce]");
    this.status.textContent = line?.textContent ?? "";
    line?.remove();
    (document.getElementById(focus) ?? this.querySelector("h2")?.closest("section"))?.focus();
  }

  lift(event) {
    this.dragged = event.target.closest("[data-question]");
    if (!this.dragged) return;
    this.dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged.querySelector(".composer__text").textContent);
  }

  hover(event) {
    const list = event.target.closest("[data-section]");
    if (!this.dragged || !list) return;
    event.preventDefault();
    this.unmark("is-target");
    (event.target.closest("[data-question]") ?? list).classList.add("is-target");
  }

  drop(event) {
    const list = event.target.closest("[data-section]");
    if (!this.dragged || !list) return;
    event.preventDefault();
    const others = [...list.querySelectorAll("[data-question]")].filter((row) => row !== this.dragged);
    const before = event.target.closest("[data-question]");
    const form = this.dragged.querySelector(".composer__arrows");
    const data = new FormData(form);
    data.set("section", list.dataset.section);
    data.set("place", before && before !== this.dragged ? others.indexOf(before) : others.length);
    if (before !== this.dragged) this.send(form.action, data, this.dragged.id);
  }

  unmark(...names) {
    for (const name of names) {
      for (const marked of this.querySelectorAll(`.${name}`)) marked.classList.remove(name);
    }
  }
}

customElements.define("form-composer", FormComposer);
