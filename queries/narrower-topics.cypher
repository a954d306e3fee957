// title: Narrower topics
// purpose: The topics under a topic, at any depth, that something in the documents addresses, each with what does.
// question: Which narrower topics fall under firearms trafficking?
// parameters:
//   topic: {kind: entity, types: [Topic], required: true, help: The topic above}
// columns:
//   topic: {kind: entity, types: [Topic], help: Topic under it}
//   things: {kind: list, help: "Events, programs, instruments, pledges and others that address it"}
//   count: {kind: number, help: How many do}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [topic]
// example: {topic: firearms trafficking}
// phrases:
//   - "(narrower|finer|more specific) {kind} [fall|stand|come] [under|than] {topic}"
//   - "{kind} (narrower|finer|more specific) than {topic}"
//   - "{kind} (fall under|come under|stand under|belong under|under|within|below) {topic}"
//   - "(subtopic|sub topic) {topic}"
//   - "{topic} (consist of|comprise|break down into|divide into|split into) {kind}"
//   - "{kind} {topic} (consist of|comprise|break down into|divide into|split into)"

MATCH (t:Entity {id: $topic})<-[:BROADER*1..5]-(n:Topic)<-[r:ADDRESSES]-(e:Entity)
WHERE true /* clocks: r */
WITH n, r, e ORDER BY e.id, r.id
RETURN n {.id, .name, type: n.types[0]} AS topic, collect(DISTINCT e {.id, .name, type: e.types[0]}) AS things,
       count(DISTINCT e) AS count, collect(DISTINCT r.id) AS statements
ORDER BY topic.id
