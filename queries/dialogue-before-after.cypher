// title: The dialogue before or after
// purpose: The dialogue that follows a given one, or that it follows, of those for which the documents give a date.
// question: Which dialogue came after the ninth dialogue?
// parameters:
//   dialogue: {kind: entity, types: [Dialogue], required: true, help: The given dialogue}
//   side: {kind: choice, choices: [before, after], default: after, help: Which neighbour}
// columns:
//   other: {kind: entity, types: [Dialogue], help: The dialogue before or after it}
//   dates: {kind: list, help: When it was held}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [other]
// example: {dialogue: ninth dialogue}
// phrases:
//   - "{kind} (after|following|next after|right after|directly after) {dialogue}"
//   - "{kind} (follow|followed|succeed|succeeded) {dialogue}"
//   - "what (came after|comes after|follow|followed|succeed|succeeded) {dialogue}"
//   - "(successor|next dialogue) [of|after] {dialogue}"
//   - {say: "{kind} (before|preceding|right before|directly before|prior to) {dialogue}", given: {side: before}}
//   - {say: "{kind} (precede|preceded) {dialogue}", given: {side: before}}
//   - {say: "what (came before|comes before|precede|preceded) {dialogue}", given: {side: before}}
//   - {say: "(predecessor|previous dialogue) [of|before] {dialogue}", given: {side: before}}
//   - {say: "{kind} {dialogue} (follow|followed|succeed|succeeded)", given: {side: before}}
//   - {say: "{kind} {dialogue} (precede|preceded)", given: {side: after}}

MATCH (d:Entity {id: $dialogue})-[r:PRECEDES]-(o:Entity)
WHERE CASE $side WHEN 'after' THEN startNode(r) = d ELSE endNode(r) = d END /* clocks: r */
OPTIONAL MATCH (o)<-[:SUBJECT]-(s:Statement {predicate: 'HELD_ON', status: 'accepted'})
WHERE true /* clocks: s */
WITH o, r, s ORDER BY s.value, r.id
RETURN o {.id, .name, type: o.types[0]} AS other, collect(DISTINCT s.value) AS dates,
       collect(DISTINCT r.id) + collect(DISTINCT s.id) AS statements
ORDER BY other.id
