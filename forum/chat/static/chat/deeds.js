// The links below a message: answer, edit, delete.
export function listenForDeeds(room) {
  room.addEventListener("click", (event) => {
    const link = event.target.closest("[data-deed]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = link.closest("[data-id]");
    deeds[link.dataset.deed](room, Number(row.dataset.id), (name) => row.querySelector(`.message__${name}`).textContent);
  });
}

const deeds = {
  answer(room, id, text) {
    const words = room.dataset.textAnswer.replace("%s", text("name"));
    room.composer.begin(`${words}: ${text("body").slice(0, 90)}`, { answer: id });
  },

  edit(room, id, text) {
    room.composer.field.value = text("body");
    room.composer.begin(room.dataset.textEditing, { edit: id });
  },

  delete(room, id) {
    if (confirm(room.dataset.textDelete)) room.connection.send({ do: "delete", message: id });
  },
};
