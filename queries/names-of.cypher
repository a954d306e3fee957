// title: Names of something
// purpose: The name and all other names, spellings and acronyms under which the documents and the register know it.
// question: What is the Treaty of San José officially called?
// parameters:
//   entity: {kind: entity, required: true, help: What it is about}
// columns:
//   name: {kind: text, help: Usual full name}
//   aliases: {kind: list, help: Other names and acronyms}
//   spellings: {kind: list, help: Spellings that documents use}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [name]
// example: {entity: Treaty of San José}
// phrases:
//   - "what is [the] (official name|full name|formal name|long name|proper name) (of|for) {entity}"
//   - "[the] (official name|full name|formal name|long name|proper name) (of|for) {entity}"
//   - "what {entity} (stand for|stands for|short for|officially called|formally called)"
//   - "(by|under) what (other name|official name) {entity}"

MATCH (e:Entity {id: $entity})
OPTIONAL MATCH (e)<-[:SUBJECT]-(s:Statement {predicate: 'NAMED_AS', status: 'accepted'})
WHERE true /* clocks: s */
WITH e, s ORDER BY s.value
RETURN e.name AS name, e.aliases AS aliases, collect(DISTINCT s.value) AS spellings, collect(s.id) AS statements
ORDER BY name
