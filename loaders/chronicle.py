"""What a load tells of itself: its entry among the changes, and the former ids that it leaves."""

import datetime as dt
from collections.abc import Iterator, Mapping

from graph.changes import Changes, Content, Former
from graph.chronicle import Chronicle, Entry, Line, Section
from loaders.changewords import Speaker, difference_sections
from loaders.contradictions import Contradiction
from loaders.differences import Difference
from loaders.tombstones import Tombstones
from schema.model import Schema


def chronicle(
    schema: Schema,
    changes: Changes,
    contents: tuple[Content, Content],
    found: Difference,
    declared: Mapping[str, Former],
) -> Chronicle:
    """What to keep of the load that makes the second content of the first.

    `declared` are all declared former ids.
    """
    if changes.same_records:
        return Chronicle((), None)
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    first = not contents[0].entities
    sections = () if first else tuple(_sections(schema, found))
    entry = Entry(
        version=changes.version,
        previous=changes.based_on,
        at=at,
        first=first,
        counts=changes.counts,
        sections=sections,
        entities=tuple(sorted({key for s in sections for line in s.lines for key in line.about})),
    )
    withdrawn = changes.withdrawn - changes.withdrawn_before
    former = Tombstones(schema, contents, found, withdrawn, declared, at).made()
    return Chronicle(tuple(former), entry)


def _sections(schema: Schema, found: Difference) -> Iterator[Section]:
    yield from difference_sections(schema, found)
    if found.contradictions:
        words = Speaker(schema, found.names)
        lines = [_contradiction(words, one) for one in found.contradictions]
        yield Section("contradictions", len(lines), tuple(lines))


def _contradiction(words: Speaker, one: Contradiction) -> Line:
    return words.of_statement(one.statement, f" – but known is: {words.say(one.known)}; {one.reason}")
