// title: Who took part in a dialogue, event or operation
// purpose: States, bodies and persons with their roles; one role only where it is asked for.
// question: Which countries took part in the ninth dialogue?
// parameters:
//   event: {kind: entity, types: [Event, Operation], required: true, help: "Dialogue, meeting or operation"}
//   role: {kind: choice, choices: [host, co-chair, head of delegation, delegation member, participant, speaker], help: Only this role}
// columns:
//   participant: {kind: entity, types: [Country, Organization, Person], help: Who took part}
//   roles: {kind: list, help: In which roles}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [participant]
// example: {event: ninth dialogue}
// phrases:
//   - "who (at|in) {event}"
//   - "[{kind}] <take-part> [in|at|to] {event}"
//   - "{event} {kind} <take-part>"
//   - "<participant> [in|at|of] {event}"
//   - "{event} <participant>"
//   - "{kind} (at|in|of) {event}"
//   - "{event} {kind}"
//   - "{kind} {event} (bring together|brought together|include|gather|unite)"
//   - "{event} (bring together|brought together|include|gather|unite) {kind}"
//   - {say: "[{kind}] <host> [of] {event}", given: {role: host}}
//   - {say: "{event} <host> [by] [{kind}]", given: {role: host}}
//   - {say: "[{kind}] {event} [as] <host>", given: {role: host}}
//   - {say: "[{kind}] <co-chair> [of] {event}", given: {role: co-chair}}
//   - {say: "{event} <co-chair> [by] [{kind}]", given: {role: co-chair}}
//   - {say: "by {kind} {event} <co-chair>", given: {role: co-chair}}

MATCH (e:Entity {id: $event})<-[r:PARTICIPATED_IN|CONDUCTED]-(p:Entity)
WHERE ($role IS NULL OR r.role = $role) /* clocks: r */
RETURN p {.id, .name, type: p.types[0]} AS participant,
       collect(DISTINCT coalesce(r.role, CASE type(r) WHEN 'CONDUCTED' THEN 'organizer' ELSE 'participant' END)) AS roles,
       max(r.actStatus) AS status, collect(r.id) AS statements
ORDER BY participant.id
