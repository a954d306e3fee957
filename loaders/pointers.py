"""Places where the curated documents name entities, for use where the text of a document is not at hand.

`pointers/mentions.jsonl` is generated from the documents (`make docs DOCS=FOLDER`) and holds offsets and
hashes only. With a document's text at hand its mentions are found afresh and this is not used.
"""

from collections.abc import Iterable
from pathlib import Path

import orjson

from graph.records import MENTIONS, Evidence, Statement, make_statement
from schema.errors import DataError, Fault
from schema.model import Schema

POINTERS = Path(__file__).with_name("pointers") / "mentions.jsonl"
MEND = "generate the file again with `make docs DOCS=FOLDER`"


def read_pointers(schema: Schema, entities: Iterable[str], path: Path = POINTERS) -> tuple[Statement, ...]:
    """MENTIONS statements with their evidence. Raises DataError for lines that cannot be used."""
    known = frozenset(entities)
    statements: list[Statement] = []
    faults: list[Fault] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            record = orjson.loads(line)
            evidence = [
                Evidence(record["document"], start, end, sha256, rule=record["rule"])
                for start, end, sha256 in record["places"]
            ]
            missing = {record["document"], record["entity"]} - known
        except (ValueError, KeyError, TypeError) as error:
            faults.append(Fault(path.name, number, f"the line cannot be read: {error}", MEND))
            continue
        if missing:
            faults.append(Fault(path.name, number, f"nothing has the id {', '.join(sorted(missing))}", MEND))
            continue
        statements.append(
            make_statement(schema, record["document"], MENTIONS, record["entity"], evidence=evidence)
        )
    if faults:
        raise DataError(faults)
    return tuple(statements)


def pointer_lines(statements: Iterable[Statement]) -> bytes:
    """The content of the file for these MENTIONS statements."""
    lines = [
        orjson.dumps(
            {
                "document": s.subject,
                "entity": s.object,
                "rule": s.evidence[0].rule,
                "places": [[e.start, e.end, e.sha256] for e in s.evidence],
            }
        )
        for s in sorted(statements, key=lambda s: (s.subject, s.object or ""))
    ]
    return b"".join(line + b"\n" for line in lines)
