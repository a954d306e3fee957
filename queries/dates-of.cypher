// title: When something happened
// purpose: Every date that the documents give for an event, instrument, program, unit or operation, and for what was done to it.
// question: When was the CCGIU inaugurated?
// parameters:
//   entity: {kind: entity, types: [Event, Operation, Instrument, Program, Organization, Observation, Commitment], required: true, help: What it is about}
// columns:
//   date: {kind: date, help: The date}
//   what: {kind: text, help: What happened then}
//   by: {kind: entity, help: "Who did it, where someone did"}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [date]
// example: {entity: CCGIU}
// countable: false
// phrases:
//   - "<when> {entity} [<held>]"
//   - "{entity} <when>"
//   - "<when> {entity} (<establish>|<develop>|<adopt>|<sign>|<conduct>|begin|start|publish|dated)"
//   - "<when> {entity} (become law|became law|come into force|came into force|enter into force|enacted|signed into law|pass|take effect|took effect|gather)"
//   - "<when> (gather|meet|met) [for|at] {entity}"
//   - "<when> <held> {entity}"
//   - "<when> (<establish>|<develop>|<adopt>|<sign>|<conduct>) {entity}"
//   - "(date|year|month) {entity}"
//   - "{entity} (date|year|month)"

MATCH (e:Entity {id: $entity})
MATCH (e)<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})
WHERE (s.predicate IN ['HELD_ON', 'DATED'] OR (s.date IS NOT NULL AND s.predicate IN
  ['ESTABLISHED', 'DEVELOPED', 'ADOPTED', 'SIGNED', 'CONDUCTED', 'AUTHORIZED_BY', 'HELD_IN'])) /* clocks: s */
WITH DISTINCT e, s
MATCH (s)-[:SUBJECT]->(a:Entity)
WHERE a = e OR s.predicate IN ['ESTABLISHED', 'DEVELOPED', 'ADOPTED', 'SIGNED', 'CONDUCTED']
RETURN coalesce(s.date, s.value) AS date, s.predicate AS what,
       CASE WHEN a = e THEN null ELSE a {.id, .name, type: a.types[0]} END AS by, s.actStatus AS status, [s.id] AS statements
ORDER BY date, what, statements[0]
