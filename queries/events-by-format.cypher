// title: In what form events were held
// purpose: Events and operations of which the documents tell the form, such as virtual; all, those of one form, or one event.
// question: Which meetings were virtual?
// parameters:
//   event: {kind: entity, types: [Event, Operation], help: Only this event}
//   form: {kind: text, help: "Only this form, such as virtual"}
// columns:
//   event: {kind: entity, types: [Event, Operation], help: Event or operation}
//   format: {kind: text, help: In what form}
//   status: {kind: text, help: Planned or urged where it is not simply done}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [event]
// example: {form: virtual}
// phrases:
//   - {say: "{kind} [<held>] (virtual|virtually|online|remotely)", given: {form: virtual}}
//   - {say: "(virtual|online|remote) {kind} [<held>]", given: {form: virtual}}
//   - {say: "{kind} [<held>] in person", given: {form: in person}}
//   - {say: "in what (form|format) {event} [<held>]", answer: [format]}
//   - {say: "(form|format) [of] {event}", answer: [format]}

MATCH (e:Entity)<-[:SUBJECT|OBJECT]-(s:Statement {status: 'accepted'})
WHERE (e:Event OR e:Operation) AND s.format IS NOT NULL AND ($event IS NULL OR e.id = $event)
  AND ($form IS NULL OR toLower(s.format) = toLower($form)) /* clocks: s */
WITH DISTINCT e, s ORDER BY s.id
RETURN e {.id, .name, type: e.types[0]} AS event, s.format AS format, s.actStatus AS status, collect(s.id) AS statements
ORDER BY event.id, format, status
