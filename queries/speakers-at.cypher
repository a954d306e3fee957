// title: Who spoke at an event
// purpose: Speakers of a dialogue or meeting with their offices, all or those of one body.
// question: Who spoke at the ninth dialogue?
// parameters:
//   event: {kind: entity, types: [Event], required: true, help: Dialogue or meeting}
//   organization: {kind: entity, types: [Organization, Country], help: Only speakers of this body or its parts}
// columns:
//   person: {kind: entity, types: [Person], help: The speaker}
//   titles: {kind: list, help: Offices of the speaker}
//   organizations: {kind: list, help: Bodies and states of these offices}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [person]
// example: {event: ninth dialogue}
// phrases:
//   - "[{kind}] <speak> [at|in|to] {event}"
//   - "{kind} [at|in] {event}"
//   - "{event} [{kind}] <speak>"
//   - "{event} (speaker|speakers)"
//   - "{kind} [<speak>] {event} (<hold>|with|in|as) [<position>] [of] {titles}"
//   - "who <speak> {event} (with|in|as) <position> [of] {titles}"
//   - "[{kind}] <speak> (for|from|on behalf of) {organization} {event}"
//   - "[{kind}] [from|of|for] {organization} [{kind}] <speak> {event}"
//   - "{organization} {kind} <speak> {event}"
//   - "[{kind}] <speak> {event} <work-for> {organization}"
//   - "{kind} (at|of|in) {event} <work-for> {organization}"
//   - "{kind} <work-for> {organization} {event}"
//   - "{event} [{kind}] <speak> (for|from|on behalf of) {organization}"
//   - "who {event} <announce>"
//   - "who <announce> {event}"
//   - "{organization} {kind} [at] {event}"
//   - {say: "{kind} (had|have|has|sent|send|provide|provided) (speaker|speakers) [at] {event}", answer: [organizations]}
//   - {say: "{kind} represented by (speaker|speakers) [at] {event}", answer: [organizations]}
//   - {say: "(speaker|speakers) (of|from|for) {kind} <speak> {event}", answer: [organizations]}

MATCH (e:Entity {id: $event})<-[r:PARTICIPATED_IN]-(p:Person)
WHERE r.role = 'speaker' /* clocks: r */
OPTIONAL MATCH (p)-[h:HOLDS_POSITION]->(o:Entity)
WHERE true /* clocks: h */
OPTIONAL MATCH (o)-[m:PART_OF*0..4]->(w:Entity {id: $organization})
WHERE all(q IN m WHERE true /* clocks: q */)
WITH p, r, h, o, w ORDER BY o.id
WITH p, collect(DISTINCT r.id) + collect(DISTINCT h.id) AS statements, collect(DISTINCT h.title) AS titles,
     collect(DISTINCT o {.id, .name, type: o.types[0]}) AS organizations, count(w) AS fitting
WHERE $organization IS NULL OR fitting > 0
RETURN p {.id, .name, type: p.types[0]} AS person, titles, organizations, statements
ORDER BY person.id
