// title: Who founded a body, unit or program
// purpose: Bodies, states and events that founded, launched or inaugurated it.
// question: Who established the CCGIU?
// parameters:
//   program: {kind: entity, types: [Program, Organization], required: true, help: The program in question}
// columns:
//   agency: {kind: entity, types: [Organization, Country, Event, Person], help: Who it was}
//   relation: {kind: text, help: How}
//   date: {kind: date, help: When}
//   role: {kind: text, help: As what}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [agency]
// example: {program: CCGIU}
// phrases:
//   - "by whom {program} <establish>"
//   - "[{kind}] <establish> {program}"
//   - "{program} <establish> (by|at|in|during) [{kind}]"
//   - "(at|by|in|during) {kind} {program} <establish>"
//   - "{kind} {program} <establish>"
//   - "{kind} (led to|lead to|bring about|brought about) <establish> {program}"
//   - "[{kind}] <develop> {program}"
//   - "(founder|creator) {program}"

MATCH (t:Entity {id: $program})<-[r:ESTABLISHED]-(a:Entity)
WHERE true /* clocks: r */
RETURN a {.id, .name, type: a.types[0]} AS agency, type(r) AS relation, r.date AS date, r.role AS role,
       r.actStatus AS status, collect(r.id) AS statements
ORDER BY agency.id, relation, date, role, status
