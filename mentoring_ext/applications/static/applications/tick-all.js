// <tick-all label="…"> puts one box above a table that ticks all boxes in it. Without this file one ticks each.
class TickAll extends HTMLElement {
  connectedCallback() {
    this.boxes = [...this.querySelectorAll("input[type=checkbox]")];
    if (!this.boxes.length) return;
    const label = document.createElement("label");
    label.className = "tick";
    this.all = document.createElement("input");
    this.all.type = "checkbox";
    label.append(this.all, this.getAttribute("label"));
    this.prepend(label);
    this.all.addEventListener("change", () => this.boxes.forEach((box) => (box.checked = this.all.checked)));
    this.addEventListener("change", () => this.show());
  }

  show() {
    const ticked = this.boxes.filter((box) => box.checked).length;
    this.all.checked = ticked === this.boxes.length;
    this.all.indeterminate = ticked > 0 && !this.all.checked;
  }
}

customElements.define("tick-all", TickAll);
