"""Reads that are no questions: names, evidence and records of single things. Pages go along unique ids."""

NAMES_PAGE = """
MATCH (n:Entity) WHERE n.id > $after AND NOT n:Candidate
WITH n ORDER BY n.id LIMIT $size
RETURN n {.id, .name, .types, .aliases, .acronyms, .summary, .country, .parent, .iso3166, .ordinal, .number,
          .publisher, .kind, .published, .file} AS record
ORDER BY n.id
"""

PLACES_OF_EVENTS = """
MATCH (e:Event)-[:HELD_IN]->(p:Entity)
RETURN DISTINCT e.id AS event, p.id AS place ORDER BY event, place
"""

CLAUSES_OF_COMMITMENTS = """
MATCH (d:Document)<-[:FROM]-(e:Evidence)-[:EVIDENCE_FOR]->(s:Statement)-[:OBJECT]->(c:Commitment)
WHERE s.predicate = 'COMMITS_TO' AND s.status = 'accepted'
RETURN DISTINCT d.id AS document, e.start AS start, e.end AS end, c.id AS commitment
ORDER BY document, start, end, commitment
"""

ADOPTIONS = """
MATCH (d:Dialogue)-[r:ADOPTED]->(i:Instrument)
WHERE r.actStatus IS NULL
RETURN DISTINCT d.id AS dialogue, i.id AS instrument ORDER BY dialogue, instrument
"""

TEXTS_ABOUT = """
MATCH (s:Statement)-[:SUBJECT]->(e:Entity)
WHERE s.predicate IN ['DESCRIBED_AS', 'HELD_ON', 'NAMED_AS'] AND s.status = 'accepted'
RETURN e.id AS id, s.predicate AS predicate, s.value AS value ORDER BY id, predicate, value
"""

MENTIONS = """
MATCH (e:Evidence)-[:EVIDENCE_FOR]->(s:Statement)-[:SUBJECT]->(d:Entity)
WHERE s.predicate = 'MENTIONS' AND s.status = 'accepted'
MATCH (s)-[:OBJECT]->(n:Entity)
RETURN d.id AS document, e.start AS start, e.end AS end, n.id AS entity ORDER BY document, start, end, entity
"""

SAID = """
MATCH (e:Evidence)-[:EVIDENCE_FOR]->(s:Statement {status: 'accepted'})
WHERE s.predicate <> 'MENTIONS'
RETURN DISTINCT e.summary AS summary, e.quote AS quote, s.value AS value, s.scope AS scope, s.title AS title
"""

STATEMENTS = """
MATCH (s:Statement) WHERE s.id IN $ids
MATCH (s)-[:SUBJECT]->(a:Entity)
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
OPTIONAL MATCH (e:Evidence)-[:EVIDENCE_FOR]->(s)
OPTIONAL MATCH (e)-[:FROM]->(d:Entity)
WITH s, a, b, e, d ORDER BY d.id, e.start, e.id
WITH s, a, b, collect(e {.*, document: d.id, documentName: d.name, documentUrl: d.url, documentFile: d.file,
                         documentPublisher: d.publisher, documentPublished: d.published,
                         documentKnown: d.known}) AS evidence
RETURN properties(s) AS properties, a {.id, .name, type: a.types[0]} AS subject,
       CASE WHEN b IS NULL THEN null ELSE b {.id, .name, type: b.types[0]} END AS object, evidence
ORDER BY s.id
"""

STATEMENTS_OF_ENTITY = """
MATCH (n:Entity {id: $id})<-[:SUBJECT|OBJECT]-(s:Statement)
WHERE s.status <> 'retracted' AND (s.predicate <> 'MENTIONS' OR $mentions) /* clocks: s */
RETURN DISTINCT s.id AS id, s.predicate AS predicate ORDER BY predicate, id SKIP $offset LIMIT $limit
"""

STATEMENTS_OF_DOCUMENT = """
MATCH (d:Entity {id: $id})<-[:FROM]-(:Evidence)-[:EVIDENCE_FOR]->(s:Statement)
WHERE s.status <> 'retracted'
RETURN DISTINCT s.id AS id, s.predicate AS predicate ORDER BY predicate, id SKIP $offset LIMIT $limit
"""

ENTITY = "MATCH (n:Entity {id: $id}) RETURN properties(n) AS properties, n:Document AS isDocument"

ITEMS = """
MATCH (n:Entity) WHERE n.id IN $ids
OPTIONAL MATCH (c:Entity {id: n.country})
RETURN n {.id, .name, .number, .file, .value, .unit, .measure, .period,
          type: n.types[0], country: c.name} AS item
ORDER BY n.id
"""

CANDIDATE_ENTITIES = """
MATCH (n:Candidate)
OPTIONAL MATCH (n)<-[:OBJECT]-(s:Statement {predicate: 'MENTIONS'})
OPTIONAL MATCH (v:Evidence)-[:EVIDENCE_FOR]->(s)
OPTIONAL MATCH (v)-[:FROM]->(d:Document)
WITH n, s.id AS statement, d.id AS document, count(v) AS places
RETURN n {.id, .name, .types, .aliases, .proposedType, .reason} AS record, statement, document, places
ORDER BY n.id, statement, document
"""

CANDIDATE_STATEMENTS = """
MATCH (s:Statement {status: 'candidate'})-[:SUBJECT]->(a:Entity)
WHERE s.predicate <> 'MENTIONS'
OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity)
OPTIONAL MATCH (v:Evidence)-[:EVIDENCE_FOR]->(s)
OPTIONAL MATCH (v)-[:FROM]->(d:Document)
WITH s, a, b, collect(DISTINCT d.id) AS documents, max(v.confidence) AS confidence
RETURN s.id AS id, s.predicate AS predicate, a {.id, .types, .proposedType} AS subject,
       CASE WHEN b IS NULL THEN null ELSE b {.id, .types, .proposedType} END AS object, documents, confidence
ORDER BY s.id
"""

CURATED_DOCUMENTS = """
MATCH (v:Evidence {rule: 'curated'})-[:FROM]->(d:Document)
RETURN DISTINCT d.id AS document ORDER BY document
"""
