// title: Who adopted or signed an instrument
// purpose: States, bodies, events and persons that adopted, issued, signed or ratified it, and who is expected or urged to.
// question: Which governments issued the 2017 joint action statement?
// parameters:
//   instrument: {kind: entity, types: [Instrument], required: true, help: The instrument}
//   relation: {kind: choice, choices: [ADOPTED, SIGNED], help: Only this relation}
// columns:
//   party: {kind: entity, types: [Country, Organization, Event, Person], help: Who}
//   relation: {kind: text, help: Adopted or signed}
//   date: {kind: date, help: When}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [party]
// example: {instrument: 2017 joint action statement}
// phrases:
//   - {say: "[{kind}] <adopt> {instrument}", given: {relation: ADOPTED}}
//   - {say: "{instrument} <adopt> (by|at) [{kind}]", given: {relation: ADOPTED}}
//   - {say: "(by|at) {kind} {instrument} <adopt>", given: {relation: ADOPTED}}
//   - {say: "{kind} {instrument} <adopt>", given: {relation: ADOPTED}}
//   - "[{kind}] <sign> {instrument}"
//   - "{instrument} <sign> by [{kind}]"
//   - "{kind} {instrument} <sign>"
//   - "(signatory|signatories|parties|party) (of|to) {instrument}"
//   - "{kind} (behind|in|of) {instrument}"

MATCH (i:Entity {id: $instrument})<-[r:ADOPTED|SIGNED]-(p:Entity)
WHERE ($relation IS NULL OR type(r) = $relation) /* clocks: r */
RETURN p {.id, .name, type: p.types[0]} AS party, type(r) AS relation, r.date AS date, r.actStatus AS status,
       collect(r.id) AS statements
ORDER BY party.id, relation, date, status
