// Where things stand in the grid of hours: a row an hour, seven boxes a row.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// The box that a key leads to from another one; the box itself at an edge, and nothing for other keys.
export function next(rows, box, key) {
  const row = rows.findIndex((boxes) => boxes.includes(box));
  const step = STEPS[key];
  if (row < 0 || (!step && !["Home", "End"].includes(key))) return null;
  const day = rows[row].indexOf(box);
  const to = step ? rows[row + step[0]]?.[day + step[1]] : rows[row].at(key === "Home" ? 0 : -1);
  return to && !to.closest("tbody").hidden ? to : box;
}

// Everything between two boxes, as a rectangle of days and hours.
export function between(boxes, from, to) {
  const at = (box) => [Math.floor(boxes.indexOf(box) / 7), boxes.indexOf(box) % 7];
  const [[row, day], [lastRow, lastDay]] = [at(from), at(to)];
  const within = (value, one, other) => value >= Math.min(one, other) && value <= Math.max(one, other);
  return boxes.filter((box) => within(at(box)[0], row, lastRow) && within(at(box)[1], day, lastDay));
}
