// title: Documents that say something about an entity
// purpose: >
//   Accepted statements about an entity, one row for each document that says so; predicate, other end and date
//   narrow them down.
// question: Which documents say that the CCGIU was inaugurated in November 2022?
// parameters:
//   entity: {kind: entity, required: true, help: Subject or object of the statement}
//   other: {kind: entity, help: The other end}
//   predicate: {kind: text, help: Predicate such as ESTABLISHED}
// columns:
//   document: {kind: entity, types: [Document], help: The document}
//   subject: {kind: entity, help: Subject}
//   predicate: {kind: text, help: Predicate}
//   object: {kind: entity, help: Object where it is an entity}
//   value: {kind: text, help: Object where it is a literal}
//   date: {kind: date, help: When}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [document]
// example: {entity: CCGIU, predicate: ESTABLISHED}
// phrases:
//   - "<document> <say> {entity} {other}"
//   - "<document> <say> {entity}"
//   - "(according to|by|in) (which|what) <document> {entity} [{other}]"
//   - "(in) <document> <say> {entity} [{other}]"
//   - "who (report|say|confirm|state) that {entity} [{other}]"
//   - "<document> (name|list|mention|identify|describe) {entity} as"

MATCH (n:Entity {id: $entity})<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})
WHERE s.predicate <> 'MENTIONS' AND ($predicate IS NULL OR s.predicate = $predicate) /* clocks: s */
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
WITH DISTINCT s, a, b
WHERE $other IS NULL OR a.id = $other OR b.id = $other
MATCH (s)<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(d:Document)
WHERE true /* published: d */
WITH DISTINCT s, a, b, d
RETURN d {.id, .name, type: d.types[0]} AS document, a {.id, .name, type: a.types[0]} AS subject,
       s.predicate AS predicate, CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object,
       s.value AS value, s.date AS date, [s.id] AS statements
ORDER BY document.id, predicate, statements[0]
