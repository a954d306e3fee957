// title: Bodies that have their seat in a place
// purpose: Bodies and units with their seat in a city or state, or in a place that lies in that state by the register.
// question: Which bodies have their seat in Barbados?
// parameters:
//   place: {kind: entity, types: [Place, Country], required: true, help: City or state}
// columns:
//   body: {kind: entity, types: [Organization], help: Body or unit}
//   seat: {kind: entity, types: [Place, Country], help: Where exactly}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [body]
// example: {place: Barbados}
// phrases:
//   - "{kind} (seat|headquarters|secretariat) (in|at) {place}"
//   - "{kind} (seated|based|headquartered|located) {place}"
//   - "{kind} {place} (is|as) seat"
//   - "(who|what) (seated|based|headquartered|located) {place}"

MATCH (o:Entity)-[r:LOCATED_IN]->(p:Entity)
WHERE (p.id = $place OR p.country = $place) /* clocks: r */
WITH o, p, r ORDER BY r.id
RETURN o {.id, .name, type: o.types[0]} AS body, p {.id, .name, type: p.types[0]} AS seat, collect(r.id) AS statements
ORDER BY body.id, seat.id
