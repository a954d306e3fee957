// title: Who had a role at events
// purpose: States, bodies and persons that were host, chair, speaker or the like, with the event; of all events or one type.
// question: Which countries have hosted dialogues?
// parameters:
//   role: {kind: choice, choices: [host, co-host, chair, co-chair, head of delegation, delegation member, participant, observer, speaker], required: true, help: In which role}
//   type: {kind: choice, choices: [Event, Dialogue, Operation], help: Only events of this type}
// columns:
//   participant: {kind: entity, types: [Country, Organization, Person], help: Who it was}
//   event: {kind: entity, types: [Event, Operation], help: "Dialogue, meeting or operation"}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [participant]
// example: {role: host}
// phrases:
//   - {say: "(who|{kind}) <host> (event|meeting|conference)", given: {role: host}}
//   - {say: "(who|{kind}) <host> dialogue", given: {role: host, type: Dialogue}}
//   - {say: "(who|{kind}) <co-chair> (event|meeting|conference)", given: {role: co-chair}}
//   - {say: "(who|{kind}) <co-chair> dialogue", given: {role: co-chair, type: Dialogue}}
//   - {say: "(who|{kind}) <speak> (at|in) (event|meeting|conference)", given: {role: speaker}}
//   - {say: "(who|{kind}) <speak> (at|in) dialogue", given: {role: speaker, type: Dialogue}}
//   - {say: "(who|{kind}) <lead> <delegation>", given: {role: head of delegation}}
//   - {say: "(all|every) head of delegation", given: {role: head of delegation}}
//   - {say: "(all|every) speaker", given: {role: speaker}}
//   - {say: "(all|every) host", given: {role: host}}
//   - {say: "(all|every) (co chair|cochair)", given: {role: co-chair}}

MATCH (p:Entity)-[r:PARTICIPATED_IN]->(e:Entity)
WHERE r.role = $role AND ($type IS NULL OR $type IN labels(e)) /* clocks: r */
RETURN p {.id, .name, type: p.types[0]} AS participant, e {.id, .name, type: e.types[0]} AS event, r.actStatus AS status,
       [r.id] AS statements
ORDER BY participant.id, event.id, statements[0]
