// title: Officials of a state and its bodies
// purpose: >
//   Persons who hold an office for a state or in one of its bodies, with title and body. Which bodies are a state's is
//   told by the register.
// question: Which officials of the United States and their agencies are named?
// parameters:
//   country: {kind: entity, types: [Country], required: true, help: The state}
// columns:
//   person: {kind: entity, types: [Person], help: The official}
//   title: {kind: text, help: Title of the office}
//   organization: {kind: entity, types: [Country, Organization, Program], help: The state or body}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [person]
// example: {country: United States}
// phrases:
//   - "{kind} {country} (and|or) (their|its) (agency|body)"
//   - "{kind} (any|some) (agency|body) of {country}"
//   - {say: "<position> {kind} {country} (and|or) (their|its) (agency|body) <hold>", answer: [title]}

MATCH (p:Person)-[r:HOLDS_POSITION]->(o:Entity)
WHERE (o.id = $country OR o.country = $country) /* clocks: r */
RETURN p {.id, .name, type: p.types[0]} AS person, r.title AS title, o {.id, .name, type: o.types[0]} AS organization,
       [r.id] AS statements
ORDER BY person.id, organization.id, title, statements[0]
