// How far somebody has read: told to the room when the newest message is on a screen that is looked at.
export class ReadMark {
  constructor(log, connection) {
    this.log = log;
    this.connection = connection;
    this.marked = 0;
    document.addEventListener("visibilitychange", () => this.send());
    log.window.addEventListener("scroll", () => this.send());
  }

  send() {
    const newest = this.log.last.id;
    if (document.hidden || !this.log.atEnd() || newest <= this.marked) return;
    if (this.connection.send({ do: "read", message: newest })) this.marked = newest;
  }
}
