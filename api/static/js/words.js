// How things read: labels from the schema, dates, numbers of things.

import { byId } from "./dom.js";

const vocabulary = JSON.parse(byId("vocabulary").textContent);
const MONTHS = "January February March April May June July August September October November December".split(" ");

export const typeLabel = (type) => vocabulary.types[type] ?? type;

/** "supports", or "supported by" seen from the object. */
export const predicateLabel = (predicate, fromObject = false) =>
  vocabulary[fromObject ? "inverses" : "predicates"][predicate] ?? predicate;

/** Label of a qualifier or an attribute. */
export const fieldLabel = (name) => vocabulary.fields[name] ?? name;

/** "16 November 2023" for 2023-11-16, "November 2022" for 2022-11; any other EDTF text as it is. */
export function date(text) {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text) ?? [];
  return year && MONTHS[month - 1] ? `${day ? `${Number(day)} ` : ""}${MONTHS[month - 1]} ${year}` : text;
}

/** "1 link", "3 links", "2 entities". */
export function count(n, one, many = `${one}s`) {
  return `${n} ${n === 1 ? one : many}`;
}

/** A text of at most `most` characters, cut at a word where that is possible. */
export function shortened(text, most) {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(" ");
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,–-]+$/, "")}…`;
}
