"""The notation of phrases: `<which> {kind} (support|back) [the] {program}`.

Round brackets hold alternatives, square ones an optional part, angle ones a word class of the lexicon, curly
ones a slot. Everything else is words, which are compared by stem.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from queries.language import stems

_TOKEN = re.compile(r"\s*(?:([()\[\]|])|\{(\w+)\}|<([\w-]+)>|([^\s()\[\]|{}<>]+)|(\S))")
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word, by its stem."""

    name: str


@dataclass(frozen=True, slots=True)
class Class:
    """Any sequence of words of a class of the lexicon."""

    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """What a question fills in."""

    name: str


Element = Word | Class | Slot
Sequence_ = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several runs of parts."""

    options: tuple["Run", ...]


Run = tuple["Element | Choice", ...]


def parse(text: str) -> Run:
    """Read a phrase. Raises ValueError that names what is wrong."""
    tokens = list(_tokens(text))
    run, rest = _alternatives(tokens, 0, "")
    if rest != len(tokens):
        raise ValueError(f"there is a {tokens[rest]!r} too many")
    return run


def expand(run: Run) -> Iterator[Sequence_]:
    """All plain sequences that a phrase stands for."""
    parts = [
        [s for option in part.options for s in expand(option)] if isinstance(part, Choice) else [(part,)]
        for part in run
    ]
    for combination in itertools.product(*parts):
        yield tuple(itertools.chain.from_iterable(combination))


def _tokens(text: str) -> Iterator[str | Element]:
    for bracket, slot, class_, word, other in _TOKEN.findall(text.strip()):
        if other:
            raise ValueError(f"{other!r} cannot stand there")
        if bracket:
            yield bracket
        elif slot:
            yield Slot(slot)
        elif class_:
            yield Class(class_)
        else:
            yield from map(Word, stems(word))


def _alternatives(tokens: list[str | Element], at: int, opened: str) -> tuple[Run, int]:
    """Read up to the closing bracket; returns one run and where to go on."""
    options: list[list[Element | Choice]] = [[]]
    while at < len(tokens):
        part = tokens[at]
        if part == "|":
            options.append([])
        elif part in ("(", "["):
            inner, at = _alternatives(tokens, at + 1, str(part))
            options[-1].extend(inner)
        elif part in (")", "]"):
            if _CLOSING.get(opened) != part:
                raise ValueError(f"a {part!r} closes nothing")
            return _closed(options, opened), at + 1
        elif not isinstance(part, str):
            options[-1].append(part)
        at += 1 if part not in ("(", "[") else 0
    if opened:
        raise ValueError(f"a {opened!r} is not closed")
    return _closed(options, opened), at


def _closed(options: list[list[Element | Choice]], opened: str) -> Run:
    runs = [tuple(option) for option in options]
    if opened == "[":
        runs.append(())
    return runs[0] if len(runs) == 1 else (Choice(tuple(runs)),)
