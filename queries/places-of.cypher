// title: Where something happened or is
// purpose: >
//   Places where an event was held, a program or unit was launched, or a body has its seat; a state only where no
//   place in it is named.
// question: Where was the eleventh dialogue held?
// parameters:
//   entity: {kind: entity, types: [Event, Operation, Organization, Program], required: true, help: "Event, operation, program or body"}
// columns:
//   place: {kind: entity, types: [Place, Country], help: City or state}
//   country: {kind: entity, types: [Country], help: State in which the place lies}
//   relation: {kind: text, help: Held in it or located in it}
//   status: {kind: text, help: Planned where it is not simply so}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [place]
// example: {entity: eleventh dialogue}
// phrases:
//   - "<where> {entity} [<held>|<establish>]"
//   - "<where> (<held>|<establish>) {entity}"
//   - {say: "in {kind} {entity} [<held>|<establish>]", answer: [place, country]}
//   - {say: "in {kind} <held> {entity}", answer: [place, country]}
//   - {say: "{kind} {entity} (<held>|<establish>) [in]", answer: [place, country]}
//   - {say: "{kind} <host> [of] {entity}", answer: [place, country], general: true}
//   - "(place|location|venue|seat) {entity}"
//   - "{entity} (place|location|venue|seat)"
//   - {say: "{kind} (place of|location of|venue of|seat of) {entity}", answer: [place, country]}

MATCH (e:Entity {id: $entity})<-[m:ESTABLISHED*0..1]-(x:Entity)-[r:HELD_IN|LOCATED_IN]->(p:Entity)
WHERE (x = e OR x:Event) AND all(n IN m WHERE true /* clocks: n */) /* clocks: r */ AND NOT EXISTS {
  MATCH (x)-[h:HELD_IN|LOCATED_IN]->(q:Place) WHERE q.country = p.id /* clocks: h */
}
OPTIONAL MATCH (c:Entity {id: p.country})
RETURN p {.id, .name, type: p.types[0]} AS place,
       CASE WHEN p:Country THEN p {.id, .name, type: p.types[0]} WHEN c IS NULL THEN null
            ELSE c {.id, .name, type: c.types[0]} END AS country,
       type(r) AS relation, r.actStatus AS status, collect(DISTINCT r.id) AS statements
ORDER BY place.id, country.id, relation, status
