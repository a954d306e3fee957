// Zoom and pan: which part of the plane is seen, and the gestures that change it.

const LEAST = 0.1;
const MOST = 4;
// A pointer that moved less than this many pixels has clicked.
const CLICK = 4;

export class View {
  /** `moved(zoomed)` is called after each change, `settled()` when the reader has let go. */
  constructor(svg, { moved, settled, dragged, dropped }) {
    this.svg = svg;
    this.x = this.y = 0;
    this.zoom = 1;
    // The points that are all in view because nobody chose another part.
    this.fitted = null;
    Object.assign(this, { moved, settled, dragged, dropped });
    this.pointers = new Map();
    this.#measure();
    new ResizeObserver(() => this.#resized()).observe(svg);
    svg.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    svg.addEventListener("pointerdown", (event) => this.#down(event));
    svg.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, (event) => this.#up(event));
    this.travelled = 0;
    svg.addEventListener("click", (event) => this.#click(event), true);
  }

  get at() {
    return [this.x, this.y, this.zoom];
  }

  /** Show the place [x, y, zoom] in the middle. */
  place([x, y, zoom]) {
    this.#measure();
    [this.x, this.y] = [x, y];
    this.fitted = null;
    this.zoom = Math.min(MOST, Math.max(LEAST, zoom));
    this.moved(true);
  }

  /** Show all points, with room around them; until something else is chosen, also in another size. */
  fit(points, most = 1.25) {
    if (!points.length) return;
    this.#measure();
    const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const across = (this.width - Math.min(200, this.width / 4)) / (right - left || 1);
    const down = (this.height - Math.min(130, this.height / 3)) / (bottom - top || 1);
    this.place([(left + right) / 2, (top + bottom) / 2, Math.min(most, across, down)]);
    this.fitted = points;
  }

  /** Zoom by a factor, the screen point staying where it is. */
  scale(factor, [px, py] = [this.width / 2, this.height / 2]) {
    const zoom = Math.min(MOST, Math.max(LEAST, this.zoom * factor));
    const [dx, dy] = [px - this.width / 2, py - this.height / 2];
    this.place([this.x + dx / this.zoom - dx / zoom, this.y + dy / this.zoom - dy / zoom, zoom]);
  }

  /** Move by screen pixels. */
  pan(dx, dy) {
    this.fitted = null;
    this.x -= dx / this.zoom;
    this.y -= dy / this.zoom;
    this.moved(false);
  }

  /** Whether a point of the plane is in sight. */
  sees({ x, y }) {
    return (
      Math.abs(x - this.x) * this.zoom < this.width / 2 && Math.abs(y - this.y) * this.zoom < this.height / 2
    );
  }

  /** Move as little as brings a point into sight, with a margin. */
  reveal({ x, y }) {
    const beyond = (offset, half) => Math.sign(offset) * Math.max(0, Math.abs(offset) - Math.max(0, half - 50));
    const dx = beyond((x - this.x) * this.zoom, this.width / 2);
    const dy = beyond((y - this.y) * this.zoom, this.height / 2);
    if (dx || dy) this.pan(-dx, -dy);
  }

  /** In another size all is fitted in again, or the left and upper part stays where it was. */
  #resized() {
    const [width, height] = [this.width, this.height];
    this.#measure();
    const [dx, dy] = [this.width - width, this.height - height];
    if (!dx && !dy) return;
    if (this.fitted) this.fit(this.fitted);
    else this.place([this.x + dx / 2 / this.zoom, this.y + dy / 2 / this.zoom, this.zoom]);
  }

  #measure() {
    [this.width, this.height] = [this.svg.clientWidth, this.svg.clientHeight];
  }

  #local(event) {
    const box = this.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.scale(Math.exp(-event.deltaY * lines * 0.0015), this.#local(event));
    this.settled();
  }

  #down(event) {
    if (event.button) return;
    this.pointers.set(event.pointerId, this.#local(event));
    if (this.pointers.size === 1) {
      this.travelled = 0;
      this.held = event.target.closest("[data-node]")?.dataset.node ?? null;
    } else {
      this.held = null;
    }
  }

  #move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.#local(event);
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    this.travelled += Math.hypot(dx, dy);
    if (this.travelled > CLICK && !this.svg.hasPointerCapture(event.pointerId)) {
      this.svg.setPointerCapture(event.pointerId);
    }
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, now);
    if (other) {
      const apart = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
      this.scale(apart(now) / apart(before), other);
    } else if (this.held !== null) {
      this.dragged(this.held, dx / this.zoom, dy / this.zoom);
    } else {
      this.pan(dx, dy);
    }
  }

  /** A drag is not a click on what is under the pointer when it ends. */
  #click(event) {
    if (this.travelled > CLICK) event.stopImmediatePropagation();
    this.travelled = 0;
  }

  #up(event) {
    if (!this.pointers.delete(event.pointerId) || this.pointers.size || this.travelled <= CLICK) return;
    if (this.held === null) this.settled();
    else this.dropped(this.held);
  }
}
