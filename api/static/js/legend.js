// The legend: which types are drawn, how many of each; a click leaves a type out or brings it back.

import { button, el } from "./dom.js";
import { icon } from "./types.js";
import { typeLabel } from "./words.js";

/** Buttons for the types of the nodes; `without` are left out now. */
export function legend(nodes, without, toggle) {
  const counts = new Map();
  for (const { type } of nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  const types = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a.localeCompare(b));
  return types.map((type) =>
    el(
      "li",
      {},
      button([icon(type), typeLabel(type), el("span", { class: "count" }, String(counts.get(type)))], () => toggle(type), {
        "aria-pressed": String(!without.includes(type)),
        title: without.includes(type) ? "Draw them again" : "Leave them out",
        "data-type": type,
      }),
    ),
  );
}
