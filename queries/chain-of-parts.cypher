// title: The bodies above a unit
// purpose: Bodies of which a unit or program is a part, step by step, up to the top or to a given body, in at most six steps.
// question: Which bodies lie between the CCGIU and CARICOM?
// parameters:
//   part: {kind: entity, types: [Organization, Program], required: true, help: Where the chain begins}
//   whole: {kind: entity, types: [Organization, Program], help: Where it ends}
// columns:
//   body: {kind: entity, types: [Organization, Program], help: Body on the chain}
//   step: {kind: number, help: "Steps up from the beginning, from 1"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [body]
// example: {part: CCGIU, whole: CARICOM}
// phrases:
//   - "[{kind}] <between> {part} and {whole}"
//   - "[{kind}] <between> {part} [up] to {whole}"
//   - "[{kind}] [<between>] <on-path> (from|between) {part} [up] (to|and) {whole}"
//   - "<on-path> [{kind}] (from|between) {part} [up] (to|and) {whole}"
//   - "<on-path> [of] [{kind}] <connect> {part} [to|with|and] {whole}"
//   - "(through|via) {kind} {part} (<connect>|part of|belong to|report to|tied to) {whole}"
//   - "{part} (<connect>|part of|belong to|report to|tied to) {whole} (through|via) [what|which] [{kind}]"
//   - "how {part} (<connect> [to|with|and]|part of|belong to|report to|tied to|fit into|fit in|sit in|sit within) {whole}"
//   - "[{kind}] <connect> {part} [to|with|and] {whole}"
//   - "{kind} (above|over) {part}"
//   - "[{kind}] {part} (ultimately|in the end) (<belong>|belong|part of)"

MATCH (a:Entity {id: $part})
MATCH p = (a)-[:PART_OF*1..6]->(top:Entity)
WHERE all(q IN relationships(p) WHERE true /* clocks: q */) AND (top.id = $whole OR ($whole IS NULL AND NOT EXISTS {
  MATCH (top)-[up:PART_OF]->(:Entity) WHERE true /* clocks: up */
}))
UNWIND range(1, length(p)) AS step
WITH nodes(p)[step] AS body, step, relationships(p)[step - 1] AS r
WHERE $whole IS NULL OR body.id <> $whole
RETURN body {.id, .name, type: body.types[0]} AS body, step, collect(DISTINCT r.id) AS statements
ORDER BY step, body.id
