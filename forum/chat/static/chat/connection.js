// A socket that comes back by itself. It counts the room's changes: after a break, or when one is missing, it names
// the last change that it saw and gets the rest in order.
const SIGNED_OUT = 4401, LEFT = 4403;
const BEAT = 25_000, PATIENCE = 10_000, LONGEST_PAUSE = 20_000;

export class Connection extends EventTarget {
  constructor(path, seen) {
    super();
    Object.assign(this, { path, seen, newest: seen, tries: 0, live: false });
    addEventListener("online", () => this.open());
    setInterval(() => this.live && this.ask(), BEAT);
  }

  open() {
    if (this.socket?.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.waiting);
    const address = new URL(this.path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = (this.socket = new WebSocket(address));
    socket.onopen = () => this.ask();
    socket.onmessage = (event) => this.receive(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.closed(event.code);
  }

  send(content) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(content));
    return true;
  }

  ask() {
    if (!this.send({ do: "resume", seen: this.seen })) return;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(), PATIENCE);
  }

  lost() {
    const socket = this.socket;
    socket.onclose = null;
    socket.close();
    this.closed(0);
  }

  closed(code) {
    clearTimeout(this.silence);
    this.live = false;
    this.socket = null;
    if (code === SIGNED_OUT || code === LEFT) return this.tell("ended");
    this.tell("offline");
    const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** this.tries++);
    this.waiting = setTimeout(() => this.open(), pause * (0.5 + Math.random() / 2));
  }

  receive(frame) {
    if (frame.type === "behind") return this.ask();
    if (frame.type === "message") return this.changed(frame.message);
    if (frame.type !== "missed") return this.tell(frame.type, frame);
    clearTimeout(this.silence);
    for (const message of frame.messages) this.tell("message", message);
    this.seen = frame.revision;
    if (frame.more || this.newest > this.seen) return this.ask();
    this.tries = 0;
    this.live = true;
    this.tell("live");
  }

  changed(message) {
    this.newest = Math.max(this.newest, message.revision);
    if (message.revision > this.seen + 1) return this.ask();
    this.seen = Math.max(this.seen, message.revision);
    this.tell("message", message);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
