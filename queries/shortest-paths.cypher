// title: Shortest paths between two things
// purpose: >
//   How two entities hang together in at most four hops, each with its statement; what something is about, where a
//   body has its seat and what a text mentions are no hops.
// question: How is Joshua Rusk connected to the CBSI?
// parameters:
//   from: {kind: entity, required: true, help: One end}
//   to: {kind: entity, required: true, help: The other end}
// columns:
//   stations: {kind: list, help: "Entities on the path, both ends included"}
//   between: {kind: list, help: Entities between the ends}
//   relations: {kind: list, help: Relation of each hop}
//   hops: {kind: number, help: Length of the path}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [between]
// example: {from: Joshua Rusk, to: CBSI}
// phrases:
//   - "how {from} <connect> [to|with|and] {to}"
//   - "what <connect> {from} [to|with|and] {to}"
//   - "[{kind}] <connect> {from} [to|with|and] {to}"
//   - "(through|via|by) {kind} {from} <connect> [to|with|and] {to}"
//   - "<on-path> (from|between) {from} (to|and) {to}"
//   - "how <connect> {from} [and|to|with] {to}"
//   - "{from} <connect> [to|with] {to} [through|via|by] [what|which] [{kind}]"
//   - "(connection|link|relation|relationship) (between) {from} and {to}"

MATCH (a:Entity {id: $from}), (b:Entity {id: $to})
WITH a, b WHERE a <> b
MATCH p = allShortestPaths((a)-[:ADOPTED|AUTHORIZED_BY|COMMITS_TO|CONDUCTED|COOPERATES_WITH|DEVELOPED|ESTABLISHED|FUNDS|HELD_IN|HOLDS_POSITION|INVOLVES|MEMBER_OF|OPERATES|PARTICIPATED_IN|PART_OF|PRECEDES|RESULTED_IN|SIGNED|SUPPORTS|UNDER|USES*..4]-(b))
// The clocks choose among the shortest paths of all: engines differ in what a condition does to the search.
WITH p WHERE all(r IN relationships(p) WHERE true /* clocks: r */)
RETURN [n IN nodes(p) | n {.id, .name, type: n.types[0]}] AS stations,
       [n IN nodes(p)[1..-1] | n {.id, .name, type: n.types[0]}] AS between,
       [r IN relationships(p) | type(r)] AS relations, length(p) AS hops, [r IN relationships(p) | r.id] AS statements
ORDER BY hops, [n IN nodes(p) | n.id], [r IN relationships(p) | r.id]
