// title: What is oldest or newest
// purpose: >
//   Events, operations, instruments, programs and units by the day on which they began, were held or came out; the
//   earliest or the latest answers a question. What is only planned is left out.
// question: Which instrument is the oldest?
// parameters:
//   pick: {kind: choice, choices: [earliest, latest], default: earliest, help: Which one comes out on top}
//   type: {kind: choice, choices: [Event, Dialogue, Operation, Instrument, Program, Unit], help: Only things of this type}
// columns:
//   entity: {kind: entity, types: [Event, Operation, Instrument, Program, Unit], help: What it is}
//   date: {kind: date, help: Its date}
//   rank: {kind: number, help: "Its first day as a number, negative for the earliest"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// best: rank
// countable: false
// example: {type: Instrument}
// phrases:
//   - "{kind} (oldest|earliest|most ancient)"
//   - "(oldest|earliest|most ancient) {kind}"
//   - "{kind} (<held>|<establish>|<develop>|<adopt>|<sign>) (earliest|first of all)"
//   - {say: "{kind} (newest|latest|most recent|last of all)", given: {pick: latest}}
//   - {say: "(newest|latest|most recent) {kind}", given: {pick: latest}}
//   - {say: "{kind} (<held>|<establish>|<develop>|<adopt>|<sign>) (latest|most recently|last of all)", given: {pick: latest}}

MATCH (e:Entity)<-[:SUBJECT]-(s:Statement {status: 'accepted'})
WHERE s.predicate IN ['HELD_ON', 'DATED'] AND NOT coalesce(s.actStatus, '') IN ['planned', 'expected', 'urged']
  AND ($type IS NULL OR $type IN labels(e)) /* clocks: s */
WITH e, s, split(s.value, '/')[0] AS day
WITH e, s, CASE size(day) WHEN 4 THEN day + '-01-01' WHEN 7 THEN day + '-01' ELSE day END AS first
WITH e, s, toInteger(replace(first, '-', '')) AS number ORDER BY s.id
RETURN e {.id, .name, type: e.types[0]} AS entity, s.value AS date,
       CASE $pick WHEN 'latest' THEN number ELSE -number END AS rank, collect(s.id) AS statements
ORDER BY rank DESC, entity.id, date
