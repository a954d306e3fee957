// title: Events within a period
// purpose: Events and operations whose date lies within a day, month, year or interval, planned ones marked.
// question: Which events took place in 2023?
// parameters:
//   period: {kind: date, required: true, help: "Day, month, year or interval"}
// columns:
//   event: {kind: entity, types: [Event, Operation], help: Event or operation}
//   date: {kind: date, help: When}
//   status: {kind: text, help: Planned where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [event]
// example: {period: "2023"}
// phrases:
//   - "{kind} <held> [in|on|during|for] {period}"
//   - "{kind} (in|on|during|for|of|from) {period}"
//   - "{kind} <planned> [in|for|during] {period}"
//   - "what <happened> [in|on|during] {period}"
//   - "{period} {kind}"
//   - "{kind} [in] {period} (held|place|met|happen)"

MATCH (e:Entity)<-[:SUBJECT]-(s:Statement {predicate: 'HELD_ON', status: 'accepted'})
WHERE true /* clocks: s */
WITH e, s, s.value AS day
WITH e, s, day, CASE size(split(day, '/')[0]) WHEN 4 THEN split(day, '/')[0] + '-01-01'
     WHEN 7 THEN split(day, '/')[0] + '-01' ELSE split(day, '/')[0] END AS first,
     CASE size(split(day, '/')[-1]) WHEN 4 THEN split(day, '/')[-1] + '-12-31'
     WHEN 7 THEN split(day, '/')[-1] + '-28' ELSE split(day, '/')[-1] END AS last
WHERE first >= $period.start AND last <= $period.end
RETURN e {.id, .name, type: e.types[0]} AS event, day AS date, s.actStatus AS status, collect(s.id) AS statements
ORDER BY date, event.id, status
