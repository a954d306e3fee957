// title: Who led a delegation
// purpose: Heads of delegation to a dialogue or meeting.
// question: Who led the US delegation to the eleventh dialogue?
// parameters:
//   event: {kind: entity, types: [Event], help: Dialogue or meeting}
//   country: {kind: entity, types: [Country, Organization], help: Whose delegation}
//   leader: {kind: entity, types: [Person], help: Who led it}
// columns:
//   person: {kind: entity, types: [Country, Organization, Person], help: Head of the delegation}
//   delegation: {kind: entity, help: Whose delegation it was}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [person]
// example: {event: eleventh dialogue, country: United States}
// phrases:
//   - "[{kind}] <lead> {country} <delegation> {event}"
//   - "[{kind}] <lead> <delegation> (of|from) {country} {event}"
//   - "[{kind}] {country} <delegation> <lead> {event}"
//   - "[{kind}] {country} <delegation> {event} <lead>"
//   - "[{kind}] <lead> {country} <delegation>"
//   - "[{kind}] {country} <delegation> <lead>"
//   - "[{kind}] <lead> <delegation> {event}"
//   - "[{kind}] <lead> {country} {event}"
//   - "[{kind}] {event} <lead> {country} <delegation>"
//   - "[{kind}] {event} <lead> <delegation>"
//   - "[{kind}] <lead> [of] [the] <delegation> [of] {country} {event}"
//   - {say: "{kind} <delegation> {leader} <lead> [{event}]", answer: [delegation]}
//   - {say: "whose <delegation> {leader} <lead> [{event}]", answer: [delegation]}
//   - {say: "(which|what) <delegation> {leader} <lead> [{event}]", answer: [delegation]}
//   - {say: "<delegation> (led|headed) by {leader}", answer: [delegation]}
//   - "[{kind}] (represent|represented) {country} (head|at the head) [of] <delegation> [{event}]"

MATCH (e:Event)<-[r:PARTICIPATED_IN]-(p:Entity)
WHERE r.role = 'head of delegation' AND ($event IS NULL OR e.id = $event) AND ($country IS NULL OR r.onBehalfOf = $country)
  AND ($leader IS NULL OR p.id = $leader) /* clocks: r */
OPTIONAL MATCH (c:Entity {id: r.onBehalfOf})
RETURN p {.id, .name, type: p.types[0]} AS person,
       CASE WHEN c IS NULL THEN null ELSE c {.id, .name, type: c.types[0]} END AS delegation, collect(r.id) AS statements
ORDER BY person.id, delegation.id
