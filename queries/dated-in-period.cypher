// title: What was made within a period
// purpose: >
//   Instruments, programs, units and bodies that were founded, developed, adopted, signed or came out within a
//   day, month, year or interval.
// question: Which instruments date from May 2019?
// parameters:
//   period: {kind: date, required: true, help: "Day, month, year or interval"}
// columns:
//   entity: {kind: entity, types: [Instrument, Program, Organization, Operation], help: What it is}
//   what: {kind: text, help: What was done to it}
//   date: {kind: date, help: When}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {period: 2019-05}
// phrases:
//   - "{kind} (date from|dated|from|of|in|during) {period}"
//   - "{kind} (<establish>|<develop>|<adopt>|<sign>) {period}"
//   - "(what|who) (<establish>|<develop>|<adopt>|<sign>) {period}"
//   - "{period} {kind}"
//   - "in {period} {kind} (<establish>|<develop>|<adopt>|<sign>)"

MATCH (s:Statement {status: 'accepted'})
WHERE (s.predicate = 'DATED'
  OR (s.date IS NOT NULL AND s.predicate IN ['ESTABLISHED', 'DEVELOPED', 'ADOPTED', 'SIGNED', 'AUTHORIZED_BY'])) /* clocks: s */
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
WITH s, CASE WHEN s.predicate IN ['DATED', 'AUTHORIZED_BY'] THEN a ELSE b END AS e, coalesce(s.date, s.value) AS day
WITH e, s, day, CASE size(split(day, '/')[0]) WHEN 4 THEN split(day, '/')[0] + '-01-01'
     WHEN 7 THEN split(day, '/')[0] + '-01' ELSE split(day, '/')[0] END AS first,
     CASE size(split(day, '/')[-1]) WHEN 4 THEN split(day, '/')[-1] + '-12-31'
     WHEN 7 THEN split(day, '/')[-1] + '-28' ELSE split(day, '/')[-1] END AS last
WHERE first >= $period.start AND last <= $period.end
RETURN e {.id, .name, type: e.types[0]} AS entity, s.predicate AS what, day AS date, s.actStatus AS status,
       collect(s.id) AS statements
ORDER BY date, entity.id, what, status
