// title: Reported figures
// purpose: All figures that the documents report, for any time or within a period.
// question: How many countries drafted national action plans?
// parameters:
//   period: {kind: date, help: Only figures for a time within this one}
// columns:
//   figure: {kind: entity, types: [Observation], help: The reported figure}
//   value: {kind: number, help: Its value}
//   unit: {kind: text, help: What is counted}
//   measure: {kind: text, help: What happened to it}
//   period: {kind: date, help: For which time}
//   source: {kind: entity, help: "Operation, program, body or event that led to it"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [figure]
// example: {period: FY2023}
// wording: row
// countable: false
// phrases:
//   - "<how-many> {unit}"
//   - "<how-many> {unit} <seize>"
//   - "{unit} <seize>"
//   - "<seize> [of] {unit}"

MATCH (f:Observation)<-[r:RESULTED_IN]-(o:Entity)
WHERE true /* clocks: r */
WITH f, r, o, split(f.period, '/')[0] AS begin, split(f.period, '/')[-1] AS close
WITH f, r, o, CASE size(begin) WHEN 4 THEN begin + '-01-01' WHEN 7 THEN begin + '-01' ELSE begin END AS first,
     CASE size(close) WHEN 4 THEN close + '-12-31' WHEN 7 THEN close + '-28' ELSE close END AS last
WHERE $period IS NULL OR (first >= $period.start AND last <= $period.end)
RETURN f {.id, .name, type: f.types[0]} AS figure, f.value AS value, f.unit AS unit, f.measure AS measure,
       f.period AS period, o {.id, .name, type: o.types[0]} AS source, collect(r.id) AS statements
ORDER BY figure.id, source.id
