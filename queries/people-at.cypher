// title: People at an event with their offices
// purpose: Persons who took part in a dialogue, meeting or operation, with their roles, the titles of their offices and their bodies.
// question: Which officials were at the ninth dialogue, and with what titles?
// parameters:
//   event: {kind: entity, types: [Event, Operation], required: true, help: "Dialogue, meeting or operation"}
// columns:
//   person: {kind: entity, types: [Person], help: Who took part}
//   roles: {kind: list, help: In which roles}
//   titles: {kind: list, help: Offices of the person}
//   organizations: {kind: list, help: Bodies and states of these offices}
//   delegation: {kind: entity, help: "For which delegation, where the documents say so"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [person]
// example: {event: ninth dialogue}
// phrases:
//   - "{kind} (at|in|of) {event} (with|in) <position>"
//   - "{kind} <take-part> {event} (with|in) <position>"
//   - "(who|whoever) <take-part> {event} (with|in) <position>"
//   - {say: "<position> {kind} (at|in) {event}", answer: [titles]}
//   - {say: "<position> {kind} <take-part> {event}", answer: [titles]}
//   - {say: "<position> {kind} (at|in) {event} <hold>", answer: [titles]}

MATCH (e:Entity {id: $event})<-[r:PARTICIPATED_IN]-(p:Person)
WHERE true /* clocks: r */
OPTIONAL MATCH (p)-[h:HOLDS_POSITION]->(o:Entity)
WHERE true /* clocks: h */
OPTIONAL MATCH (c:Entity {id: r.onBehalfOf})
WITH p, r, h, o, c ORDER BY r.role, h.title, o.id, r.id, h.id
RETURN p {.id, .name, type: p.types[0]} AS person, collect(DISTINCT coalesce(r.role, 'participant')) AS roles,
       collect(DISTINCT h.title) AS titles, collect(DISTINCT o {.id, .name, type: o.types[0]}) AS organizations,
       CASE WHEN c IS NULL THEN null ELSE c {.id, .name, type: c.types[0]} END AS delegation,
       collect(DISTINCT r.id) + collect(DISTINCT h.id) AS statements
ORDER BY person.id, delegation.id
