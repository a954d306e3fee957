// Labels that do not overlap: each node's label goes where there is room for it, the higher-ranked nodes first.

import { shortened } from "./words.js";

const LINE = 14;
const ACROSS = 22;
const pen = document.createElement("canvas").getContext("2d");

/** Font of the labels, as the style sheet has it. */
export function setFont(font) {
  pen.font = font;
}

/** A name as up to `most` lines of a label. */
export function lines(name, most) {
  const found = [];
  let words = name.split(" ");
  while (words.length) {
    if (found.length === most - 1) return [...found, shortened(words.join(" "), ACROSS)];
    let line = words.shift();
    while (words.length && `${line} ${words[0]}`.length <= ACROSS) line += ` ${words.shift()}`;
    found.push(shortened(line, ACROSS + 4));
  }
  return found;
}

const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const box = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });

/** Places around a node to try, each with the box of the label and where its text is anchored. */
function candidates({ x, y, radius, text }) {
  const width = Math.max(...text.map((line) => pen.measureText(line).width)) + 4;
  const height = text.length * LINE;
  const gap = radius + 3;
  return [
    { ...box(x - width / 2, y + gap, width, height), anchor: "middle", dx: 0, dy: gap },
    { ...box(x + gap, y - height / 2, width, height), anchor: "start", dx: gap + 2, dy: -height / 2 },
    { ...box(x - gap - width, y - height / 2, width, height), anchor: "end", dx: -gap - 2, dy: -height / 2 },
    { ...box(x - width / 2, y - gap - height, width, height), anchor: "middle", dx: 0, dy: -gap - height },
  ];
}

/**
 * Where the labels of nodes `{id, x, y, radius, text, rank}` (screen pixels, in the order of rank) go: a map from id
 * to `{anchor, dx, dy}`; nodes for whose label there is no room are left out. Labels of nodes
 * within `bounds` lie within them too. Nodes with a `rank` always have one.
 */
export function place(nodes, bounds) {
  const taken = nodes.map(({ x, y, radius }) => box(x - radius, y - radius, 2 * radius, 2 * radius));
  const shapes = taken.length;
  const inside = (one) => one.left >= bounds.left && one.right <= bounds.right;
  const seen = ({ x }) => x >= bounds.left && x <= bounds.right;
  const found = new Map();
  nodes.forEach((node, own) => {
    const spots = candidates(node);
    const free = spots.filter((one) => taken.every((other, i) => (i === own && i < shapes) || !touch(one, other)));
    const spot = free.find(inside) ?? (seen(node) ? null : free[0]) ?? (node.rank ? spots[0] : null);
    if (spot) {
      taken.push(spot);
      found.set(node.id, spot);
    }
  });
  return found;
}

export const LINE_HEIGHT = LINE;
