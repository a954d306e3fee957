// title: Who is in two groups
// purpose: >
//   Those who are members, participants, adopters, partners or parties of both of two programs, organizations,
//   events, instruments or commitments.
// question: Which partners of the CCGIU took part in the September joint operation?
// parameters:
//   group: {kind: entity, types: [Program, Organization, Event, Operation, Instrument, Commitment], required: true, help: One group}
//   other: {kind: entity, types: [Program, Organization, Event, Operation, Instrument, Commitment], required: true, help: The other group}
// columns:
//   entity: {kind: entity, types: [Country, Organization, Person], help: Who is in both}
//   relations: {kind: list, help: How they are in them}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {group: eleventh dialogue, other: CCGIU}
// phrases:
//   - "{kind} {group} <take-part> {other}"
//   - "{group} <partner> [also] <take-part> {other}"
//   - "{kind} <take-part> {group} and {other}"
//   - "{kind} both {group} and {other}"
//   - "{kind} {group} (are|is|were|was) [also] <partner> {other}"
//   - "<partner> {group} [also] <take-part> {other}"

MATCH (g:Entity {id: $group})-[r:MEMBER_OF|PARTICIPATED_IN|CONDUCTED|ADOPTED|SIGNED|SUPPORTS|COOPERATES_WITH|ESTABLISHED|INVOLVES]-(x:Entity)
MATCH (x)-[q:MEMBER_OF|PARTICIPATED_IN|CONDUCTED|ADOPTED|SIGNED|SUPPORTS|COOPERATES_WITH|ESTABLISHED|INVOLVES]-(:Entity {id: $other})
WHERE (x:Country OR x:Organization OR x:Person) /* clocks: r q */
WITH x, r, q ORDER BY type(r), type(q), r.id, q.id
RETURN x {.id, .name, type: x.types[0]} AS entity, collect(DISTINCT type(r)) + collect(DISTINCT type(q)) AS relations,
       collect(DISTINCT r.id) + collect(DISTINCT q.id) AS statements
ORDER BY entity.id
