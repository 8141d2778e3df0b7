// One message, drawn as text only: nothing that somebody writes becomes markup.
export function fill(row, message, log) {
  const room = log.room;
  const part = (name) => row.querySelector(`.message__${name}`);
  const own = String(message.sender) === room.dataset.person;
  row.id = message.id ? `message-${message.id}` : "";
  Object.assign(row.dataset, { id: message.id ?? "", sender: message.sender ?? "", sent: message.sent_at });
  if (message.client_id && own) row.dataset.clientId = message.client_id;
  row.classList.toggle("message--own", own);
  row.classList.toggle("message--deleted", Boolean(message.deleted));
  row.classList.toggle("message--waiting", Boolean(message.waiting));
  row.classList.remove("message--failed");
  part("name").textContent = message.name;
  part("edited").hidden = !message.edited || message.deleted;
  const time = row.querySelector("time");
  time.dateTime = message.sent_at;
  time.textContent = log.clock.format(new Date(message.sent_at));
  const answered = part("answered");
  answered.hidden = !message.reply_to || message.deleted;
  const link = answered.querySelector("a");
  link.textContent = message.reply_to ? `${message.reply_to.name}: ${message.reply_to.body}` : "";
  link.href = `#message-${message.reply_to?.id ?? ""}`;
  part("body").replaceChildren(...(message.deleted ? [room.dataset.textDeleted] : linked(message.body)));
  part("deeds").hidden = Boolean(message.deleted);
  for (const deed of row.querySelectorAll("[data-deed]")) {
    deed.hidden = !own && deed.dataset.deed !== "answer";
    deed.href = deed.getAttribute("href").replace(/(answer=|messages\/)\d+/, `$1${message.id ?? 0}`);
  }
}

function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    return Object.assign(document.createElement("a"), { href: piece, textContent: piece, rel: "nofollow" });
  });
}
