// <chat-room>: the page's list and form, alive. Without this file the form and the link "Show new messages" do.
import { Company } from "./company.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { listenForDeeds } from "./deeds.js";
import { MessageLog } from "./message-log.js";
import { Outbox } from "./outbox.js";
import { ReadMark } from "./read-mark.js";

class ChatRoom extends HTMLElement {
  connectedCallback() {
    const parts = Object.fromEntries(Array.from(this.querySelectorAll("[data-part]"), (part) => [part.dataset.part, part]));
    this.state = parts.state;
    this.outbox = new Outbox(this.dataset.room);
    this.connection = new Connection(this.dataset.socket, Number(this.dataset.seen));
    this.log = new MessageLog(this, parts);
    this.company = new Company(this, parts.note, this.connection);
    this.composer = new Composer(this, parts);
    this.readMark = new ReadMark(this.log, this.connection);
    parts.refresh.hidden = true;
    for (const item of this.outbox.items) this.drawWaiting(item);
    this.listen();
    listenForDeeds(this);
    this.company.arrived(this.log.last);
    this.connection.open();
  }

  listen() {
    const on = (name, act) => this.connection.addEventListener(name, ({ detail }) => act(detail));
    on("message", (message) => this.show(message));
    on("saved", ({ client_id }) => this.outbox.remove(client_id));
    on("live", () => this.goLive());
    on("offline", () => this.tell(this.dataset.textOffline));
    on("ended", () => this.tell(this.dataset.textEnded));
    on("error", (error) => this.fail(error));
  }

  goLive() {
    this.tell("");
    for (const item of this.outbox.items) this.post(item);
    this.readMark.send();
  }

  post(item) {
    this.connection.send({ do: "post", client_id: item.client_id, body: item.body, reply_to: item.reply_to });
  }

  drawWaiting(item) {
    this.log.put({ ...item, sender: this.dataset.person, name: this.composer.name, reply_to: null, waiting: true });
  }

  show(message) {
    this.outbox.remove(message.client_id);
    this.log.put(message);
    this.company.arrived(message);
    this.readMark.send();
  }

  fail({ code, text, client_id }) {
    const item = this.outbox.items.find((waiting) => waiting.client_id === client_id);
    if (code === "too_fast") return setTimeout(() => item && this.post(item), 1500);
    this.tell(text);
    if (!item) return;
    this.outbox.remove(client_id);
    this.log.find(item)?.remove();
    this.composer.giveBack(item.body);
  }

  tell(text) {
    this.state.hidden = !text;
    this.state.querySelector("span").textContent = text;
  }
}

customElements.define("chat-room", ChatRoom);
