// title: Figures of a unit or measure
// purpose: >
//   Reported figures by what is counted and what happened to it, with what led to them, how they are rounded, what
//   they cover and whether they are cumulative.
// question: Which figures are there on firearms?
// parameters:
//   counted: {kind: text, help: "Only units with this text, such as firearms or USD"}
//   happened: {kind: text, help: "Only measures with this text, such as seized"}
// columns:
//   figure: {kind: entity, types: [Observation], help: The reported figure}
//   value: {kind: number, help: Its value}
//   unit: {kind: text, help: What is counted}
//   measure: {kind: text, help: What happened to it}
//   period: {kind: date, help: For which time}
//   rounding: {kind: text, help: "How it is rounded: exact, about, more-than …"}
//   scope: {kind: text, help: What it covers}
//   cumulative: {kind: text, help: Yes where it counts from the beginning}
//   source: {kind: entity, help: "Operation, program, body or event that led to it"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [figure]
// example: {counted: firearms}
// wording: row
// phrases:
//   - "(figure|statistic|statistics) (on|about|of|for|in) {unit}"
//   - "(figure|statistic|statistics) {unit} <seize>"
//   - "{unit} (figures|statistics)"

MATCH (f:Observation)<-[r:RESULTED_IN]-(o:Entity)
WHERE ($counted IS NULL OR toLower(f.unit) CONTAINS toLower($counted))
  AND ($happened IS NULL OR toLower(f.measure) CONTAINS toLower($happened)) /* clocks: r */
RETURN f {.id, .name, type: f.types[0]} AS figure, f.value AS value, f.unit AS unit, f.measure AS measure,
       f.period AS period, f.rounding AS rounding, f.scope AS scope,
       CASE WHEN f.cumulative THEN 'yes' ELSE null END AS cumulative,
       o {.id, .name, type: o.types[0]} AS source, [r.id] AS statements
ORDER BY unit, measure, figure.id, source.id
