// title: What is planned, expected or urged
// purpose: >
//   Statements about what is not simply done: acts that the documents call planned, expected or urged, of everything
//   or of one thing; with the state of the act, its date and scope.
// question: Which events are planned?
// parameters:
//   status: {kind: choice, choices: [planned, expected, urged, drafted, signed, ratified, published], required: true, help: Where the act stands}
//   entity: {kind: entity, help: Only what is said of it}
// columns:
//   subject: {kind: entity, help: Subject}
//   predicate: {kind: text, help: Predicate}
//   object: {kind: entity, help: Object where it is an entity}
//   value: {kind: text, help: Object where it is a literal}
//   date: {kind: date, help: When}
//   scope: {kind: text, help: What the act consists of}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [subject, object]
// example: {status: planned}
// phrases:
//   - {say: "{kind} (is|are|was|were|been) (planned|foreseen|scheduled|envisaged|intended)", given: {status: planned}}
//   - {say: "what (planned|foreseen|scheduled|envisaged|intended) [{entity}]", given: {status: planned}}
//   - {say: "{kind} (is|are|was|were) expected", given: {status: expected}}
//   - {say: "what expected [{entity}]", given: {status: expected}}
//   - {say: "{kind} (is|are|was|were|been) urged", given: {status: urged}}
//   - {say: "what urged [{entity}]", given: {status: urged}}
//   - {say: "(plan|intention) for {entity}", given: {status: planned}}

MATCH (s:Statement {status: 'accepted'})
WHERE s.actStatus = $status /* clocks: s */
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
WITH s, a, b
WHERE $entity IS NULL OR a.id = $entity OR b.id = $entity
RETURN a {.id, .name, type: a.types[0]} AS subject, s.predicate AS predicate,
       CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object, s.value AS value,
       s.date AS date, s.scope AS scope, [s.id] AS statements
ORDER BY subject.id, predicate, object.id, statements[0]
