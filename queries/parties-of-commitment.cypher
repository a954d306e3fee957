// title: Whom and what a commitment names
// purpose: Bodies, states, programs, instruments and events that a pledge involves.
// question: Which programs does commitment 1.xii name?
// parameters:
//   commitment: {kind: entity, types: [Commitment], required: true, help: The commitment}
// columns:
//   entity: {kind: entity, help: Who or what is named}
//   role: {kind: text, help: As what}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {commitment: commitment 1.xii}
// phrases:
//   - "{kind} [<involve>] (in|under|by|of|for) {commitment}"
//   - "{kind} <involve> {commitment}"
//   - "{kind} {commitment} <involve>"
//   - "{commitment} <involve> {kind}"
//   - "{kind} {commitment}"
//   - "{commitment} {kind}"
//   - "[{kind}] {commitment} [close|closer|closely|together] <cooperate> [with]"
//   - "[{kind}] [close|closer|closely|together] <cooperate> {commitment}"
//   - "(what|who|whom) {commitment} (involve|name|mention)"
//   - "(what|who|whom) (involved|named|mentioned) in {commitment}"

MATCH (c:Entity {id: $commitment})-[r:INVOLVES]->(e:Entity)
WHERE true /* clocks: r */
RETURN e {.id, .name, type: e.types[0]} AS entity, r.role AS role, collect(r.id) AS statements
ORDER BY entity.id, role
