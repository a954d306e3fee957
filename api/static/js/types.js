// One shape and one colour for each type: the colour is the style sheet's, the shape is drawn here.

import { svg } from "./dom.js";

const regular = (corners, radius, turn = -Math.PI / 2) =>
  "M" +
  Array.from({ length: corners }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / corners;
    return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
  }).join("L") +
  "Z";

const star = () => {
  const points = Array.from({ length: 10 }, (_, i) => {
    const angle = -Math.PI / 2 + (Math.PI * i) / 5;
    const radius = i % 2 ? 5.6 : 12;
    return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}Z`;
};

const CIRCLE = "M-10,0A10,10 0 1 1 10,0A10,10 0 1 1 -10,0Z";

// In a box of 24 × 24 around the origin.
const SHAPES = {
  Dialogue: star(),
  Event: regular(4, 11.5),
  Country: CIRCLE,
  Place: "M0,12C-4,5 -8.5,1 -8.5,-3.5A8.5,8.5 0 1 1 8.5,-3.5C8.5,1 4,5 0,12Z",
  Agency: "M-9,-9H9V9H-9Z",
  IntergovernmentalOrganization: regular(6, 11),
  Unit: "M0,-11L10,-3V10H-10V-3Z",
  OtherOrganization: regular(8, 10.5, Math.PI / 8),
  Organization: regular(8, 10.5, Math.PI / 8),
  Program: "M-4,-11H4V-4H11V4H4V11H-4V4H-11V-4H-4Z",
  Instrument: "M-8,-11H8V7A4,4 0 0 1 4,11H-8Z",
  Operation: regular(3, 12.5),
  Person: "M0,-11A5,5 0 0 1 3.2,-2.2C7,-1.2 10,2 10,7V10H-10V7C-10,2 -7,-1.2 -3.2,-2.2A5,5 0 0 1 0,-11Z",
  Topic: "M-6,-7H6A7,7 0 0 1 6,7H-6A7,7 0 0 1 -6,-7Z",
  Commitment: "M-7,-11H10L6,-4.5L10,2H-4V12H-7Z",
  Observation: "M-11,10V0H-5V10ZM-3,10V-10H3V10ZM5,10V-5H11V10Z",
  Document: "M-8,-11H3L8,-6V11H-8Z",
};

/** The shape of a type as a path that takes its colour from the class of the type. */
export const shape = (type, attributes = {}) =>
  svg("path", { class: `shape t-${type in SHAPES ? type : "Entity"}`, d: SHAPES[type] ?? CIRCLE, ...attributes });

/** The shape as a small picture beside text, which says the type in words. */
export const icon = (type) =>
  svg("svg", { class: "icon", viewBox: "-13 -13 26 26", "aria-hidden": "true", focusable: "false" }, shape(type));
