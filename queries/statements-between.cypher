// title: What ties two things directly
// purpose: Every accepted statement that has the one of two things as its subject and the other as its object, with all that qualifies it.
// question: Which statements are there between HSI and Operation Citadel?
// parameters:
//   one: {kind: entity, required: true, help: One end}
//   other: {kind: entity, required: true, help: The other end}
// columns:
//   predicate: {kind: text, help: Predicate}
//   subject: {kind: entity, help: Subject}
//   object: {kind: entity, help: Object}
//   role: {kind: text, help: As what}
//   title: {kind: text, help: Title of an office}
//   date: {kind: date, help: When}
//   scope: {kind: text, help: What it consists of}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply so"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [predicate]
// example: {one: HSI, other: Operation Citadel}
// phrases:
//   - "(statement|fact) between {one} and {other}"
//   - "(statement|fact) (tie|link|connect|join) {one} (to|with|and) {other}"
//   - "what (ties|links|connects) {one} directly (to|with|and) {other}"
//   - "what (ties|links|connects) {one} (to|with|and) {other} directly"
//   - "how {one} directly (tied|linked|connected|related) (to|with) {other}"

MATCH (a:Entity {id: $one})<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})-[:SUBJECT|OBJECT]->(b:Entity {id: $other})
WHERE a <> b /* clocks: s */
WITH DISTINCT s
MATCH (x:Entity)<-[:SUBJECT]-(s)-[:OBJECT]->(y:Entity)
RETURN s.predicate AS predicate, x {.id, .name, type: x.types[0]} AS subject, y {.id, .name, type: y.types[0]} AS object,
       s.role AS role, s.title AS title, s.date AS date, s.scope AS scope, s.actStatus AS status, [s.id] AS statements
ORDER BY predicate, subject.id, statements[0]
