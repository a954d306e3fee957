// title: What authorizes an operation, program or unit
// purpose: Instruments and bodies on whose decision it rests, and the instruments under which it stands.
// question: Which resolution authorized the MSS mission?
// parameters:
//   operation: {kind: entity, types: [Operation, Program, Organization], required: true, help: What is authorized}
// columns:
//   authority: {kind: entity, types: [Instrument, Organization, Program], help: Instrument or body}
//   relation: {kind: text, help: Authorized by it or under it}
//   date: {kind: date, help: When}
//   scope: {kind: text, help: Which part of it}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [authority]
// example: {operation: MSS mission}
// phrases:
//   - "[{kind}] <authorize> {operation}"
//   - "{operation} <authorize> (by|through|under) [{kind}]"
//   - "(under|by|through) {kind} {operation} <authorize>"
//   - "{kind} (basis|legal basis|mandate|behind) {operation}"
//   - {say: "under [which|what] chapter {operation} <authorize>", answer: [scope]}
//   - {say: "[which|what] chapter <authorize> {operation}", answer: [scope]}

MATCH (o:Entity {id: $operation})-[r:AUTHORIZED_BY|UNDER]->(a:Entity)
WHERE true /* clocks: r */
RETURN a {.id, .name, type: a.types[0]} AS authority, type(r) AS relation, r.date AS date, r.scope AS scope,
       collect(r.id) AS statements
ORDER BY relation, authority.id, date, scope
