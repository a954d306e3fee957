"""Spellings: which names a document uses for what it names, where they are not the register's own."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from graph.records import Entity, Statement, fold, make_statement
from loaders.mentions import Mention
from loaders.reading import Reading
from loaders.sentences import LONGEST_SENTENCE

NAMED_AS = "NAMED_AS"

_RULE = "naming/spelling@1"
_SURE = 0.95
# Short for a longer name, surnames and what stands for a name are no spellings of it.
_BY_NAME = "mention/name@1"
_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,12}(?:[\s-]?\d{1,4})?")
# `Chapter VII of the Charter` is a part of what is named, `Government of Tidelandia` the state itself.
_PART = re.compile(r"(?:chapter|article|section|part|annex)\s+\w+\s+of\b", re.IGNORECASE)
_GOVERNMENT = re.compile(r"governments?\s+of\s+(?:the\s+)?|\s+government", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'.-]{2,}")
_SMALL = frozenset(("and", "the", "for", "from", "with", "against", "under", "into"))
_UNNAMED = ("Topic", "Candidate", "Commitment", "Observation", "Document")


def naming_statements(reading: Reading) -> Iterator[Statement]:
    """NAMED_AS for each spelling that differs from the register's name, with the sentences that have it.

    A spelling differs if it folds to another text (`graph.records.fold`); acronyms in capitals do not count.
    """
    sentences = [span for block in reading.blocks for span in block.sentences]
    starts = [start for start, _ in sentences]
    # A text says most names many times.
    known: dict[tuple[str, str, str], bool] = {}
    for mention in reading.named.found:
        spelling = " ".join(reading.text[mention.start : mention.end].split())
        key = (mention.entity, mention.rule, spelling)
        if key not in known:
            known[key] = _is_spelling(reading, mention, spelling)
        if not known[key]:
            continue
        place = bisect_right(starts, mention.start) - 1
        start, end = sentences[place] if place >= 0 else (mention.start, mention.end)
        if end < mention.end:
            start, end = min(start, mention.start), mention.end
        if end - start > LONGEST_SENTENCE:
            start, end = mention.start, mention.end
        yield make_statement(
            reading.schema,
            mention.entity,
            NAMED_AS,
            spelling,
            evidence=[reading.evidence(start, end, _RULE, _SURE)],
        )


def _is_spelling(reading: Reading, mention: Mention, spelling: str) -> bool:
    entity = reading.register.entities.get(mention.entity)
    if entity is None or reading.is_a(mention.entity, *_UNNAMED):
        return False
    if mention.rule != _BY_NAME:
        return False
    if _ACRONYM.fullmatch(spelling) and spelling.isupper():
        return False
    if _is_series(reading, entity):
        return False
    if reading.is_a(mention.entity, "Person") and " " not in spelling:
        return False  # a surname
    if _PART.match(spelling) or not _is_proper(spelling):
        return False
    return fold(_GOVERNMENT.sub("", spelling)) != fold(entity.name)


def _is_series(reading: Reading, entity: Entity) -> bool:
    """Whether the document is about one session of it: its name then mostly stands for the session."""
    session = reading.register.entities.get(reading.event or "")
    return session is not None and fold(session.name).endswith(" " + fold(entity.name))


def _is_proper(spelling: str) -> bool:
    """Whether at least half of the words have a capital: others describe a thing without naming it."""
    words: list[str] = [word for word in _WORD.findall(spelling) if word not in _SMALL]
    return 2 * sum(word != word.lower() for word in words) >= len(words)
