// title: How much topics are taken up
// purpose: >
//   Topics by the number of events, programs, units, bodies, operations, instruments and pledges that address them, all
//   together or of one type; all topics, or only those that most or fewest address. What addresses a narrower topic
//   counts for that one only.
// question: Which topic do most instruments address?
// parameters:
//   type: {kind: choice, choices: [Event, Dialogue, Program, Organization, Unit, Operation, Instrument, Commitment], help: Only what things of this type address}
//   pick: {kind: choice, choices: [all, most, fewest], default: all, help: Which topics answer a question}
// columns:
//   topic: {kind: entity, types: [Topic], help: The topic}
//   things: {kind: number, help: How many address it}
//   rank: {kind: number, help: "What is largest for the topics that are picked, 0 for all"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [topic]
// best: rank
// example: {type: Instrument, pick: most}
// phrases:
//   - {say: "{kind} <most> instrument (<about>|<focus>)", given: {type: Instrument, pick: most}}
//   - {say: "{kind} <most> (event|meeting) (<about>|<focus>)", given: {type: Event, pick: most}}
//   - {say: "{kind} <most> dialogue (<about>|<focus>)", given: {type: Dialogue, pick: most}}
//   - {say: "{kind} <most> program (<about>|<focus>)", given: {type: Program, pick: most}}
//   - {say: "{kind} <most> operation (<about>|<focus>)", given: {type: Operation, pick: most}}
//   - {say: "{kind} (<discuss>|<mention>) (most often|most frequently|the most)", given: {pick: most}}
//   - {say: "{kind} (most often|most frequently) (<discuss>|<mention>|come up)", given: {pick: most}}
//   - {say: "(most frequent|most common|most discussed|commonest) {kind}", given: {pick: most}}
//   - {say: "{kind} (is|are) (most frequent|most common|commonest)", given: {pick: most}}

MATCH (t:Topic)<-[r:ADDRESSES]-(e:Entity)
WHERE ($type IS NULL OR $type IN labels(e)) /* clocks: r */
WITH t, e, r ORDER BY r.id
WITH t, count(DISTINCT e) AS things, collect(DISTINCT r.id) AS statements
RETURN t {.id, .name, type: t.types[0]} AS topic, things,
       CASE $pick WHEN 'most' THEN things WHEN 'fewest' THEN -things ELSE 0 END AS rank, statements
ORDER BY things DESC, topic.id
