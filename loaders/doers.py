"""Whom a figure is attributed to: the doer behind `by`, the subject of the verb, the operation around it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from loaders.mentions import Mention
from loaders.said import Said

_ACTORS = ("Operation", "Program", "Organization", "Event", "Country", "Instrument")
_FRAMES = ("Operation", "Program", "Event", "Instrument")
_REACH = 140

_AND = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:,|,?\s*\b(?:and|&|as\s+well\s+as|along\s+with|together\s+with)\b)\s*"
    r"(?:(?:the|its|both)\s+)?(?:(?:governments?|people|republic|commonwealth)\s+of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_CONJUNCTION = re.compile(r"\b(?:and|well|along|together)\b|&", re.IGNORECASE)
_LEFT = re.compile(
    r"(?:\b(?:the|a|an|its|their|our|this|both|all|joint|first|annual|new|members?\s+of|officers?\s+of|"
    r"officers?\s+from|agents?\s+from|agents?\s+of|governments?\s+of|authorities\s+in|elements\s+of)\s+)+$",
    re.IGNORECASE,
)
_GOVERNED = re.compile(
    r"\b(?:of|in|on|at|by|for|from|with|to|into|within|between|among|through|throughout|under|against|about|during|"
    r"across|via|without|outside|near|including|beyond|toward|towards|over|regarding|like|upon|than|following|as|"
    r"alongside|after|before|since|until|per)\s*$",
    re.IGNORECASE,
)
_PARTITIVE = re.compile(
    r"\b(?:officers?|agents?|members?|personnel|authorities|troops|crews?|officials|governments?|elements|people|"
    r"units?|teams?|soldiers|police|investigators|special\s+agents)\s+(?:of|from|in|with|aboard)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+(?:the\s+)?(?:(?!and\b|to\b|for\b)[\w’'-]+\s+){0,3}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_FRAME = re.compile(
    r"\b(?:under|during|through|in|via|as\s+part\s+of|at|within|thanks\s+to|with\s+(?:the\s+)?(?:support|help|"
    r"assistance|funding|aid)\s+(?:of|from)|funded\s+by|supported\s+by)\s+(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\s+(?:\w+ly\s+)?(?:said|says|noted|notes|stated|reported|announced|added|told|wrote|indicated|disclosed|"
    r"confirmed|explained|revealed)\b(?!\s*[$€£\d])"
)
_RELATIVE = re.compile(r"\s*(?:\([^()]*\)\s*)?,?\s*(?:which|that|who)\b")
_CLAUSE = re.compile(
    r";|\b(?:that|because|while|whereas|but|although|said|says|when|where|if)\b", re.IGNORECASE
)


class Named(Protocol):
    """The text and the types of what it names."""

    @property
    def text(self) -> str: ...

    def is_a(self, entity: str, *types: str) -> bool: ...


Group = tuple[Mention, ...]


def doers_of(
    reading: Named, mentions: Sequence[Mention], start: int, end: int, said: Said
) -> tuple[tuple[str, ...], bool]:
    """Entities to whom a figure of the sentence is attributed; whether that is sure enough for a statement.

    The doer behind `by` (`from` for what was received), else the nearest possible subject before the verb,
    else the operation that the sentence names, or the program or event that the act took place under.
    """
    text = reading.text
    actors = [m for m in mentions if reading.is_a(m.entity, *_ACTORS)]
    groups = list(_groups(text, actors))
    frames = [g for g in groups if all(reading.is_a(m.entity, *_FRAMES) for m in g)]
    operations = [g for g in frames if all(reading.is_a(m.entity, "Operation") for m in g)]
    chosen: Group | None = None
    if said.passive or said.start >= said.counted.end or " " in text[said.start : said.end]:
        chosen = _behind(text, groups, said, _BY)
    if said.measure.receivers:
        chosen = _behind(text, groups, said, _FROM) or _behind(text, groups, said, _BY)
    elif said.measure.doers:
        chosen = chosen or _attended(text, frames, said, end)
    elif chosen is None and not said.passive:
        subjects = [g for g in groups if g[-1].end <= said.start and _may_act(text, g, start, said.start)]
        chosen = subjects[-1] if subjects else None
    if chosen is None and len(operations) == 1:
        chosen = operations[0]
    if chosen is None and not said.measure.receivers:
        chosen = next((g for g in frames if _FRAME.search(text[start : g[0].start])), None)
    if chosen is None:
        return (), False
    sure = not said.measure.receivers and abs(said.start - chosen[-1].end) < _REACH
    return tuple(dict.fromkeys(m.entity for m in chosen)), sure


def _groups(text: str, actors: Sequence[Mention]) -> Iterator[Group]:
    """Runs of mentions that are coordinated: with commas, and before the last one with `and`."""
    run: list[Mention] = []
    for mention in [*actors, None]:
        if run and (mention is None or not _AND.fullmatch(text, run[-1].end, mention.start)):
            yield from _coordinated(text, run)
            run = []
        if mention is not None:
            run.append(mention)


def _coordinated(text: str, run: Sequence[Mention]) -> Iterator[Group]:
    """The run as one group; `A, B` is no coordination, nor is the first name of `Through A, B and C gave`."""
    joints = [text[a.end : b.start] for a, b in pairwise(run)]
    if not joints or _CONJUNCTION.search(joints[-1]) is None:
        yield from ((one,) for one in run)
    elif _FRAME.search(text[: run[0].start]) and _CONJUNCTION.search(joints[0]) is None:
        yield (run[0],)
        yield tuple(run[1:])
    else:
        yield tuple(run)


def _behind(text: str, groups: Sequence[Group], said: Said, word: re.Pattern[str]) -> Group | None:
    """The group behind `by` or `from` that follows the verb or what it counts."""
    after = max(said.end, min(said.counted.end, said.end + _REACH))
    for group in groups:
        for place in (said.end, after):
            gap = text[place : group[0].start]
            if group[0].start >= place and len(gap) < _REACH and word.search(gap) and not _CLAUSE.search(gap):
                return group
    return None


def _attended(text: str, frames: Sequence[Group], said: Said, end: int) -> Group | None:
    """The operation, event or program that those counted took part in."""
    after = (g for g in frames if said.end <= g[0].start < min(end, said.end + _REACH))
    group = next(after, None)
    return group if group and not re.search(r"[,;]", text[said.end : group[0].start]) else None


def _may_act(text: str, group: Group, start: int, verb_at: int) -> bool:
    """Whether a group may be the subject of a verb further on; who only reports it is not."""
    between = text[group[-1].end : verb_at]
    if _REPORTS.match(between) or _CLAUSE.search(_RELATIVE.sub("", between, count=1)):
        return False
    if _RELATIVE.match(between):
        return True
    before = text[start : group[0].start]
    if _PARTITIVE.search(before):
        return True
    left = _LEFT.search(before)
    return _GOVERNED.search(before[: left.start()] if left else before) is None
