"""Themes: the words in quotation marks under which an event is held."""

import re
from collections.abc import Iterator

from loaders.reading import Reading
from loaders.relations import Relation, Sentence

HAS_THEME = "HAS_THEME"

_RULE, _SURE = "theme/quoted@1", 0.9
_THEME = re.compile(
    r"\b(?:theme[ds]?|motto)\b(?:\s+(?:of|for|was|is|the|this|year’s|year's|dialogue|[a-z]+)){0,6}[\s,:]*"
    r"(?:“(?P<curly>[^“”]{4,200})”|\"(?P<straight>[^\"]{4,200})\")",
    re.IGNORECASE,
)


def themes(reading: Reading, sentence: Sentence) -> Iterator[Relation]:
    """HAS_THEME of the one event that a sentence names, else of the event that it is about."""
    found = _THEME.search(sentence.text, sentence.start, sentence.end)
    if found is None:
        return
    before = reading.mentions(sentence.start, found.start())
    events = {mention.entity for mention in before if reading.is_a(mention.entity, "Event")}
    event = next(iter(events)) if len(events) == 1 else None if events else sentence.event
    theme = " ".join((found["curly"] or found["straight"]).split()).rstrip(",.;")
    if event is not None:
        yield Relation(event, HAS_THEME, theme, {}, _RULE, _SURE)
