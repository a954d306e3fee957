// title: Operations of a body
// purpose: Operations and events that a body or state carried out, alone or with others, with date and where it stands.
// question: Which operation did HSI conduct?
// parameters:
//   agency: {kind: entity, types: [Organization, Country], required: true, help: Body or state}
// columns:
//   operation: {kind: entity, types: [Operation, Event], help: What it carried out}
//   date: {kind: date, help: When}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   scope: {kind: text, help: What part of it}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [operation]
// example: {agency: HSI}
// phrases:
//   - "{kind} {agency} <conduct>"
//   - "{kind} (conducted|carried out|mounted|run|led) by {agency}"
//   - "what {agency} (conduct|carry out|carried out|mount)"
//   - "{agency} <conduct> [what|which] {kind}"

MATCH (a:Entity {id: $agency})-[r:CONDUCTED]->(o:Entity)
WHERE true /* clocks: r */
RETURN o {.id, .name, type: o.types[0]} AS operation, r.date AS date, r.actStatus AS status, r.scope AS scope,
       [r.id] AS statements
ORDER BY operation.id, date, statements[0]
