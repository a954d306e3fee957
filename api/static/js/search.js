// The one box: names, aliases and acronyms with suggestions while typing, and questions.

import * as api from "./api.js";
import { el } from "./dom.js";
import { icon } from "./types.js";
import { typeLabel } from "./words.js";

const WAIT = 120;
const QUESTION =
  /\?\s*$|^\s*(who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|list|show|name|tell|give|count|in which|on which|at which|on what|by whom)\b/i;

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** A combobox (WAI-ARIA pattern with a listbox). `choose(id)` and `ask(text)` are called with what was picked. */
export class Search {
  constructor(form, { choose, ask, announce }) {
    this.form = form;
    this.input = form.querySelector("input");
    this.list = form.querySelector("[role=listbox]");
    Object.assign(this, { choose, ask, announce });
    this.options = [];
    this.active = -1;
    this.found = Promise.resolve([]);
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#close());
    // Pressing on the list must not take the focus from the box before the click arrives.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  get text() {
    return this.input.value.trim();
  }

  set text(text) {
    this.input.value = text;
    this.#close();
  }

  #typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    const text = this.text;
    if (!text) {
      this.found = Promise.resolve([]);
      this.#close();
      return;
    }
    this.request = new AbortController();
    const { signal } = this.request;
    this.found = new Promise((resolve) => (this.timer = setTimeout(resolve, WAIT)))
      .then(() => api.search(text, signal))
      .then(({ results }) => results);
    this.found.then(
      (results) => text === this.text && document.activeElement === this.input && this.#suggest(text, results),
      (error) => error.name !== "AbortError" && this.announce(error.message),
    );
  }

  #suggest(text, found) {
    // What merely looks like the beginning of a question is no help with it.
    const results = QUESTION.test(text) ? found.filter((hit) => hit.reason !== "typo") : found;
    const asks = text.includes(" ") || !results.length;
    this.options = results.map((hit) => ({
      pick: () => this.#choose(hit),
      row: [
        icon(hit.type),
        el("span", { class: "name" }, hit.name),
        el("span", { class: "why" }, [typeLabel(hit.type), reason(hit)].filter(Boolean).join(" · ")),
      ],
    }));
    if (asks) {
      const row = [el("span", { class: "icon", "aria-hidden": "true" }, "?"), el("span", { class: "name" }, `Ask “${text}”`)];
      const option = { pick: () => this.#ask(text), row };
      if (QUESTION.test(text)) this.options.unshift(option);
      else this.options.push(option);
    }
    this.active = -1;
    this.list.replaceChildren(
      ...this.options.map(({ row, pick }, i) =>
        el("li", { role: "option", id: `option-${i}`, "aria-selected": "false", click: pick }, row),
      ),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    const n = results.length;
    this.announce(n ? `${n} suggestions; use the arrow keys` : "No name like this; Enter asks it as a question");
  }

  #close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const open = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && open) {
      const n = this.options.length;
      this.#activate(this.active < 0 && step < 0 ? n - 1 : (this.active + step + n) % n);
      event.preventDefault();
    } else if (step) {
      this.#typed();
    } else if (event.key === "Escape") {
      if (!open) this.input.value = "";
      this.#close();
      event.preventDefault();
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.options[this.active].pick();
    }
  }

  #activate(index) {
    this.active = index;
    [...this.list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === index)));
    this.list.children[index].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `option-${index}`);
  }

  /** Enter without a picked suggestion: a name that fits goes to its entity, anything else is a question. */
  async #submit() {
    const text = this.text;
    if (!text) return;
    let results = [];
    try {
      results = await this.found;
    } catch {
      // The question, asked next, tells what is wrong.
    }
    if (text !== this.text) return;
    const wanted = plain(text);
    const exact = results.find((hit) => [hit.name, hit.matched].some((name) => name && plain(name) === wanted));
    const begun = results.find((hit) => [hit.name, hit.matched].some((name) => name && plain(name).startsWith(wanted)));
    const hit = exact ?? (QUESTION.test(text) ? null : (begun ?? (text.includes(" ") ? null : results[0])));
    if (hit) this.#choose(hit);
    else this.#ask(text);
  }

  #choose(hit) {
    this.text = hit.name;
    this.choose(hit.id);
  }

  #ask(text) {
    this.text = text;
    this.ask(text);
  }
}

const REASONS = { acronym: "acronym", typo: "spelled like" };

/** Why a suggestion is one, where its name does not show it. */
function reason({ name, matched, reason: how }) {
  return matched && plain(matched) !== plain(name) ? `${REASONS[how] ?? "also"} “${matched}”` : "";
}
