// title: What something is tied to
// purpose: Neighbours of an entity with the relation that ties it to each, mentions aside.
// question: What is the RSS tied to?
// parameters:
//   entity: {kind: entity, required: true, help: The entity in the middle}
// columns:
//   neighbour: {kind: entity, help: The neighbour}
//   relations: {kind: list, help: "Relations, from the entity (→) or to it (←)"}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [neighbour]
// example: {entity: RSS}
// phrases:
//   - "(neighbour|neighbor|neighbourhood|connection) (of) {entity}"
//   - "(what|who|{kind}) {entity} (tied to|linked to|connected to|related to|connected with|linked with)"
//   - "(what|who|{kind}) (tied to|linked to|connected to|related to|connected with|linked with) {entity}"

MATCH (n:Entity {id: $entity})-[r:ADDRESSES|ADOPTED|AUTHORIZED_BY|COMMITS_TO|CONDUCTED|COOPERATES_WITH|DEVELOPED|ESTABLISHED|FUNDS|HELD_IN|HOLDS_POSITION|INVOLVES|LOCATED_IN|MEMBER_OF|OPERATES|PARTICIPATED_IN|PART_OF|PRECEDES|RESULTED_IN|SIGNED|SUPPORTS|UNDER|USES]-(m:Entity)
WHERE true /* clocks: r */
WITH m, r, CASE WHEN startNode(r) = n THEN type(r) + ' →' ELSE '← ' + type(r) END AS relation ORDER BY relation, r.id
RETURN m {.id, .name, type: m.types[0]} AS neighbour, collect(DISTINCT relation) AS relations,
       collect(DISTINCT r.id) AS statements
ORDER BY neighbour.id
