// title: Who and what commitments name
// purpose: >
//   Bodies, states, programs, instruments and events that pledges name, each with the number of pledges that do, of
//   all dialogues or one; all of them, or only those that most pledges name.
// question: Which bodies do the commitments of the eleventh dialogue name?
// parameters:
//   dialogue: {kind: entity, types: [Dialogue], help: Only commitments of this dialogue}
//   pick: {kind: choice, choices: [all, most], default: all, help: Who and what answers a question}
// columns:
//   entity: {kind: entity, help: Who or what is named}
//   commitments: {kind: number, help: How many pledges name it}
//   roles: {kind: list, help: "As what, where the documents say so"}
//   rank: {kind: number, help: "What is largest for those that are picked, 0 for all"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// best: rank
// example: {dialogue: eleventh dialogue}
// phrases:
//   - "{kind} <commit> {dialogue} <involve>"
//   - "{kind} <involve> (in|by) <commit> {dialogue}"
//   - "{kind} (in|of) <commit> {dialogue} <involve>"
//   - "(who|what) <commit> {dialogue} <involve>"
//   - "who <involve> (in|by) <commit> {dialogue}"
//   - {say: "{kind} <most> [of] <commit> [{dialogue}] <involve> [{dialogue}]", given: {pick: most}}
//   - {say: "{kind} <involve> (in|by) <most> [of] <commit> [{dialogue}]", given: {pick: most}}
//   - {say: "{kind} <involve> <most> [often] (in|by) <commit> [{dialogue}]", given: {pick: most}}

MATCH (d:Dialogue)-[r:COMMITS_TO]->(c:Commitment)-[q:INVOLVES]->(e:Entity)
WHERE ($dialogue IS NULL OR d.id = $dialogue) /* clocks: r q */
WITH e, c, r, q ORDER BY q.role, q.id, r.id
WITH e, count(DISTINCT c) AS commitments, collect(DISTINCT q.role) AS roles,
     collect(DISTINCT q.id) + collect(DISTINCT r.id) AS statements
RETURN e {.id, .name, type: e.types[0]} AS entity, commitments, roles,
       CASE $pick WHEN 'most' THEN commitments ELSE 0 END AS rank, statements
ORDER BY commitments DESC, entity.id
