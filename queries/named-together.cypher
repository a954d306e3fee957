// title: Who and what pledges name together
// purpose: Bodies, states, programs and instruments that stand in the same pledges as a given one, with these pledges.
// question: Which programs are named in the same commitments as eTrace?
// parameters:
//   entity: {kind: entity, required: true, help: Who or what the pledges name}
// columns:
//   other: {kind: entity, help: Who or what they name besides}
//   commitments: {kind: list, help: The pledges that name both}
//   count: {kind: number, help: How many pledges do}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [other]
// example: {entity: eTrace}
// phrases:
//   - "{kind} [<involve>] [in] same <commit> as {entity}"
//   - "(who|what) [else] [<involve>] [in] same <commit> as {entity}"
//   - "{kind} [<involve>] (together|jointly|along|alongside) [with] {entity} [in] <commit>"
//   - "{kind} <commit> [<involve>] (together|jointly|along|alongside) [with] {entity}"
//   - "(with|alongside) {kind} {entity} [<involve>] [together] [in] <commit>"

MATCH (n:Entity {id: $entity})<-[r:INVOLVES]-(c:Commitment)-[q:INVOLVES]->(e:Entity)
WHERE e.id <> $entity /* clocks: r q */
WITH e, c, r, q ORDER BY c.id, q.id, r.id
RETURN e {.id, .name, type: e.types[0]} AS other, collect(DISTINCT c {.id, .name, type: c.types[0]}) AS commitments,
       count(DISTINCT c) AS count, collect(DISTINCT q.id) + collect(DISTINCT r.id) AS statements
ORDER BY count DESC, other.id
