// title: What stands under a program or instrument
// purpose: Events, operations, programs, units and instruments that were held, developed or funded under a program or instrument.
// question: Which meetings were held under the CBSI?
// parameters:
//   frame: {kind: entity, types: [Program, Instrument], required: true, help: Program or instrument}
// columns:
//   entity: {kind: entity, types: [Event, Operation, Instrument, Program, Unit], help: What stands under it}
//   dates: {kind: list, help: When it was held or made}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {frame: CBSI}
// phrases:
//   - "{kind} (<held>|<develop>|<establish>|<conduct>|<adopt>) under {frame}"
//   - "what (<held>|<develop>|<establish>|<conduct>|<adopt>) under {frame}"
//   - "{kind} [<held>|<develop>|<establish>|<conduct>|<adopt>] (under the auspices of|framework of|under the umbrella of) {frame}"
//   - "what [<held>|<develop>|<establish>|<conduct>|<adopt>] (under the auspices of|framework of|under the umbrella of) {frame}"

MATCH (f:Entity {id: $frame})<-[r:UNDER]-(e:Entity)
WHERE true /* clocks: r */
OPTIONAL MATCH (e)<-[:SUBJECT]-(s:Statement {status: 'accepted'})
WHERE s.predicate IN ['HELD_ON', 'DATED'] /* clocks: s */
WITH e, r, s ORDER BY s.value, r.id
RETURN e {.id, .name, type: e.types[0]} AS entity, collect(DISTINCT s.value) AS dates, collect(DISTINCT r.id) AS statements
ORDER BY entity.id
