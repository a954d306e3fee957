// title: Find something by what is said of it
// purpose: Accepted statements about everything of one type; a question gives words of what is said.
// question: Which law sharply raised penalties for straw buyers?
// parameters:
//   type: {kind: choice, choices: [Entity, Organization, Agency, Unit, Country, Person, Program, Instrument, Operation, Event, Dialogue, Topic, Place, Commitment], default: Entity, help: Only things of this type}
// columns:
//   entity: {kind: entity, help: Who or what it is}
//   predicate: {kind: text, help: What is said}
//   other: {kind: entity, help: The other end of the statement}
//   value: {kind: text, help: What is said of it where that is a literal}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply so"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {type: Instrument}
// countable: false
// wording: own
// phrases:
//   - "{type}"
//   - "{type} (<about>|<involve>)"
//   - {say: who, given: {type: Person}}

MATCH (e:Entity)<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})
WHERE $type IN labels(e) AND NOT s.predicate IN ['MENTIONS', 'NAMED_AS', 'COMMITS_TO', 'INVOLVES'] /* clocks: s */
WITH DISTINCT e, s
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
WITH e, s, CASE WHEN a = e THEN b ELSE a END AS x
RETURN e {.id, .name, type: e.types[0]} AS entity, s.predicate AS predicate,
       CASE WHEN x IS NULL THEN null ELSE x {.id, .name, type: x.types[0]} END AS other, s.value AS value,
       s.actStatus AS status, [s.id] AS statements
ORDER BY entity.id, predicate, statements[0]
