// title: Offices of a person
// purpose: Titles that a person holds or held, and where.
// question: What position does Kirsten D. Madison hold?
// parameters:
//   person: {kind: entity, types: [Person], required: true, help: The person}
// columns:
//   title: {kind: text, help: Title of the office}
//   organization: {kind: entity, types: [Organization, Country, Program], help: Body or state}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [title]
// example: {person: Kirsten D. Madison}
// countable: false
// phrases:
//   - "<position> {person} [<hold>]"
//   - "{person} <position>"
//   - "what <position> <hold> {person}"
//   - "what is {person}"
//   - "who is {person}"
//   - "what was {person}"
//   - "who was {person}"
//   - "in what <position> {person}"
//   - "(as what|in which capacity) {person} [<speak>]"
//   - {say: "{kind} {person} <work-for>", answer: [organization]}
//   - {say: "{kind} {person} <hold> <position> [in|at|with]", answer: [organization]}
//   - {say: "for {kind} {person} <work-for>", answer: [organization]}
//   - {say: "{kind} {person} (from|belong to|with|of)", answer: [organization]}
//   - {say: "{person} <work-for> [for] {kind}", answer: [organization]}

MATCH (p:Entity {id: $person})-[r:HOLDS_POSITION]->(o:Entity)
WHERE true /* clocks: r */
RETURN r.title AS title, o {.id, .name, type: o.types[0]} AS organization, collect(r.id) AS statements
ORDER BY title, organization.id
