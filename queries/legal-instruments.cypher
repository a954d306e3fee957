// title: Laws, treaties, strategies and plans on a topic
// purpose: Instruments that deal with a topic or one of its narrower topics.
// question: Which instruments deal with maritime security?
// parameters:
//   topic: {kind: entity, types: [Topic], required: true, help: The topic}
// columns:
//   instrument: {kind: entity, types: [Instrument], help: The instrument}
//   topics: {kind: list, help: Topics of it that fit}
//   dates: {kind: list, help: "When it was made, signed or published"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [instrument]
// example: {topic: maritime security}
// phrases:
//   - "{kind} <about> {topic}"
//   - "{topic} {kind}"
//   - "{kind} (to fight|to combat|to counter|to stop|against) {topic}"
//   - "instrument <about> {topic}"

MATCH (t:Entity {id: $topic})<-[:BROADER*0..5]-(n:Topic)<-[r:ADDRESSES]-(i:Instrument)
WHERE true /* clocks: r */
OPTIONAL MATCH (i)<-[:SUBJECT]-(s:Statement {predicate: 'DATED', status: 'accepted'})
WHERE true /* clocks: s */
WITH i, n, r, s ORDER BY n.name, s.value
RETURN i {.id, .name, type: i.types[0]} AS instrument, collect(DISTINCT n.name) AS topics,
       collect(DISTINCT s.value) AS dates, collect(DISTINCT r.id) AS statements
ORDER BY instrument.id
