// title: Who carried out an operation or event
// purpose: Bodies and states that carried it out, alone or together.
// question: Who conducted Operation Citadel?
// parameters:
//   operation: {kind: entity, types: [Operation, Event], required: true, help: The operation in question}
// columns:
//   agency: {kind: entity, types: [Organization, Country, Event, Person], help: Who it was}
//   relation: {kind: text, help: How}
//   date: {kind: date, help: When}
//   role: {kind: text, help: As what}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [agency]
// example: {operation: Operation Citadel}
// phrases:
//   - "by whom {operation} <conduct>"
//   - "[{kind}] <conduct> {operation}"
//   - "{operation} <conduct> by [{kind}]"
//   - "by {kind} {operation} <conduct>"
//   - "[{kind}] (cooperate|collaborate|work together|took part|take part|participate|involved|join) {operation}"

MATCH (t:Entity {id: $operation})<-[r:CONDUCTED]-(a:Entity)
WHERE true /* clocks: r */
RETURN a {.id, .name, type: a.types[0]} AS agency, type(r) AS relation, r.date AS date, r.role AS role,
       r.actStatus AS status, collect(r.id) AS statements
ORDER BY agency.id, relation, date, role, status
