// The answer to a question: its items with what they rest on, how the question was read, or why there is none.

import { link } from "./api.js";
import { button, el } from "./dom.js";
import { entityLink, statementBrief } from "./statements.js";
import { count } from "./words.js";

// So many statements of an item are told in full, so many in the whole answer; the rest is told by number.
const OF_ITEM = 3;
const IN_ALL = 40;
const MOST_DRAWN = 50;

const REASONS = {
  "no-statement": "The question was understood, but no document that was read says anything about it.",
  unexplained: "No statement shows all that the question says, so there is no answer to the whole of it.",
  "not-understood": "The question was not understood.",
  "ambiguous-name": "A name in the question may mean several things.",
  "unknown-name": "A name in the question is not known.",
  "several-readings": "The question can be read in several ways that give different answers.",
};

/** Ids to draw for an answer: what the question names, and what answers it. */
export function answerEntities(answer) {
  if (!answer) return { named: [], answers: [] };
  const parameters = answer.steps.flatMap((step) => Object.values(step.parameters));
  const ids = (things) => [...new Set(things.map((thing) => thing?.id).filter(Boolean))].slice(0, MOST_DRAWN);
  return { named: ids(parameters), answers: ids(answer.answer) };
}

/** Ids of the statements that are told in full. */
export const toldStatements = (answer) =>
  [...new Set(answer.answer.flatMap((item) => item.statements.slice(0, OF_ITEM)))].slice(0, IN_ALL);

function reading(answer) {
  if (!answer.reading || !answer.query) return null;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(answer.query.parameters)) {
    if (value !== null) parameters.set(name, value.id ?? value);
  }
  const rows = link(`/queries/${answer.query.name}.html?${parameters}`);
  return el("p", { class: "source" }, `Read as: ${answer.reading}. `, el("a", { href: rows }, "The query and its rows"));
}

const literal = ({ value, label, unit }) => [label ?? String(value), unit].filter(Boolean).join(" ");

function item(found, statements, actions) {
  const told = found.statements.map((id) => statements.get(id)).filter(Boolean);
  const rest = found.statements.length - told.length;
  return el(
    "li",
    { class: "answer" },
    el("p", { class: "item" }, found.id ? entityLink(found, actions.go) : literal(found)),
    found.id && found.value !== undefined ? el("p", { class: "value" }, literal(found)) : null,
    el("ul", { class: "statements" }, told.map((statement) => statementBrief(statement, found.id, actions.go))),
    rest > 0 ? el("p", { class: "source" }, `and ${count(rest, "more statement")}`) : null,
  );
}

/** The question with a candidate in the place of the words that were not understood. */
function mended(answer, candidate) {
  const name = candidate.replace(/ \(\S+\/\S+\)$/, "");
  const [wrong] = answer.ignored;
  const at = wrong ? answer.question.toLowerCase().indexOf(wrong) : -1;
  return at < 0 ? name : answer.question.slice(0, at) + name + answer.question.slice(at + wrong.length);
}

function refusal(answer, actions) {
  const choices = (words, texts, question) =>
    texts.length
      ? [el("h3", {}, words), el("ul", { class: "choices" }, texts.map((text) => el("li", {}, button(text, () => actions.ask(question(text))))))]
      : null;
  return [
    el("p", {}, REASONS[answer.reason] ?? "There is no answer."),
    answer.ignored.length ? el("p", {}, "Not understood or not shown: ", el("b", {}, answer.ignored.map((words) => `“${words}”`).join(", "))) : null,
    choices("Is one of these meant?", answer.candidates, (candidate) => mended(answer, candidate)),
    choices("Questions that can be answered", answer.suggestions, (question) => question),
  ];
}

const CLOCKS = [
  ["as_of", "True at", "what may have been true then: 2023-11-16, 2023, FY2023"],
  ["known_on", "Known on", "what documents say that were published by then"],
];

/** A form that asks the question again of another time. */
export function clockForm(clocks, actions) {
  const fields = CLOCKS.map(([name, label, help]) =>
    el("label", {}, label, el("input", { name, value: clocks[name] ?? "", placeholder: "a date", title: help })),
  );
  const submit = (event) => {
    event.preventDefault();
    actions.at(Object.fromEntries([...new FormData(event.target)].map(([name, date]) => [name, date.trim()])));
  };
  const given = CLOCKS.some(([name]) => clocks[name]);
  return el(
    "details",
    { class: "clocks", open: given },
    el("summary", {}, "Ask it of another time"),
    el("form", { submit }, fields, el("button", { type: "submit" }, "Ask")),
  );
}

/** An answer as GET /ask gives it; `statements` maps the ids of `toldStatements` to statements. */
export const answerText = (answer, statements, actions) =>
  el(
    "article",
    {},
    el("h2", {}, answer.question),
    answer.answered
      ? [
          el("p", { class: "kind" }, count(answer.answer.length, "answer")),
          el("ul", { class: "answers" }, answer.answer.map((found) => item(found, statements, actions))),
        ]
      : refusal(answer, actions),
    reading(answer),
    clockForm(answer.clocks, actions),
  );
