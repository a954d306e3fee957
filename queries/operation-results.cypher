// title: What an operation or program led to
// purpose: Reported figures such as seizures of an operation, program, body or event.
// question: How many firearms were seized in Operation Citadel?
// parameters:
//   operation: {kind: entity, types: [Operation, Program, Organization, Event, Instrument], required: true, help: What led to the figures}
// columns:
//   figure: {kind: entity, types: [Observation], help: The reported figure}
//   value: {kind: number, help: Its value}
//   unit: {kind: text, help: What is counted}
//   measure: {kind: text, help: What happened to it}
//   period: {kind: date, help: For which time}
//   source: {kind: entity, help: "Operation, program, body or event that led to it"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [figure]
// example: {operation: Operation Citadel}
// wording: row
// countable: false
// phrases:
//   - "<how-many> {unit} <seize> {operation}"
//   - "<how-many> {unit} {operation} <seize>"
//   - "<how-many> {unit} <result> {operation}"
//   - "<how-many> {unit} {operation} <result>"
//   - "<how-many> {unit} {operation}"
//   - "<how-many> {operation} {unit} <seize>"
//   - "{unit} <seize> {operation}"
//   - "{operation} {unit} <seize>"
//   - "{unit} {operation} <seize>"
//   - "<seize> [of] {unit} {operation}"
//   - "what {operation} <seize>"
//   - "what <seize> {operation}"
//   - "<result> (of|from) {operation}"
//   - "{operation} <result>"
//   - "<seize> {operation}"
//   - "{operation} <seize>"

MATCH (o:Entity {id: $operation})-[r:RESULTED_IN]->(f:Observation)
WHERE true /* clocks: r */
RETURN f {.id, .name, type: f.types[0]} AS figure, f.value AS value, f.unit AS unit, f.measure AS measure,
       f.period AS period, o {.id, .name, type: o.types[0]} AS source, collect(r.id) AS statements
ORDER BY figure.id, source.id
