// The panel beside the picture: tabs for the answer, what is selected, and the picture as text.

import { byId, el } from "./dom.js";

const NAMES = ["answer", "details", "list"];

export class Panel {
  constructor() {
    this.tabs = NAMES.map((name) => byId(`tab-${name}`));
    this.bodies = Object.fromEntries(NAMES.map((name) => [name, byId(name)]));
    this.tabs.forEach((tab, i) => {
      tab.addEventListener("click", () => this.open(NAMES[i]));
      tab.addEventListener("keydown", (event) => this.#key(event));
    });
  }

  /** Show a tab. */
  open(name) {
    this.current = name;
    NAMES.forEach((one, i) => {
      const chosen = one === name;
      this.tabs[i].setAttribute("aria-selected", String(chosen));
      this.tabs[i].tabIndex = chosen ? 0 : -1;
      this.bodies[one].hidden = !chosen;
    });
  }

  /** Fill a tab; without content the tab is not offered, and another one takes its place. */
  fill(name, ...content) {
    const filled = content.flat().some((part) => part !== null);
    this.tabs[NAMES.indexOf(name)].hidden = !filled;
    this.bodies[name].replaceChildren(...content.flat().filter((part) => part !== null));
    this.bodies[name].scrollTop = 0;
    const [other] = this.#offered();
    if (!filled && this.current === name && other) this.open(other);
  }

  wait(name) {
    this.fill(name, el("p", { class: "empty" }, "Reading …"));
  }

  #offered() {
    return NAMES.filter((_, i) => !this.tabs[i].hidden);
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const offered = this.#offered();
    const at = offered.findIndex((name) => byId(`tab-${name}`) === event.target);
    const next = offered[(at + step + offered.length) % offered.length];
    this.open(next);
    byId(`tab-${next}`).focus();
    event.preventDefault();
  }
}
