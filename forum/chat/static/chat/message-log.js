// The list of messages: each stands once, in the order of its id; what waits to be sent stands at the end.
import { fill } from "./message-row.js";

export class MessageLog {
  constructor(room, parts) {
    Object.assign(this, { room, window: parts.window, list: parts.log, blank: parts.row, empty: parts.empty });
    const of = (options) => new Intl.DateTimeFormat(this.language, { timeZone: room.dataset.zone, ...options });
    this.clock = of({ hour: "2-digit", minute: "2-digit", hour12: false });
    this.day = of({ weekday: "long", day: "numeric", month: "long" });
    parts.earlier?.addEventListener("click", (event) => this.addEarlier(event, parts.earlier));
    this.toEnd();
  }

  get language() {
    return this.room.dataset.language === "en" ? "en-GB" : this.room.dataset.language;
  }

  get last() {
    const row = [...this.list.querySelectorAll("[data-id]:not(.message--waiting)")].at(-1);
    return { id: Number(row?.dataset.id ?? 0), sender: row?.dataset.sender };
  }

  find(message) {
    const waiting = message.client_id && this.list.querySelector(`[data-client-id="${message.client_id}"]`);
    return waiting || (message.id && this.list.querySelector(`[data-id="${message.id}"]`));
  }

  put(message) {
    const atEnd = this.atEnd();
    let row = this.find(message);
    const moves = !row || row.classList.contains("message--waiting");
    row ??= this.blank.content.firstElementChild.cloneNode(true);
    fill(row, message, this);
    if (moves) this.place(row, message);
    this.empty?.remove();
    if (atEnd || message.waiting) this.toEnd();
  }

  place(row, message) {
    const later = [...this.list.querySelectorAll("[data-id]")].find((other) => other !== row && follows(other, message));
    this.list.insertBefore(row, later ?? null);
    this.drawDays();
  }

  drawDays() {
    for (const old of this.list.querySelectorAll(".chat__day")) old.remove();
    let last = "";
    for (const row of this.list.querySelectorAll("[data-sent]")) {
      const parts = this.day.formatToParts(new Date(row.dataset.sent));
      const name = ["weekday", "day", "month"].map((type) => parts.find((part) => part.type === type).value).join(" ");
      if (name !== last) row.before(Object.assign(document.createElement("li"), { className: "chat__day", textContent: name }));
      last = name;
    }
  }

  async addEarlier(event, link) {
    event.preventDefault();
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const height = this.list.scrollHeight;
    this.list.prepend(...page.querySelectorAll("[data-part=log] [data-id]"));
    this.drawDays();
    this.window.scrollTop += this.list.scrollHeight - height;
    const further = page.querySelector("[data-part=earlier]");
    further ? (link.href = new URL(further.getAttribute("href"), location.href)) : link.parentElement.remove();
  }

  atEnd() {
    return this.window.scrollHeight - this.window.scrollTop - this.window.clientHeight < 80;
  }

  toEnd() {
    this.window.scrollTop = this.window.scrollHeight;
  }
}

function follows(other, message) {
  if (message.waiting) return false;
  return other.classList.contains("message--waiting") || Number(other.dataset.id) > message.id;
}
