// What is selected: an entity with its statements, or the statements of one line.

import { entityPage } from "./api.js";
import { button, el } from "./dom.js";
import { entityLink, fieldValue, statementItem, statementSentence } from "./statements.js";
import { icon } from "./types.js";
import { count, fieldLabel, predicateLabel, typeLabel } from "./words.js";

// What says least about an entity comes last.
const LATE = { ADDRESSES: 1, MENTIONS: 3 };

/** Statements by predicate, seen from the entity, by how the predicate reads. */
function group({ predicate, object }, label) {
  const literal = !object;
  return { label, predicate, literal, late: LATE[predicate] ?? (literal ? 2 : 0), statements: [] };
}

function groups(statements, self) {
  const found = new Map();
  for (const statement of statements) {
    const inverse = statement.subject.id !== self;
    const label = predicateLabel(statement.predicate, inverse);
    if (!found.has(label)) found.set(label, group(statement, label));
    found.get(label).statements.push(statement);
  }
  return [...found.values()].sort((a, b) => a.late - b.late || a.label.localeCompare(b.label));
}

function groupSection({ label, predicate, literal, statements }, entity, actions) {
  const only = literal
    ? null
    : button("draw only these", () => actions.only(entity.id, predicate), { class: "plain", "aria-label": `Draw only “${label}”` });
  return el(
    "section",
    {},
    el("h3", {}, label, el("span", { class: "count" }, String(statements.length)), only),
    el("ul", { class: "statements" }, statements.map((statement) => statementItem(statement, entity.id, actions.go))),
  );
}

function otherNames({ name, aliases, acronyms }) {
  const names = [...new Set([...acronyms, ...aliases])].filter((other) => other !== name);
  if (!names.length) return null;
  const [shown, folded] = [names.slice(0, 4), names.slice(4)];
  return [
    el("p", { class: "names" }, "Also ", shown.join(", "), folded.length ? " …" : ""),
    folded.length ? el("details", {}, el("summary", {}, `${folded.length} more names`), el("p", { class: "names" }, folded.join(", "))) : null,
  ];
}

function properties(entity, go) {
  const shown = Object.entries(entity.properties).filter(([name]) => name !== "summary");
  if (!shown.length) return null;
  return el(
    "dl",
    {},
    shown.map(([name, value]) => [el("dt", {}, fieldLabel(name)), el("dd", {}, fieldValue(name, value, go))]),
  );
}

/** An entity as GET /entities gives it. `actions` go to, open, hide, and draw entities; `more` asks for the next page. */
export function entityDetails(entity, actions) {
  const open = (suffix, words) => el("a", { href: entityPage(entity.id, suffix) }, words);
  return el(
    "article",
    {},
    el("h2", {}, icon(entity.types[0]), entity.name),
    el("p", { class: "kind" }, entity.types.map(typeLabel).join(" and ")),
    entity.properties.summary ? el("p", {}, entity.properties.summary) : null,
    otherNames(entity),
    el(
      "p",
      { class: "actions" },
      button("Open neighbours", () => actions.open(entity.id)),
      button("Begin here", () => actions.begin(entity.id)),
      button("Hide", () => actions.hide(entity.id)),
    ),
    properties(entity, actions.go),
    groups(entity.statements, entity.id).map((one) => groupSection(one, entity, actions)),
    entity.statements.length ? null : el("p", { class: "empty" }, "No document that was read says anything about it yet; the register only knows its names."),
    entity.truncated ? button("Show more statements", actions.more) : null,
    el("p", { class: "source" }, "As ", open(".html", "a page"), ", ", open(".json", "JSON"), ", ", open(".ttl", "Turtle")),
  );
}

/** The statements of a line between two entities. */
export const lineDetails = (statements, ends, actions) =>
  el(
    "article",
    {},
    el("h2", {}, "Between ", entityLink(ends[0], actions.go), " and ", entityLink(ends[1], actions.go)),
    el("p", { class: "kind" }, count(statements.length, "statement")),
    el("ul", { class: "statements" }, statements.map((statement) => statementSentence(statement, actions.go))),
  );
