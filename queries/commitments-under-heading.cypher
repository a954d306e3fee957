// title: Commitments under a heading
// purpose: Pledges that stand under a heading, by words of the heading; of all dialogues or one.
// question: Which commitments stand under the heading "Promote social justice"?
// parameters:
//   heading: {kind: text, help: A part of the heading as it is written}
//   dialogue: {kind: entity, types: [Dialogue], help: Only commitments of this dialogue}
// columns:
//   commitment: {kind: entity, types: [Commitment], help: The commitment}
//   number: {kind: text, help: Its number in the text}
//   pillar: {kind: text, help: Heading under which it stands}
//   summary: {kind: text, help: What is pledged}
//   target: {kind: date, help: Target date}
//   dialogue: {kind: entity, types: [Dialogue], help: Where it was made}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [commitment]
// example: {heading: Promote social justice}
// wording: row
// phrases:
//   - "<commit> [{dialogue}] [under|in|within] {pillar} (heading|pillar|section|chapter) [{dialogue}]"
//   - "what <pledged> [{dialogue}] under {pillar} [{dialogue}]"
//   - "<commit> [{dialogue}] (under|in|within) (heading|pillar|section|chapter) {pillar} [{dialogue}]"
//   - "<commit> [{dialogue}] (heading|pillar|section|chapter) (titled|on|about) {pillar} [{dialogue}]"
//   - "(heading|pillar|section|chapter) {pillar} (contain|hold|include) <commit> [{dialogue}]"

MATCH (c:Commitment)<-[r:COMMITS_TO]-(d:Dialogue)
WHERE c.pillar IS NOT NULL AND ($heading IS NULL OR toLower(c.pillar) CONTAINS toLower($heading))
  AND ($dialogue IS NULL OR d.id = $dialogue) /* clocks: r */
RETURN c {.id, .name, type: c.types[0]} AS commitment, c.number AS number, c.pillar AS pillar, c.summary AS summary,
       c.targetDate AS target, d {.id, .name, type: d.types[0]} AS dialogue, [r.id] AS statements
ORDER BY dialogue.id, pillar, commitment.id
