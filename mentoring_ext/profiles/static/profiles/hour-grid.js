// <hour-grid> holds a table of boxes, one for each hour of the week; alone it is a table of boxes to tick. With this
// file one Tab leads into it, arrow keys move, shift and an arrow key (or shift and a click) tick a range, a press on a
// day or an hour ticks the whole column or row, and Monday can be copied to the weekdays.
import { button, headButton, make } from "./hour-buttons.js";
import { between, next } from "./hour-cells.js";

class HourGrid extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]).filter((row) => row.length);
    this.boxes = this.rows.flat();
    this.boxes.forEach((box) => { box.tabIndex = -1; });
    this.enter(this.querySelector('[data-part="morning"] input'));
    this.querySelectorAll("thead th").forEach((head, day) => this.press(head, () => this.rows.map((row) => row[day])));
    this.querySelectorAll('tbody th[scope="row"]').forEach((head, at) => this.press(head, () => this.rows[at]));
    this.addEventListener("keydown", (event) => this.move(event));
    this.addEventListener("click", (event) => this.click(event));
    this.addEventListener("focusin", (event) => { if (this.boxes.includes(event.target)) this.enter(event.target); });
    this.addEventListener("change", () => this.count());
    this.tools();
  }

  tools() {
    const bar = make("div", { className: "cluster hour-grid__tools" });
    this.said = make("span", { role: "status" });
    const night = this.querySelector('[data-part="early"]');
    night.hidden = !night.querySelector("input:checked");
    const show = button(this.dataset.night, () => { night.hidden = false; show.remove(); night.querySelector("input").focus(); });
    bar.append(button(this.dataset.copy, () => this.rows.forEach((row) => this.set(row.slice(1, 5), row[0].checked))));
    bar.append(button(this.dataset.clear, () => this.set(this.boxes, false)));
    if (night.hidden) bar.append(show);
    bar.append(this.said);
    this.prepend(bar);
    this.count();
  }

  press(head, boxesOf) {
    headButton(head, this.dataset.whole, () => {
      const shown = boxesOf().filter((box) => !box.closest("tbody").hidden);
      this.set(shown, !shown.every((box) => box.checked));
    });
  }

  set(boxes, checked) {
    boxes.forEach((box) => { box.checked = checked; });
    this.boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  enter(box) {
    if (this.current) this.current.tabIndex = -1;
    this.current = box;
    box.tabIndex = 0;
  }

  move(event) {
    const to = next(this.rows, event.target, event.key);
    if (!to) return;
    event.preventDefault();
    if (to === event.target) return;
    if (event.shiftKey) this.range(this.anchor ??= event.target, to);
    else this.anchor = null;
    to.focus();
  }

  click(event) {
    if (!this.boxes.includes(event.target)) return;
    if (event.shiftKey && this.last) this.range(this.last, event.target);
    [this.last, this.anchor] = [event.target, null];
  }

  range(from, to) {
    this.set(between(this.boxes, from, to), from.checked);
  }

  count() {
    this.said.textContent = `${this.dataset.count} ${this.boxes.filter((box) => box.checked).length}`;
  }
}

customElements.define("hour-grid", HourGrid);
