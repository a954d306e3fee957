// title: Who is in one group and not in another
// purpose: >
//   Members, participants, adopters or parties of one program, organization, event, instrument or commitment
//   that the other lacks.
// question: Which countries of the 2017 Santo Domingo meeting are not members of the CBSI?
// parameters:
//   group: {kind: entity, types: [Program, Organization, Event, Operation, Instrument, Commitment], required: true, help: The group they are in}
//   other: {kind: entity, types: [Program, Organization, Event, Operation, Instrument, Commitment], required: true, help: The group they are not in}
// columns:
//   entity: {kind: entity, types: [Country, Organization, Person], help: Who it is}
//   relations: {kind: list, help: How they are in the first group}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {group: 2017 Santo Domingo meeting, other: CBSI}
// phrases:
//   - "(who|{kind}) [<take-part>|<member>|<belong>|<among>] [in|at|of] {group} (but|and) not [<take-part>|<member>|<belong>|<among>] [in|at|of] {other}"
//   - "{kind} [<take-part>|<member>|<belong>|<among>] {group} (not|but not) [<take-part>|<member>|<belong>|<among>] {other}"
//   - "{kind} [<take-part>|<member>|<belong>|<among>] {group} (without being|outside) [<member>|<belong>] {other}"
//   - "{kind} (outside|besides|other than|not in|beyond) {other} [<member>|<partner>] <take-part> {group}"
//   - "(outside|besides|other than|beyond) {other} [<member>|<partner>] [{kind}] <take-part> {group}"
//   - "{kind} <take-part> {group} (outside|besides|other than|beyond) {other} [<member>|<partner>]"
//   - "non {other} {kind} <take-part> {group}"
//   - "who <take-part> {group} (outside|besides|other than|beyond) {other} [<member>|<partner>|countries|nations]"

MATCH (g:Entity {id: $group})-[r:MEMBER_OF|PARTICIPATED_IN|CONDUCTED|ADOPTED|SIGNED|COOPERATES_WITH|INVOLVES]-(x:Entity)
WHERE (x:Country OR x:Organization OR x:Person) AND x.id <> $other /* clocks: r */ AND NOT EXISTS {
  MATCH (x)-[q:MEMBER_OF|PARTICIPATED_IN|CONDUCTED|ADOPTED|SIGNED|COOPERATES_WITH|INVOLVES]-(:Entity {id: $other})
  WHERE true /* clocks: q */
}
WITH x, r ORDER BY type(r), r.id
RETURN x {.id, .name, type: x.types[0]} AS entity, collect(DISTINCT type(r)) AS relations, collect(DISTINCT r.id) AS statements
ORDER BY entity.id
