// title: What came first or last
// purpose: Dates of up to three events, instruments, programs, units or operations, to see which is earliest or latest.
// question: Which came first, the ninth dialogue or Operation Citadel?
// parameters:
//   first: {kind: entity, types: [Event, Operation, Instrument, Program, Organization], required: true, help: One to compare}
//   second: {kind: entity, types: [Event, Operation, Instrument, Program, Organization], required: true, help: Another}
//   third: {kind: entity, types: [Event, Operation, Instrument, Program, Organization], help: Another}
//   order: {kind: choice, choices: [earliest, latest], default: earliest, help: Which one comes out on top}
// columns:
//   entity: {kind: entity, types: [Event, Operation, Instrument, Program, Organization], help: Which one}
//   date: {kind: date, help: Its date}
//   rank: {kind: number, help: "Its first day as a number, negative for the earliest"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// best: rank
// countable: false
// example: {first: ninth dialogue, second: Operation Citadel}
// phrases:
//   - "<earlier> {first} {second} [{third}]"
//   - "{first} {second} [{third}] <earlier>"
//   - "{first} <earlier> than {second}"
//   - {say: "<later> {first} {second} [{third}]", given: {order: latest}}
//   - {say: "{first} {second} [{third}] <later>", given: {order: latest}}

MATCH (e:Entity) WHERE e.id IN [$first, $second, $third]
MATCH (e)<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})
WHERE (s.predicate IN ['HELD_ON', 'DATED'] OR (s.date IS NOT NULL AND s.predicate = 'ESTABLISHED')) /* clocks: s */
WITH DISTINCT e, s, split(coalesce(s.date, s.value), '/')[0] AS day
WITH e, s, day, CASE size(day) WHEN 4 THEN day + '-01-01' WHEN 7 THEN day + '-01' ELSE day END AS first
WITH e, s, day, toInteger(replace(first, '-', '')) AS number
RETURN e {.id, .name, type: e.types[0]} AS entity, day AS date,
       CASE $order WHEN 'latest' THEN number ELSE -number END AS rank, collect(s.id) AS statements
ORDER BY rank DESC, entity.id, date
