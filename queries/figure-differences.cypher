// title: How much more one thing led to than another
// purpose: >
//   Differences between the reported figures of two operations, programs, bodies or events, one row for each pair of
//   figures with the same unit.
// question: How many more firearms did Operation Citadel seize than the Caribbean Firearms Initiative?
// parameters:
//   first: {kind: entity, types: [Operation, Program, Event, Organization], required: true, help: The one with more}
//   second: {kind: entity, types: [Operation, Program, Event, Organization], required: true, help: The one with less}
// columns:
//   unit: {kind: text, help: What is counted}
//   difference: {kind: number, help: Value of the first less the value of the second}
//   value: {kind: number, help: Value of the first}
//   other: {kind: number, help: Value of the second}
//   measure: {kind: text, help: What happened to it}
//   period: {kind: date, help: For which time the first is}
//   other_period: {kind: date, help: For which time the second is}
//   figure: {kind: entity, help: The figure of the first}
//   other_figure: {kind: entity, help: The figure of the second}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [difference]
// example: {first: Operation Citadel, second: Caribbean Firearms Initiative}
// countable: false
// phrases:
//   - "how many more {unit} {first} [<seize>] than [in|by|under|with] {second}"
//   - "how many more {unit} <seize> [in|by|under|with] {first} than [in|by|under|with] {second}"
//   - "by how many {unit} {first} (exceed|surpass|outdo|top|beat) {second}"
//   - "(difference|gap) {unit} (between) {first} {second}"
//   - "how much more {unit} {first} [<seize>] than [in|by|under|with] {second}"
//   - "how (many|much) (fewer|less) {unit} {second} [<seize>] than [in|by|under|with] {first}"

MATCH (a:Entity {id: $first})-[r:RESULTED_IN]->(f:Observation), (b:Entity {id: $second})-[q:RESULTED_IN]->(g:Observation)
WHERE f.unit = g.unit AND f <> g /* clocks: r q */
WITH f, g, collect(DISTINCT r.id) + collect(DISTINCT q.id) AS statements
RETURN f.unit AS unit, f.value - g.value AS difference, f.value AS value, g.value AS other, f.measure AS measure,
       f.period AS period, g.period AS other_period, f {.id, .name, type: f.types[0]} AS figure,
       g {.id, .name, type: g.types[0]} AS other_figure, statements
ORDER BY unit, figure.id, other_figure.id
