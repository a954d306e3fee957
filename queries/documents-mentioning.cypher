// title: Documents that mention something
// purpose: Documents whose text names an entity, with the number of places.
// question: Which documents mention eTrace?
// parameters:
//   entity: {kind: entity, required: true, help: Who or what is mentioned}
// columns:
//   document: {kind: entity, types: [Document], help: The document}
//   file: {kind: text, help: Its file}
//   published: {kind: date, help: When it was published}
//   places: {kind: number, help: How many times it names the entity}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [document]
// example: {entity: eTrace}
// phrases:
//   - "<document> (where|in which) {entity} <mention>"
//   - "<document> [in which|where] {entity} (get|gets|got) [a] <mention>"
//   - "(in|by) <document> {entity} (come up|appear|occur|turn up|show up)"
//   - "<document> <mention> {entity}"
//   - "(in|by) (which|what) <document> {entity} <mention>"
//   - "(in|by) <document> {entity} <mention>"
//   - "where {entity} (mentioned|named|cited|referred to|discussed|appear|come up|occur)"
//   - "{entity} <mention> (in|by) (which|what) <document>"
//   - "<document> (about|on|with|concern) {entity}"
//   - "who <mention> {entity}"

MATCH (e:Entity {id: $entity})<-[r:MENTIONS]-(d:Document)
WHERE true /* clocks: r */
OPTIONAL MATCH (v:Evidence)-[:EVIDENCE_FOR]->(s:Statement {id: r.id})
RETURN d {.id, .name, type: d.types[0]} AS document, d.file AS file, d.published AS published, count(DISTINCT v) AS places,
       collect(DISTINCT r.id) AS statements
ORDER BY document.id
