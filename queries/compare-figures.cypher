// title: Which operation led to most or least
// purpose: >
//   Reported figures of up to four operations, programs, bodies or events, largest first; the largest answers a
//   question, or the smallest.
// question: Which seized more firearms, Operation Citadel or the September joint operation?
// parameters:
//   first: {kind: entity, types: [Operation, Program, Event], help: One to compare}
//   second: {kind: entity, types: [Operation, Program, Event], help: Another}
//   third: {kind: entity, types: [Operation, Program, Event], help: Another}
//   fourth: {kind: entity, types: [Operation, Program, Event], help: Another}
//   pick: {kind: choice, choices: [most, least], default: most, help: Which figure answers a question}
// columns:
//   source: {kind: entity, types: [Operation, Program, Event], help: Operation or program that led to it}
//   value: {kind: number, help: Value of the figure}
//   unit: {kind: text, help: What is counted}
//   measure: {kind: text, help: What happened to it}
//   period: {kind: date, help: For which time}
//   figure: {kind: entity, help: The reported figure}
//   rank: {kind: number, help: "What is largest for those that are picked: the value, negative for the least"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [source]
// example: {first: Operation Citadel, second: September joint operation}
// wording: any
// best: rank
// countable: false
// phrases:
//   - "[{kind}] <seize> <most> {unit} {first} {second} [{third}] [{fourth}]"
//   - "{first} {second} [{third}] <seize> <most> {unit}"
//   - "[{kind}] <seize> <most> {unit}"
//   - "[{kind}] <seize> [the] (largest|biggest|highest|greatest) (number of|amount of|quantity of) {unit}"
//   - "[{kind}] (led to|lead to|result in|had|have) <most> {unit} <seize>"
//   - "{kind} <seize> {value} {unit}"
//   - "{kind} (with|behind|for) {value} {unit} <seize>"
//   - "{kind} (with|behind|for) {value} {unit}"
//   - "(by|in|during|through) {kind} {value} {unit} <seize>"
//   - {say: "[{kind}] <seize> <least> {unit} {first} {second} [{third}] [{fourth}]", given: {pick: least}}
//   - {say: "{first} {second} [{third}] <seize> <least> {unit}", given: {pick: least}}
//   - {say: "[{kind}] <seize> <least> {unit}", given: {pick: least}}
//   - {say: "[{kind}] <seize> [the] (smallest|lowest|least) (number of|amount of|quantity of) {unit}", given: {pick: least}}
//   - {say: "[{kind}] (led to|lead to|result in|had|have) <least> {unit} <seize>", given: {pick: least}}

MATCH (o:Entity)-[r:RESULTED_IN]->(f:Observation)
WHERE (o:Operation OR o:Program OR o:Event)
  AND (coalesce($first, $second, $third, $fourth) IS NULL OR o.id IN [$first, $second, $third, $fourth]) /* clocks: r */
RETURN o {.id, .name, type: o.types[0]} AS source, f.value AS value, f.unit AS unit, f.measure AS measure,
       f.period AS period, f {.id, .name, type: f.types[0]} AS figure,
       CASE $pick WHEN 'least' THEN -f.value ELSE f.value END AS rank, collect(r.id) AS statements
ORDER BY value DESC, source.id, figure.id
