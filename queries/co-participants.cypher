// title: Who was at the same events
// purpose: >
//   States, bodies and persons who took part in the same dialogues, meetings and operations as a given one, with these
//   events; planned ones do not count. All of them, or only those with whom it shared most events.
// question: Who took part in the same events as Joshua Rusk?
// parameters:
//   participant: {kind: entity, types: [Country, Organization, Person], required: true, help: Who took part}
//   pick: {kind: choice, choices: [all, most], default: all, help: Who answers a question}
// columns:
//   other: {kind: entity, types: [Country, Organization, Person], help: Who took part besides}
//   events: {kind: list, help: The events of both}
//   count: {kind: number, help: How many events}
//   rank: {kind: number, help: "What is largest for those that are picked, 0 for all"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [other]
// best: rank
// example: {participant: Joshua Rusk}
// phrases:
//   - "{kind} <take-part> same (event|meeting|dialogue|session|conference|operation) as {participant}"
//   - "who <take-part> same (event|meeting|dialogue|session|conference|operation) as {participant}"
//   - "(who|whom) {participant} (met|meet|met with|meet with|sat with)"
//   - "{kind} {participant} (met|meet|met with|meet with|sat with)"
//   - "(who|{kind}) (met|meet|met with|meet with) {participant}"
//   - "with (whom|{kind}) {participant} <take-part> (event|meeting|dialogue)"
//   - "{kind} share (event|meeting|dialogue) with {participant}"
//   - {say: "{kind} <take-part> <most> (event|meeting|dialogue) with {participant}", given: {pick: most}}
//   - {say: "{kind} share <most> (event|meeting|dialogue) with {participant}", given: {pick: most}}

MATCH (n:Entity {id: $participant})-[r:PARTICIPATED_IN]->(e:Entity)<-[q:PARTICIPATED_IN]-(o:Entity)
WHERE o.id <> $participant AND NOT coalesce(r.actStatus, '') IN ['planned', 'expected', 'urged']
  AND NOT coalesce(q.actStatus, '') IN ['planned', 'expected', 'urged'] /* clocks: r q */
WITH o, e, r, q ORDER BY e.id, r.id, q.id
WITH o, collect(DISTINCT e {.id, .name, type: e.types[0]}) AS events, count(DISTINCT e) AS count,
     collect(DISTINCT q.id) + collect(DISTINCT r.id) AS statements
RETURN o {.id, .name, type: o.types[0]} AS other, events, count,
       CASE $pick WHEN 'most' THEN count ELSE 0 END AS rank, statements
ORDER BY count DESC, other.id
