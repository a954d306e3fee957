// title: Who holds an office
// purpose: All persons with the titles of their offices; a question gives words of the title.
// question: Who holds the office of Vice President?
// parameters: {}
// columns:
//   person: {kind: entity, types: [Person], help: The person}
//   title: {kind: text, help: Title of the office}
//   organization: {kind: entity, help: Body or state}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [person]
// example: {}
// wording: row
// phrases:
//   - "(who is|who was|who are|who were|who's) {title}"
//   - "who (served|serves|acts|acted) as {title}"
//   - "who (hold|held) [the] (office|position|post|title) [of] {title}"
//   - "(name of) {title}"
//   - "who {title}"

MATCH (p:Person)-[r:HOLDS_POSITION]->(o:Entity)
WHERE true /* clocks: r */
RETURN p {.id, .name, type: p.types[0]} AS person, r.title AS title, o {.id, .name, type: o.types[0]} AS organization,
       collect(r.id) AS statements
ORDER BY person.id, title, organization.id
