"""Prepares a sentence for the relation rules: what it names becomes tokens, coordinations become one.

`In May 2021, the A and B gave $2m to C` becomes `In ‹0›, ⟦0…⟧ gave ¤0¤ to ⟦1…⟧`. A token of entities tells
what governs it, what follows it, and the types of each of its members, so that a pattern can ask for them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from graph.records import Entity
from loaders.dates import DateSpan
from loaders.mentions import Mention
from loaders.quantities import Money
from schema.model import Schema

# What governs a group: nothing, as it begins a clause; nothing that shows; `of` or `for`; another
# preposition; a condition such as `if`. The first two may be subjects.
INITIAL, FREE, BELONGING, GOVERNED, CONDITIONAL = "i", "f", "o", "p", "c"
# What follows it: the end of its noun phrase, a noun that it only describes, another entity that it
# describes (`HSI Forensic Unit`), or a possessive mark.
WHOLE, MODIFIER, COMPOUND, POSSESSIVE = "h", "m", "n", "s"

_PREPOSITIONS = {
    *(
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "to",
        "into",
        "within",
        "between",
        "among",
        "amongst",
    ),
    *("through", "under", "against", "about", "during", "across", "via", "per", "without", "outside", "near"),
    *("including", "beyond", "toward", "towards", "over", "regarding", "concerning", "like", "upon", "than"),
}
_CONDITIONS = {"if", "unless", "whether", "should"}
_CLAUSE_STARTS = {"and", "but", "while", "that", "when", "where", "as", "said", "says", "because", "which"}
_VERBS = {
    *("is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could", "may"),
    *("should", "must", "does", "do", "did"),
    # Common ones that no ending gives away.
    *(
        "said",
        "says",
        "took",
        "takes",
        "held",
        "holds",
        "met",
        "led",
        "gave",
        "gives",
        "made",
        "makes",
        "ran",
    ),
    *("spoke", "began", "came", "went", "saw", "won", "kept", "paid", "sent", "brought", "built", "wrote"),
}
_PHRASE_ENDS = {
    *_PREPOSITIONS,
    *_CONDITIONS,
    *_VERBS,
    *("and", "or", "but", "nor", "as", "that", "which", "who", "whose", "whom", "while", "when", "where"),
    *(
        "since",
        "after",
        "before",
        "until",
        "because",
        "so",
        "also",
        "both",
        "then",
        "not",
        "together",
        "well",
    ),
    *("there", "this", "last", "next", "earlier", "later", "today", "here", "alongside", "along", "too"),
    *(
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "online",
        "abroad",
        "yesterday",
        "tomorrow",
        "remotely",
    ),
}
_NOUNS_IN_ING = {
    *(
        "training",
        "funding",
        "meeting",
        "building",
        "planning",
        "briefing",
        "hearing",
        "financing",
        "policing",
    ),
    *("trafficking", "shipping", "screening", "tracing", "smuggling", "gathering", "housing", "monitoring"),
}

_LEFT = re.compile(
    r"(?:\b(?:the|a|an|its|their|our|this|these|both|all|two|three)\s+"
    r"(?:(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+)?"
    r"(?:19|20)\d\d\s+)?)?"
    r"(?:(?:new|newly\s+(?:established|created|formed)|joint|first|annual|regional|then)\s+)*"
    r"(?:(?:governments?|people|states?|republics?|commonwealth|federation)\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_RANKS = re.compile(
    r"(?:\b(?:(?:the\s+)?(?:right\s+)?hon(?:ourable|orable|\.)|dr\.?|mrs?\.?|ms\.?|sir|dame|commodore|captain|capt\.|"
    r"(?:(?:rear|vice)\s+)?admiral|(?:(?:lieutenant|lt\.?)\s+)?(?:colonel|col\.)|(?:(?:brigadier|major|lieutenant)\s+)?"
    r"general|brigadier|major|commander|lieutenant|professor|prof\.)\s+(?:\([^()]{1,12}\)\s+)?)*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?P<mark>[,;])?\s*(?P<and>(?:and|or|&|as\s+well\s+as|along\s+with|together\s+with)\b)?\s*"
    r"(?:also\s+)?(?:with\s+)?(?:(?:the|a|an|its|both)\s+)?"
    r"(?:(?:government|people|republic|commonwealth|federation|kingdom)\s+of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\s*\([^()]{1,60}\)")
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Country", re.compile(r"(?:['’]s)?\s+(?:governments?|authorities)\b", re.IGNORECASE)),
    (
        "Program",
        re.compile(r"\s+(?:system|program|programme|initiative|platform|partnership|network)\b"),
    ),
    ("Unit", re.compile(r"\s+unit\b")),
    ("Event", re.compile(r"\s+(?:meeting|conference|forum|session|event|exercise|ceremony)\b")),
    ("Operation", re.compile(r"\s+(?:operation|mission)\b")),
)
_WORD_BEFORE = re.compile(r"([\w’'-]+)\s*$")
_AFTER = re.compile(r"(?P<s>['’]s\b|(?<=s)['’](?=\s))|(?P<hyphen>-\w)|\s+(?P<word>[\w’'-]+)")
_REACH = 60
_TOKEN_MARKS = str.maketrans(dict.fromkeys("⟦⟧‹›¤", " "))
_PLAIN_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\n": " ", "\t": " "}
)


@dataclass(frozen=True, slots=True)
class Member:
    """An entity at one place of a sentence; `start` and `end` take a parenthesis behind it along."""

    entity: str
    labels: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """One entity or a coordination of several, with what governs and what follows it."""

    members: tuple[Member, ...]
    start: int
    end: int
    governor: str
    tail: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence and its token form; `position` leads from the token form back to the text."""

    start: int
    end: int
    shadow: str
    groups: tuple[Group, ...]
    dates: tuple[DateSpan, ...]
    money: tuple[Money, ...]
    joints: tuple[tuple[int, int], ...]

    def position(self, place: int) -> int:
        """Place in the text of a place in the token form that is no inner part of a token."""
        shadow, text = max(joint for joint in self.joints if joint[0] <= place)
        return text + place - shadow


class ClauseReader:
    """Makes clauses of the sentences of one text, given what it names."""

    def __init__(self, text: str, schema: Schema, entities: Mapping[str, Entity]) -> None:
        self._text = text
        self._entities = entities
        self._labels = schema.labels_of

    def read(
        self,
        start: int,
        end: int,
        mentions: Sequence[Mention],
        dates: Sequence[DateSpan],
        money: Sequence[Money],
    ) -> Clause:
        """The clause of a sentence; `mentions`, `dates` and `money` are those inside it, in order."""
        groups = tuple(self._groups(start, end, self._members(mentions, end)))
        taken = [(g.start, g.end) for g in groups]
        dates = tuple(d for d in dates if not _overlaps(d.start, d.end, taken))
        taken += [(d.start, d.end) for d in dates]
        money = tuple(m for m in money if not _overlaps(m.start, m.end, taken))
        tokens = [
            *((g.start, g.end, _token(number, g)) for number, g in enumerate(groups)),
            *((d.start, d.end, f"‹{number}›") for number, d in enumerate(dates)),
            *((m.start, m.end, f"¤{number}¤") for number, m in enumerate(money)),
        ]
        shadow, joints = self._shadow(start, end, sorted(tokens))
        return Clause(start, end, shadow, groups, dates, money, joints)

    def _shadow(
        self, start: int, end: int, tokens: Sequence[tuple[int, int, str]]
    ) -> tuple[str, tuple[tuple[int, int], ...]]:
        parts: list[str] = []
        joints: list[tuple[int, int]] = []
        length, here = 0, start
        for first, last, token in [*tokens, (end, end, "")]:
            for piece, place in ((self._text[here:first].translate(_TOKEN_MARKS), here), (token, first)):
                joints.append((length, place))
                parts.append(piece.translate(_PLAIN_MARKS))
                length += len(piece)
            here = last
        joints.append((length, end))
        return "".join(parts), tuple(joints)

    def _members(self, mentions: Sequence[Mention], end: int) -> Iterator[Member]:
        """Mentions with their acronyms in parentheses and with a general noun that ends their phrase."""
        free = 0
        for mention in mentions:
            if mention.start < free:
                continue
            labels = self._labels(self._entities[mention.entity].types)
            free = mention.end
            for label, pattern in _HEADS:
                if label in labels and (head := pattern.match(self._text, free, end)):
                    free = head.end()
            if parenthesis := _PARENTHESIS.match(self._text, free, end):
                free = parenthesis.end()
            yield Member(mention.entity, labels, mention.start, free)

    def _groups(self, start: int, end: int, members: Iterator[Member]) -> Iterator[Group]:
        runs = _runs(list(members), lambda a, b: _BETWEEN.fullmatch(self._text, a, b))
        parts = [part for run in runs for part in self._split_adverbial(run, start, end)]
        describing: Group | None = None
        for part, following in zip_longest(parts, parts[1:]):
            group = self._group(part, start, end)
            if describing is not None:
                group = replace(group, governor=describing.governor)
            if following and self._text[group.end : following[0].start].isspace():
                group = replace(group, tail=COMPOUND)
            describing = group if group.tail == COMPOUND else None
            yield group

    def _group(self, run: Sequence[Member], start: int, end: int) -> Group:
        widen = _RANKS if "Person" in run[0].labels else _LEFT
        left = widen.search(self._text, max(start, run[0].start - _REACH), run[0].start)
        first = left.start() if left else run[0].start
        return Group(
            tuple(run), first, run[-1].end, self._governor(start, first), self._tail(run[-1].end, end)
        )

    def _split_adverbial(self, run: list[Member], start: int, end: int) -> Iterator[list[Member]]:
        """`In A, B and C signed` names a place and then its subject: A is no member of the coordination."""
        if len(run) > 1 and self._text[run[0].end : run[1].start].strip().startswith(","):
            alone = self._group(run[:1], start, end)
            opens = self._text[start : alone.start].strip().count(" ") < 2
            governed = alone.governor in (GOVERNED, BELONGING)
            if governed and opens and self._before_verb(run[-1].end, end):
                yield run[:1]
                run = run[1:]
        yield run

    def _governor(self, start: int, first: int) -> str:
        before = self._text[max(start, first - _REACH) : first]
        if before.endswith("-"):
            return GOVERNED
        word = _WORD_BEFORE.search(before)
        if word is None:
            return INITIAL
        key = word[1].lower()
        if key in _CONDITIONS:
            return CONDITIONAL
        if key in ("of", "for"):
            return BELONGING
        if key in _PREPOSITIONS:
            return GOVERNED
        return INITIAL if key in _CLAUSE_STARTS else FREE

    def _before_verb(self, last: int, end: int) -> bool:
        """Whether a word follows that may be a verb."""
        match = _AFTER.match(self._text, last, end)
        word = (match["word"] or "").lower() if match else ""
        return bool(word) and (word in _VERBS or word not in _PHRASE_ENDS)

    def _tail(self, last: int, end: int) -> str:
        match = _AFTER.match(self._text, last, end)
        if match is None:
            return WHOLE
        if match["s"]:
            return POSSESSIVE
        word = (match["word"] or "").lower()
        if not word:
            return MODIFIER
        ends = word in _PHRASE_ENDS or word[0].isdigit() or word.endswith(("ly", "ed"))
        return WHOLE if ends or (word.endswith("ing") and word not in _NOUNS_IN_ING) else MODIFIER


def _runs(
    members: Sequence[Member], between: Callable[[int, int], re.Match[str] | None]
) -> Iterator[list[Member]]:
    """Coordinations: `A, B and C`, `A; B; C`, and a place with its country; all others stand alone."""
    run: list[Member] = []
    joined: list[re.Match[str]] = []
    for member in members:
        link = between(run[-1].end, member.start) if run else None
        closed = bool(joined) and bool(joined[-1]["and"]) and link is not None and not link["and"]
        if link is not None and (link["mark"] or link["and"]) and not closed and _alike(run[-1], member):
            joined.append(link)
            run.append(member)
        else:
            yield from _checked(run, joined)
            run, joined = [member], []
    yield from _checked(run, joined)


def _alike(one: Member, other: Member) -> bool:
    """People are listed with people only: in `head of the A, and B` the person B begins something new."""
    return ("Person" in one.labels) == ("Person" in other.labels)


def _checked(run: list[Member], joined: Sequence[re.Match[str]]) -> Iterator[list[Member]]:
    """The run if it is a coordination: with an `and`, or of three and more; else its members alone."""
    if len(run) < 2 or len(run) > 2 or any(link["and"] for link in joined) or _is_place_in_country(run):
        if run:
            yield run
    else:
        yield from ([member] for member in run)


def _is_place_in_country(run: Sequence[Member]) -> bool:
    return len(run) == 2 and "Place" in run[0].labels and "Country" in run[1].labels


def _token(number: int, group: Group) -> str:
    types = "".join(f":.{'.'.join(member.labels)}.:" for member in group.members)
    return f"⟦{number};{group.governor};{group.tail};{types}⟧"


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in spans)
