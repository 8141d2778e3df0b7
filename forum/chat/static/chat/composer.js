// The form: sends, answers and changes messages; keeps what is being written over a reload.
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

  begin(words, { edit = null, answer = "" }) {
    this.editing = edit;
    this.replyTo.value = answer;
    this.say(words);
    this.field.focus();
  }

  say(text) {
    this.about.hidden = !text;
    this.about.querySelector("span").textContent = text;
  }

  undo(event) {
    event.preventDefault();
    if (this.editing) this.field.value = this.room.outbox.draft;
    this.begin("", {});
  }

  clear() {
    if (!this.editing) this.room.outbox.draft = "";
    this.field.value = this.editing ? this.room.outbox.draft : "";
    this.begin("", {});
  }

  giveBack(body) {
    this.field.value = [body, this.field.value].filter(Boolean).join("\n");
    this.room.outbox.draft = this.field.value;
  }
}
