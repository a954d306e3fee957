// title: Programs and units of an agency
// purpose: Programs and units that a body, state or event founded, runs, built, pays for, supports or uses, or that are part of it.
// question: Which programs does ATF operate?
// parameters:
//   agency: {kind: entity, types: [Organization, Country, Event, Program], required: true, help: The body}
//   relation: {kind: choice, choices: [ESTABLISHED, OPERATES, DEVELOPED, SUPPORTS, FUNDS, USES, COOPERATES_WITH, PART_OF], help: Only this relation}
// columns:
//   program: {kind: entity, types: [Program, Unit], help: Program or unit}
//   relation: {kind: text, help: How the body is tied to it}
//   date: {kind: date, help: When}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [program]
// example: {agency: ATF}
// phrases:
//   - {say: "{kind} {agency} <operate>", given: {relation: OPERATES}}
//   - {say: "{kind} (operated|run|administered|managed|owned|maintained) by {agency}", given: {relation: OPERATES}}
//   - {say: "{agency} <operate> {kind}", given: {relation: OPERATES}}
//   - {say: "what {agency} (operate|run|administer|manage)", given: {relation: OPERATES}}
//   - {say: "{kind} {agency} <establish>", given: {relation: ESTABLISHED}}
//   - {say: "what {agency} <establish>", given: {relation: ESTABLISHED}}
//   - {say: "{kind} <establish> (by|at|in|during) {agency}", given: {relation: ESTABLISHED}}
//   - {say: "what <establish> (by|at|in|during) {agency}", given: {relation: ESTABLISHED}}
//   - {say: "{kind} {agency} <develop>", given: {relation: ESTABLISHED}}
//   - {say: "{kind} {agency} <use>", given: {relation: USES}}
//   - {say: "{kind} <use> by {agency}", given: {relation: USES}}
//   - {say: "{kind} {agency} <support>", given: {relation: SUPPORTS}}
//   - {say: "{kind} (supported|backed) by {agency}", given: {relation: SUPPORTS}}
//   - {say: "{kind} {agency} <fund>", given: {relation: FUNDS}}
//   - "{kind} of {agency}"
//   - "{agency} {kind}"
//   - "{kind} (belong to|belonging to) {agency}"
//   - "{kind} {agency} (involved in|behind|tied to|linked to)"

MATCH (a:Entity {id: $agency})-[r:ESTABLISHED|OPERATES|DEVELOPED|SUPPORTS|FUNDS|USES|COOPERATES_WITH|PART_OF]-(p:Entity)
WHERE (p:Program OR p:Unit) AND ($relation IS NULL OR type(r) = $relation)
  AND CASE type(r) WHEN 'PART_OF' THEN endNode(r) = a WHEN 'COOPERATES_WITH' THEN true ELSE startNode(r) = a END /* clocks: r */
RETURN p {.id, .name, type: p.types[0]} AS program, type(r) AS relation, r.date AS date, r.actStatus AS status,
       collect(r.id) AS statements
ORDER BY program.id, relation, date, status
