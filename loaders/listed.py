"""Groups that a document defines by a list: `the thirteen Reef countries are A, B and C`.

A definition may stand before or behind its use, as a clause of its own, beside the noun, in a note or as a
short form behind the list. It holds where the list is of names alone, and of as many as it says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import singular
from loaders.mentions import Mention
from loaders.numbers import WORDS, number
from loaders.reading import Reading
from loaders.segments import ITEM, ROW, Block
from loaders.sentences import LONGEST_SENTENCE

# What the nouns of a group say of its members; other nouns of the list below stand for themselves only.
STATE, BODY, MEMBER = "state", "body", "member"
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("country", "nation", "state", "government"), STATE),
    **dict.fromkeys(("agency", "body", "institution", "organization", "organisation", "entity"), BODY),
    **dict.fromkeys(("member", "partner"), MEMBER),
    **{word: word for word in ("participant", "signatory", "party", "beneficiary", "donor", "sponsor")},
}
_TYPES: Mapping[str, frozenset[str]] = {STATE: frozenset(("Country",)), BODY: frozenset(("Organization",))}
_ANY = frozenset(("Country", "Organization"))
# Beside a noun of a group these say no more than it does.
_PLAIN = frozenset(("member", "partner"))
_PLAIN_STATES = _PLAIN | {"state", "country", "nation", "sovereign"}
# What these names describe, many things may be: `the Kelp Bay countries`.
_NO_GROUPS = frozenset(("Country", "Place", "Topic", "Person"))
_WHOLES = frozenset(("Organization", "Program", "Instrument"))

_OPEN, _SHUT = "\ue000", "\ue001"
_NAME = rf"{_OPEN}\d+{_SHUT}"
_PART = rf"(?:{_NAME}|[^\W_][\w’'./&]{{0,40}})"
_WORD = rf"{_PART}(?:-{_PART}){{0,3}}"
_NUMBER = rf"(?:\d{{1,2}}|{WORDS})"
_HEADS = (
    r"(?:countries|nations|states|governments|agencies|bodies|institutions|organi[sz]ations|entities|members|"
    r"partners|participants|signatories|parties|beneficiaries|donors|sponsors)"
)
_OWNER = rf"(?:the\s+)?(?P<owner>{_NAME})(?:['’]s|['’])\s+"
_SAID = (
    rf"(?:(?P<number>{_NUMBER})\s+(?:\(\d+\)\s+)?)?(?P<mods>(?:{_WORD}\s+){{0,4}}?)(?P<head>{_HEADS})\b"
    rf"(?:\s+(?:of|in|to)\s+(?:the\s+)?(?P<whole>{_NAME}))?"
)
_ARTICLE = r"(?P<det>all\s+the|the|all|both|these|its|their)\s+"
_PHRASE = rf"(?:{_ARTICLE}|{_OWNER})?{_SAID}"
_AS_OF = r"(?:\s*[(,]\s*(?:as\s+(?:of|at)|since|in)\s+[^(),;]{1,30}[),]|\s+as\s+(?:of|at)\s+[^(),;:]{1,30}?)?"
_MARK = r"(?P<mark>[*†‡]+\s*|\[\d+\]\s*|note:\s*)?"
_NOW = r"(?:(?:currently|today|at\s+present|as\s+(?:of|at)\s+[^,;]{1,30}),\s+)?"
_BULLET = r"\n\s*(?:[-*•‣◦▪●–—o]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+"
_FOLLOWS = rf"(?:\s*:|\s+as\s+follows:?|\s+the\s+following(?:\s+\w+)?:?)?(?:{_BULLET})?\s*"
_ITEM = (
    r"(?:the\s+)?(?:(?:governments?|republic|commonwealth)\s+of\s+(?:the\s+)?)?"
    rf"{_NAME}(?:\s*\(\s*(?:{_NAME}|chair|host)\s*\))?"
)
_SEPARATOR = rf"(?:[;,.]?(?:\s+and)?\s*{_BULLET}|\s*[,;]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_LIST = _pattern(rf"{_ITEM}(?:{_SEPARATOR}{_ITEM})+")
_ONE = _pattern(rf"(?P<own>{_NAME})(?:\s*\(\s*(?P<other>{_NAME})\s*\))?")
_NAMED = _pattern(_NAME)
_NUMBERS = _pattern(_NUMBER)
_AND = _pattern(r"[\s,;](?:and|&)\s")
# What stands before a list that says who a group are.
_ARE = _pattern(
    rf"{_MARK}{_NOW}{_PHRASE}{_AS_OF}\s+(?P<verb>are|were|include|included|comprise)"
    rf"(?:\s+(?:currently|now|presently|today))?{_FOLLOWS}"
)
_COMPRISES = _pattern(
    rf"{_MARK}{_NOW}(?:the\s+)?(?P<owner>{_NAME})(?:\s*\(\s*{_NAME}\s*\))?{_AS_OF}\s+"
    r"(?P<verb>comprises|consists\s+of|is\s+(?:comprised|composed|made\s+up)\s+of|includes|has)\s+"
    rf"(?:(?:the|its)\s+)?(?:following\s+)?(?:{_SAID}(?:\s*[:(]|\s+[–—-]+\s|,\s+namely,?))?:?(?:{_BULLET})?\s*"
)
_LINE = _pattern(rf"{_MARK}{_PHRASE}{_AS_OF}\s*:(?:{_BULLET})?\s*")
_BEGINS = _pattern(rf"(?<![\w’'-])(?:the|all|both|these|its|their)\s|{_NAME}['’]")
_BESIDE = _pattern(
    rf"(?:{_ARTICLE}|{_OWNER}){_SAID}{_AS_OF}"
    r"(?:\s*(?P<open>\()\s*(?:namely|i\.e\.)?,?|(?P<dash>\s+[–—-]+\s|\s*—)|\s*(?P<colon>:)|"
    rf",?\s+(?P<namely>namely|that\s+is|i\.e\.)[,:]?)(?:{_BULLET})?\s*\Z"
)
# What stands behind it.
_ENDS = _pattern(r"\s*[.;]?\s*\Z")
_ENDS_BESIDE = {
    "open": _pattern(r"\s*\)"),
    "dash": _pattern(r"\s+[–—-]+\s|\s*—|\s*[.;,]?\s*\Z"),
    "colon": _ENDS,
    "namely": _pattern(r"\s*(?:[.;,)]|[–—]|\Z)"),
}
_LABEL = _pattern(
    r"\s*[(,]\s*(?P<key>(?:(?:herein(?:after)?|hereafter|collectively|together|jointly|referred\s+to|known|called|"
    r"as)[,:]?\s+)*)(?P<quote>[“\"'‘])?(?:the\s+)?(?P<inner>[“\"'‘])?"
    rf"(?:(?P<number>{_NUMBER})\s+)?(?P<mods>(?:{_WORD}\s+){{0,4}}?)(?P<head>{_HEADS})[”\"'’]?\s*[),.]"
)
_BEFORE_LABEL = _pattern(r"\s*(?:\Z|(?:on|in|at|today)\b[^,]{0,40},\s*\Z|[^,;]*[^,;\s]\s+\Z)")
_LONGEST_LEAD = 300
# A noun phrase has none of these between its article and its noun.
_FUNCTIONS = ("prepositions", "determiners", "coordinators", "relatives", "subordinators", "pronouns")


@dataclass(frozen=True, slots=True)
class Described:
    """A noun for a group in the singular, the words and names beside it that tell it from others, and how
    many it says there are (0: it does not). `named`: one of them is a name that groups are called by."""

    head: str
    words: frozenset[str]
    count: int
    named: bool = False

    @property
    def kind(self) -> str:
        return _KINDS.get(self.head, "")


@dataclass(frozen=True, slots=True)
class Defined:
    """A group and its members; `start` to `end` is the clause that says so.

    `at` is where its noun ends if the list stands beside it, else -1. `label`: the noun is a short form, with
    a meaning from here on.
    """

    said: Described
    members: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    at: int = -1
    label: bool = False

    def tells_at(self, place: int) -> bool:
        """Whether a place is in a clause that is there to say who they are."""
        return self.at < 0 and not self.label and self.start <= place < self.end

    def fits(self, kind: str) -> bool:
        """Whether the same members may be called by a noun of this kind."""
        own = self.said.kind
        return kind == own or (MEMBER in (kind, own) and {kind, own} <= {MEMBER, STATE, BODY})


def describe(
    reading: Reading, head: str, words: Sequence[str], names: Sequence[str], count: int
) -> Described:
    """A noun in the singular with the words and the names (entities) that stand beside it."""
    plain = _PLAIN if _KINDS.get(head) == BODY else _PLAIN_STATES
    named = any(not reading.labels(entity) & _NO_GROUPS for entity in names)
    return Described(head, frozenset(singular(word) for word in words) - plain | set(names), count, named)


def types_of(kind: str) -> frozenset[str]:
    """The types of which the members of a group of this kind are."""
    return _TYPES.get(kind, _ANY)


def is_group(head: str) -> bool:
    """Whether a noun in the singular may name the members of a group."""
    return head in _KINDS


def definitions(reading: Reading, words: Lexicon) -> tuple[Defined, ...]:
    """The groups that the document defines, in the order of its text."""
    finder = _Finder(reading, words)
    return tuple(one for start, end, line in _clauses(reading) for one in finder.find(start, end, line=line))


def _clauses(reading: Reading) -> Iterator[tuple[int, int, bool]]:
    """Sentences that name several, one before a list with its items; whether it begins a footnote."""
    blocks = reading.blocks
    for index, block in enumerate(blocks):
        if block.kind == ROW:
            continue
        note = _is_note(reading.text, block)
        for start, end in block.sentences:
            last = (start, end) == block.sentences[-1]
            if last and block.kind != ITEM and reading.text[start:end].rstrip().endswith(":"):
                behind = (blocks[n] for n in range(index + 1, len(blocks)))
                items = list(takewhile(lambda b: b.kind == ITEM, behind))
                end = items[-1].end if items else end
            if end - start <= LONGEST_SENTENCE and len(reading.mentions(start, end)) > 1:
                yield start, end, note and start == block.body


def _is_note(text: str, block: Block) -> bool:
    """`* Reef countries: …` below a text that has `Reef countries*`."""
    marked = "*" in text[block.start : block.body]
    return marked and re.search(r"\w\*(?!\*)", text[: block.start]) is not None


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with a mark in the place of each name; `start` is where it stands in the document."""

    text: str
    names: Sequence[Mention]
    start: int

    def entity(self, mark: str) -> str:
        return self.names[int(mark[1:-1])].entity

    def place(self, index: int) -> int:
        """Where a place of the clause is in the document."""
        last = None
        for match in _NAMED.finditer(self.text, 0, index):
            last = match
        if last is None:
            return self.start + index
        return self.names[int(last[0][1:-1])].end + index - last.end()


def _marked(reading: Reading, start: int, end: int) -> _Clause:
    pieces: list[str] = []
    names: list[Mention] = []
    here = start
    for mention in sorted(reading.mentions(start, end), key=lambda m: (m.start, -m.end)):
        if mention.start >= here:
            pieces += [_plain(reading.text[here : mention.start]), f"{_OPEN}{len(names)}{_SHUT}"]
            names.append(mention)
            here = mention.end
    return _Clause("".join([*pieces, _plain(reading.text[here:end])]), names, start)


def _plain(text: str) -> str:
    return text.replace(_OPEN, " ").replace(_SHUT, " ")


@dataclass(frozen=True, slots=True)
class _Finder:
    reading: Reading
    words: Lexicon

    def find(self, start: int, end: int, *, line: bool) -> Iterator[Defined]:
        """The definitions of a clause; `line`: it begins a footnote."""
        clause = _marked(self.reading, start, end)
        for listed in _LIST.finditer(clause.text):
            members = self._members(clause, listed)
            for one in (
                self._whole(clause, listed, line=line),
                self._beside(clause, listed),
                self._label(clause, listed),
            ):
                if one is not None and self._holds(one, members):
                    yield replace(one, members=members, start=start, end=clause.place(listed.end()))

    def _members(self, clause: _Clause, listed: re.Match[str]) -> tuple[str, ...]:
        """Whom a list names, each once; none where `and` stands elsewhere than before the last."""
        items = list(_ONE.finditer(listed[0]))
        gaps = [listed[0][one.end() : other.start()] for one, other in pairwise(items)]
        if any(_AND.search(gap) for gap in gaps[:-1]):
            return ()
        if not all(self._is_same(clause, item) for item in items):
            return ()
        names = tuple(clause.entity(item["own"]) for item in items)
        return names if len(set(names)) == len(names) else ()

    def _is_same(self, clause: _Clause, item: re.Match[str]) -> bool:
        """`the Harbour Agency (HA)`, `the Harbour Agency (Tidelandia)`."""
        if item["other"] is None:
            return True
        own, other = clause.entity(item["own"]), clause.entity(item["other"])
        countries = ["Country" in self.reading.labels(entity) for entity in (own, other)]
        return own == other or countries == [False, True]

    def _holds(self, one: Defined, members: tuple[str, ...]) -> bool:
        wanted = types_of(one.said.kind)
        kinds = bool(members) and all(self.reading.labels(entity) & wanted for entity in members)
        return kinds and one.said.count in (0, len(members))

    def _described(self, clause: _Clause, match: re.Match[str]) -> Described | None:
        """The noun of a definition with all that is said of it; None where it is no single noun phrase."""
        own = match.groupdict()
        beside = [word for word in re.split(r"[\s-]+", own["mods"] or "") if word]
        words = [word.lower() for word in beside if not _NAMED.fullmatch(word)]
        if any(self.words.has(kind, word) for kind in _FUNCTIONS for word in words):
            return None
        if any(_NUMBERS.fullmatch(word) for word in words):
            return None
        marks = [word for word in beside if _NAMED.fullmatch(word)]
        marks += [name for name in (own.get("owner"), own.get("whole")) if name]
        head = singular(own["head"].lower()) if own["head"] else MEMBER
        count = int(number(own["number"])) if own.get("number") else 0
        return describe(self.reading, head, words, [clause.entity(mark) for mark in marks], count)

    # --- the ways to define ---

    def _whole(self, clause: _Clause, listed: re.Match[str], *, line: bool) -> Defined | None:
        """`The Reef countries are A, B and C.`, `Reef comprises A, B and C.`, `* Reef countries: A, B, C`."""
        before = clause.text[: listed.start()]
        if len(before) > _LONGEST_LEAD or _ENDS.match(clause.text, listed.end()) is None:
            return None
        match = _ARE.fullmatch(before) or _COMPRISES.fullmatch(before) or _LINE.fullmatch(before)
        said = self._described(clause, match) if match is not None else None
        if match is None or said is None:
            return None
        own = match.groupdict()
        if match.re is _LINE:
            sure = bool(said.count or own["mark"] or line)
        elif match.re is _COMPRISES:
            bare = not own["head"] and own["verb"].lower() not in ("includes", "has")
            wholes = self.reading.labels(clause.entity(own["owner"])) & _WHOLES
            sure = bool(wholes) and (bare or bool(own["head"] and said.count))
        else:
            verb = own["verb"].lower()
            sure = bool(said.count) or verb in ("are", "were", "comprise")
            if verb == "were" and not said.count:
                said = replace(said, named=False)  # perhaps those of an occasion only
        return Defined(said) if sure else None

    def _beside(self, clause: _Clause, listed: re.Match[str]) -> Defined | None:
        """`the three Reef countries (A, B and C)`, `– A, B and C –`, `, namely A, B and C`."""
        first = max(0, listed.start() - _LONGEST_LEAD)
        starts = [m.start() for m in _BEGINS.finditer(clause.text, first, listed.start())]
        for start in reversed(starts):
            match = _BESIDE.fullmatch(clause.text, start, listed.start())
            said = self._described(clause, match) if match is not None else None
            if match is None or said is None:
                continue
            how = next(name for name in _ENDS_BESIDE if match[name])
            if not said.count and not (how == "namely" and said.named):
                return None
            if _ENDS_BESIDE[how].match(clause.text, listed.end()) is None:
                return None
            return Defined(said, at=clause.place(match.end("head")))
        return None

    def _label(self, clause: _Clause, listed: re.Match[str]) -> Defined | None:
        """`A, B and C (collectively, “the Reef States”)`."""
        match = _LABEL.match(clause.text, listed.end())
        if match is None or not (match["key"] or match["quote"] or match["inner"]):
            return None
        before = clause.text[: listed.start()]
        whole = _BEFORE_LABEL.fullmatch(before) is not None and _AND.search(listed[0]) is not None
        said = self._described(clause, match) if whole and match["head"][0].isupper() else None
        return None if said is None else Defined(said, label=True)
