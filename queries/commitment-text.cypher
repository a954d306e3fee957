// title: What a commitment says
// purpose: >
//   A pledge by its number in the text: what is pledged in our words, the heading under which it stands, how binding
//   its wording is, when it is due and which dialogue made it.
// question: What does commitment 1.ii say?
// parameters:
//   commitment: {kind: entity, types: [Commitment], required: true, help: "The commitment, by its number such as 1.ii"}
// columns:
//   commitment: {kind: entity, types: [Commitment], help: The commitment}
//   number: {kind: text, help: Its number in the text}
//   pillar: {kind: text, help: Heading under which it stands}
//   summary: {kind: text, help: What is pledged}
//   modality: {kind: text, help: "How the pledge is worded: commit, encourage, call-upon …"}
//   target: {kind: date, help: Target date}
//   dialogue: {kind: entity, types: [Dialogue], help: Where it was made}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [summary]
// example: {commitment: commitment 1.ii}
// countable: false
// phrases:
//   - "what is {commitment}"
//   - "(text|content|wording) of {commitment}"
//   - "what (do|does|did) [{kind}] {commitment} (say|state|pledge|promise|contain|demand|mean)"
//   - "what (pledged|promised|agreed|said|stated) (in|by|under) [{kind}] {commitment}"
//   - "(text|wording|content|substance|gist) (of) [{kind}] {commitment}"
//   - "what (is|was) [{kind}] {commitment} (about)"
//   - {say: "<when> {commitment} (due|fulfilled|met|completed)", answer: [target]}
//   - {say: "by <when> {commitment} [due|fulfilled|met|completed]", answer: [target]}
//   - {say: "(deadline|target date|due date) [{kind}] {commitment}", answer: [target]}
//   - {say: "{commitment} (deadline|target date|due date)", answer: [target]}
//   - {say: "(under|in) (which|what) (heading|pillar|section|chapter) [{kind}] {commitment}", answer: [pillar]}
//   - {say: "(modality|force) [{kind}] {commitment}", answer: [modality]}
//   - {say: "how (binding|firm|strong|strongly worded) {commitment}", answer: [modality]}
//   - {say: "(at|in|by) {kind} {commitment} (made|pledged|adopted|agreed|given)", answer: [dialogue]}
//   - {say: "{kind} (made|make|gave|agreed|adopted) {commitment}", answer: [dialogue]}

MATCH (c:Entity {id: $commitment})<-[r:COMMITS_TO]-(d:Dialogue)
WHERE true /* clocks: r */
RETURN c {.id, .name, type: c.types[0]} AS commitment, c.number AS number, c.pillar AS pillar, c.summary AS summary,
       c.modality AS modality, c.targetDate AS target, d {.id, .name, type: d.types[0]} AS dialogue, [r.id] AS statements
ORDER BY commitment.id, dialogue.id
