// title: Who stands behind both of two things
// purpose: >
//   Bodies, states and programs that support, fund, run, use, developed or founded both of two programs, bodies,
//   operations, instruments or events, with the relation to each.
// question: Who supports both the CBSI and the MSS mission?
// parameters:
//   one: {kind: entity, types: [Program, Organization, Operation, Instrument, Event, Country], required: true, help: One of the two}
//   other: {kind: entity, types: [Program, Organization, Operation, Instrument, Event, Country], required: true, help: The other}
// columns:
//   supporter: {kind: entity, types: [Organization, Country, Program, Operation, Event], help: Who stands behind both}
//   relations: {kind: list, help: Relations to the first}
//   others: {kind: list, help: Relations to the second}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [supporter]
// example: {one: CBSI, other: MSS mission}
// phrases:
//   - "[{kind}] <support> both {one} and {other}"
//   - "[{kind}] both <support> {one} and {other}"
//   - "[{kind}] <support> {one} as well as {other}"
//   - "(common|joint|shared) (supporter|backer|sponsor) (of) {one} and {other}"
//   - "{kind} behind both {one} and {other}"
//   - "who (is|stands|stood|are|stand) behind both {one} and {other}"

MATCH (a:Entity {id: $one})<-[r:SUPPORTS|FUNDS|OPERATES|USES|DEVELOPED|ESTABLISHED]-(x:Entity)
WHERE true /* clocks: r */
MATCH (x)-[q:SUPPORTS|FUNDS|OPERATES|USES|DEVELOPED|ESTABLISHED]->(b:Entity {id: $other})
WHERE true /* clocks: q */
WITH x, r, q ORDER BY type(r), type(q), r.id, q.id
RETURN x {.id, .name, type: x.types[0]} AS supporter, collect(DISTINCT type(r)) AS relations,
       collect(DISTINCT type(q)) AS others, collect(DISTINCT r.id) + collect(DISTINCT q.id) AS statements
ORDER BY supporter.id
