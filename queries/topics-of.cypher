// title: Topics of a dialogue, program, unit or instrument
// purpose: What it is about, by all documents or by one.
// question: Which topics did the ninth dialogue discuss?
// parameters:
//   entity: {kind: entity, types: [Event, Program, Organization, Operation, Instrument, Commitment], required: true, help: "Dialogue, program, unit, body, operation, instrument or commitment"}
//   document: {kind: entity, types: [Document], help: Only what this document says}
// columns:
//   topic: {kind: entity, types: [Topic], help: The topic}
//   documents: {kind: list, help: Documents that say so}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [topic]
// example: {entity: ninth dialogue}
// phrases:
//   - "{kind} <discuss> [at|in|during|by] {entity} [{document}]"
//   - "{kind} {entity} <discuss> [{document}]"
//   - "{kind} {entity} <focus> [{document}]"
//   - "{kind} (of|at|on|in|for) {entity} [{document}]"
//   - "{entity} {kind} [{document}]"
//   - "{kind} {document} {entity}"
//   - "{document} {kind} {entity}"
//   - "what <discuss> (at|in|during) {entity} [{document}]"
//   - "what {entity} <discuss> [{document}]"
//   - "what {entity} <focus> [{document}]"
//   - "(focus|agenda) (of) {entity}"
//   - "{kind} {entity} (pursue|have|uphold|share|serve)"
//   - "(on) {entity} (list|agenda) {kind}"
//   - "{kind} (on) {entity} (list|agenda)"

MATCH (e:Entity {id: $entity})-[r:ADDRESSES]->(t:Topic)
WHERE true /* clocks: r */
MATCH (v:Evidence)-[:EVIDENCE_FOR]->(s:Statement {id: r.id}), (v)-[:FROM]->(d:Document)
WHERE ($document IS NULL OR d.id = $document) /* published: d */
WITH t, r, d ORDER BY d.name
RETURN t {.id, .name, type: t.types[0]} AS topic, collect(DISTINCT d.name) AS documents, collect(DISTINCT r.id) AS statements
ORDER BY topic.id
