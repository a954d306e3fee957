// The explorer: what the address says is asked for, drawn and told; what the reader does becomes the address.

import * as api from "./api.js";
import { answerEntities, answerText, clockForm, toldStatements } from "./answer.js";
import { entityDetails, lineDetails } from "./details.js";
import { button, byId, el } from "./dom.js";
import { Drawing } from "./draw.js";
import { legend } from "./legend.js";
import { pictureList } from "./list.js";
import { Panel } from "./panel.js";
import { Search } from "./search.js";
import { History } from "./state.js";
import { count, predicateLabel } from "./words.js";

// How many entities a first picture has; the rest is a click away.
const FIRST = 40;
// An answer of fewer entities is drawn with their neighbours.
const FEW = 3;

const shown = { question: "", answer: null, told: null, wanted: "", picture: null, base: "", select: null };
let request = new AbortController();

const announce = (words) => (byId("said").textContent = words);
const report = (words) => (byId("status").textContent = words);
const panel = new Panel();
const page = new History(render);
const search = new Search(byId("search"), {
  choose: (id) => page.begin({ focus: [id], select: id }),
  ask: (text) => page.begin({ q: text }),
  announce,
});
const drawing = new Drawing(byId("picture"), {
  select: (id) => page.go({ select: id }),
  selectLine: (name) => page.go({ select: name }),
  open,
  hide,
  escape: () => page.state.select && page.go({ select: "" }),
  moved: (at) => page.note({ at }),
  dropped: (id, x, y) => page.go({ fixed: { ...page.state.fixed, [id]: [x, y] } }),
});
const actions = {
  go,
  open,
  hide,
  select: (id) => page.go({ select: id }),
  selectLine: (name) => page.go({ select: name }),
  begin: (id) => page.begin({ focus: [id], select: id }),
  ask: (question) => page.begin({ q: question }),
  at: (clocks) => page.begin({ q: page.state.q, ...clocks }),
  only: (id, predicate) => page.begin({ focus: [id], select: id, predicate: [predicate] }),
};

/** To an entity, which joins the picture where it is not in it yet. */
function go(id) {
  const { state } = page;
  const drawn = shown.picture?.nodes.some((node) => node.id === id);
  if (!shown.picture) page.go({ focus: [id], select: id });
  else if (drawn) page.go({ select: id, hide: state.hide.filter((other) => other !== id) });
  else page.go({ select: id, expand: [...state.expand, `${id}:0`] });
}

function open(id) {
  const node = shown.picture?.nodes.find((one) => one.id === id);
  if (node && node.more <= 0) report(`Everything around ${node.name} is drawn already.`);
  else page.go({ expand: [...page.state.expand, id] });
}

function hide(id) {
  const { state } = page;
  page.go({ hide: [...state.hide, id], select: state.select === id ? "" : state.select });
}

/** Bring the page to a state. A later call makes an earlier one stop. */
async function render(state) {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  byId("stage").setAttribute("aria-busy", "true");
  try {
    await answer(state, signal);
    await picture(state, signal);
    byId("notice").hidden = true;
    await details(state, signal);
  } catch (error) {
    if (error.name === "AbortError") return;
    fail(error);
  }
  byId("stage").setAttribute("aria-busy", "false");
}

async function answer(state, signal) {
  const clocks = { as_of: state.as_of, known_on: state.known_on };
  const question = JSON.stringify([state.q, clocks]);
  if (question !== shown.question) {
    shown.answer = null;
    shown.question = question;
    if (state.q) {
      panel.wait("answer");
      panel.open("answer");
      try {
        shown.answer = await api.ask(state.q, clocks, signal);
        shown.told = await statements(toldStatements(shown.answer), signal);
      } catch (error) {
        shown.question = "";
        panel.fill("answer", el("p", { class: "empty" }, error.message), clockForm(clocks, actions));
        throw error;
      }
    }
  }
  if (state.q) search.text = state.q;
  panel.fill("answer", shown.answer ? answerText(shown.answer, shown.told, actions) : null);
}

function asked(state) {
  const { named, answers } = answerEntities(shown.answer);
  const focus = state.focus.length ? state.focus : [...new Set([...named, ...answers])];
  const whole = !state.focus.length && focus.length >= FEW;
  return {
    focus,
    expand: state.expand,
    limit: whole ? focus.length : Math.max(FIRST, focus.length),
    predicate: state.predicate,
    status: state.candidates ? ["accepted", "candidate"] : ["accepted"],
    fixed: Object.entries(state.fixed).map(([id, place]) => [id, ...place].join(",")),
  };
}

async function picture(state, signal) {
  const wanted = asked(state);
  const key = JSON.stringify(wanted);
  if (key !== shown.wanted) {
    shown.picture = wanted.focus.length ? await api.graph(wanted, signal) : null;
    shown.wanted = key;
    if (shown.picture) tell(shown.picture);
  }
  byId("start").hidden = Boolean(shown.picture);
  byId("drawn").hidden = !shown.picture;
  draw(state, wanted);
}

function draw(state, { focus }) {
  const { nodes, edges } = shown.picture ?? { nodes: [], edges: [] };
  const kept = nodes.filter((node) => !state.hide.includes(node.id));
  const visible = kept.filter((node) => !state.without.includes(node.type));
  const ids = new Set(visible.map((node) => node.id));
  const seen = { ...shown.picture, nodes: visible, edges: edges.filter((e) => ids.has(e.source) && ids.has(e.target)) };
  panel.fill("list", shown.picture ? pictureList(seen, actions) : null);
  fillLegend(kept, state);
  const { named, answers } = answerEntities(shown.answer);
  const middle = state.focus.length || !named.length ? focus : named;
  drawing.show(seen, { focus: middle, select: state.select, answers: new Set(answers) });
  const base = JSON.stringify([focus, state.predicate]);
  if (base !== shown.base) state.at ? drawing.view.place(state.at) : drawing.fit();
  else if (state.at && state.at.join() !== drawing.view.at.join()) drawing.view.place(state.at);
  shown.base = base;
}

function fillLegend(nodes, state) {
  const held = document.activeElement?.dataset.type;
  byId("legend").replaceChildren(...legend(nodes, state.without, toggleType));
  byId("legend").querySelector(`[data-type="${held}"]`)?.focus();
  byId("candidates").checked = state.candidates;
  byId("filters").replaceChildren(...filters(state));
}

function toggleType(type) {
  const { without } = page.state;
  page.go({ without: without.includes(type) ? without.filter((one) => one !== type) : [...without, type] });
}

/** What narrows the picture, each with a button that undoes it. */
function filters(state) {
  const chip = (words, undo) => button([words, el("span", { "aria-hidden": "true" }, " ✕")], undo, { class: "chip", title: "Undo" });
  return [
    ...state.predicate.map((name) =>
      chip(`only “${predicateLabel(name)}”`, () => page.go({ predicate: state.predicate.filter((one) => one !== name) })),
    ),
    ...(state.hide.length ? [chip(`${state.hide.length} hidden`, () => page.go({ hide: [] }))] : []),
  ];
}

function tell({ nodes, edges }) {
  const words = `${count(nodes.length, "entity", "entities")} and ${count(edges.length, "link")} drawn`;
  requestAnimationFrame(() => {
    const outside = drawing.outside();
    byId("outside").hidden = !outside;
    byId("outside").textContent = `${outside} outside the view: show all`;
    report(outside ? `${words}, ${outside} of them outside the view` : words);
  });
}

async function details(state, signal) {
  const { select } = state;
  const title = [state.q || shown.picture?.nodes.find((node) => node.id === (select || state.focus[0]))?.name, "carisec"];
  document.title = title.filter(Boolean).join(" – ");
  if (select === shown.select) return;
  shown.select = select;
  if (!select) {
    panel.fill("details", null);
    panel.open(shown.answer ? "answer" : "list");
    return;
  }
  panel.wait("details");
  panel.open("details");
  try {
    panel.fill("details", select.includes("~") ? await line(select, signal) : await entity(select, signal));
  } catch (error) {
    shown.select = null;
    if (error.name !== "AbortError") panel.fill("details", el("p", { class: "empty" }, error.message));
    throw error;
  }
}

async function entity(id, signal) {
  const found = await api.entity(id, 0, signal);
  const more = async () => {
    const next = await api.entity(id, found.statements.length);
    Object.assign(found, { statements: [...found.statements, ...next.statements], truncated: next.truncated });
    panel.fill("details", entityDetails(found, { ...actions, more }));
  };
  return entityDetails(found, { ...actions, more });
}

async function line(name, signal) {
  const edges = shown.picture.edges.filter((e) => [e.source, e.target].sort().join("~") === name);
  const ids = edges.flatMap((edge) => edge.statements);
  const ends = name.split("~").map((id) => shown.picture.nodes.find((node) => node.id === id));
  if (!ids.length || ends.includes(undefined)) throw new Error("The two are not linked in this picture.");
  return lineDetails([...(await statements(ids, signal)).values()], ends, actions);
}

/** Statements by their ids. */
async function statements(ids, signal) {
  const found = await Promise.all(ids.map((id) => api.statement(id, signal)));
  return new Map(found.map((statement) => [statement.id, statement]));
}

function fail(error) {
  byId("notice-words").textContent = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  byId("notice").hidden = false;
  byId("start").hidden = Boolean(shown.picture);
}

byId("candidates").addEventListener("change", (event) => page.go({ candidates: event.target.checked }));
const zoom = (change) => () => {
  change();
  page.note({ at: drawing.view.at });
  byId("outside").hidden = true;
};
byId("zoom-in").addEventListener("click", zoom(() => drawing.view.scale(1.25)));
byId("zoom-out").addEventListener("click", zoom(() => drawing.view.scale(0.8)));
for (const id of ["zoom-all", "outside"]) byId(id).addEventListener("click", zoom(() => drawing.fit()));
byId("reset").addEventListener("click", () => {
  shown.base = "";
  page.go({ expand: [], hide: [], without: [], fixed: {}, candidates: false, at: null });
});
byId("again").addEventListener("click", () => render(page.state));
byId("key").open = matchMedia("(min-width: 761px)").matches;
render(page.state);
