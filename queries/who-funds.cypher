// title: Who gives money to a program, body, event or state
// purpose: Givers with the sums that the documents name.
// question: Who funds the CBSI?
// parameters:
//   program: {kind: entity, types: [Program, Organization, Event, Country], required: true, help: Who gets the money}
//   funder: {kind: entity, types: [Organization, Country, Program], help: Only this giver}
// columns:
//   agency: {kind: entity, types: [Organization, Country, Program], help: Giver}
//   amount: {kind: text, help: Sum and currency}
//   date: {kind: date, help: When}
//   status: {kind: text, help: Planned where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [agency]
// example: {program: CBSI}
// phrases:
//   - "[{kind}] <fund> {program}"
//   - "{program} <fund> by [{kind}]"
//   - "(funder|donor|sponsor) {program}"
//   - {say: "<how-many> <money> {funder} (give|gave|given|contribute|provide|pay|paid|spend|spent|donate|send|sent|invest|commit|allocate) {program}", answer: [amount]}
//   - {say: "<how-many> {funder} (give|gave|given|contribute|provide|pay|paid|spend|spent|donate|send|sent|invest|commit|allocate) {program}", answer: [amount]}
//   - {say: "<how-many> <money> {program} (get|got|receive|given|cost|spent)", answer: [amount]}
//   - {say: "(budget|cost|funding|price) {program}", answer: [amount]}

MATCH (p:Entity {id: $program})<-[r:FUNDS]-(a:Entity)
WHERE ($funder IS NULL OR a.id = $funder) /* clocks: r */
RETURN a {.id, .name, type: a.types[0]} AS agency, r.amount AS amount, r.date AS date, r.actStatus AS status,
       collect(r.id) AS statements
ORDER BY agency.id, date, amount, status
