// title: What two things have in common
// purpose: >
//   Everything that the documents tie to both of two things, such as topics, participants, places, programs and
//   instruments of two dialogues, with the relation to each; mentions aside.
// question: What do the ninth and the eleventh dialogue have in common?
// parameters:
//   one: {kind: entity, required: true, help: One of the two}
//   other: {kind: entity, required: true, help: The other}
// columns:
//   entity: {kind: entity, help: What is tied to both}
//   relations: {kind: list, help: "Relations to the first, from it (→) or to it (←)"}
//   others: {kind: list, help: Relations to the second}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [entity]
// example: {one: ninth dialogue, other: eleventh dialogue}
// phrases:
//   - "{kind} <connect> {one} [to|with|and] {other}"
//   - "{kind} (common link|link|connection|bridge|go between|intermediary|middleman) [between] {one} {other}"
//   - "{kind} {one} {other} (share|in common)"
//   - "{kind} common to {one} {other}"
//   - "what {one} {other} (have|has|had|got) in common"
//   - "what (is|was) common to {one} and {other}"
//   - "what {one} (have|has|had) in common with {other}"
//   - "(common ground|overlap|commonalities|points in common) (between|of) {one} and {other}"
//   - "what (ties|links|connections) {one} and {other} share"

MATCH (a:Entity {id: $one})-[r:ADDRESSES|ADOPTED|AUTHORIZED_BY|COMMITS_TO|CONDUCTED|COOPERATES_WITH|DEVELOPED|ESTABLISHED|FUNDS|HELD_IN|HOLDS_POSITION|INVOLVES|LOCATED_IN|MEMBER_OF|OPERATES|PARTICIPATED_IN|PART_OF|PRECEDES|RESULTED_IN|SIGNED|SUPPORTS|UNDER|USES]-(x:Entity)
WHERE true /* clocks: r */
MATCH (x)-[q:ADDRESSES|ADOPTED|AUTHORIZED_BY|COMMITS_TO|CONDUCTED|COOPERATES_WITH|DEVELOPED|ESTABLISHED|FUNDS|HELD_IN|HOLDS_POSITION|INVOLVES|LOCATED_IN|MEMBER_OF|OPERATES|PARTICIPATED_IN|PART_OF|PRECEDES|RESULTED_IN|SIGNED|SUPPORTS|UNDER|USES]-(b:Entity {id: $other})
WHERE true /* clocks: q */
WITH x, r, q, CASE WHEN startNode(r) = a THEN type(r) + ' →' ELSE '← ' + type(r) END AS first,
     CASE WHEN startNode(q) = b THEN type(q) + ' →' ELSE '← ' + type(q) END AS second
ORDER BY first, second, r.id, q.id
RETURN x {.id, .name, type: x.types[0]} AS entity, collect(DISTINCT first) AS relations, collect(DISTINCT second) AS others,
       collect(DISTINCT r.id) + collect(DISTINCT q.id) AS statements
ORDER BY entity.id
