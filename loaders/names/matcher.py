"""Finds names in a text: whole words, case rules by name, any kind of space, dash, quotation mark and accent.

The text becomes one byte for each code point: accents, dashes and spaces folded. The automaton reads it in
lower case, with a space for every byte that is of no word, and its names have such a space in front. So one
Aho-Corasick automaton serves names of every case rule and leaves the inside of words alone; how a place is
really written is compared at the few places where a name ends.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from loaders.names.ordinals import REACH, beside, stem
from loaders.register import ANY, TITLE, Name
from loaders.spellings import spellings

# Start, end and the entities that bear the name; a class would cost more than all the rest.
Hit = tuple[int, int, tuple[str, ...]]

_SPACES = "\t\n\r\v\f\x85\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u2028"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_SINGLE = "'\u2018\u2019\u02bc\u00b4`"
_DOUBLE = '"\u201c\u201d'
_SAME = (
    dict.fromkeys(_SPACES + _DASHES, " ") | dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"')
    | {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
)  # fmt: skip
_LETTERS = "".join(chr(c) for c in (*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100)))
_RARER = "ĀāČčĆćĒēĘęĚěĞğĪīİıŁłŃńŇňŌōŐőŒœŘřŚśŞşŠšŪūŮůŰűŹźŻżŽžĐđĂăĄąŢţ"

# Where a name may not go on: two line breaks, or a line break and a dash that begins a list item.
_HARD_BREAK = re.compile(r"\n[^\S\n]*\n|\n\s*[-•*·]+\s")
_BREAK = b"\x1e"
_RUN = re.compile(rb"  +")
_MARKS = re.compile(r"[\u0300-\u036f]+")

# The byte of a character that has none of its own: perhaps a letter, perhaps a picture.
_UNKNOWN = 0

# Automata of one pattern go through a text several times as fast as the methods of bytes.
_TWO_SPACES, _TWO_LINES, _REPLACED = (BytesAhoCorasick([pattern]) for pattern in (b"  ", b"\n\n", b"?"))


class Matcher:
    """Finds all names of a register; may be used from several threads at once.

    A name with a letter that is beyond the few hundred of the Latin alphabets, and of which the register has
    more than some dozens, is not looked for.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        names = tuple(names)
        letters = "".join(name.text for name in names)
        self._alphabet = _Alphabet(letters + letters.upper() + letters.lower())
        self._cased, self._uncased = _patterns(names, self._alphabet)
        self._marks, stems = _numbered(names, self._alphabet)
        words = self._alphabet.words
        # Without any name one that no text can hold, since automata are not made of nothing.
        patterns = sorted({words(key) for key in (*self._cased, *self._uncased)}) or [b"\0\0"]
        self._stems = frozenset(which for which, pattern in enumerate(patterns) if pattern in stems)
        self._several = [not pattern[1:].isalnum() for pattern in patterns]
        self._reach = max(map(len, patterns))
        self._every = BytesAhoCorasick(patterns, implementation=Implementation.ContiguousNFA)
        self._longest = BytesAhoCorasick(patterns, MatchKind.LeftmostLongest, Implementation.ContiguousNFA)

    def find(self, text: str) -> list[Hit]:
        """Every whole-word occurrence of every name, overlapping ones too, with offsets of the text."""
        plain = self._alphabet.plain(text)
        found = self._every.find_matches_as_indexes(self._alphabet.words(plain.data), overlapping=True)
        return plain.located(self._checked(found, plain, text)[0], text)

    def longest(self, text: str) -> list[Hit]:
        """Of the whole-word occurrences the leftmost, of those the longest, in order; nothing overlaps.

        Where the longest name is no whole word or breaks its case rule, shorter ones inside it still count.
        """
        plain = self._alphabet.plain(text)
        words = self._alphabet.words(plain.data)
        hits, failed = self._checked(self._longest.find_matches_as_indexes(words), plain, text)
        inner = [
            (which, first + start, first + end)
            for first, last in failed
            for which, start, end in self._every.find_matches_as_indexes(
                words[first : last + self._reach], overlapping=True
            )
            if first + start < last
        ]
        if inner and (more := self._checked(inner, plain, text)[0]):
            hits = leftmost_longest([*hits, *more])
        return plain.located(hits, text)

    def _checked(
        self, found: Iterable[tuple[int, int, int]], plain: "_Plain", text: str
    ) -> tuple[list[Hit], list[tuple[int, int]]]:
        """Places that are whole words and written as the name demands, with the entities that bear it.

        The others come second, where the pattern has several words and may hold other names. `found` counts
        the space in front: its starts are those of the names, its ends one further.
        """
        data, cased, uncased = plain.data, self._cased.get, self._uncased.get
        after, stems, several = self._alphabet.after, self._stems, self._several
        certain = _UNKNOWN not in data
        hits: list[Hit] = []
        failed: list[tuple[int, int]] = []
        for which, start, stop in found:
            end = stop - 1
            if (
                after[data[end]]
                and (certain or _bounded(start, end, plain, text))
                and (entities := cased(data[start:end]) or uncased(data[start:end].lower()))
                and (which not in stems or (entities := self._of_own_number(start, end, entities, data)))
            ):
                hits.append((start, end, entities))
            elif several[which]:
                failed.append((start, stop))
        return hits, failed

    def _of_own_number(self, start: int, end: int, entities: tuple[str, ...], data: bytes) -> tuple[str, ...]:
        """Entities without those that another ordinal or year beside the place shows not to be meant."""
        before, after = data[max(0, start - REACH) : start], data[end : end + REACH]
        marks = beside(before.decode("latin-1"), after.decode("latin-1")).marks
        return tuple(e for e in entities if marks <= self._marks.get(e, marks)) if marks else entities


def leftmost_longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of all hits the leftmost, of those the longest; nothing overlaps."""
    chosen: list[Hit] = []
    free = begin = 0
    for hit in sorted(hits):
        if hit[0] >= free:
            chosen.append(hit)
        elif hit[0] == begin and chosen:
            chosen[-1] = hit
        else:
            continue
        begin, free = hit[0], hit[1]
    return chosen


# --- the text as bytes ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text as bytes, a space at its end; `joints` and `shifts` lead back to it where lengths differ.

    `marked`: whether combining marks were left out.
    """

    data: bytes
    joints: Sequence[int] = ()
    shifts: Sequence[int] = ()
    marked: bool = False

    def original(self, position: int) -> int:
        """Position in the original text."""
        index = bisect_right(self.joints, position)
        return position + (self.shifts[index - 1] if index else 0)

    def located(self, hits: list[Hit], text: str) -> list[Hit]:
        """Hits, ordered by their ends, with offsets of the original text."""
        if not self.joints:
            return hits
        found: list[Hit] = []
        first = before = shift = 0
        for joint, next_shift in zip((*self.joints, len(self.data)), (*self.shifts, 0), strict=True):
            last = bisect_right(hits, joint, first, key=itemgetter(1))
            found += [
                (start + shift if start >= before else self.original(start), end + shift, who)
                for start, end, who in hits[first:last]
            ]
            first, before, shift = last, joint, next_shift
        if not self.marked:
            return found
        return [(start, _after_marks(text, end), who) for start, end, who in found]


def _after_marks(text: str, position: int) -> int:
    marks = _MARKS.match(text, position)
    return marks.end() if marks else position


def _bounded(start: int, end: int, plain: _Plain, text: str) -> bool:
    """Whether a place beside characters without a byte is a whole word: they may be letters or pictures."""
    if plain.data[start - 1] != _UNKNOWN and plain.data[end] != _UNKNOWN:
        return True
    before, after = plain.original(start - 1) if start else 0, plain.original(end)
    return not (start and text[before].isalnum()) and not text[after : after + 1].isalnum()


class _Alphabet:
    """The characters that have a byte: that of Latin-1 or ASCII without the accent, else a free one."""

    def __init__(self, wanted: str) -> None:
        letters = dict.fromkeys(_SPACES + _DASHES + _SINGLE + _DOUBLE + _LETTERS)
        letters |= dict.fromkeys(sorted(c for c in set(wanted) if not c.isascii()) + list(_RARER))
        decoding = [chr(code) for code in range(256)]
        free = (code for code in (*range(1, 32), *range(128, 160)) if not chr(code).isspace())
        self._codes = {chr(code): code for code in range(128) if chr(code).isprintable()}
        for letter in letters:
            if (code := _folded(letter)) is None:
                code = next(free, _UNKNOWN)
                decoding[code] = letter
            self._codes[letter] = code
        decoding[_UNKNOWN] = ""
        self._fold = bytes(self._codes.get(chr(code), _UNKNOWN) for code in range(256))
        word = [letter.isalnum() or letter == "_" for letter in decoding]
        low = bytes(range(256)).lower()
        self._words = bytes(low[code] if is_word else ord(" ") for code, is_word in enumerate(word))
        self.after = [not is_word and letter != "$" for is_word, letter in zip(word, decoding, strict=True)]

    def words(self, data: bytes) -> bytes:
        """Folded text in lower case, a space for every byte that is of no word, and one in front.

        A name begins behind a space, so with that space it has the start that it has in the data without it.
        """
        return (b" " + data).translate(self._words)

    def key(self, name: str) -> bytes:
        """A name as it stands in a folded text; empty if one of its letters has no byte."""
        data = self.plain(unicodedata.normalize("NFC", name).strip()).data.strip()
        return b"" if _UNKNOWN in data else data

    def plain(self, text: str) -> _Plain:
        """The folded text with one space for every run of spaces and dashes, and without combining marks."""
        latin = text.encode("latin-1", "replace")
        folded = bytearray(latin.translate(self._fold))
        for _, at, _ in _REPLACED.find_matches_as_indexes(latin):
            folded[at] = self._codes.get(text[at], _UNKNOWN)
        for _, first, last in _TWO_LINES.find_matches_as_indexes(latin):
            folded[first:last] = _BREAK * 2
        raw = bytes(folded)
        gaps = _runs(raw, text) if _TWO_SPACES.find_matches_as_indexes(raw) else []
        if _UNKNOWN in raw and not unicodedata.is_normalized("NFC", text):
            marks = [(*match.span(), b"") for match in _MARKS.finditer(text)]
            return _joined(raw, sorted([*gaps, *marks]), True) if gaps or marks else _Plain(raw + b" ")
        return _joined(raw, gaps) if gaps else _Plain(raw + b" ")


def _runs(raw: bytes, text: str) -> list[tuple[int, int, bytes]]:
    """Runs of spaces and dashes, and the bytes that stand for each: one space, or breaks of equal length."""
    return [
        (first, last, _BREAK * (last - first) if _HARD_BREAK.search(text, first, last) else b" ")
        for first, last in (match.span() for match in _RUN.finditer(raw))
    ]


def _joined(raw: bytes, gaps: Iterable[tuple[int, int, bytes]], marked: bool = False) -> _Plain:
    parts: list[bytes] = []
    joints: list[int] = []
    shifts: list[int] = []
    begin = length = shift = 0
    for first, last, instead in gaps:
        parts += (raw[begin:first], instead)
        length += first - begin + len(instead)
        begin = last
        if last - first != len(instead):
            shift += last - first - len(instead)
            joints.append(length)
            shifts.append(shift)
    parts += (raw[begin:], b" ")
    return _Plain(b"".join(parts), joints, shifts, marked)


def _folded(letter: str) -> int | None:
    """The byte of the letter without its accent, where that is ASCII; else its own, if it is of Latin-1."""
    plain = _SAME.get(letter) or unicodedata.normalize("NFKD", letter)[0]
    if plain.isascii():
        return ord(plain)
    return ord(letter) if ord(letter) < 256 else None


# --- names as patterns ----------------------------------------------------------------------------------

_Table = dict[bytes, tuple[str, ...]]


def _patterns(names: Sequence[Name], alphabet: _Alphabet) -> tuple[_Table, _Table]:
    """Folded names with the entities that bear them: those that keep their case, and those in lower case.

    A name of the register goes before a spelling made from another one; a made spelling that fits several
    entities is dropped.
    """
    tables: tuple[dict[bytes, set[str]], dict[bytes, set[str]]] = (defaultdict(set), defaultdict(set))
    made: tuple[dict[bytes, set[str]], dict[bytes, set[str]]] = (defaultdict(set), defaultdict(set))
    for name in names:
        for number, spelling in enumerate(_forms(name)):
            uncased = name.case == ANY
            key = alphabet.key(spelling.lower() if uncased else spelling)
            (made if number else tables)[uncased][key].add(name.entity)
            if name.case == TITLE:
                made[0][alphabet.key(spelling.upper())].add(name.entity)
    for table, extra in zip(tables, made, strict=True):
        for key, entities in extra.items():
            if key not in table and len(entities) == 1:
                table[key] = entities
        for key in [key for key in table if _names_without_article(key, table)]:
            del table[key]
    cased, uncased_ = ({k: tuple(sorted(v)) for k, v in table.items() if k} for table in tables)
    return cased, uncased_


def _numbered(names: Sequence[Name], alphabet: _Alphabet) -> tuple[dict[str, set[int]], set[bytes]]:
    """Ordinals and years in the names of entities, by entity; and the names without them."""
    marks: dict[str, set[int]] = defaultdict(set)
    stems: set[bytes] = set()
    for name in names:
        if (found := stem(name.text)) is not None:
            bare, mark = found
            marks[name.entity].add(mark)
            stems.update(alphabet.words(alphabet.key(form)) for form in _forms(replace(name, text=bare)))
    return marks, stems


def _forms(name: Name) -> list[str]:
    """The name, then its other spellings; a common noun has its plural, `The X` also `the X`."""
    forms = spellings(name.text)
    if name.case == ANY and not name.text.endswith("s"):
        forms += [form + "s" for form in forms]
    if name.text.startswith("The "):
        forms += ["the " + form[4:] for form in forms]
    elif name.text.startswith("the "):
        forms += [form[4:] for form in forms]
    return forms


def _names_without_article(key: bytes, table: Mapping[bytes, set[str]]) -> bool:
    """Whether a name that begins with an article is one without it too; the shorter one is enough.

    Otherwise `the Reef` would begin before `Reef Council` and win.
    """
    return key[:4].lower() == b"the " and table.get(key[4:]) == table[key]
