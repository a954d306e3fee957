// title: How many entities the documents speak of
// purpose: >
//   The number of entities of each type, subtypes included, that are subject or object of an accepted statement,
//   mentions aside. Each row cites one statement for each entity.
// question: How many countries are in the graph?
// parameters:
//   type: {kind: choice, choices: [Entity, Organization, Agency, IntergovernmentalOrganization, Unit, OtherOrganization, Country, Person, Program, Instrument, Operation, Event, Dialogue, Topic, Place, Commitment, Observation], help: Only this type}
// columns:
//   type: {kind: text, help: The type}
//   count: {kind: number, help: How many entities}
//   statements: {kind: statements, help: "Ids of the statements that the row rests on, one for each entity"}
// answer: [count]
// example: {type: Country}
// countable: false
// phrases:
//   - "<how-many> {type} (in|to) (graph|knowledge graph|database|data)"
//   - "<how-many> {type} (graph|knowledge graph|database|data) (know|contain|have|hold|cover)"
//   - "<how-many> {type} (document|source|text) speak of"
//   - {say: "<how-many> (entity|thing) (in|to) (graph|knowledge graph|database|data)", given: {type: Entity}}

MATCH (e:Entity)<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})
WHERE s.predicate <> 'MENTIONS' /* clocks: s */
WITH e, min(s.id) AS first
UNWIND labels(e) AS type
WITH type, e, first ORDER BY first
WHERE $type IS NULL OR type = $type
RETURN type, count(e) AS count, collect(DISTINCT first) AS statements
ORDER BY type
