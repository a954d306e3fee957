// title: Officials of a body
// purpose: Persons who hold an office in a body, in one of its parts, or for a state.
// question: Which officials of ATF are named?
// parameters:
//   organization: {kind: entity, types: [Organization, Country, Program], required: true, help: Body or state}
// columns:
//   person: {kind: entity, types: [Person], help: The official}
//   title: {kind: text, help: Title of the office}
//   organization: {kind: entity, help: The body or part of it}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [person]
// example: {organization: ATF}
// phrases:
//   - "{kind} (of|from|in|at|for) {organization}"
//   - "{organization} {kind}"
//   - "{kind} <work-for> {organization}"
//   - "who <work-for> {organization}"
//   - "who <hold> (office|position|post) {organization}"
//   - "{kind} <hold> (office|position|post) {organization}"

MATCH (o:Entity {id: $organization})<-[m:PART_OF*0..4]-(part:Entity)<-[r:HOLDS_POSITION]-(p:Person)
WHERE all(q IN m WHERE true /* clocks: q */) /* clocks: r */
RETURN p {.id, .name, type: p.types[0]} AS person, r.title AS title,
       part {.id, .name, type: part.types[0]} AS organization, collect(DISTINCT r.id) AS statements
ORDER BY person.id, title, organization.id
