// title: Commitments that name someone or something
// purpose: Pledges that name a body, program, instrument, state, unit or event, of all dialogues or one.
// question: Which commitments involve eTrace?
// parameters:
//   entity: {kind: entity, types: [Organization, Program, Instrument, Country, Event, Operation, Person, Place], required: true, help: Who or what is named}
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
// example: {entity: eTrace}
// phrases:
//   - "<commit> [<involve>] {entity} [{dialogue}]"
//   - "<commit> {dialogue} <involve> {entity}"
//   - "{dialogue} <commit> <involve> {entity}"
//   - "{entity} <involve> [in] <commit> [{dialogue}]"
//   - {say: "(what|which) number (has|have|is|does) <commit> [<involve>] {entity} [{dialogue}]", answer: [number]}
//   - "in <commit> {entity} (named|mentioned|involved|appear|come up|referred to) [{dialogue}]"
//   - "in <commit> {dialogue} {entity} (named|mentioned|involved|appear|come up|referred to)"
//   - "{entity} (named|mentioned|involved|appear) [in] <commit> [{dialogue}]"
//   - "<pledged> {entity} [{dialogue}]"

MATCH (e:Entity {id: $entity})<-[r:INVOLVES]-(c:Commitment)<-[m:COMMITS_TO]-(d:Dialogue)
WHERE ($dialogue IS NULL OR d.id = $dialogue) /* clocks: r m */
RETURN c {.id, .name, type: c.types[0]} AS commitment, c.number AS number, c.pillar AS pillar, c.summary AS summary,
       c.targetDate AS target, d {.id, .name, type: d.types[0]} AS dialogue, collect(DISTINCT r.id) AS statements
ORDER BY commitment.id, dialogue.id
