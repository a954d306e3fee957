// title: Timeline of something
// purpose: Every dated statement about an entity in the order of time.
// question: What is the timeline of the CBSI?
// parameters:
//   entity: {kind: entity, required: true, help: What it is about}
// columns:
//   date: {kind: date, help: When}
//   what: {kind: text, help: Predicate}
//   subject: {kind: entity, help: Subject}
//   object: {kind: entity, help: Object where it is an entity}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [date, what]
// example: {entity: CBSI}
// phrases:
//   - "(timeline|history|chronology) {entity}"
//   - "{entity} (timeline|history|chronology)"

MATCH (n:Entity {id: $entity})<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})
WHERE (s.date IS NOT NULL OR s.predicate IN ['HELD_ON', 'DATED']) /* clocks: s */
WITH DISTINCT s
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
RETURN coalesce(s.date, s.value) AS date, s.predicate AS what, a {.id, .name, type: a.types[0]} AS subject,
       CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object, s.actStatus AS status,
       [s.id] AS statements
ORDER BY date, what, statements[0]
