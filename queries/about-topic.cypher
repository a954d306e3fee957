// title: Who and what deals with a topic
// purpose: Events, programs, units, bodies, operations and instruments on a topic or one of its narrower topics.
// question: Which programs deal with maritime domain awareness?
// parameters:
//   topic: {kind: entity, types: [Topic], required: true, help: The topic}
// columns:
//   entity: {kind: entity, types: [Event, Program, Organization, Operation, Instrument], help: Who or what deals with it}
//   topics: {kind: list, help: Topics of it that fit}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {topic: maritime domain awareness}
// phrases:
//   - "{kind} <about> {topic}"
//   - "{kind} <focus> {topic}"
//   - "{topic} {kind}"
//   - "{kind} {topic} (discussed|addressed|raised|covered|topic)"

MATCH (t:Entity {id: $topic})<-[:BROADER*0..5]-(n:Topic)<-[r:ADDRESSES]-(e:Entity)
WHERE NOT e:Commitment /* clocks: r */
WITH e, n, r ORDER BY n.name
RETURN e {.id, .name, type: e.types[0]} AS entity, collect(DISTINCT n.name) AS topics, collect(DISTINCT r.id) AS statements
ORDER BY entity.id
