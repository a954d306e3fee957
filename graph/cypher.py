"""The only builder of Cypher text. Values go in as parameters; labels and types come from the schema.

Every statement here runs unchanged on the embedded engine and on Neo4j: nodes are found by one label and
its unique `id`, labels are set only when a node is created, and relationships are reached from a node.
"""

import re
from collections.abc import Iterable, Sequence

UNIQUE_LABELS = ("Entity", "Statement", "Evidence", "Meta", "Load", "Former")

# The rows of one batch: small enough for one message, large enough that the round trip does not count.
BATCH = 1000

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def identifier(name: str) -> str:
    """A label or relationship type as Cypher text. The schema's names need no quoting; others are refused."""
    if _IDENTIFIER.fullmatch(name) is None:
        raise ValueError(f"{name!r} cannot be a label or a relationship type")
    return name


def labels(names: Iterable[str]) -> str:
    """`:Agency:Entity:Organization` for a set of labels."""
    return "".join(f":{identifier(name)}" for name in sorted(names))


def constraints() -> list[str]:
    """One uniqueness constraint for each kind of node."""
    return [
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in UNIQUE_LABELS
    ]


def warm_up(label_sets: Iterable[Sequence[str]], types: Iterable[str]) -> list[str]:
    """Statements that make the embedded engine know labels and types before a transaction needs them."""
    made = [f"CREATE (n{labels(names)} {{id: $id}}) DELETE n" for names in label_sets]
    for name in types:
        made.append(f"CREATE (a:Entity {{id: $id}})-[r:{identifier(name)}]->(a) DELETE r, a")
    return made


def upsert_entities(names: Iterable[str]) -> str:
    """Rows `{id, properties}` of entities that bear one set of labels."""
    return (
        "UNWIND $rows AS row OPTIONAL MATCH (n:Entity {id: row.id}) WITH row, n "
        "FOREACH (_ IN CASE WHEN n IS NULL THEN [1] ELSE [] END | "
        f"CREATE (m{labels(names)}) SET m = row.properties) "
        "FOREACH (_ IN CASE WHEN n IS NULL THEN [] ELSE [1] END | SET n = row.properties)"
    )


def add_label(name: str) -> str:
    return f"UNWIND $rows AS row MATCH (n:Entity {{id: row.id}}) SET n:{identifier(name)}"


def remove_label(name: str) -> str:
    return f"UNWIND $rows AS row MATCH (n:Entity {{id: row.id}}) REMOVE n:{identifier(name)}"


UPSERT_STATEMENTS = "UNWIND $rows AS row MERGE (s:Statement {id: row.id}) SET s = row.properties"
LINK_SUBJECTS = (
    "UNWIND $rows AS row MATCH (s:Statement {id: row.id}), (e:Entity {id: row.subject}) "
    "MERGE (s)-[:SUBJECT]->(e)"
)
LINK_OBJECTS = (
    "UNWIND $rows AS row MATCH (s:Statement {id: row.id}), (e:Entity {id: row.object}) "
    "MERGE (s)-[:OBJECT]->(e)"
)
UPSERT_EVIDENCE = "UNWIND $rows AS row MERGE (e:Evidence {id: row.id}) SET e = row.properties"
LINK_EVIDENCE = (
    "UNWIND $rows AS row MATCH (e:Evidence {id: row.id}), (s:Statement {id: row.statement}), "
    "(d:Entity {id: row.document}) MERGE (e)-[:EVIDENCE_FOR]->(s) MERGE (e)-[:FROM]->(d)"
)
# Collected before it is deleted: the embedded engine trips over edges that go while it walks along them.
UNLINK_DIRECT = (
    "UNWIND $rows AS row MATCH (s:Statement {id: row.id})-[:SUBJECT]->(a:Entity)-[r]->(:Entity) "
    "WHERE r.id = row.id WITH collect(DISTINCT r) AS found FOREACH (r IN found | DELETE r)"
)
UNLINK_BROADER = "UNWIND $rows AS row MATCH (t:Entity {id: row.id})-[r:BROADER]->(:Entity) DELETE r"
LINK_BROADER = (
    "UNWIND $rows AS row MATCH (t:Entity {id: row.id}), (b:Entity {id: row.parent}) MERGE (t)-[:BROADER]->(b)"
)
# Taking the lock first makes a second load wait; the version tells it that the graph has moved.
LOCK_META = "MERGE (m:Meta {id: 'graph'}) SET m.lock = $token RETURN coalesce(m.version, '') AS version"
WRITE_META = (
    "MERGE (m:Meta {id: 'graph'}) "
    "SET m.version = $version, m.loadedAt = $loadedAt, m.schema = $schema, m.withdrawn = $withdrawn"
)


# What is kept of the past, beside the graph that the version is of.
UPSERT_FORMER = "UNWIND $rows AS row MERGE (f:Former {id: row.id}) SET f = row"
# Rows `{most}`: of statements and evidence so many are kept, the newest.
TRIM_FORMER = (
    "UNWIND $rows AS row MATCH (f:Former) WHERE f.lasting = false "
    "WITH row, f ORDER BY f.at DESC, f.id WITH row, collect(f) AS found "
    "UNWIND found[row.most..] AS old DETACH DELETE old"
)
ADD_LOAD = (
    "UNWIND $rows AS row MATCH (m:Meta {id: 'graph'}) SET m.loads = coalesce(m.loads, 0) + 1 "
    "WITH row, m CREATE (l:Load {id: 'load/' + toString(m.loads)}) SET l += row, l.number = m.loads"
)
TRIM_LOADS = (
    "UNWIND $rows AS row MATCH (m:Meta {id: 'graph'}), (l:Load) WHERE l.number <= m.loads - row.most "
    "DETACH DELETE l"
)
FORMER = "MATCH (f:Former {id: $id}) RETURN f.becomes AS becomes, f.reason AS reason, f.at AS at"
LOADS = "MATCH (m:Meta {id: 'graph'}) RETURN coalesce(m.loads, 0) AS loads, m.loadedAt AS at"
LOAD_PAGE = (
    "MATCH (l:Load) WHERE l.number < $before AND ($entity = '' OR $entity IN l.entities) "
    "WITH l ORDER BY l.number DESC LIMIT $size RETURN properties(l) AS properties ORDER BY l.number DESC"
)


def link_direct(predicate: str) -> str:
    """Rows `{subject, object, properties}`: the one-hop relationship of an accepted statement."""
    return (
        "UNWIND $rows AS row MATCH (a:Entity {id: row.subject}), (b:Entity {id: row.object}) "
        f"CREATE (a)-[r:{identifier(predicate)}]->(b) SET r = row.properties"
    )


def delete_nodes(label: str) -> str:
    return f"UNWIND $rows AS row MATCH (n:{identifier(label)} {{id: row.id}}) DETACH DELETE n"


KNOWN_ENTITIES = "MATCH (n:Entity) RETURN n.id AS id, n.digest AS digest, n.types AS types"
KNOWN_STATEMENTS = "MATCH (n:Statement) RETURN n.id AS id, n.digest AS digest"
KNOWN_EVIDENCE = "MATCH (n:Evidence) RETURN n.id AS id, n.digest AS digest"
KNOWN_FORMER = (
    "MATCH (f:Former) WHERE f.declared = true "
    "RETURN f.id AS id, f.becomes AS becomes, f.reason AS reason, f.at AS at"
)
VERSION = "MATCH (m:Meta {id: 'graph'}) RETURN m.version AS version, m.withdrawn AS withdrawn"
LOADED = "MATCH (m:Meta {id: 'graph'}) RETURN m.version AS version, m.loadedAt AS loaded"

# Whole-graph reading goes page by page along the unique index, so that no result is held or runs for long.
ENTITY_PAGE = (
    "MATCH (n:Entity) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $size "
    "RETURN n.id AS id, properties(n) AS properties"
)
_WITH_ENDS_AND_EVIDENCE = (
    "MATCH (s)-[:SUBJECT]->(a:Entity) OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity) "
    "WITH s, a, b WHERE b IS NOT NULL OR s.value IS NOT NULL "
    "OPTIONAL MATCH (e:Evidence)-[:EVIDENCE_FOR]->(s) OPTIONAL MATCH (e)-[:FROM]->(d:Entity) "
    "WITH s, a, b, collect(e {.*, document: d.id}) AS evidence "
    "RETURN s.id AS id, properties(s) AS properties, a.id AS subject, b.id AS object, evidence ORDER BY s.id"
)
STATEMENT_PAGE = (
    "MATCH (s:Statement) WHERE s.id > $after WITH s ORDER BY s.id LIMIT $size " + _WITH_ENDS_AND_EVIDENCE
)
SAID_OF = (
    "UNWIND $ids AS key MATCH (:Entity {id: key})<-[:SUBJECT]-(s:Statement {status: 'accepted'}) WITH s "
    + _WITH_ENDS_AND_EVIDENCE
)
RESTING_PAGE = (
    "MATCH (:Document {id: $document})<-[:FROM]-(:Evidence)-[:EVIDENCE_FOR]->(s:Statement) "
    "WHERE s.id > $after WITH DISTINCT s ORDER BY s.id LIMIT $size " + _WITH_ENDS_AND_EVIDENCE
)
UNSUPPORTED_PAGE = (
    "MATCH (s:Statement) WHERE s.id > $after AND NOT (s)<-[:EVIDENCE_FOR]-(:Evidence) "
    "WITH s ORDER BY s.id LIMIT $size " + _WITH_ENDS_AND_EVIDENCE
)
EVIDENCE_PAGE = (
    "MATCH (e:Evidence) WHERE e.id > $after WITH e ORDER BY e.id LIMIT $size "
    "MATCH (e)-[:EVIDENCE_FOR]->(s:Statement)-[:SUBJECT]->(:Entity) MATCH (e)-[:FROM]->(d:Entity) "
    "OPTIONAL MATCH (s)-[:OBJECT]->(b:Entity) "
    "WITH e, s, d, b WHERE b IS NOT NULL OR s.value IS NOT NULL "
    "RETURN e.id AS id, s.id AS statement, e {.*, document: d.id} AS evidence ORDER BY e.id"
)
EVIDENCING = "MATCH (d:Document)<-[:FROM]-(:Evidence) RETURN DISTINCT d.id AS id ORDER BY id"
LANGUAGES = "MATCH (d:Document) WHERE d.language IS NOT NULL RETURN d.id AS id, d.language AS language"
COUNTS = {
    "entities": "MATCH (n:Entity) WHERE NOT n:Document AND NOT n:Candidate RETURN count(n) AS n",
    "candidates": "MATCH (n:Candidate) RETURN count(n) AS n",
    "documents": "MATCH (n:Document) RETURN count(n) AS n",
    "captured": "MATCH (n:Document) WHERE n.captured = true RETURN count(n) AS n",
    "evidence": "MATCH (n:Evidence) RETURN count(n) AS n",
    "verified": "MATCH (n:Evidence) WHERE n.verified = true RETURN count(n) AS n",
}
STATEMENT_COUNTS = "MATCH (s:Statement) RETURN s.status AS status, count(s) AS n ORDER BY status"
LACKING_AN_END = (
    "MATCH (s:Statement) WHERE NOT (s)-[:SUBJECT]->(:Entity) "
    "OR (s.value IS NULL AND NOT (s)-[:OBJECT]->(:Entity)) RETURN s.id AS id ORDER BY s.id"
)
UNSUPPORTED = "MATCH (s:Statement) WHERE NOT (s)<-[:EVIDENCE_FOR]-(:Evidence) RETURN count(s) AS n"
DOCUMENTS = "MATCH (d:Document) RETURN d.id AS id, d.name AS name, d.captured AS captured ORDER BY id"
SERVER_VERSION = "CALL dbms.components() YIELD versions RETURN versions[0]"
