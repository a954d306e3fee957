// title: Members of a delegation
// purpose: Bodies and persons that a state's delegation to an event included.
// question: Which agencies were in the US delegation to the eleventh dialogue?
// parameters:
//   event: {kind: entity, types: [Event], help: Dialogue or meeting}
//   country: {kind: entity, types: [Country, Organization], help: Whose delegation}
//   leader: {kind: entity, types: [Person], help: Who led the delegation}
// columns:
//   member: {kind: entity, types: [Country, Organization, Person], help: Member of the delegation}
//   delegation: {kind: entity, help: Whose delegation it was}
//   statements: {kind: statements, help: Ids of the statements that the row rests on}
// answer: [member]
// example: {event: eleventh dialogue, country: United States}
// phrases:
//   - "{country} <delegation> {event}"
//   - "<member> {country} <delegation> {event}"
//   - "<member> <delegation> (of|from) {country} {event}"
//   - "<member> {event} {country} <delegation>"
//   - "<delegation> (of|from) {country} {event}"
//   - "{event} {country} <delegation>"
//   - "{kind} {country} <delegation> {event}"
//   - "{kind} <delegation> (of|from) {country} {event}"
//   - "{kind} {event} {country} <delegation>"
//   - "{kind} <represented> <delegation> {event}"
//   - "{kind} [<represented>] {country} <delegation>"
//   - "<member> {country} <delegation>"
//   - "[{kind}] [<represented>] <delegation> <lead> [by] {leader} [{event}]"
//   - "[{kind}] [<represented>] {leader} <delegation> [{event}]"
//   - "[{kind}] [<represented>] <delegation> {event} <lead> [by] {leader}"
//   - "[{kind}] {country} <delegation> {event} <lead> [by] {leader}"
//   - "[{kind}] <delegation> {leader} <lead> [{event}]"
//   - "{country} {kind} (came|travel|went|sent|represented|present|attend|represent|at|to|take part|took part|participate) {event}"
//   - "{kind} (represent|represented|accompany|accompanied|speak for|spoke for) {country} {event}"

MATCH (e:Event)<-[r:PARTICIPATED_IN]-(m:Entity)
WHERE r.role = 'delegation member' AND ($event IS NULL OR e.id = $event) AND ($country IS NULL OR r.onBehalfOf = $country)
  AND ($leader IS NULL OR EXISTS {
    MATCH (e)<-[h:PARTICIPATED_IN {role: 'head of delegation', onBehalfOf: r.onBehalfOf}]-(:Entity {id: $leader})
    WHERE true /* clocks: h */
  }) /* clocks: r */
OPTIONAL MATCH (c:Entity {id: r.onBehalfOf})
RETURN m {.id, .name, type: m.types[0]} AS member,
       CASE WHEN c IS NULL THEN null ELSE c {.id, .name, type: c.types[0]} END AS delegation, collect(r.id) AS statements
ORDER BY member.id, delegation.id
