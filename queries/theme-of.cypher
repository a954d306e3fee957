// title: Theme of an event
// purpose: The theme under which an event was held.
// question: What was the theme of the ninth dialogue?
// parameters:
//   event: {kind: entity, types: [Event], required: true, help: The event}
// columns:
//   theme: {kind: text, help: Its theme}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [theme]
// example: {event: ninth dialogue}
// phrases:
//   - "(theme|motto|slogan|heading) {event}"
//   - "(theme|motto|slogan|heading) {event} <held>"
//   - "{event} (theme|motto|slogan|heading)"

MATCH (e:Entity {id: $event})<-[:SUBJECT]-(s:Statement {predicate: 'HAS_THEME', status: 'accepted'})
WHERE true /* clocks: s */
RETURN s.value AS theme, collect(s.id) AS statements
ORDER BY theme
