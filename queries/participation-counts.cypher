// title: Who took part most often
// purpose: >
//   States, bodies and persons by the number of events in which they took part, planned ones aside; of all types or
//   one. All of them, or only those that took part in most or fewest.
// question: Which countries took part in most dialogues?
// parameters:
//   type: {kind: choice, choices: [Event, Dialogue, Operation], help: Only events of this type}
//   pick: {kind: choice, choices: [all, most, fewest], default: all, help: Who answers a question}
// columns:
//   participant: {kind: entity, types: [Country, Organization, Person], help: Who took part}
//   events: {kind: number, help: In how many events}
//   rank: {kind: number, help: "What is largest for those that are picked, 0 for all"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [participant]
// best: rank
// example: {type: Dialogue, pick: most}
// phrases:
//   - {say: "(who|{kind}) <take-part> <most> dialogue", given: {type: Dialogue, pick: most}}
//   - {say: "(who|{kind}) <take-part> <most> (event|meeting)", given: {pick: most}}
//   - {say: "(who|{kind}) <take-part> (fewest|least) dialogue", given: {type: Dialogue, pick: fewest}}
//   - {say: "(who|{kind}) <take-part> (fewest|least) (event|meeting)", given: {pick: fewest}}
//   - {say: "(who|{kind}) <take-part> (most often|most frequently)", given: {pick: most}}

MATCH (p:Entity)-[r:PARTICIPATED_IN]->(e:Entity)
WHERE ($type IS NULL OR $type IN labels(e))
  AND NOT coalesce(r.actStatus, '') IN ['planned', 'expected', 'urged'] /* clocks: r */
WITH p, e, r ORDER BY r.id
WITH p, count(DISTINCT e) AS events, collect(DISTINCT r.id) AS statements
RETURN p {.id, .name, type: p.types[0]} AS participant, events,
       CASE $pick WHEN 'most' THEN events WHEN 'fewest' THEN -events ELSE 0 END AS rank, statements
ORDER BY events DESC, participant.id
