// title: Topics of commitments
// purpose: >
//   The topics that pledges address, each with the number of pledges that do, of all dialogues or one; all of them, or
//   only those that most or fewest pledges address. A pledge counts for the topic that it names, not for a broader one.
// question: Which topics do the commitments of the eleventh dialogue cover?
// parameters:
//   dialogue: {kind: entity, types: [Dialogue], help: Only commitments of this dialogue}
//   pick: {kind: choice, choices: [all, most, fewest], default: all, help: Which topics answer a question}
// columns:
//   topic: {kind: entity, types: [Topic], help: The topic}
//   commitments: {kind: number, help: How many pledges address it}
//   rank: {kind: number, help: "What is largest for the topics that are picked, 0 for all"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [topic]
// best: rank
// example: {dialogue: eleventh dialogue}
// phrases:
//   - "{kind} <commit> [{dialogue}] (<about>|<involve>) [{dialogue}]"
//   - "{kind} (addressed|covered|dealt with|discussed|treated) (by|in) <commit> [{dialogue}]"
//   - "{kind} (of|in) <commit> {dialogue}"
//   - "<commit> {dialogue} {kind}"
//   - {say: "{kind} <most> [of] <commit> [{dialogue}] (<about>|<involve>) [{dialogue}]", given: {pick: most}}
//   - {say: "{kind} (in|of) <most> [of] <commit> [{dialogue}]", given: {pick: most}}
//   - {say: "{kind} (fewest|least) <commit> [{dialogue}] (<about>|<involve>) [{dialogue}]", given: {pick: fewest}}

MATCH (d:Dialogue)-[r:COMMITS_TO]->(c:Commitment)-[q:ADDRESSES]->(t:Topic)
WHERE ($dialogue IS NULL OR d.id = $dialogue) /* clocks: r q */
WITH t, c, r, q ORDER BY q.id, r.id
WITH t, count(DISTINCT c) AS commitments, collect(DISTINCT q.id) + collect(DISTINCT r.id) AS statements
RETURN t {.id, .name, type: t.types[0]} AS topic, commitments,
       CASE $pick WHEN 'most' THEN commitments WHEN 'fewest' THEN -commitments ELSE 0 END AS rank, statements
ORDER BY commitments DESC, topic.id
