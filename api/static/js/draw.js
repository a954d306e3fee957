// The picture: entities and the links between them as SVG. Knows nothing about the address or the server.

import { svg } from "./dom.js";
import { keyboard } from "./keys.js";
import { LINE_HEIGHT, lines, place, setFont } from "./labels.js";
import { shape } from "./types.js";
import { View } from "./view.js";
import { count, typeLabel } from "./words.js";

// Standings of acts that are announced or asked for.
const NOT_DONE = new Set(["planned", "expected", "urged"]);

/** One name for the pair of entities that a line joins. */
export const pairName = (a, b) => (a < b ? `${a}~${b}` : `${b}~${a}`);

/** All edges between two entities as one line. */
function bundles(edges) {
  const found = new Map();
  for (const edge of edges) {
    const name = pairName(edge.source, edge.target);
    if (!found.has(name)) {
      const [a, b] = name.split("~");
      found.set(name, { name, a, b, edges: [] });
    }
    found.get(name).edges.push(edge);
  }
  for (const line of found.values()) {
    line.count = line.edges.reduce((sum, edge) => sum + edge.count, 0);
    line.open = line.edges.every((edge) => NOT_DONE.has(edge.act));
    line.candidate = line.edges.every((edge) => edge.status === "candidate");
    line.toB = line.edges.some((edge) => !edge.symmetric && edge.target === line.b);
    line.toA = line.edges.some((edge) => !edge.symmetric && edge.target === line.a);
    line.label = [...new Set(line.edges.map((edge) => edge.label))].join(" · ");
  }
  return [...found.values()];
}

export class Drawing {
  /**
   * `on` holds what happens: `select(id)`, `open(id)`, `hide(id)`, `selectLine(name)`, `moved(at)`,
   * `dropped(id, x, y)`, `escape()`.
   */
  constructor(root, on) {
    this.root = root;
    this.on = on;
    this.nodes = new Map();
    this.lines = new Map();
    this.layer = svg("g");
    this.tip = svg("text", { class: "tip" });
    root.replaceChildren(this.layer);
    this.view = new View(root, {
      moved: (zoomed) => this.#moved(zoomed),
      settled: () => {
        this.#moved(true);
        on.moved(this.view.at);
      },
      dragged: (id, dx, dy) => this.#dragged(id, dx, dy),
      dropped: (id) => on.dropped(id, this.nodes.get(id).x, this.nodes.get(id).y),
    });
    const style = getComputedStyle(root);
    setFont(`${style.fontWeight} ${style.fontSize} ${style.fontFamily}`);
    this.opensOnSecondClick = false;
    root.addEventListener("click", (event) => this.#clicked(event));
    for (const name of ["pointerover", "focusin"]) root.addEventListener(name, (event) => this.#pointed(event.target));
    root.addEventListener("focusin", (event) => this.#tabStops(event.target.closest("[data-line]") !== null));
    root.addEventListener("focusout", () => this.#tabStops());
    root.addEventListener("pointerleave", () => this.#pointed(document.activeElement));
    keyboard(this);
  }

  /** Draw a picture: nodes and edges as GET /graph gives them; `marks` are sets and ids that stand out. */
  show({ nodes, edges }, marks) {
    const focused = document.activeElement?.closest?.("[data-node], [data-line]");
    const before = focused && this.root.contains(focused) ? { ...focused.dataset } : null;
    const known = this.nodes;
    if (nodes.some(({ id }) => !known.has(id))) this.view.fitted = null;
    this.nodes = new Map(nodes.map((node) => [node.id, this.#node(node, marks, known.has(node.id) || !known.size)]));
    this.lines = new Map(bundles(edges).map((line) => [line.name, this.#line(line, marks)]));
    this.layer.replaceChildren(
      svg("g", { class: "lines" }, ...[...this.lines.values()].map((line) => line.element)),
      svg("g", { class: "nodes" }, ...[...this.nodes.values()].map((node) => node.element)),
      this.tip,
    );
    this.ranked = [...this.nodes.values()].sort((a, b) => b.rank - a.rank || b.degree - a.degree);
    this.selected = marks.select;
    this.current = this.nodes.has(this.current) ? this.current : marks.select || marks.focus[0];
    this.#tabStops();
    this.#moved(true);
    this.#pointed(document.activeElement);
    if (before) this.focus(before.node ?? this.current, before.line);
  }

  fit() {
    this.view.fit([...this.nodes.values()]);
  }

  /** How many entities lie outside the part that is seen. */
  outside() {
    return [...this.nodes.values()].filter((node) => !this.view.sees(node)).length;
  }

  /** Put the keyboard on a node, or on a line of it. */
  focus(id, line = null) {
    if (line !== null && this.lines.has(line)) {
      this.lines.get(line).element.focus();
    } else if (this.nodes.has(id)) {
      this.current = id;
      this.#tabStops();
      this.view.reveal(this.nodes.get(id));
      this.nodes.get(id).element.focus({ preventScroll: true });
    }
  }

  /** Lines of a node, in the order of their other ends around it. */
  linesOf(id) {
    const node = this.nodes.get(id);
    const angle = (line) => {
      const other = this.nodes.get(line.a === id ? line.b : line.a);
      return Math.atan2(other.y - node.y, other.x - node.x);
    };
    return [...this.lines.values()]
      .filter((line) => line.a === id || line.b === id)
      .sort((a, b) => angle(a) - angle(b));
  }

  #node(node, marks, known) {
    const isFocus = marks.focus.includes(node.id);
    const isAnswer = marks.answers.has(node.id);
    const selected = marks.select === node.id;
    const size = (isFocus ? 1.25 : 0.72) + Math.min(0.4, Math.log2(1 + node.degree) / 16);
    const more = node.more > 0 ? `; ${node.more} more not shown` : "";
    const words = `${node.name}, ${node.types.map(typeLabel).join(" and ")}; ${count(node.degree, "link")}${more}`;
    const marked = [isFocus && "focus", isAnswer && "answer", selected && "selected", !known && "new"];
    const text = lines(node.short && node.name.length > 20 ? node.short : node.name, isFocus || selected ? 3 : 2);
    const label = svg(
      "text",
      { class: "label" },
      text.map((line, i) => svg("tspan", { x: 0, dy: i ? LINE_HEIGHT : 11 }, line)),
    );
    const badge = svg(
      "g",
      { class: "more", "data-open": node.id, transform: `translate(${11 * size},${-11 * size})` },
      svg("circle", { r: 8 }),
      svg("text", { y: 3.5 }, node.more > 99 ? "99" : String(node.more)),
      svg("title", {}, `Open more neighbours (${node.more} not shown)`),
    );
    const element = svg(
      "g",
      {
        class: ["node", ...marked.filter(Boolean)].join(" "),
        "data-node": node.id,
        role: "button",
        tabindex: -1,
        "aria-label": words,
        "aria-pressed": String(selected),
      },
      svg("title", {}, node.summary ? `${words}\n${node.summary}` : words),
      svg("circle", { class: "halo", r: 15 * size }),
      shape(node.type, { transform: `scale(${size})` }),
      node.more > 0 ? badge : null,
      label,
    );
    const rank = (selected ? 4 : 0) + (isFocus ? 2 : 0) + (isAnswer ? 1 : 0);
    return { ...node, element, label, text, radius: 12.5 * size, rank };
  }

  #line(line, marks) {
    const [a, b] = [this.nodes.get(line.a), this.nodes.get(line.b)];
    const sentence = (edge) => {
      const [from, to] = edge.source === a.id ? [a, b] : [b, a];
      return `${from.name} ${edge.label} ${to.name}${edge.act ? ` (${edge.act})` : ""}`;
    };
    const words = line.edges.map(sentence).join("; ") + (line.candidate ? "; waits for review" : "");
    const near = [line.a, line.b].some((id) => id === marks.select || (!marks.select && marks.focus.includes(id)));
    const kinds = [line.open && "open", line.candidate && "candidate", near && "near", marks.select === line.name && "selected"];
    const parts = {
      hit: svg("path", { class: "hit" }),
      stroke: svg("path", { class: "stroke" }),
      heads: svg("path", { class: "heads" }),
      number: line.count > 1 ? svg("text", { class: "count", dy: 3.5 }, String(line.count)) : null,
    };
    const element = svg(
      "g",
      {
        class: ["line", ...kinds.filter(Boolean)].join(" "),
        "data-line": line.name,
        role: "button",
        tabindex: -1,
        "aria-label": words,
        "aria-pressed": String(marks.select === line.name),
      },
      svg("title", {}, words),
      ...Object.values(parts),
    );
    return { ...line, ...parts, element };
  }

  /** The current node is the tab stop of the picture; not from one of its lines, so that Tab leads on from there. */
  #tabStops(onLine = false) {
    for (const { id, element } of this.nodes.values()) {
      element.setAttribute("tabindex", id === this.current && !onLine ? 0 : -1);
    }
  }

  #clicked(event) {
    const opened = event.target.closest("[data-open]");
    const node = event.target.closest("[data-node]");
    const line = event.target.closest("[data-line]");
    if (opened) this.on.open(opened.dataset.open);
    else if (node) this.#clickedNode(node, event.detail);
    else if (line) this.on.selectLine(line.dataset.line);
    else this.on.escape();
  }

  /** A click selects, a click on what is selected opens it; so does a double click, but only once. */
  #clickedNode(node, clicks) {
    const id = node.dataset.node;
    this.current = id;
    if (clicks < 2) {
      this.opensOnSecondClick = node.getAttribute("aria-pressed") !== "true";
      if (this.opensOnSecondClick) this.on.select(id);
      else this.on.open(id);
    } else if (clicks === 2 && this.opensOnSecondClick) {
      this.on.open(id);
    }
  }

  /** Say what the line says that is pointed at, or the selected one. */
  #pointed(target) {
    const name = target?.closest?.("[data-line]")?.dataset.line ?? this.selected;
    this.told = this.lines.get(name) ?? null;
    this.tip.textContent = this.told ? this.told.label + (this.told.count > 1 ? ` (${this.told.count})` : "") : "";
    if (this.told) this.tip.setAttribute("transform", this.told.middle);
  }

  #dragged(id, dx, dy) {
    const node = this.nodes.get(id);
    node.x += dx;
    node.y += dy;
    this.#moved(true);
  }

  #moved(zoomed) {
    const { x, y, zoom, width, height } = this.view;
    this.layer.setAttribute("transform", `translate(${width / 2 - x * zoom},${height / 2 - y * zoom})`);
    if (zoomed && this.ranked) this.#arrange(zoom);
  }

  /** Shapes and letters keep their size at every zoom, so nearer means more labels, not larger ones. */
  #arrange(zoom) {
    const size = Math.min(1.1, Math.max(0.7, zoom));
    const seen = (node) => ({ ...node, x: node.x * zoom, y: node.y * zoom, radius: node.radius * size });
    for (const node of this.nodes.values()) {
      node.element.setAttribute("transform", `translate(${node.x * zoom},${node.y * zoom})`);
      for (const part of node.element.querySelectorAll(":scope > .halo, :scope > .shape, :scope > .more")) {
        part.style.scale = size;
      }
    }
    const middle = this.view.x * zoom;
    const bounds = { left: middle - this.view.width / 2, right: middle + this.view.width / 2 };
    const places = place(this.ranked.map(seen), bounds);
    for (const node of this.nodes.values()) {
      const spot = places.get(node.id) ?? { anchor: "middle", dx: 0, dy: node.radius * size + 3 };
      node.element.classList.toggle("unlabelled", !places.has(node.id));
      node.label.setAttribute("text-anchor", spot.anchor);
      node.label.setAttribute("transform", `translate(${spot.dx},${spot.dy})`);
    }
    for (const line of this.lines.values()) draw(line, seen(this.nodes.get(line.a)), seen(this.nodes.get(line.b)));
    if (this.told) this.tip.setAttribute("transform", this.told.middle);
  }
}

/** Draw a line between the rims of two nodes, an arrow at each end to which it points. */
function draw(line, a, b) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const along = (node, by) => [node.x + ux * by, node.y + uy * by];
  const [from, to] = [along(a, a.radius + 3), along(b, -b.radius - 3)];
  const path = `M${from}L${to}`;
  line.hit.setAttribute("d", path);
  line.stroke.setAttribute("d", path);
  const head = ([x, y], way) =>
    `M${x},${y}L${x - way * ux * 8 - uy * 3.5},${y - way * uy * 8 + ux * 3.5}` +
    `L${x - way * ux * 8 + uy * 3.5},${y - way * uy * 8 - ux * 3.5}Z`;
  line.heads.setAttribute("d", (line.toB ? head(to, 1) : "") + (line.toA ? head(from, -1) : ""));
  line.middle = `translate(${(from[0] + to[0]) / 2},${(from[1] + to[1]) / 2})`;
  line.number?.setAttribute("transform", line.middle);
}
