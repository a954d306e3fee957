// title: What several documents agree on
// purpose: Accepted statements that rest on at least two documents, all or those about one entity.
// question: Which statements about the CCGIU are in more than one document?
// parameters:
//   entity: {kind: entity, help: Only statements about it}
// columns:
//   subject: {kind: entity, help: Subject}
//   predicate: {kind: text, help: Predicate}
//   object: {kind: entity, help: Object where it is an entity}
//   value: {kind: text, help: Object where it is a literal}
//   documents: {kind: list, help: Documents that say so}
//   count: {kind: number, help: How many documents}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [subject, predicate, object, value]
// example: {entity: CCGIU}
// phrases:
//   - "(statement|fact|claim) {entity} (more than one|several|two|at least two) (document|source)"
//   - "(statement|fact|claim) about {entity} [in] (more than one|several|two|at least two) (document|source)"
//   - "(corroborated|confirmed) (statement|fact|claim) (about|on|of) {entity}"

MATCH (d:Document)<-[:FROM]-(:Evidence)-[:EVIDENCE_FOR]->(s:Statement {status: 'accepted'})
WHERE s.predicate <> 'MENTIONS' /* clocks: s */ /* published: d */
WITH s, d ORDER BY d.name
WITH s, collect(DISTINCT d.name) AS documents, count(DISTINCT d) AS count
WHERE count > 1
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
WITH s, a, b, documents, count
WHERE $entity IS NULL OR a.id = $entity OR b.id = $entity
RETURN a {.id, .name, type: a.types[0]} AS subject, s.predicate AS predicate,
       CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object, s.value AS value,
       documents, count, [s.id] AS statements
ORDER BY count DESC, predicate, statements[0]
