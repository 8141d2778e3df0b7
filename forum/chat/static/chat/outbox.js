// What was written and is not yet acknowledged. It outlives a reload; sent twice, it is still one message.
export class Outbox {
  constructor(room) {
    this.key = `chat-outbox-${room}`;
    this.draftKey = `chat-draft-${room}`;
    this.items = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
  }

  add(body, replyTo) {
    const item = { client_id: newId(), body, reply_to: replyTo, sent_at: new Date().toISOString() };
    this.items.push(item);
    this.save();
    return item;
  }

  remove(clientId) {
    this.items = this.items.filter((item) => item.client_id !== clientId);
    this.save();
  }

  save() {
    sessionStorage.setItem(this.key, JSON.stringify(this.items));
  }

  get draft() {
    return sessionStorage.getItem(this.draftKey) ?? "";
  }

  set draft(text) {
    sessionStorage.setItem(this.draftKey, text);
  }
}

function newId() {
  // crypto.randomUUID is there on secure pages only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
