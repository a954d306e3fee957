// title: Dialogues in order
// purpose: All dialogues for which the documents give a date, in the order of time, with place and host; planned ones marked.
// question: In which order were the dialogues held?
// parameters: {}
// columns:
//   dialogue: {kind: entity, types: [Dialogue], help: The dialogue}
//   date: {kind: date, help: When}
//   status: {kind: text, help: Planned where it is not simply done}
//   places: {kind: list, help: Where}
//   hosts: {kind: list, help: Who was host}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [dialogue]
// example: {}
// phrases:
//   - "(order|sequence|chronology) (dialogue|session) [<held>]"
//   - "(dialogue|session) [<held>] (in order|in chronological order|chronologically|in sequence|by date|one after another)"
//   - "when and where (dialogue|session) [<held>]"
//   - {say: "when was each (dialogue|session) [<held>]", answer: [date]}

MATCH (d:Dialogue)<-[:SUBJECT]-(s:Statement {predicate: 'HELD_ON', status: 'accepted'})
WHERE true /* clocks: s */
OPTIONAL MATCH (d)-[r:HELD_IN]->(p:Entity)
WHERE true /* clocks: r */
OPTIONAL MATCH (d)<-[q:PARTICIPATED_IN]-(h:Entity)
WHERE q.role = 'host' /* clocks: q */
WITH d, s, r, p, q, h ORDER BY p.id, h.id, r.id, q.id
RETURN d {.id, .name, type: d.types[0]} AS dialogue, s.value AS date, s.actStatus AS status,
       collect(DISTINCT p {.id, .name, type: p.types[0]}) AS places,
       collect(DISTINCT h {.id, .name, type: h.types[0]}) AS hosts,
       collect(DISTINCT s.id) + collect(DISTINCT r.id) + collect(DISTINCT q.id) AS statements
ORDER BY date, dialogue.id, status
