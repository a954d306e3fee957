// title: The parts of an organization
// purpose: Units, bodies and programs inside an organization or program, at any depth.
// question: Which bodies are part of CARICOM?
// parameters:
//   organization: {kind: entity, types: [Organization, Program], required: true, help: The organization}
// columns:
//   part: {kind: entity, types: [Organization, Program], help: Part of it}
//   inside: {kind: entity, help: Of what it is directly a part}
//   depth: {kind: number, help: "Steps down from the organization, from 1"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [part]
// example: {organization: CARICOM}
// phrases:
//   - "everything (part of|under|within|below) {organization}"
//   - "{kind} (part of|parts of|inside|within|belong to|under) {organization}"
//   - "(part|parts|institution|structure|subdivision) (of) {organization}"
//   - "what (part of|belong to|inside|within) {organization}"
//   - "{organization} (part|parts|institution|structure)"
//   - "{kind} {organization} (consist of|contain|comprise|include|have)"

MATCH p = (o:Entity {id: $organization})<-[:PART_OF*1..6]-(part:Entity)
WHERE all(q IN relationships(p) WHERE true /* clocks: q */)
WITH part, nodes(p)[-2] AS inside, length(p) AS depth, last(relationships(p)) AS r
RETURN part {.id, .name, type: part.types[0]} AS part, inside {.id, .name, type: inside.types[0]} AS inside, depth,
       collect(DISTINCT r.id) AS statements
ORDER BY depth, part.id, inside.id
