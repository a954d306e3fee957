// title: Topics that two dialogues share
// purpose: Topics of both of two dialogues, programs, units or instruments.
// question: Which topics did the ninth and the eleventh dialogue both discuss?
// parameters:
//   one: {kind: entity, types: [Event, Program, Organization, Instrument], required: true, help: One of the two}
//   other: {kind: entity, types: [Event, Program, Organization, Instrument], required: true, help: The other}
// columns:
//   topic: {kind: entity, types: [Topic], help: Topic of both}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [topic]
// example: {one: ninth dialogue, other: eleventh dialogue}
// phrases:
//   - "{kind} (both|shared|common) {one} {other}"
//   - "{kind} <discuss> (both|common|again) {one} {other}"
//   - "{kind} {one} {other} (both|common|share) [<discuss>]"
//   - "{kind} <discuss> [at|in] {one} and [again] [at|in] {other}"
//   - "{kind} {one} (share|common|shared) with {other}"

MATCH (:Entity {id: $one})-[r:ADDRESSES]->(t:Topic)<-[q:ADDRESSES]-(:Entity {id: $other})
WHERE true /* clocks: r q */
RETURN t {.id, .name, type: t.types[0]} AS topic, collect(DISTINCT r.id) + collect(DISTINCT q.id) AS statements
ORDER BY topic.id
