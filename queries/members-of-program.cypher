// title: Members of a program or organization
// purpose: Member states and partner nations, and bodies that are members.
// question: Which countries are members of the CBSI?
// parameters:
//   program: {kind: entity, types: [Program, Organization], required: true, help: Program or organization}
// columns:
//   member: {kind: entity, types: [Country, Organization], help: Member}
//   date: {kind: date, help: Since when}
//   status: {kind: text, help: Planned or urged where it is not simply so}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [member]
// example: {program: CBSI}
// phrases:
//   - "{kind} (make up|made up|form|constitute|compose) {program}"
//   - "(state|country|nation) (make up|made up) {program}"
//   - "[{kind}] <member> (of|in|to) {program}"
//   - "[{kind}] <member> {program}"
//   - "{program} <member>"
//   - "{program} {kind}"
//   - "(who|{kind}) <belong> {program}"
//   - "{kind} {program} <member>"
//   - "{kind} {program} (partner|country|nation|state)"
//   - "{kind} (in|of|among) {program}"
//   - "(in|among) {program} {kind}"
//   - "{kind} <partner> {program}"
//   - "{program} (comprise|consist of|include|made up of|unite) {kind}"
//   - "{kind} {program} (comprise|consist of|include|made up of|unite|bring together)"
//   - "membership {program}"

MATCH (p:Entity {id: $program})<-[r:MEMBER_OF]-(m:Entity)
WHERE true /* clocks: r */
RETURN m {.id, .name, type: m.types[0]} AS member, r.date AS date, r.actStatus AS status, collect(r.id) AS statements
ORDER BY member.id, date, status
