// title: Where something happened or is
// purpose: Places and states where an event was held or a body has its seat.
// question: Where was the eleventh dialogue held?
// parameters:
//   entity: {kind: entity, types: [Event, Operation, Organization], required: true, help: "Event, operation or body"}
// columns:
//   place: {kind: entity, types: [Place, Country], help: City or state}
//   relation: {kind: text, help: Held in it or located in it}
//   status: {kind: text, help: Planned where it is not simply so}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [place]
// example: {entity: eleventh dialogue}
// phrases:
//   - "<where> {entity} [<held>]"
//   - "<where> <held> {entity}"
//   - "in {kind} {entity} [<held>]"
//   - "in {kind} <held> {entity}"
//   - "{kind} {entity} <held> [in]"
//   - "(place|location|venue|seat) {entity}"
//   - "{entity} (place|location|venue|seat)"
//   - "{kind} (place of|location of|venue of|seat of) {entity}"

MATCH (e:Entity {id: $entity})-[r:HELD_IN|LOCATED_IN]->(p:Entity)
RETURN p {.id, .name, type: p.types[0]} AS place, type(r) AS relation, r.actStatus AS status, collect(r.id) AS statements
ORDER BY place.id, relation, status
