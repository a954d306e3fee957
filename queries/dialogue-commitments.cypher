// title: Commitments of a dialogue
// purpose: The ledger of pledges of a dialogue, all or those under one heading.
// question: How many commitments stand under heading 1 of the 2023 joint statement?
// parameters:
//   dialogue: {kind: entity, types: [Dialogue], required: true, help: The dialogue that made them}
//   heading: {kind: integer, help: Number of the heading}
// columns:
//   commitment: {kind: entity, types: [Commitment], help: The commitment}
//   number: {kind: text, help: Its number in the text}
//   pillar: {kind: text, help: Heading under which it stands}
//   summary: {kind: text, help: What is pledged}
//   target: {kind: date, help: Target date}
//   dialogue: {kind: entity, help: Where it was made}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [commitment]
// example: {dialogue: eleventh dialogue, heading: "1"}
// phrases:
//   - "<commit> (under|in|of) (heading|pillar|section|part|chapter) {heading} {dialogue}"
//   - "<commit> (heading|pillar|section|part|chapter) {heading} {dialogue}"
//   - "{dialogue} <commit> (heading|pillar|section|part|chapter) {heading}"
//   - "(heading|pillar|section|part|chapter) {heading} {dialogue} <commit>"
//   - "<commit> {dialogue} (under|in|of) (heading|pillar|section|part|chapter) {heading}"
//   - "<commit> (of|in|at|by|from) {dialogue}"
//   - "<commit> {dialogue}"
//   - "<commit> {dialogue} (<about>|<involve>)"
//   - "{dialogue} <commit>"
//   - "what {dialogue} (pledge|commit to|promise)"

MATCH (d:Entity {id: $dialogue})-[r:COMMITS_TO]->(c:Commitment)
WHERE ($heading IS NULL OR c.number STARTS WITH toString($heading) + '.') /* clocks: r */
RETURN c {.id, .name, type: c.types[0]} AS commitment, c.number AS number, c.pillar AS pillar, c.summary AS summary,
       c.targetDate AS target, d {.id, .name, type: d.types[0]} AS dialogue, [r.id] AS statements
ORDER BY commitment.id, statements[0]
