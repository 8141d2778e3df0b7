// Asks before somebody leaves a page with words that were typed but not sent. A form opts out with data-no-guard.
const changed = new Set();
let sending = false;

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.form");
  if (form && form.method === "post" && !("noGuard" in form.dataset)) changed.add(form);
});

document.addEventListener("submit", (event) => {
  sending = true;
  changed.delete(event.target);
});

window.addEventListener("beforeunload", (event) => {
  if (changed.size && !sending) event.preventDefault();
});

window.addEventListener("pageshow", () => {
  sending = false;
});
