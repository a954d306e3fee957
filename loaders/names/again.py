"""Where a text says a name again: the same words, its acronym, an operation without that word, a surname."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from graph.records import Entity, fold
from loaders.mentions import Mention, Mentions
from loaders.names.acronyms import Definition
from loaders.names.forms import Page
from loaders.names.identity import Cluster
from loaders.names.titled import TITLED
from loaders.names.vessels import VESSEL, vessel_name

NAME = "mention/unknown-again@1"
ACRONYM = "mention/acronym@1"
SURNAME = "mention/surname@1"

_WORD_BEFORE = re.compile(r"([^\W_][\w.’'-]*)[ \n]$")
_WORD_BEHIND = re.compile(r"(?:['’]s)?[ \n]([^\W\d_][\w’'-]*)")
_OTHER_HALF = re.compile(r"[-\u2010\u2011][A-Z]")
_AIRPORT = re.compile(r"\s+(?:International\s+)?Airport$")
_AT = re.compile(r"\b(?:at|from|to|into|through|via|in)[ \n]\Z", re.IGNORECASE)
_SUFFIX = re.compile(r",?\s+(?:Jr\.?|Sr\.?|II|III|IV)$")


class _Term(NamedTuple):
    """Words to look for from a place on, what they then name, and the rule.

    `article`: only behind `the`; `placed`: only behind a word such as `at`.
    """

    words: str
    entity: str
    since: int
    rule: str
    article: bool = False
    placed: bool = False


def again(
    page: Page,
    groups: Sequence[Cluster],
    defined: Sequence[Definition],
    known: Mentions,
    first: Sequence[Mention],
    entities: Mapping[str, Entity],
) -> list[Mention]:
    """Further mentions of what was found, in order; none overlaps `first` or a longer known one."""
    terms = [
        *_names(page, groups),
        *_airports(page, known, entities),
        *_acronyms(groups, defined),
        *_surnames(page, groups, known, entities),
    ]
    used = sorted((m.start, m.end) for m in first)
    taken = sorted([*((m.start, m.end) for m in known.found), *((u.start, u.end) for u in known.unclear)])
    result: list[Mention] = []
    for start, end, term in sorted(
        _hits(page, terms), key=lambda h: (h[0] - h[1], h[0], h[2].rule, h[2].entity)
    ):
        if _crosses(used, start, end) is not None:
            continue
        other = _crosses(taken, start, end)
        if other is not None and not _displaces(other, start, end, term):
            continue
        used.insert(bisect_left(used, (start, end)), (start, end))
        result.append(Mention(term.entity, start, end, term.rule))
    return sorted(result, key=lambda m: m.start)


def _displaces(other: tuple[int, int], start: int, end: int, term: _Term) -> bool:
    """Whether a known name gives way: it is inside the new one, or the text itself defines the acronym."""
    inside = start <= other[0] and other[1] <= end
    return inside and (other != (start, end) or term.rule == ACRONYM)


def _crosses(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The longest of the sorted places that overlaps another one, or None."""
    at = bisect_left(places, (start, start))
    near = places[max(0, at - 1) : bisect_left(places, (end, 0))]
    return max((p for p in near if p[0] < end and start < p[1]), key=lambda p: p[1] - p[0], default=None)


# --- what to look for -----------------------------------------------------------------------------------


def _names(page: Page, groups: Sequence[Cluster]) -> Iterator[_Term]:
    for group in groups:
        for name in group.found:
            words = " ".join(page.text[name.start : name.end].split())
            if " " in words and words[0] != words[0].lower():
                yield _Term(words, group.entity or "", 0, NAME)
            if name.type == "Operation":
                tail = words.split(" ", 1)[-1].strip("“”\"‘’'")
                special = tail.lower() not in page.ordinary and tail.lower() not in page.plain
                if " " in tail or (special and len(tail) > 3):
                    yield _Term(tail, group.entity or "", name.end, NAME)
            elif name.reason == TITLED:
                yield _Term(name.head.capitalize(), group.entity or "", name.end, NAME, article=True)
            elif name.type == "Program" and words.lower().endswith(f" {name.head}"):
                short = words[: -len(name.head) - 1]
                last = short.rsplit(" ", 1)[-1].lower()
                if " " in short and last not in page.ordinary and last not in page.plain:
                    yield _Term(short, group.entity or "", name.end, NAME, article=True)
            elif name.head == VESSEL and (tail := vessel_name(words)) != words:
                yield _Term(tail, group.entity or "", name.end, NAME, article=True)


def _airports(page: Page, known: Mentions, entities: Mapping[str, Entity]) -> Iterator[_Term]:
    """An airport without that word: `at Las Kelpas`."""
    for mention in known.found:
        words = " ".join(page.text[mention.start : mention.end].split())
        short = _AIRPORT.sub("", words)
        if short != words and mention.entity in entities and entities[mention.entity].type == "Place":
            yield _Term(short, mention.entity, mention.end, NAME, placed=True)


def _acronyms(groups: Sequence[Cluster], defined: Sequence[Definition]) -> Iterator[_Term]:
    ends = {f.end: (f, group) for group in groups for f in group.found}
    for definition in defined:
        name, group = ends.get(definition.long_end, (None, None))
        if name is None or group is None or (group.type == "Event" and definition.long_start > name.start):
            continue
        if definition.acronym in group.acronyms or group.entity:
            yield _Term(definition.acronym, group.entity or "", definition.at, ACRONYM)


def _surnames(
    page: Page, groups: Sequence[Cluster], known: Mentions, entities: Mapping[str, Entity]
) -> Iterator[_Term]:
    """The surname of each full name of the text, if only one person of the text bears it."""
    bearers: dict[str, dict[str, tuple[str, int, str]]] = defaultdict(dict)
    full: dict[tuple[str, str], int] = {}
    for entity, words, start in (*_new_people(page, groups), *_known_people(page, known, entities)):
        full[entity, words] = min(start, full.get((entity, words), start))
    for (entity, words), start in full.items():
        words = _SUFFIX.sub("", " ".join(words.split()))
        parts = words.split()
        if len(parts) > 1 and len(parts[-1]) > 2:
            found = bearers[fold(parts[-1])]
            since = min(start, found[entity][1]) if entity in found else start
            found[entity] = (parts[-1], since, words)
    for people in bearers.values():
        if len(people) == 1:
            ((entity, (surname, since, _)),) = people.items()
            yield _Term(surname, entity, since, SURNAME)


def _new_people(page: Page, groups: Sequence[Cluster]) -> Iterator[tuple[str, str, int]]:
    for group in groups:
        if group.type == "Person":
            for name in group.found:
                yield group.entity or "", page.text[name.start : name.end], name.end


def _known_people(
    page: Page, known: Mentions, entities: Mapping[str, Entity]
) -> Iterator[tuple[str, str, int]]:
    for mention in known.found:
        entity = entities.get(mention.entity)
        if entity is not None and entity.type == "Person":
            yield entity.id, page.text[mention.start : mention.end], mention.end


# --- looking --------------------------------------------------------------------------------------------


def _hits(page: Page, terms: Iterable[_Term]) -> Iterator[tuple[int, int, _Term]]:
    """Where the text has the words of a term as whole words, from its place on."""
    first: dict[tuple[str, str, str], _Term] = {}
    for term in terms:
        same = first.get((term.words, term.entity, term.rule))
        if same is None or term.since < same.since:
            first[term.words, term.entity, term.rule] = term
    by_words: dict[str, list[_Term]] = defaultdict(list)
    for term in first.values():
        by_words[term.words].append(term)
    if not by_words:
        return
    # A line break in a name is as good as a space; both are one character, so offsets stay.
    text = page.text.replace("\n", " ")
    automaton = AhoCorasick(list(by_words), store_patterns=False)
    choices = list(by_words.values())
    for which, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if (start and (text[start - 1].isalnum() or text[start - 1] in "_-")) or (
            end < len(text) and (text[end].isalnum() or text[end] in "_")
        ):
            continue
        titled = any(term.rule == SURNAME for term in choices[which]) and _is_titled(page, start)
        since = [t for t in choices[which] if t.since <= start or (titled and t.rule == SURNAME)]
        if not since or "\n\n" in page.text[start:end]:
            continue
        term = max(since, key=lambda t: (t.since, t.entity))
        if term.article and not _is_only_behind_article(page, start, end):
            continue
        if term.placed and not _is_only_behind(page, _AT, start, end):
            continue
        if term.rule != SURNAME or _stands_alone(page, start, end):
            yield start, end, term


def _is_only_behind_article(page: Page, start: int, end: int) -> bool:
    """Whether words stand behind `the`, and no capitalised word behind them: `the Kelp Hollow sailed`."""
    behind = _WORD_BEHIND.match(page.text, end)
    article = page.text[max(0, start - 4) : start].lower() in ("the ", "the\n")
    return article and (behind is None or behind[1][0].islower())


def _is_only_behind(page: Page, words: re.Pattern[str], start: int, end: int) -> bool:
    """Whether words stand behind one of these, and no capitalised word behind them."""
    behind = _WORD_BEHIND.match(page.text, end)
    before = words.search(page.text, max(0, start - 12), start)
    return before is not None and (behind is None or behind[1][0].islower())


def _is_titled(page: Page, start: int) -> bool:
    """Whether a title stands right before a surname: so it may stand in a heading, before the full name."""
    before = _WORD_BEFORE.search(page.text, max(0, start - 24), start)
    return before is not None and before[1].lower() in page.lexicon.titles["words"]


def _stands_alone(page: Page, start: int, end: int) -> bool:
    """Whether a surname is no part of another name: no capitalised word beside it but a title."""
    text, titles = page.text, page.lexicon.titles
    before = _WORD_BEFORE.search(text, max(0, start - 24), start)
    titled = before is not None and (
        before[1].lower() in titles["words"] or before[1].lower() in titles["modifiers"]
    )
    if before is not None and before[1][0].isupper() and not titled:
        low = before[1].lower()
        if low not in page.lexicon.lists["openers"] and not low.endswith((".", ",")):
            return False
    if _OTHER_HALF.match(text, end):
        return False
    behind = _WORD_BEHIND.match(text, end)
    possessive = titled and text[end : end + 1] in "'’"
    if behind is not None and behind[1][0].isupper() and text[end] != "\n" and not possessive:
        low = behind[1].lower()
        if low in page.lexicon.heads or (low not in titles["words"] and low not in page.ordinary):
            return False
    low = text[start:end].lower()
    if low in page.ordinary:
        return titled
    return titled or low not in page.plain or text[max(0, start - 2) : start].strip()[-1:].isalnum()
