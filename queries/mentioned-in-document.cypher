// title: What a document mentions
// purpose: Everything that the text of a document names, with the number of places.
// question: Which programs does the CMC article mention?
// parameters:
//   document: {kind: entity, types: [Document], required: true, help: The document}
// columns:
//   entity: {kind: entity, help: Who or what is mentioned}
//   places: {kind: number, help: How many times the document names it}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {document: CMC article}
// phrases:
//   - "{kind} {document} (mention|cite|refer to|bring up)"
//   - "{kind} (mentioned|cited|referred to|named) (in|by) {document}"
//   - "(who|whom|what) {document} (mention|cite|refer to|bring up)"
//   - "(who|what) (mentioned|cited|referred to|named) (in|by) {document}"

MATCH (d:Entity {id: $document})-[r:MENTIONS]->(e:Entity)
WHERE true /* clocks: r */
OPTIONAL MATCH (v:Evidence)-[:EVIDENCE_FOR]->(s:Statement {id: r.id})
WITH e, r, v ORDER BY r.id
RETURN e {.id, .name, type: e.types[0]} AS entity, count(DISTINCT v) AS places, collect(DISTINCT r.id) AS statements
ORDER BY entity.id
