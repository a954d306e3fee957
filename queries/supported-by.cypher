// title: What someone supports
// purpose: >
//   Everything that a body, state, program or operation supports: programs, bodies, operations, instruments, events and
//   states, with what the support consists of and where it stands.
// question: What does the United States support?
// parameters:
//   actor: {kind: entity, types: [Organization, Country, Program, Operation], required: true, help: Who gives support}
// columns:
//   supported: {kind: entity, types: [Program, Organization, Operation, Instrument, Event, Country], help: What is supported}
//   scope: {kind: text, help: What the support consists of}
//   date: {kind: date, help: When}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [supported]
// example: {actor: United States}
// phrases:
//   - "what {actor} <support>"
//   - "whom {actor} <support>"
//   - "who (do|does|did) {actor} <support>"
//   - "(which|what) {kind} {actor} <support>"
//   - "{kind} (supported|backed|assisted|helped|aided) by {actor}"
//   - "what (supported|backed|assisted|helped|aided) by {actor}"

MATCH (a:Entity {id: $actor})-[r:SUPPORTS]->(b:Entity)
WHERE true /* clocks: r */
RETURN b {.id, .name, type: b.types[0]} AS supported, r.scope AS scope, r.date AS date, r.actStatus AS status,
       [r.id] AS statements
ORDER BY supported.id, date, statements[0]
