// title: What something is or does
// purpose: What the documents say that a law, program, unit, body, event or person is or does, in our own words.
// question: What does the Bipartisan Safer Communities Act do?
// parameters:
//   entity: {kind: entity, required: true, help: What it is about}
// columns:
//   description: {kind: text, help: What is said}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [description]
// example: {entity: Bipartisan Safer Communities Act}
// countable: false
// general: true
// phrases:
//   - "what {entity} <do-what>"
//   - "what is {entity}"
//   - "who (is|was|are|were) {entity}"
//   - "what are {entity}"
//   - "what was {entity}"
//   - "(purpose|aim|effect|task|mandate|role|function|content) (of) {entity}"
//   - "what is (the) (purpose|aim|effect|task|mandate|role|function|content) (of) {entity}"
//   - "(describe|explain) {entity}"
//   - "what {entity} (for|about)"

MATCH (e:Entity {id: $entity})<-[:SUBJECT]-(s:Statement {predicate: 'DESCRIBED_AS', status: 'accepted'})
WHERE true /* clocks: s */
RETURN s.value AS description, collect(s.id) AS statements
ORDER BY description
