// Buttons of the grid of hours, which are of use only with its script.
export const make = (tag, values) => Object.assign(document.createElement(tag), values);

export function button(text, deed) {
  const made = make("button", { type: "button", className: "button button--quiet button--small", textContent: text });
  made.addEventListener("click", deed);
  return made;
}

// The name of a day or an hour becomes a button for its whole column or row.
export function headButton(head, whole, deed) {
  const name = head.querySelector("abbr")?.title ?? head.textContent;
  const made = make("button", { type: "button", className: "hours__all" });
  made.append(...head.childNodes);
  made.setAttribute("aria-label", `${name}, ${whole}`);
  made.addEventListener("click", deed);
  head.append(made);
}
