// title: Who uses a program
// purpose: Bodies and states that use it.
// question: Who uses eTrace?
// parameters:
//   program: {kind: entity, types: [Program], required: true, help: The program in question}
// columns:
//   agency: {kind: entity, types: [Organization, Country, Event, Person], help: Who it was}
//   relation: {kind: text, help: How}
//   date: {kind: date, help: When}
//   role: {kind: text, help: As what}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [agency]
// example: {program: eTrace}
// phrases:
//   - "by whom {program} <use>"
//   - "[{kind}] <use> {program}"
//   - "{program} <use> by [{kind}]"
//   - "{kind} {program} <use>"
//   - "(user) {program}"

MATCH (t:Entity {id: $program})<-[r:USES]-(a:Entity)
WHERE true /* clocks: r */
RETURN a {.id, .name, type: a.types[0]} AS agency, type(r) AS relation, r.date AS date, r.role AS role,
       r.actStatus AS status, collect(r.id) AS statements
ORDER BY agency.id, relation, date, role, status
