// title: What an instrument or body authorizes
// purpose: Operations, programs, units and bodies that rest on an instrument or on a body's decision.
// question: Which operation did Security Council resolution 2699 authorize?
// parameters:
//   authority: {kind: entity, types: [Instrument, Organization], required: true, help: Instrument or body}
// columns:
//   authorized: {kind: entity, types: [Operation, Program, Organization], help: What rests on it}
//   date: {kind: date, help: When}
//   scope: {kind: text, help: Which part of it}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [authorized]
// example: {authority: UN Security Council}
// phrases:
//   - "{kind} {authority} <authorize>"
//   - "what {authority} <authorize>"
//   - "{kind} (authorized|mandated) (by|under|through) {authority}"
//   - "what (authorized|mandated) (by|under|through) {authority}"
//   - "{kind} (rest|rests|based|founded) on {authority}"

MATCH (i:Entity {id: $authority})<-[r:AUTHORIZED_BY]-(o:Entity)
WHERE true /* clocks: r */
RETURN o {.id, .name, type: o.types[0]} AS authorized, r.date AS date, r.scope AS scope, [r.id] AS statements
ORDER BY authorized.id, date, statements[0]
