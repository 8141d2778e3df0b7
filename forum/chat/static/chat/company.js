// Who else is there: here now, writing, and how far each has read.
const SHOWN_FOR = 5_000, TOLD_EVERY = 3_000;

export class Company {
  constructor(room, note, connection) {
    Object.assign(this, { room, note, writing: new Map(), told: 0, connection });
    this.marks = new Map(Object.entries(JSON.parse(room.dataset.marks)));
    connection.addEventListener("here", ({ detail }) => this.showHere(detail.people.map(([person]) => String(person))));
    connection.addEventListener("typing", ({ detail }) => this.types(String(detail.person), detail.name));
    connection.addEventListener("read", ({ detail }) => this.read(String(detail.person), detail.name, detail.message));
    connection.addEventListener("offline", () => this.showHere([]));
  }

  showHere(people) {
    for (const row of document.querySelectorAll("[data-here]")) {
      row.querySelector(".here").hidden = !people.includes(row.dataset.here);
    }
  }

  types(person, name) {
    if (person === this.room.dataset.person) return;
    clearTimeout(this.writing.get(person)?.timer);
    this.writing.set(person, { name, timer: setTimeout(() => this.rests(person), SHOWN_FOR) });
    this.show();
  }

  rests(person) {
    clearTimeout(this.writing.get(person)?.timer);
    if (this.writing.delete(person)) this.show();
  }

  tellTyping() {
    if (Date.now() - this.told < TOLD_EVERY) return;
    this.told = Date.now();
    this.connection.send({ do: "typing" });
  }

  read(person, name, message) {
    this.marks.set(person, [name, message]);
    this.show();
  }

  arrived(message) {
    this.newest = message.id > (this.newest ?? 0) ? message.id : this.newest;
    this.sender = message.id === this.newest ? String(message.sender) : this.sender;
    this.rests(String(message.sender));
    this.show();
  }

  show() {
    const names = [...this.writing.values()].map(({ name }) => name);
    const text = this.room.dataset;
    this.note.textContent = names.length ? text.textTyping.replace("%s", list(names)) : this.readers(text.textRead);
  }

  readers(words) {
    const others = [...this.marks].filter(([person, [, mark]]) => this.newest && mark >= this.newest && person !== this.sender && person !== this.room.dataset.person);
    return others.length ? words.replace("%s", list(others.map(([, [name]]) => name))) : "";
  }
}

function list(names) {
  return new Intl.ListFormat(document.documentElement.lang).format(names);
}
