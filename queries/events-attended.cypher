// title: Events that someone took part in
// purpose: >
//   Dialogues, meetings and operations in which a state, body or person took part or which it carried out, with its
//   roles and the dates.
// question: Which dialogues did Belize take part in?
// parameters:
//   participant: {kind: entity, types: [Country, Organization, Person], required: true, help: Who took part}
//   role: {kind: choice, choices: [host, co-host, chair, co-chair, organizer, head of delegation, delegation member, participant, observer, speaker], help: Only in this role}
//   event: {kind: entity, types: [Event, Operation], help: Only this one}
// columns:
//   event: {kind: entity, types: [Event, Operation], help: "Dialogue, meeting or operation"}
//   roles: {kind: list, help: In which roles}
//   dates: {kind: list, help: When it was held}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [event]
// example: {participant: Belize}
// phrases:
//   - {say: "(role|capacity|function|part) {participant} <take-part> [in|at] {event}", answer: [roles]}
//   - {say: "(role|capacity|function|part) {participant} (in|at|of|for|during) {event}", answer: [roles]}
//   - {say: "{participant} (role|capacity|function|part) (in|at|of|for|during) {event}", answer: [roles]}
//   - {say: "as what {participant} <take-part> [in|at] {event}", answer: [roles]}
//   - {say: "in what (role|capacity|function) {participant} <take-part> [in|at] {event}", answer: [roles]}
//   - "{kind} {participant} <take-part>"
//   - "(in|at) {kind} {participant} <take-part>"
//   - "{participant} <take-part> [in|at] {kind}"
//   - "what {participant} <take-part> [in|at]"
//   - "{kind} (attended|joined|visited) by {participant}"
//   - {say: "{kind} {participant} <speak>", given: {role: speaker}}
//   - {say: "(at|in) {kind} {participant} <speak>", given: {role: speaker}}
//   - {say: "{kind} {participant} <co-chair>", given: {role: co-chair}}
//   - {say: "{kind} (hosted|organized|organised) by {participant}", given: {role: host}}
//   - {say: "{kind} (co chaired|cochaired) by {participant}", given: {role: co-chair}}
//   - {say: "{participant} <participant> {kind}"}

MATCH (p:Entity {id: $participant})-[r:PARTICIPATED_IN|CONDUCTED]->(e:Entity)
WITH e, r, coalesce(r.role, CASE type(r) WHEN 'CONDUCTED' THEN 'organizer' ELSE 'participant' END) AS role
WHERE ($role IS NULL OR role = $role) AND ($event IS NULL OR e.id = $event) /* clocks: r */
OPTIONAL MATCH (e)<-[:SUBJECT]-(s:Statement {predicate: 'HELD_ON', status: 'accepted'})
WHERE true /* clocks: s */
WITH e, r, role, s ORDER BY role, s.value, r.id
RETURN e {.id, .name, type: e.types[0]} AS event, collect(DISTINCT role) AS roles, collect(DISTINCT s.value) AS dates,
       max(r.actStatus) AS status, collect(DISTINCT r.id) AS statements
ORDER BY event.id
