// title: All statements about something
// purpose: Every accepted statement of which it is subject or object, mentions aside.
// question: What do the documents say about CSII?
// parameters:
//   entity: {kind: entity, required: true, help: What it is about}
// columns:
//   subject: {kind: entity, help: Subject}
//   predicate: {kind: text, help: Predicate}
//   object: {kind: entity, help: Object where it is an entity}
//   value: {kind: text, help: Object where it is a literal}
//   date: {kind: date, help: When}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [predicate, object, value]
// example: {entity: CSII}
// phrases:
//   - "(what is known|everything|all|facts|all facts|all statements|statements) about {entity}"
//   - "what [<document>] (say|tell|report) about {entity}"

MATCH (n:Entity {id: $entity})<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})
WHERE s.predicate <> 'MENTIONS' /* clocks: s */
WITH DISTINCT s
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
RETURN a {.id, .name, type: a.types[0]} AS subject, s.predicate AS predicate,
       CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object,
       s.value AS value, s.date AS date, [s.id] AS statements
ORDER BY predicate, subject.id, statements[0]
