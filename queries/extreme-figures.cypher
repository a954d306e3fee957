// title: Largest and smallest figures
// purpose: >
//   For each unit and measure the largest or the smallest figure that the documents report; figures of different units
//   or measures are not compared. All figures that are equally large stand there.
// question: What is the largest figure for ammunition?
// parameters:
//   pick: {kind: choice, choices: [largest, smallest], default: largest, help: Which end}
//   counted: {kind: text, help: Only units with this text}
// columns:
//   figure: {kind: entity, types: [Observation], help: The reported figure}
//   value: {kind: number, help: Its value}
//   unit: {kind: text, help: What is counted}
//   measure: {kind: text, help: What happened to it}
//   period: {kind: date, help: For which time}
//   source: {kind: entity, help: "Operation, program, body or event that led to it"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [figure]
// example: {counted: ammunition}
// wording: row
// countable: false
// phrases:
//   - "(largest|biggest|highest|greatest|record) (figure|amount|quantity|seizure|haul) [<seize>] {unit}"
//   - "(largest|biggest|highest|greatest) {unit} (figure|seizure|haul)"
//   - {say: "(smallest|lowest|least) (figure|amount|quantity|seizure|haul) [<seize>] {unit}", given: {pick: smallest}}
//   - {say: "(smallest|lowest) {unit} (figure|seizure|haul)", given: {pick: smallest}}

MATCH (f:Observation)<-[r:RESULTED_IN]-(:Entity)
WHERE f.value IS NOT NULL AND ($counted IS NULL OR toLower(f.unit) CONTAINS toLower($counted)) /* clocks: r */
WITH f.unit AS unit, f.measure AS measure, collect(DISTINCT f) AS found,
     max(CASE $pick WHEN 'largest' THEN f.value ELSE -f.value END) AS extreme
UNWIND found AS f
WITH f, extreme
WHERE extreme = CASE $pick WHEN 'largest' THEN f.value ELSE -f.value END
MATCH (f)<-[r:RESULTED_IN]-(o:Entity)
WHERE true /* clocks: r */
RETURN f {.id, .name, type: f.types[0]} AS figure, f.value AS value, f.unit AS unit, f.measure AS measure,
       f.period AS period, o {.id, .name, type: o.types[0]} AS source, [r.id] AS statements
ORDER BY unit, measure, figure.id, source.id
