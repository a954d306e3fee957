// title: How many statements
// purpose: >
//   The number of accepted statements, mentions aside, by predicate, by document or all together; of everything or
//   about one thing. A statement that rests on several documents counts for each of them.
// question: How many statements are there about the CBSI?
// parameters:
//   entity: {kind: entity, help: Only statements about it}
//   by: {kind: choice, choices: [predicate, document, nothing], default: predicate, help: What is counted for}
// columns:
//   predicate: {kind: text, help: Predicate}
//   document: {kind: entity, types: [Document], help: The document}
//   count: {kind: number, help: How many statements}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [count]
// example: {entity: CBSI, by: nothing}
// countable: false
// phrases:
//   - {say: "<how-many> (statement|fact|claim) (about|on|concerning) {entity}", given: {by: nothing}}
//   - {say: "<how-many> (statement|fact|claim) (graph|knowledge graph|database|data)", given: {by: nothing}}
//   - {say: "<how-many> (statement|fact|claim) (each|every|per) (document|source) [about {entity}]", given: {by: document}}
//   - {say: "<how-many> (statement|fact|claim) (each|every|per) (predicate|relation) [about {entity}]", given: {by: predicate}}

MATCH (s:Statement {status: 'accepted'})-[:SUBJECT]->(a:Entity)
WHERE s.predicate <> 'MENTIONS' /* clocks: s */
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
WITH s, a, b
WHERE $entity IS NULL OR a.id = $entity OR b.id = $entity
OPTIONAL MATCH (s)<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(d:Document)
WHERE $by = 'document' /* published: d */
WITH DISTINCT s, d ORDER BY s.id
WHERE $by <> 'document' OR d IS NOT NULL
WITH CASE $by WHEN 'predicate' THEN s.predicate ELSE null END AS predicate, d, count(s) AS count, collect(s.id) AS statements
RETURN predicate, CASE WHEN d IS NULL THEN null ELSE d {.id, .name, type: d.types[0]} END AS document, count, statements
ORDER BY count DESC, predicate, document.id
