// title: Programs of a state and its bodies
// purpose: >
//   Programs in which a state is a member or which it or one of its bodies founded, runs, developed, supports, funds or
//   uses, with who is tied to it and how. Which bodies are a state's is told by the register.
// question: Which programs do the United States and their agencies run or support?
// parameters:
//   country: {kind: entity, types: [Country], required: true, help: The state}
// columns:
//   program: {kind: entity, types: [Program, Unit], help: The program}
//   through: {kind: entity, types: [Country, Organization], help: "Who is tied to it: the state or a body of it"}
//   relation: {kind: text, help: How}
//   date: {kind: date, help: When}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [program]
// example: {country: United States}
// phrases:
//   - "{kind} {country} (and|or) (their|its) (agency|body) [<operate>|<belong>|<use>|<support>|<fund>]"
//   - "{kind} {country} (and|or) (their|its) (agency|body) <operate> or <support>"
//   - "{kind} (any|some) (agency|body) of {country} [<operate>|<belong>|<use>|<support>|<fund>]"

MATCH (p:Program)<-[r:MEMBER_OF|ESTABLISHED|OPERATES|DEVELOPED|SUPPORTS|FUNDS|USES]-(a:Entity)
WHERE (a.id = $country OR (a.country = $country AND a:Organization)) /* clocks: r */
RETURN p {.id, .name, type: p.types[0]} AS program, a {.id, .name, type: a.types[0]} AS through, type(r) AS relation,
       r.date AS date, r.actStatus AS status, [r.id] AS statements
ORDER BY program.id, through.id, relation, statements[0]
