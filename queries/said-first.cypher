// title: Which document said it first
// purpose: >
//   For each accepted statement the document that was published first of those that say so, mentions and derived orders
//   aside; of everything, about one thing or about two. What a document without a date says too is left out, since
//   nobody can tell which came first.
// question: Which document was the first to say that IMPACS cooperates with the RSS?
// parameters:
//   entity: {kind: entity, help: Subject or object of the statement}
//   other: {kind: entity, help: The other end}
//   predicate: {kind: text, help: Predicate such as ESTABLISHED}
// columns:
//   document: {kind: entity, types: [Document], help: The document that said it first}
//   published: {kind: date, help: When it came out}
//   subject: {kind: entity, help: Subject}
//   predicate: {kind: text, help: Predicate}
//   object: {kind: entity, help: Object where it is an entity}
//   value: {kind: text, help: Object where it is a literal}
//   date: {kind: date, help: When what it says took place}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [document]
// example: {entity: IMPACS, other: RSS}
// phrases:
//   - "<document> first to <say> {entity} {other}"
//   - "<document> first <say> {entity} {other}"
//   - "<document> <say> first {entity} {other}"
//   - "<document> <say> {entity} {other} first"
//   - "who first to <say> {entity} {other}"

MATCH (s:Statement {status: 'accepted'})-[:SUBJECT]->(a:Entity)
WHERE NOT s.predicate IN ['MENTIONS', 'PRECEDES'] AND ($predicate IS NULL OR s.predicate = $predicate) /* clocks: s */
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
WITH s, a, b
WHERE ($entity IS NULL OR a.id = $entity OR b.id = $entity) AND ($other IS NULL OR a.id = $other OR b.id = $other)
MATCH (s)<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(d:Document)
WHERE true /* published: d */
WITH s, a, b, collect(DISTINCT d) AS found, min(d.known) AS day
WHERE none(d IN found WHERE d.published IS NULL)
UNWIND found AS d
WITH s, a, b, d, day
WHERE d.known = day
RETURN d {.id, .name, type: d.types[0]} AS document, d.published AS published, a {.id, .name, type: a.types[0]} AS subject,
       s.predicate AS predicate, CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object,
       s.value AS value, s.date AS date, [s.id] AS statements
ORDER BY published, document.id, predicate, statements[0]
