// <sortable-list> holds a list whose items have a form with data-sorts and arrow buttons named "place". The arrows work
// without this file; with it an item can also be dragged to another place among its siblings. The form is then sent
// with the new place, so the page says what the server kept.
class SortableList extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(":scope > ul, :scope > ol");
    for (const item of this.items) {
      if (!this.formOf(item)) continue;
      item.draggable = true;
      item.addEventListener("dragstart", (event) => this.take(event, item));
      item.addEventListener("dragend", () => this.drop(item));
      item.addEventListener("dragover", (event) => this.pass(event, item));
    }
    this.list.addEventListener("drop", (event) => this.dragged && event.preventDefault());
  }

  get items() {
    return [...this.list.children];
  }

  formOf(item) {
    const form = item.querySelector("form[data-sorts]");
    return form && form.closest("li") === item ? form : null;
  }

  take(event, item) {
    if (event.target !== item) return;
    event.stopPropagation();
    this.dragged = item;
    this.before = this.items.indexOf(item);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    item.classList.add("is-dragged");
  }

  pass(event, item) {
    if (!this.dragged) return;
    event.preventDefault();
    event.stopPropagation();
    if (item === this.dragged) return;
    const { top, height } = item.getBoundingClientRect();
    const below = event.clientY > top + height / 2;
    item[below ? "after" : "before"](this.dragged);
  }

  drop(item) {
    if (item !== this.dragged) return;
    item.classList.remove("is-dragged");
    this.dragged = null;
    const place = this.items.indexOf(item);
    if (place === this.before) return;
    const form = this.formOf(item);
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "place", value: place });
    form.append(field);
    form.submit();
  }
}

customElements.define("sortable-list", SortableList);
