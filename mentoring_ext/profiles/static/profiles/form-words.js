// What somebody typed into a form as one line of text, and back into the form again.
const NOT_KEPT = ["csrfmiddlewaretoken", "revision"];

export function wordsOf(form) {
  const words = [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
  return new URLSearchParams(words).toString();
}

export function putBack(form, kept) {
  const words = new URLSearchParams(kept);
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.includes(field.name) || ["hidden", "submit"].includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = words.getAll(field.name).includes(field.value);
    else field.value = words.get(field.name) ?? "";
  }
}
