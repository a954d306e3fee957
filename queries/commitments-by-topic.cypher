// title: Commitments on a topic
// purpose: Pledges on a topic or one of its narrower topics, of all dialogues or one.
// question: Which commitments concern trafficking in persons?
// parameters:
//   topic: {kind: entity, types: [Topic], required: true, help: The topic}
//   dialogue: {kind: entity, types: [Dialogue], help: Only commitments of this dialogue}
// columns:
//   commitment: {kind: entity, types: [Commitment], help: The commitment}
//   number: {kind: text, help: Its number in the text}
//   pillar: {kind: text, help: Heading under which it stands}
//   summary: {kind: text, help: What is pledged}
//   target: {kind: date, help: Target date}
//   dialogue: {kind: entity, help: Where it was made}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [commitment]
// example: {topic: trafficking in persons}
// phrases:
//   - "<commit> (<about>|<involve>) {topic} [{dialogue}]"
//   - {say: "(what|which) number (has|have|is|does) <commit> [<about>] {topic} [{dialogue}]", answer: [number]}
//   - "<commit> {dialogue} (<about>|<involve>) {topic}"
//   - "{topic} <commit> [{dialogue}]"
//   - "{dialogue} <commit> <about> {topic}"
//   - "{dialogue} {topic} <commit>"
//   - "<pledged> <about> {topic} [{dialogue}]"
//   - "<commit> {topic} [{dialogue}]"
//   - "<commit> [of] {dialogue} {topic}"

MATCH (t:Entity {id: $topic})<-[:BROADER*0..5]-(n:Topic)<-[r:ADDRESSES]-(c:Commitment)<-[m:COMMITS_TO]-(d:Dialogue)
WHERE ($dialogue IS NULL OR d.id = $dialogue) /* clocks: r m */
RETURN c {.id, .name, type: c.types[0]} AS commitment, c.number AS number, c.pillar AS pillar, c.summary AS summary,
       c.targetDate AS target, d {.id, .name, type: d.types[0]} AS dialogue, collect(DISTINCT r.id) AS statements
ORDER BY commitment.id, dialogue.id
