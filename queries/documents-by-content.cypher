// title: Find documents by what they say
// purpose: >
//   Accepted statements, all or those of one predicate, one row for each document that says so; a question gives
//   words of what is said.
// question: Which documents say that penalties for smuggling were raised?
// parameters:
//   predicate: {kind: text, help: "Only statements with this predicate, for example ESTABLISHED"}
// columns:
//   document: {kind: entity, types: [Document], help: Document that says so}
//   subject: {kind: entity, help: Subject of the statement}
//   predicate: {kind: text, help: Predicate of the statement}
//   object: {kind: entity, help: Object of the statement}
//   value: {kind: text, help: "Literal, where the statement has one"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [document]
// example: {predicate: ESTABLISHED}
// general: true
// phrases:
//   - "<document> <say>"
//   - "(according to|by|in) (which|what) <document>"

MATCH (s:Statement {status: 'accepted'})<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(d:Document)
WHERE s.predicate <> 'MENTIONS' AND ($predicate IS NULL OR s.predicate = $predicate) /* clocks: s */ /* published: d */
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
WITH DISTINCT s, a, b, d
RETURN d {.id, .name, type: d.types[0]} AS document, a {.id, .name, type: a.types[0]} AS subject,
       s.predicate AS predicate, CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object,
       s.value AS value, [s.id] AS statements
ORDER BY document.id, predicate, statements[0]
