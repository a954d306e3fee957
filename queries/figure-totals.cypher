// title: Sums of figures
// purpose: >
//   Reported figures added up, each unit and measure for itself, of all sources or up to four, for any time or within
//   a period. A figure that several sources led to counts once; shares in percent and cumulative figures, which hold
//   others already, are left out. Periods, sources and rounding stand beside a sum, since figures that different
//   reports give may overlap.
// question: How many firearms were seized in all operations together?
// parameters:
//   source: {kind: entity, types: [Operation, Program, Organization, Event, Instrument], help: Only figures that this led to}
//   second: {kind: entity, types: [Operation, Program, Organization, Event, Instrument], help: Or this}
//   third: {kind: entity, types: [Operation, Program, Organization, Event, Instrument], help: Or this}
//   fourth: {kind: entity, types: [Operation, Program, Organization, Event, Instrument], help: Or this}
//   period: {kind: date, help: Only figures for a time within this one}
// columns:
//   unit: {kind: text, help: What is counted}
//   measure: {kind: text, help: What happened to it}
//   total: {kind: number, help: The sum}
//   figures: {kind: number, help: How many figures make it up}
//   periods: {kind: list, help: "For which times they are, where the documents say so"}
//   sources: {kind: list, help: What led to them}
//   rounding: {kind: list, help: "How they are rounded: exact, about, more-than …"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [total]
// example: {}
// wording: row
// countable: false
// phrases:
//   - "<how-many> {unit} [<seize>] all (operation|program|event|source|figure) (together|combined)"
//   - "<how-many> {unit} [<seize>] (altogether|overall|all in all|in total|in sum|combined|all told) [{source}]"
//   - "(total number of|total amount of|total quantity of) {unit} <seize>"
//   - "(total number|<how-many>) {unit} [<seize>] {source} [{second}] [{third}] and {fourth} [together|altogether|combined|in total]"
//   - "<how-many> {unit} {source} [{second}] [{third}] and {fourth} <seize> [together|altogether|combined|in total]"
//   - "(sum|sum total|grand total|overall total|combined total) {unit} [<seize>] [{source}] [and {second}]"
//   - "(add up|added up|sum up|summed up) {unit} [<seize>] [{source}] [{second}] [and {third}]"
//   - "<how-many> {unit} {source} [<seize>] (altogether|overall|all in all|in total|in sum|combined|all told)"

MATCH (f:Observation)<-[r:RESULTED_IN]-(o:Entity)
WHERE f.value IS NOT NULL AND NOT coalesce(f.cumulative, false) AND f.unit <> 'percent'
  AND (coalesce($source, $second, $third, $fourth) IS NULL OR o.id IN [$source, $second, $third, $fourth]) /* clocks: r */
WITH f, o, r, split(f.period, '/')[0] AS from, split(f.period, '/')[-1] AS to
WITH f, o, r, CASE size(from) WHEN 4 THEN from + '-01-01' WHEN 7 THEN from + '-01' ELSE from END AS first,
     CASE size(to) WHEN 4 THEN to + '-12-31' WHEN 7 THEN to + '-28' ELSE to END AS last
WHERE $period IS NULL OR (first >= $period.start AND last <= $period.end)
WITH f, o, r ORDER BY o.name, f.id, r.id
WITH f.unit AS unit, f.measure AS measure, collect(DISTINCT f) AS found, collect(DISTINCT o.name) AS sources,
     collect(DISTINCT r.id) AS statements
UNWIND found AS f
WITH unit, measure, sources, statements, f ORDER BY f.period, f.rounding
RETURN unit, measure, sum(f.value) AS total, count(f) AS figures, collect(DISTINCT f.period) AS periods, sources,
       collect(DISTINCT f.rounding) AS rounding, statements
ORDER BY unit, measure
