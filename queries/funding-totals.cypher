// title: Sums of money given
// purpose: >
//   The sums that each giver gave, added up for each currency and for what is done, planned or expected, to all
//   receivers or one. Grants without a sum are not in it.
// question: How much money has the United States given altogether?
// parameters:
//   giver: {kind: entity, types: [Organization, Country, Program], help: Only what this giver gave}
//   receiver: {kind: entity, types: [Program, Organization, Event, Country], help: Only what this receiver got}
// columns:
//   giver: {kind: entity, types: [Organization, Country, Program], help: Who gives}
//   currency: {kind: text, help: ISO code of the currency}
//   total: {kind: number, help: The sum in that currency}
//   grants: {kind: number, help: How many grants make it up}
//   status: {kind: text, help: Planned or expected where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [total]
// example: {giver: United States}
// countable: false
// phrases:
//   - "<how-many> <money> {giver} (give|gave|given|contribute|provide|paid|spent|donate|invest) (altogether|overall|all in all|in sum|combined|all told)"
//   - "(sum|sum total|grand total|overall total|combined total) (of) <money> {giver}"
//   - "<how-many> <money> {receiver} (get|got|receive|given) (altogether|overall|all in all|in sum|combined|all told)"

MATCH (a:Entity)-[r:FUNDS]->(b:Entity)
WHERE r.amount IS NOT NULL AND ($giver IS NULL OR a.id = $giver) AND ($receiver IS NULL OR b.id = $receiver) /* clocks: r */
WITH a, r ORDER BY r.id
RETURN a {.id, .name, type: a.types[0]} AS giver, split(r.amount, ' ')[1] AS currency,
       sum(toFloat(split(r.amount, ' ')[0])) AS total, count(DISTINCT r.id) AS grants, r.actStatus AS status,
       collect(DISTINCT r.id) AS statements
ORDER BY giver.id, currency, status
