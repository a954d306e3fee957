// title: How many commitments
// purpose: >
//   The headings of the ledgers of pledges with the number of pledges under each, or, by dialogue, the dialogues with
//   the number that each made; all of them, or only that with most or fewest.
// question: Under which heading do most commitments of the eleventh dialogue stand?
// parameters:
//   dialogue: {kind: entity, types: [Dialogue], help: Only commitments of this dialogue}
//   by: {kind: choice, choices: [heading, dialogue], default: heading, help: What is counted for}
//   pick: {kind: choice, choices: [all, most, fewest], default: all, help: Which rows answer a question}
// columns:
//   dialogue: {kind: entity, types: [Dialogue], help: Where they were made}
//   pillar: {kind: text, help: "Heading under which they stand, empty by dialogue"}
//   commitments: {kind: number, help: How many pledges}
//   rank: {kind: number, help: "What is largest for the rows that are picked, 0 for all"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [pillar]
// best: rank
// countable: false
// example: {dialogue: eleventh dialogue, pick: most}
// phrases:
//   - {say: "(heading|pillar|section|chapter) <most> <commit> [{dialogue}]", given: {pick: most}}
//   - {say: "(heading|pillar|section|chapter) [{dialogue}] (have|hold|contain) <most> <commit> [{dialogue}]", given: {pick: most}}
//   - {say: "(heading|pillar|section|chapter) [{dialogue}] (fewest|least) <commit> [{dialogue}]", given: {pick: fewest}}
//   - "(heading|pillar|section|chapter) [<commit>] {dialogue}"
//   - "{dialogue} (heading|pillar|section|chapter)"
//   - {say: "{kind} <most> <commit>", given: {by: dialogue, pick: most}, answer: [dialogue]}
//   - {say: "{kind} (fewest|least) <commit>", given: {by: dialogue, pick: fewest}, answer: [dialogue]}
//   - {say: "{kind} (made|make) <commit>", given: {by: dialogue}, answer: [dialogue]}

MATCH (d:Dialogue)-[r:COMMITS_TO]->(c:Commitment)
WHERE ($dialogue IS NULL OR d.id = $dialogue) /* clocks: r */
WITH d, CASE $by WHEN 'heading' THEN c.pillar ELSE null END AS pillar, c, r ORDER BY r.id
WITH d, pillar, count(DISTINCT c) AS commitments, collect(DISTINCT r.id) AS statements
RETURN d {.id, .name, type: d.types[0]} AS dialogue, pillar, commitments,
       CASE $pick WHEN 'most' THEN commitments WHEN 'fewest' THEN -commitments ELSE 0 END AS rank, statements
ORDER BY dialogue.id, pillar
