// title: Who funds what
// purpose: Grants with giver, receiver, sum, date and where they stand; all, or those of one giver or receiver.
// question: What does the United States fund?
// parameters:
//   giver: {kind: entity, types: [Organization, Country, Program], help: Only grants of this giver}
//   receiver: {kind: entity, types: [Program, Organization, Event, Country], help: Only grants to this receiver}
// columns:
//   receiver: {kind: entity, types: [Program, Organization, Event, Country], help: Who gets the money}
//   giver: {kind: entity, types: [Organization, Country, Program], help: Who gives it}
//   amount: {kind: text, help: Sum and currency}
//   date: {kind: date, help: When}
//   scope: {kind: text, help: What it is for}
//   status: {kind: text, help: Planned or expected where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [receiver]
// example: {giver: United States}
// phrases:
//   - "what {giver} <fund>"
//   - "whom {giver} <fund>"
//   - "who {giver} <fund>"
//   - "{kind} (get|got|receive|obtain) [<how-many>] <money> (from) {giver}"
//   - "who (get|got|receive|obtain) [<how-many>] <money> (from) {giver}"
//   - "(beneficiary|recipient|receiver|grantee) (of) {giver} [<money>]"
//   - {say: "{kind} <fund> (anything|something|others)", answer: [giver]}
//   - {say: "who <fund> what", answer: [giver, receiver]}

MATCH (a:Entity)-[r:FUNDS]->(b:Entity)
WHERE ($giver IS NULL OR a.id = $giver) AND ($receiver IS NULL OR b.id = $receiver) /* clocks: r */
RETURN b {.id, .name, type: b.types[0]} AS receiver, a {.id, .name, type: a.types[0]} AS giver, r.amount AS amount,
       r.date AS date, r.scope AS scope, r.actStatus AS status, [r.id] AS statements
ORDER BY giver.id, receiver.id, date, amount, statements[0]
