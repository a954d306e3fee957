// title: Statements that contradict each other
// purpose: >
//   Pairs of accepted statements of different documents that cannot both be so, of everything or about one thing: dates
//   of one event, instrument, program or founding, or of one signing, adopting or developing, that have no day in
//   common; two themes of one event; two places of one event or seats of one body of which neither lies in the other;
//   two host countries of one event; two figures of one source with the same unit, measure, period and scope, where
//   rounding cannot explain the difference; two sums of one grant. What merely adds to the other is none, nor what
//   changes with time, such as offices.
// question: Which statements contradict each other?
// parameters:
//   entity: {kind: entity, help: Only contradictions about it}
// columns:
//   entity: {kind: entity, help: What both are about}
//   what: {kind: text, help: "What differs: date, theme, place, host, figure or amount"}
//   predicate: {kind: text, help: Predicate of both}
//   one: {kind: text, help: What the one says}
//   other: {kind: text, help: What the other says}
//   documents: {kind: list, help: Documents of the one}
//   others: {kind: list, help: Documents of the other}
//   statements: {kind: statements, help: Ids of the two statements}
// answer: [entity]
// example: {}
// phrases:
//   - "(contradiction|conflict|discrepancy|inconsistency) [between (statement|document|source)] [[about] {entity}]"
//   - "(statement|document|source|claim) [about {entity}] (contradict|conflict|disagree|contradictory|inconsistent) [each other|one another] [about {entity}]"
//   - "what (statement|document|source) (contradict|conflict|disagree) [about {entity}]"

CALL {
  MATCH (e:Entity)<-[:SUBJECT]-(s:Statement {status: 'accepted'})
  WHERE (s.predicate IN ['DATED', 'HAS_THEME'] OR (s.predicate = 'HELD_ON' AND e:Event)) /* clocks: s */
  MATCH (e)<-[:SUBJECT]-(q:Statement {status: 'accepted'})
  WHERE q.predicate = s.predicate AND s.id < q.id AND coalesce(s.actStatus, '') = coalesce(q.actStatus, '')
    AND (s.predicate <> 'HAS_THEME' OR toLower(trim(s.value)) <> toLower(trim(q.value))) /* clocks: q */
  RETURN e, s, q, CASE s.predicate WHEN 'HAS_THEME' THEN 'theme' ELSE 'date' END AS what, s.value AS one, q.value AS other
  UNION ALL
  MATCH (a:Entity)<-[:SUBJECT]-(s:Statement {status: 'accepted'})-[:OBJECT]->(e:Entity)
  WHERE s.predicate IN ['ESTABLISHED', 'SIGNED', 'ADOPTED', 'DEVELOPED'] AND s.date IS NOT NULL /* clocks: s */
  MATCH (e)<-[:OBJECT]-(q:Statement {status: 'accepted'})-[:SUBJECT]->(c:Entity)
  WHERE q.predicate = s.predicate AND s.id < q.id AND q.date IS NOT NULL AND (c.id = a.id OR s.predicate = 'ESTABLISHED')
    AND coalesce(s.actStatus, '') = coalesce(q.actStatus, '') /* clocks: q */
  RETURN e, s, q, 'date' AS what, s.date AS one, q.date AS other
  UNION ALL
  MATCH (e:Entity)<-[:SUBJECT]-(s:Statement {status: 'accepted'})-[:OBJECT]->(p:Entity)
  WHERE ((s.predicate = 'HELD_IN' AND e:Event) OR s.predicate = 'LOCATED_IN') /* clocks: s */
  MATCH (e)<-[:SUBJECT]-(q:Statement {status: 'accepted'})-[:OBJECT]->(o:Entity)
  WHERE q.predicate = s.predicate AND s.id < q.id AND p.id <> o.id AND coalesce(s.actStatus, '') = coalesce(q.actStatus, '')
    AND (p:Country OR p.country IS NOT NULL) AND (o:Country OR o.country IS NOT NULL) /* clocks: q */
  OPTIONAL MATCH (m:Entity {id: p.country})
  OPTIONAL MATCH (n:Entity {id: o.country})
  WITH e, s, q, p, o, [x IN [p.parent, p.country, m.parent] WHERE x IS NOT NULL] AS around,
       [x IN [o.parent, o.country, n.parent] WHERE x IS NOT NULL] AS about
  WHERE NOT o.id IN around AND NOT p.id IN about
  RETURN e, s, q, 'place' AS what, p.name AS one, o.name AS other
  UNION ALL
  MATCH (a:Country)<-[:SUBJECT]-(s:Statement {predicate: 'PARTICIPATED_IN', status: 'accepted'})-[:OBJECT]->(e:Event)
  WHERE s.role = 'host' /* clocks: s */
  MATCH (e)<-[:OBJECT]-(q:Statement {predicate: 'PARTICIPATED_IN', status: 'accepted'})-[:SUBJECT]->(c:Country)
  WHERE q.role = 'host' AND s.id < q.id AND a.id <> c.id /* clocks: q */
  RETURN e, s, q, 'host' AS what, a.name AS one, c.name AS other
  UNION ALL
  MATCH (e:Entity)<-[:SUBJECT]-(s:Statement {predicate: 'RESULTED_IN', status: 'accepted'})-[:OBJECT]->(f:Observation)
  WHERE coalesce(f.rounding, 'exact') IN ['exact', 'more-than', 'about', 'nearly'] /* clocks: s */
  MATCH (e)<-[:SUBJECT]-(q:Statement {predicate: 'RESULTED_IN', status: 'accepted'})-[:OBJECT]->(g:Observation)
  WHERE s.id < q.id AND f.value <> g.value AND coalesce(g.rounding, 'exact') IN ['exact', 'more-than', 'about', 'nearly']
    AND f.unit = g.unit AND coalesce(f.measure, '') = coalesce(g.measure, '')
    AND coalesce(f.period, '') = coalesce(g.period, '') AND (f.period IS NOT NULL OR e:Operation OR e:Event)
    AND coalesce(f.scope, '') = coalesce(g.scope, '') AND coalesce(f.cumulative, false) = coalesce(g.cumulative, false)
    AND NOT CASE coalesce(f.rounding, 'exact') WHEN 'more-than' THEN g.value > f.value
        WHEN 'about' THEN abs(g.value - f.value) * 10 <= abs(f.value)
        WHEN 'nearly' THEN g.value < f.value AND abs(g.value - f.value) * 10 <= abs(f.value) ELSE false END
    AND NOT CASE coalesce(g.rounding, 'exact') WHEN 'more-than' THEN f.value > g.value
        WHEN 'about' THEN abs(g.value - f.value) * 10 <= abs(g.value)
        WHEN 'nearly' THEN f.value < g.value AND abs(g.value - f.value) * 10 <= abs(g.value) ELSE false END /* clocks: q */
  RETURN e, s, q, 'figure' AS what, f.valueText + ' ' + f.unit AS one, g.valueText + ' ' + g.unit AS other
  UNION ALL
  MATCH (a:Entity)<-[:SUBJECT]-(s:Statement {predicate: 'FUNDS', status: 'accepted'})-[:OBJECT]->(e:Entity)
  WHERE s.amount IS NOT NULL AND s.date IS NOT NULL /* clocks: s */
  MATCH (a)<-[:SUBJECT]-(q:Statement {predicate: 'FUNDS', status: 'accepted'})-[:OBJECT]->(c:Entity)
  WHERE c.id = e.id AND s.id < q.id AND s.amount <> q.amount AND s.date = q.date
    AND coalesce(s.actStatus, '') = coalesce(q.actStatus, '') /* clocks: q */
  RETURN e, s, q, 'amount' AS what, s.amount AS one, q.amount AS other
}
WITH e, s, q, what, one, other, split(one, '/')[0] AS from, split(one, '/')[-1] AS to, split(other, '/')[0] AS start,
     split(other, '/')[-1] AS end
WITH e, s, q, what, one, other,
     CASE size(from) WHEN 4 THEN from + '-01-01' WHEN 7 THEN from + '-01' ELSE from END AS from,
     CASE WHEN to IN ['', '..'] THEN '9999-12-31' WHEN size(to) = 4 THEN to + '-12-31' WHEN size(to) = 7 THEN to + '-31' ELSE to END AS to,
     CASE size(start) WHEN 4 THEN start + '-01-01' WHEN 7 THEN start + '-01' ELSE start END AS start,
     CASE WHEN end IN ['', '..'] THEN '9999-12-31' WHEN size(end) = 4 THEN end + '-12-31' WHEN size(end) = 7 THEN end + '-31' ELSE end END AS end
WHERE ($entity IS NULL OR e.id = $entity) AND (what <> 'date' OR to < start OR end < from) AND NOT EXISTS {
  MATCH (s)<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(d:Document)<-[:FROM]-(:Evidence)-[:EVIDENCE_FOR]->(q)
  WHERE true /* published: d */
}
MATCH (s)<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(d:Document)
WHERE true /* published: d */
WITH e, s, q, what, one, other, d ORDER BY d.name
WITH e, s, q, what, one, other, collect(DISTINCT d.name) AS documents
MATCH (q)<-[:EVIDENCE_FOR]-(:Evidence)-[:FROM]->(o:Document)
WHERE true /* published: o */
WITH e, s, q, what, one, other, documents, o ORDER BY o.name
RETURN e {.id, .name, type: e.types[0]} AS entity, what, s.predicate AS predicate, one, other, documents,
       collect(DISTINCT o.name) AS others, [s.id, q.id] AS statements
ORDER BY entity.id, what, statements[0], statements[1]
