// Statements and their evidence as text: what is said, in which document, where in it, and how it was read.

import { link } from "./api.js";
import { button, el } from "./dom.js";
import { icon } from "./types.js";
import { count, date, fieldLabel, predicateLabel, typeLabel } from "./words.js";

const DATES = new Set(["date", "targetDate", "published", "period"]);
const IDS = new Set(["country", "parent", "onBehalfOf"]);

/** An entity as a link that goes to it, or opens it in another tab as links do. */
export function entityLink({ id, name, type }, go) {
  const click = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(id);
  };
  return el("a", { class: "entity", href: `#focus=${id}&select=${id}`, title: typeLabel(type), click }, icon(type), name);
}

/** The value of a qualifier or attribute as it reads. */
export function fieldValue(name, value, go) {
  if (Array.isArray(value)) return value.join(", ");
  if (IDS.has(name)) return button(value, () => go(value), { class: "plain" });
  if (name === "website" || name === "url") return el("a", { href: value, rel: "noreferrer" }, value);
  return DATES.has(name) ? date(value) : String(value);
}

/** Qualifiers as short text: "role: host · date: November 2022". */
function qualifiers(statement, go) {
  const parts = Object.entries(statement.qualifiers).map(([name, value]) =>
    el("span", { class: name === "status" ? "chip" : "qualifier" }, name === "status" ? "" : `${fieldLabel(name)}: `, fieldValue(name, value, go)),
  );
  if (statement.status !== "accepted") parts.push(el("span", { class: "chip" }, statement.status === "candidate" ? "waits for review" : statement.status));
  return parts.length ? el("p", { class: "qualifiers" }, parts) : null;
}

/** What is told of how a clause stands in the text at hand. */
const STANDING = {
  exact: ", checked against the text",
  shifted: ", found elsewhere in a corrected text",
  "changed wording": ", worded otherwise in a corrected text",
  orphan: ", not found in the text at hand",
  "document changed": ", the text at hand is another one",
};

/** How a clause was read: by whom or by which rule, how sure, and how it stands in the text at hand. */
function reading({ rule, confidence, anchor }) {
  const by = rule === "curated" ? "read by a curator" : `found by the rule “${rule}”`;
  const sure = confidence < 1 ? `, confidence ${Math.round(confidence * 100)} %` : "";
  return `${by}${sure}${STANDING[anchor] ?? ""}`;
}

/** Evidence by its place: a clause that several readers found is one clause. */
function clauses(statement) {
  const found = new Map();
  for (const evidence of statement.evidence) {
    const place = `${evidence.document.id} ${evidence.start} ${evidence.end}`;
    found.set(place, [...(found.get(place) ?? []), evidence]);
  }
  return [...found.values()];
}

/** The words of a clause, or what it says in our words where the text is not at hand. */
const said = ({ quote, summary }) => (quote ? el("blockquote", {}, quote) : summary ? el("p", { class: "summary" }, summary) : null);

function source({ document: from, address, quote, locator, anchor }, whole) {
  const told = [from.publisher, from.published && date(from.published)].filter(Boolean).join(", ");
  const where = whole || !quote ? `; ${locator}${anchor === "no text" ? " (the text is not at hand)" : ""}` : "";
  return [el("a", { href: address }, from.name ?? from.id), told ? ` — ${told}` : "", where];
}

const clauseItem = (readings) =>
  el(
    "li",
    { class: "evidence" },
    said(readings[0]),
    el("p", { class: "source" }, source(readings[0], true), ` · ${readings.map(reading).join("; ")}`),
  );

/** All clauses of a statement, folded away unless `open`. */
export function evidenceOf(statement, open = false) {
  const found = clauses(statement);
  const documents = new Set(statement.evidence.map((evidence) => evidence.document.id)).size;
  return el(
    "details",
    { open },
    el("summary", {}, `${count(found.length, "clause")} in ${count(documents, "document")}`),
    el("ul", { class: "evidences" }, found.map(clauseItem)),
    el("p", { class: "source" }, el("a", { href: link(`/statements/${statement.id}`) }, "Permanent address of this statement")),
  );
}

/** What a statement says of an entity, with the beginning of its first clause; all clauses are folded away. */
export function statementBrief(statement, self, go) {
  const [first] = statement.evidence;
  const { subject, object } = statement;
  const inverse = object !== null && object.id === self;
  const other = inverse ? subject : object;
  return el(
    "li",
    { class: "statement" },
    el(
      "p",
      { class: "sentence" },
      inverse || subject.id === self ? "" : [entityLink(subject, go), " "],
      predicateLabel(statement.predicate, inverse),
      " ",
      other ? entityLink(other, go) : date(statement.value),
    ),
    qualifiers(statement, go),
    first ? el("div", { class: "brief" }, said(first), el("p", { class: "source" }, source(first, false))) : null,
    evidenceOf(statement),
  );
}

/** A statement in a list about one of its two ends: the other end or the value, qualifiers, evidence. */
export function statementItem(statement, self, go) {
  const other = statement.subject.id === self ? statement.object : statement.subject;
  return el(
    "li",
    { class: "statement" },
    other ? entityLink(other, go) : el("p", { class: "value" }, date(statement.value)),
    qualifiers(statement, go),
    evidenceOf(statement),
  );
}

/** A whole statement: subject, predicate, object or value, with its evidence in sight. */
export const statementSentence = (statement, go) =>
  el(
    "li",
    { class: "statement" },
    el(
      "p",
      { class: "sentence" },
      entityLink(statement.subject, go),
      ` ${statement.label} `,
      statement.object ? entityLink(statement.object, go) : date(statement.value),
    ),
    qualifiers(statement, go),
    evidenceOf(statement, true),
  );
