// title: All ties of something, relation by relation
// purpose: >
//   Everything that the documents tie to a state, body, program or anything else, one row for each statement, with the
//   relation, its direction and all that qualifies it; all relations or one, mentions aside.
// question: What are the ties of Saint Lucia, relation by relation?
// parameters:
//   entity: {kind: entity, required: true, help: What it is about}
//   relation: {kind: choice, choices: [ADDRESSES, ADOPTED, AUTHORIZED_BY, COMMITS_TO, CONDUCTED, COOPERATES_WITH, DEVELOPED, ESTABLISHED, FUNDS, HELD_IN, HOLDS_POSITION, INVOLVES, LOCATED_IN, MEMBER_OF, OPERATES, PARTICIPATED_IN, PART_OF, PRECEDES, RESULTED_IN, SIGNED, SUPPORTS, UNDER, USES], help: Only this relation}
//   direction: {kind: choice, choices: [from, to], help: Only relations from it or to it}
// columns:
//   relation: {kind: text, help: The relation}
//   direction: {kind: text, help: "From it, or to it; both for what is symmetric"}
//   other: {kind: entity, help: The other end}
//   role: {kind: text, help: As what}
//   title: {kind: text, help: Title of an office}
//   date: {kind: date, help: When}
//   amount: {kind: text, help: Sum of money}
//   scope: {kind: text, help: What it consists of}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply so"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [other]
// example: {entity: Saint Lucia}
// phrases:
//   - "(tie|relation|link|relationship|connection) {entity} (relation by relation|by relation|by kind|one by one|in detail)"
//   - "(all|every|each) (tie|relation|link|relationship|connection) {entity}"
//   - {say: "what (tie|relation|link|relationship|connection) {entity} (have|has|had|maintain)", answer: [relation]}
//   - {say: "kind of (tie|relation|link|relationship|connection) {entity} (have|has|had|maintain)", answer: [relation]}

MATCH (n:Entity {id: $entity})-[r:ADDRESSES|ADOPTED|AUTHORIZED_BY|COMMITS_TO|CONDUCTED|COOPERATES_WITH|DEVELOPED|ESTABLISHED|FUNDS|HELD_IN|HOLDS_POSITION|INVOLVES|LOCATED_IN|MEMBER_OF|OPERATES|PARTICIPATED_IN|PART_OF|PRECEDES|RESULTED_IN|SIGNED|SUPPORTS|UNDER|USES]-(m:Entity)
WHERE ($relation IS NULL OR type(r) = $relation)
  AND CASE WHEN type(r) = 'COOPERATES_WITH' THEN true WHEN $direction = 'from' THEN startNode(r) = n
      WHEN $direction = 'to' THEN endNode(r) = n ELSE true END /* clocks: r */
RETURN type(r) AS relation, CASE WHEN type(r) = 'COOPERATES_WITH' THEN 'both' WHEN startNode(r) = n THEN 'from' ELSE 'to' END AS direction,
       m {.id, .name, type: m.types[0]} AS other, r.role AS role, r.title AS title, r.date AS date, r.amount AS amount,
       r.scope AS scope, r.actStatus AS status, [r.id] AS statements
ORDER BY relation, direction, other.id, statements[0]
