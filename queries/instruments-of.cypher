// title: Instruments that someone adopted, signed or wrote
// purpose: Laws, treaties, statements and plans of a state, body, event or person, with where the act stands.
// question: Which instrument did the Security Council adopt?
// parameters:
//   actor: {kind: entity, types: [Organization, Country, Event, Person, Program], required: true, help: "State, body, event or person"}
//   relation: {kind: choice, choices: [ADOPTED, SIGNED, DEVELOPED, SUPPORTS], help: Only this relation}
// columns:
//   instrument: {kind: entity, types: [Instrument], help: The instrument}
//   relation: {kind: text, help: How}
//   date: {kind: date, help: When}
//   status: {kind: text, help: "Planned, expected or urged where it is not simply done"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [instrument]
// example: {actor: UN Security Council}
// phrases:
//   - {say: "{kind} {actor} <adopt>", given: {relation: ADOPTED}}
//   - {say: "{kind} <adopt> (by|at|in) {actor}", given: {relation: ADOPTED}}
//   - {say: "what {actor} <adopt>", given: {relation: ADOPTED}}
//   - {say: "{kind} {actor} <sign>", given: {relation: SIGNED}}
//   - {say: "{kind} <sign> (by|at|in) {actor}", given: {relation: SIGNED}}
//   - {say: "what {actor} <sign>", given: {relation: SIGNED}}
//   - {say: "{kind} {actor} <develop>", given: {relation: DEVELOPED}}
//   - {say: "{kind} <develop> (by|at|in) {actor}", given: {relation: DEVELOPED}}
//   - {say: "what {actor} <develop>", given: {relation: DEVELOPED}}
//   - {say: "what {actor} (help|contribute) <develop>", given: {relation: DEVELOPED}}
//   - {say: "what <develop> (by|at|in) {actor}", given: {relation: DEVELOPED}}
//   - {say: "what <adopt> (by|at|in) {actor}", given: {relation: ADOPTED}}
//   - {say: "{kind} {actor} <support>", given: {relation: SUPPORTS}}
//   - "{kind} (of|by|from) {actor}"
//   - "{actor} {kind}"

MATCH (a:Entity {id: $actor})-[r:ADOPTED|SIGNED|DEVELOPED|SUPPORTS]->(i:Instrument)
WHERE ($relation IS NULL OR type(r) = $relation) /* clocks: r */
RETURN i {.id, .name, type: i.types[0]} AS instrument, type(r) AS relation, r.date AS date, r.actStatus AS status,
       collect(r.id) AS statements
ORDER BY instrument.id, relation, date, status
