// The picture as text: the same entities and links in two tables, for reading, searching and screen readers.

import { button, el } from "./dom.js";
import { entityLink } from "./statements.js";
import { pairName } from "./draw.js";
import { typeLabel } from "./words.js";

const table = (caption, heads, rows) =>
  el(
    "table",
    {},
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows),
  );

/** Tables of a picture as GET /graph gives it. */
export function pictureList({ nodes, edges, rule }, actions) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const entities = [...nodes]
    .sort((a, b) => typeLabel(a.type).localeCompare(typeLabel(b.type)) || a.name.localeCompare(b.name))
    .map((node) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, entityLink(node, actions.select), el("div", { class: "kind" }, node.types.map(typeLabel).join(" and "))),
        el("td", {}, String(node.degree)),
        el("td", {}, node.more > 0 ? button(`${node.more} more`, () => actions.open(node.id), { "aria-label": `Open ${node.more} more of ${node.name}` }) : ""),
        el("td", {}, button("hide", () => actions.hide(node.id), { "aria-label": `Hide ${node.name}` })),
      ),
    );
  const links = edges.map((edge) => {
    const [from, to] = [byId.get(edge.source), byId.get(edge.target)];
    const notes = [edge.act, edge.status === "candidate" && "waits for review", edge.count > 1 && `${edge.count} times`];
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, from.name),
      el("td", {}, button(edge.label, () => actions.selectLine(pairName(edge.source, edge.target)), { "aria-label": `Evidence: ${from.name} ${edge.label} ${to.name}` })),
      el("td", {}, to.name),
      el("td", {}, notes.filter(Boolean).join(", ")),
    );
  });
  return [
    table(`Entities drawn (${nodes.length})`, ["Entity", "Links", "Not shown", "Hide"], entities),
    table(`Links drawn (${edges.length})`, ["From", "Relation", "To", "Note"], links),
    el("p", { class: "source" }, rule),
  ];
}
