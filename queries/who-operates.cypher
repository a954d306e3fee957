// title: Who runs a program or unit
// purpose: Bodies and states that run, own or administer it.
// question: Which agency operates eTrace?
// parameters:
//   program: {kind: entity, types: [Program, Unit], required: true, help: The program in question}
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
//   - "by whom {program} <operate>"
//   - "[{kind}] <operate> {program}"
//   - "{program} <operate> (by|to) [{kind}]"
//   - "by {kind} {program} <operate>"
//   - "{kind} {program} <operate>"
//   - "(operator|owner|administrator) {program}"

MATCH (t:Entity {id: $program})<-[r:OPERATES]-(a:Entity)
WHERE true /* clocks: r */
RETURN a {.id, .name, type: a.types[0]} AS agency, type(r) AS relation, r.date AS date, r.role AS role,
       r.actStatus AS status, collect(r.id) AS statements
ORDER BY agency.id, relation, date, role, status
