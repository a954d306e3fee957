// title: Under what something stands
// purpose: Programs and instruments under which an event, operation, program, unit or instrument was held, developed or funded.
// question: Under which program was the ninth dialogue held?
// parameters:
//   entity: {kind: entity, types: [Event, Operation, Instrument, Program, Unit], required: true, help: What stands under it}
// columns:
//   frame: {kind: entity, types: [Program, Instrument], help: Program or instrument}
//   scope: {kind: text, help: What part of it}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [frame]
// example: {entity: ninth dialogue}
// phrases:
//   - "under {kind} {entity} [<held>|<develop>|<establish>|<conduct>|<adopt>]"
//   - "under what {entity} (<held>|<develop>|<establish>|<conduct>|<adopt>)"
//   - "(under the auspices of|framework of|under the umbrella of) (what|{kind}) {entity} [<held>|<develop>|<establish>|<conduct>|<adopt>]"
//   - "{entity} (<held>|<develop>|<establish>|<conduct>|<adopt>) under (what|{kind})"
//   - "what {entity} (<held>|<develop>|<establish>|<conduct>|<adopt>) under"

MATCH (e:Entity {id: $entity})-[r:UNDER]->(f:Entity)
WHERE true /* clocks: r */
WITH f, r ORDER BY r.id
RETURN f {.id, .name, type: f.types[0]} AS frame, r.scope AS scope, collect(r.id) AS statements
ORDER BY frame.id, scope
