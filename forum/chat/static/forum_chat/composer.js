// The form: sends, answers, changes and takes back messages; keeps what is being written over a reload.
export class Composer {
  constructor(room, parts) {
    Object.assign(this, { room, form: parts.form, about: parts.about, editing: null });
    this.field = parts.form.elements.body;
    this.replyTo = parts.form.elements.reply_to;
    this.name = parts.form.dataset.name;
    this.field.value ||= room.outbox.draft;
    parts.hint.hidden = !matchMedia("(pointer: fine)").matches;
    parts.form.addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("input", () => this.written());
    this.field.addEventListener("keydown", (event) => this.key(event));
    parts.undo.addEventListener("click", (event) => this.undo(event));
    room.addEventListener("click", (event) => this.deed(event));
  }

  submit(event) {
    event.preventDefault();
    const body = this.field.value.trim();
    const { connection, outbox } = this.room;
    if (!body) return this.field.focus();
    if (this.editing) {
      if (!connection.send({ do: "edit", message: this.editing, body })) return;
    } else {
      const item = outbox.add(body, Number(this.replyTo.value) || null);
      this.room.drawWaiting(item);
      if (connection.live) this.room.post(item);
    }
    this.clear();
  }

  key(event) {
    const fine = matchMedia("(pointer: fine)").matches;
    if (event.key === "Escape" && !this.about.hidden) this.undo(event);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !fine) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  written() {
    if (!this.editing) this.room.outbox.draft = this.field.value;
    this.room.company.tellTyping();
  }

  deed(event) {
    const link = event.target.closest("[data-deed]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = link.closest("[data-id]");
    const id = Number(row.dataset.id);
    const body = row.querySelector(".message__body").textContent;
    const words = this.room.dataset;
    if (link.dataset.deed === "delete") {
      if (confirm(words.textDelete)) this.room.connection.send({ do: "delete", message: id });
      return;
    }
    this.editing = link.dataset.deed === "edit" ? id : null;
    this.replyTo.value = this.editing ? "" : id;
    if (this.editing) this.field.value = body;
    const name = row.querySelector(".message__name").textContent;
    this.say(this.editing ? words.textEditing : `${words.textAnswer.replace("%s", name)}: ${body.slice(0, 90)}`);
    this.field.focus();
  }

  say(text) {
    this.about.hidden = !text;
    this.about.querySelector("span").textContent = text;
  }

  undo(event) {
    event.preventDefault();
    if (this.editing) this.field.value = this.room.outbox.draft;
    this.replyTo.value = "";
    this.editing = null;
    this.say("");
    this.field.focus();
  }

  clear() {
    if (!this.editing) this.room.outbox.draft = "";
    this.field.value = this.editing ? this.room.outbox.draft : "";
    this.replyTo.value = "";
    this.editing = null;
    this.say("");
  }

  giveBack(body) {
    this.field.value = [body, this.field.value].filter(Boolean).join("\n");
    this.room.outbox.draft = this.field.value;
  }
}
