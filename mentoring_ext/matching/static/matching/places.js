// Where a mentee could go: fetched from the site, and shown on the mentors' cards of a board.
export class Places {
  constructor(board) {
    this.board = board;
  }

  // Return the mentee's name once the places are here, or "" when they could not be fetched.
  async fetch(row) {
    const answer = await fetch(row.dataset.places).catch(() => null);
    if (!answer?.ok) return "";
    const { mentee, places } = await answer.json();
    this.found = Object.entries(places);
    return mentee;
  }

  show(row) {
    const move = row.querySelector("[data-pick]").href;
    for (const [mentor, place] of this.found) {
      this.board.querySelector(`[data-place="${mentor}"] [data-put]`)?.replaceChildren(offer(place, move));
    }
  }

  clear() {
    this.board.querySelectorAll("[data-put]").forEach((put) => put.replaceChildren());
  }
}

function offer(place, move) {
  const shown = document.createElement(place.why_not ? "p" : "a");
  shown.className = place.why_not ? "small muted" : "button button--quiet button--small";
  shown.textContent = place.words;
  if (!place.why_not) shown.href = `${move}?place=${place.key}`;
  return shown;
}
