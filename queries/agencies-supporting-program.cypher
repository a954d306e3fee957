// title: Who stands behind a program or unit
// purpose: >
//   Everything that the documents tie to a program, unit, instrument, operation or body as founder, operator,
//   developer, supporter, funder, user or named partner, each with the relation, its date and its role.
// question: Which agencies support CCGIU?
// parameters:
//   program: {kind: entity, types: [Program, Organization, Instrument, Operation, Event, Country], required: true, help: What is supported}
//   relation: {kind: choice, choices: [ESTABLISHED, OPERATES, DEVELOPED, SUPPORTS, FUNDS, USES, COOPERATES_WITH], help: Only this relation}
// columns:
//   agency: {kind: entity, types: [Organization, Country, Program, Operation, Person], help: Who stands behind it}
//   relation: {kind: text, help: How}
//   role: {kind: text, help: "As what, where the document says so"}
//   date: {kind: date, help: When}
//   scope: {kind: text, help: What the support consists of}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [agency]
// example: {program: CCGIU}
// phrases:
//   - "[{kind}] <support> {program}"
//   - {say: "whose <support-noun> {program} [have|had|get|got|enjoy]", given: {relation: SUPPORTS}}
//   - "{program} <support> by [{kind}]"
//   - "by {kind} {program} <support>"
//   - "<support-noun> {kind} {program}"
//   - "<support-noun> {program} [{kind}]"
//   - "{program} <support-noun> [from {kind}]"
//   - "{program} {kind} <support>"
//   - {say: "{program} <partner>", given: {relation: COOPERATES_WITH}}
//   - {say: "<partner> (of|in|with|for|to) {program}", given: {relation: COOPERATES_WITH}}
//   - {say: "<partner> {kind} {program}", given: {relation: COOPERATES_WITH}}
//   - {say: "{kind} <partner> {program}", given: {relation: COOPERATES_WITH}}
//   - {say: "{kind} {program} <partner>", given: {relation: COOPERATES_WITH}}
//   - "{kind} behind {program}"
//   - {say: "with {kind} {program} <cooperate>", given: {relation: COOPERATES_WITH}}
//   - {say: "[{kind}] <cooperate> [with] {program}", given: {relation: COOPERATES_WITH}}
//   - {say: "[{kind}] {program} <cooperate> [with]", given: {relation: COOPERATES_WITH}}

MATCH (p:Entity {id: $program})-[r:ESTABLISHED|OPERATES|DEVELOPED|SUPPORTS|FUNDS|USES|COOPERATES_WITH]-(a:Entity)
WHERE (endNode(r) = p OR type(r) = 'COOPERATES_WITH') AND ($relation IS NULL OR type(r) = $relation) /* clocks: r */
RETURN a {.id, .name, type: a.types[0]} AS agency, type(r) AS relation, r.role AS role, r.date AS date,
       r.scope AS scope, r.actStatus AS status, collect(r.id) AS statements
ORDER BY agency.id, relation, date, role, scope, status
