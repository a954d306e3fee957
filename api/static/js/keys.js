// The picture by keyboard: arrows go among the entities, Tab from an entity to its links, arrows among these.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 60;

/** The node that lies nearest in a direction, weighing what is off to the side double. */
function nearest(nodes, from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const [x, y] = [node.x - from.x, node.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (node === from || ahead <= 0 || aside > 2 * ahead) continue;
    const distance = ahead + 2 * aside;
    if (distance < least) [best, least] = [node, distance];
  }
  return best;
}

/** Let a drawing be used by keyboard. */
export function keyboard(drawing) {
  const { root, view, on } = drawing;
  const settle = (change) => {
    change();
    on.moved(view.at);
  };
  const anywhere = {
    "+": () => settle(() => view.scale(1.25)),
    "=": () => settle(() => view.scale(1.25)),
    "-": () => settle(() => view.scale(0.8)),
    0: () => settle(() => drawing.fit()),
    Escape: () => on.escape(),
  };

  const onNode = (id, event) => {
    const select = () => (drawing.nodes.get(id).element.getAttribute("aria-pressed") === "true" ? on.open : on.select)(id);
    const keys = {
      Enter: select,
      " ": select,
      e: () => on.open(id),
      h: () => on.hide(id),
      Delete: () => on.hide(id),
    };
    if (event.key === "Tab") {
      const [first] = event.shiftKey ? [] : drawing.linesOf(id);
      if (first) drawing.focus(id, first.name);
      return first !== undefined;
    }
    if (event.key in ARROWS) {
      const next = nearest(drawing.nodes.values(), drawing.nodes.get(id), ARROWS[event.key]);
      if (next) drawing.focus(next.id);
      return true;
    }
    keys[event.key]?.();
    return event.key in keys;
  };

  const onLine = (name, event) => {
    const around = drawing.linesOf(drawing.current);
    if (event.key === "Tab" && event.shiftKey) {
      drawing.focus(drawing.current);
      return true;
    }
    const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (turn && around.length) {
      const next = around[(around.findIndex((line) => line.name === name) + turn + around.length) % around.length];
      drawing.focus(drawing.current, next.name);
    } else if (event.key === "Enter" || event.key === " ") {
      on.selectLine(name);
    } else {
      return false;
    }
    return true;
  };

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { node, line } = event.target.closest("[data-node], [data-line]")?.dataset ?? {};
    let done = false;
    if (event.shiftKey && event.key in ARROWS) {
      const [dx, dy] = ARROWS[event.key];
      settle(() => view.pan(-dx * STEP, -dy * STEP));
      done = true;
    } else if (node) {
      done = onNode(node, event);
    } else if (line) {
      done = onLine(line, event);
    }
    if (!done && event.key in anywhere) {
      anywhere[event.key]();
      done = true;
    }
    if (done) event.preventDefault();
  });
}
