// title: What a document says
// purpose: Every accepted statement that rests on a document, in the order of its text, mentions aside; all or those of one predicate.
// question: What does the CMC article say?
// parameters:
//   document: {kind: entity, types: [Document], required: true, help: The document}
//   predicate: {kind: text, help: Predicate such as ESTABLISHED}
// columns:
//   start: {kind: number, help: "Where in the text it first says so, in characters from the beginning"}
//   subject: {kind: entity, help: Subject}
//   predicate: {kind: text, help: Predicate}
//   object: {kind: entity, help: Object where it is an entity}
//   value: {kind: text, help: Object where it is a literal}
//   date: {kind: date, help: When}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [subject, predicate, object, value]
// example: {document: CMC article}
// countable: false
// phrases:
//   - "what (do|does|did) {document} (say|tell|report|state|contain)"
//   - "what (said|told|reported|stated) (in|by) {document}"
//   - "(everything|all) {document} (say|tell|report|state)"
//   - "(statement|fact|claim) (of|in|from) {document}"
//   - "(statement|fact|claim) {document} (make|made|contain)"

MATCH (d:Entity {id: $document})<-[:FROM]-(v:Evidence)-[:EVIDENCE_FOR]->(s:Statement {status: 'accepted'})
WHERE s.predicate <> 'MENTIONS' AND ($predicate IS NULL OR s.predicate = $predicate) /* clocks: s */ /* published: d */
WITH s, min(v.start) AS start
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
RETURN start, a {.id, .name, type: a.types[0]} AS subject, s.predicate AS predicate,
       CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object, s.value AS value,
       s.date AS date, [s.id] AS statements
ORDER BY start, predicate, statements[0]
