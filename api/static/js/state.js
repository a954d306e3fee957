// What is shown, as the fragment of the address: so a link, the history and a reload all give the same.

const LISTS = ["focus", "expand", "hide", "without", "predicate"];

/** The state of a page without a fragment. `fixed` maps ids to places, `at` is [x, y, zoom] or null. */
const empty = () => ({
  q: "",
  as_of: "",
  known_on: "",
  focus: [],
  expand: [],
  hide: [],
  select: "",
  without: [],
  predicate: [],
  candidates: false,
  fixed: {},
  at: null,
});

const numbers = (text) => text.split(",").map(Number);

/** Read a fragment, with or without its #. What cannot be read is left out. */
export function parse(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = empty();
  state.q = given.get("q")?.trim() ?? "";
  state.select = given.get("select") ?? "";
  for (const clock of ["as_of", "known_on"]) state[clock] = given.get(clock)?.trim() ?? "";
  state.candidates = given.get("candidates") === "1";
  for (const name of LISTS) state[name] = (given.get(name) ?? "").split(",").filter(Boolean);
  for (const entry of (given.get("fixed") ?? "").split(";").filter(Boolean)) {
    const [id, ...place] = entry.split(",");
    const [x, y] = place.map(Number);
    if (Number.isFinite(x) && Number.isFinite(y)) state.fixed[id] = [x, y];
  }
  const at = numbers(given.get("at") ?? "");
  if (at.length === 3 && at.every(Number.isFinite) && at[2] > 0) state.at = at;
  return state;
}

const readable = (text) => encodeURIComponent(text).replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%3A/g, ":");

/** The fragment of a state, without the #; what is as at the start is left out. */
export function format(state) {
  const fixed = Object.entries(state.fixed).map(([id, [x, y]]) => `${id},${Math.round(x)},${Math.round(y)}`);
  const parts = {
    q: state.q,
    as_of: state.as_of,
    known_on: state.known_on,
    focus: state.focus.join(","),
    expand: state.expand.join(","),
    hide: state.hide.join(","),
    predicate: state.predicate.join(","),
    without: state.without.join(","),
    candidates: state.candidates ? "1" : "",
    fixed: fixed.join(";"),
    select: state.select,
    at: state.at ? [state.at[0].toFixed(0), state.at[1].toFixed(0), state.at[2].toFixed(3)].join(",") : "",
  };
  return Object.entries(parts)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${readable(value)}`)
    .join("&");
}

/** Keeps the state in the address. `changed` is called after each change, also by back and forward. */
export class History {
  constructor(changed) {
    this.state = parse(location.hash);
    this.changed = changed;
    addEventListener("popstate", () => this.#read());
  }

  #read() {
    this.state = parse(location.hash);
    this.changed(this.state);
  }

  /** A step that Back takes back. */
  go(changes) {
    this.#write(changes, "pushState");
    this.changed(this.state);
  }

  /** A change that is no step of its own, such as another view of the same picture. */
  note(changes) {
    this.#write(changes, "replaceState");
  }

  /** A new picture: everything as at the start but these. */
  begin(changes) {
    this.state = empty();
    this.go(changes);
  }

  #write(changes, how) {
    this.state = { ...this.state, ...changes };
    const fragment = format(this.state);
    const address = location.pathname + location.search + (fragment ? `#${fragment}` : "");
    if (fragment !== location.hash.replace(/^#/, "")) history[how](null, "", address);
  }
}
