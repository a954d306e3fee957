// title: Who developed an instrument, program or unit
// purpose: Bodies, states and events that wrote, built or drew it up.
// question: Who developed the Caribbean Firearms Roadmap?
// parameters:
//   instrument: {kind: entity, types: [Instrument, Program, Unit], required: true, help: The instrument in question}
// columns:
//   agency: {kind: entity, types: [Organization, Country, Event, Person], help: Who it was}
//   relation: {kind: text, help: How}
//   date: {kind: date, help: When}
//   role: {kind: text, help: As what}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [agency]
// example: {instrument: Caribbean Firearms Roadmap}
// phrases:
//   - "by whom {instrument} <develop>"
//   - "[{kind}] <develop> {instrument}"
//   - "{instrument} <develop> (by|at|in) [{kind}]"
//   - "(at|by|in) {kind} {instrument} <develop>"
//   - "{kind} {instrument} <develop>"
//   - "(author|developer|maker) {instrument}"

MATCH (t:Entity {id: $instrument})<-[r:DEVELOPED]-(a:Entity)
WHERE true /* clocks: r */
RETURN a {.id, .name, type: a.types[0]} AS agency, type(r) AS relation, r.date AS date, r.role AS role,
       r.actStatus AS status, collect(r.id) AS statements
ORDER BY agency.id, relation, date, role, status
