// title: What happened in a place
// purpose: Events and operations that were held in a city or state.
// question: Which dialogue was held in Castries?
// parameters:
//   place: {kind: entity, types: [Place, Country], required: true, help: City or state}
// columns:
//   event: {kind: entity, types: [Event, Operation], help: Event or operation}
//   dates: {kind: list, help: When}
//   status: {kind: text, help: Planned where it is not simply so}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [event]
// example: {place: Castries}
// phrases:
//   - "{kind} <held> [in|at] {place}"
//   - "{kind} (in|at) {place}"
//   - "{kind} {place} <host>"
//   - "what <happened> (in|at) {place}"

MATCH (p:Entity {id: $place})<-[r:HELD_IN]-(e:Entity)
WHERE true /* clocks: r */
OPTIONAL MATCH (e)<-[:SUBJECT]-(s:Statement {predicate: 'HELD_ON', status: 'accepted'})
WHERE true /* clocks: s */
WITH e, r, s ORDER BY s.value
RETURN e {.id, .name, type: e.types[0]} AS event, collect(DISTINCT s.value) AS dates, max(r.actStatus) AS status,
       collect(DISTINCT r.id) AS statements
ORDER BY event.id
