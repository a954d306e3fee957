"""Reading documents: names a second beside spaCy, documents a second, memory, and growth with the aliases."""

import importlib.util
import random
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from bench.measure import Timing, interleaved, table
from bench.prose import documents
from graph.records import Entity, text_hash
from loaders.extract import extract
from loaders.mentions import find_mentions, matcher_for
from loaders.register import ANY, TITLE, Name, Register, read_register
from loaders.text import SourceText
from schema.model import load_schema

_PEER_SHARE = 0.5

# The longest names of the documents, and how many stand together. Of any length and one by one they are 7 in
# 1,000 characters, of 30 each; the second has as many and as long ones as the statements, releases and news
# that carisec reads: 17 to 22 of 16 characters.
_SPARSE, _AS_RELEASES = (sys.maxsize, 1), (32, 4)
_SIZES = (100, 1_000, 10_000)

# A process of its own for each size, so that the peak is of that work; the first is the register alone. Linux
# hands the peak of the parent on to `ru_maxrss`, not to VmHWM. In MiB; macOS counts bytes.
_MEMORY = """
import pathlib, re, resource, sys
from bench.extraction import read_through
read_through(int(sys.argv[1]))
status = pathlib.Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.exists() else None
print(int(peak[1]) / 1024 if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)
"""


def run(megabytes: float = 2.0, rounds: int = 5) -> str:
    """All tables of this benchmark."""
    register = read_register(load_schema())
    return "\n\n".join(
        (
            _matching(register, megabytes, rounds, *_SPARSE),
            _matching(register, megabytes, rounds, *_AS_RELEASES),
            _growth(megabytes, rounds),
            _end_to_end(register, min(megabytes, 0.25), rounds),
            _memory(),
        )
    )


def read_through(megabytes: int) -> None:
    """Extract one document of that many million characters; none of it is kept. For the memory's measure."""
    schema = load_schema()
    register = read_register(schema)
    text = "".join(documents(_names(register), megabytes * 1_000_000)) if megabytes else ""
    extract(_source(text, 0), register, schema)


def _names(register: Register) -> list[str]:
    return [name.text for name in register.names if name.case != ANY]


def _source(text: str, number: int) -> SourceText:
    properties = {"file": f"{number}.txt", "sha256": text_hash(text), "published": "2024-05-06"}
    entity = Entity(f"document/{number}", ("Document",), f"Notes {number}", properties=properties)
    return SourceText(f"{number}.txt", text, entity)


def _enumerated(names: Sequence[str], together: int) -> list[str]:
    """Enumerations of so many names each, in which every name stands once at each place."""
    shuffled = [names, *(random.Random(seed).sample(names, len(names)) for seed in range(1, together))]
    return [", ".join(several) for several in zip(*shuffled, strict=True)]


def _matching(register: Register, megabytes: float, rounds: int, longest: int, together: int) -> str:
    """Characters a processor second; the peer gets a part of the documents, its times are scaled up.

    Every round has documents that no side has seen, since what is read in earnest is new too.
    """
    names = _names(register)
    named = _enumerated([name for name in names if len(name) <= longest], together)
    texts = [documents(named, int(megabytes * 1_000_000), seed) for seed in range(rounds)]
    size = sum(len(text) for part in texts for text in part) / rounds
    matcher = matcher_for(register)
    found = [hit for text in texts[0] for hit in matcher.longest(text)]
    bare = BytesAhoCorasick(
        sorted({name.encode() for name in names}), MatchKind.LeftmostLongest, Implementation.ContiguousNFA
    )
    ways: dict[str, Callable[[], object]] = {
        "automaton alone, no rules of words": _reader(
            lambda text: bare.find_matches_as_indexes(text.encode()), texts
        ),
        "names only": _reader(matcher.longest, texts),
        "find_mentions": _reader(lambda text: find_mentions(text, register), texts),
    }
    length = sum(end - start for start, end, _ in found) / len(found)
    density = f"{1000 * len(found) / size:.0f} of {length:.0f} characters found in 1,000"
    title = f"matching, {len(names):,} names, {len(texts[0])} documents, {density}"
    peer = _phrase_matcher(names)
    if peer is None:
        without = (
            "spaCy is not installed (uv sync --group bench, or pip install spacy): no peer to compare with"
        )
        return table(title, "chars", size, interleaved(ways, rounds)) + f"\n  {without}"
    parts = [part[: max(1, int(len(part) * _PEER_SHARE))] for part in texts]
    share = sum(len(text) for part in parts for text in part) / rounds / size
    slow, *ours = interleaved({"spaCy PhraseMatcher": _reader(peer, parts), **ways}, rounds)
    return table(title, "chars", size, [Timing(slow.name, tuple(t / share for t in slow.runs)), *ours])


def _reader(find: Callable[[str], object], rounds: Sequence[Sequence[str]]) -> Callable[[], object]:
    """Goes through the documents of the next round at each call; what it finds is not kept."""
    ahead = iter(rounds)
    return lambda: deque(map(find, next(ahead)), maxlen=0)


def _phrase_matcher(names: Sequence[str]) -> Callable[[str], object] | None:
    """spaCy's matcher over the same names with the longest chosen; None where it is not installed."""
    if importlib.util.find_spec("spacy") is None:
        return None
    spacy: Any = importlib.import_module("spacy")
    matching: Any = importlib.import_module("spacy.matcher")
    choosing: Any = importlib.import_module("spacy.util")
    nlp = spacy.blank("en")
    matcher = matching.PhraseMatcher(nlp.vocab)
    matcher.add("NAME", [nlp.make_doc(name) for name in names])
    return lambda text: choosing.filter_spans(matcher(nlp.make_doc(text), as_spans=True))


def _growth(megabytes: float, rounds: int) -> str:
    """The same prose with registers of three sizes; each text names what its own register knows."""
    parts = []
    for count in _SIZES:
        names = [f"{first} {last} Bureau" for first, last in _pairs(count)]
        entity = Entity("agency/any", ("Agency",), "Any")
        register = Register({entity.id: entity}, tuple(Name(n, entity.id, TITLE) for n in names), {})
        texts = documents(names, int(megabytes * 500_000))
        matcher = matcher_for(register)
        ways: dict[str, Callable[[], object]] = {
            f"{count:,} aliases": _reader(matcher.longest, [texts] * rounds)
        }
        parts.append((sum(map(len, texts)), interleaved(ways, rounds)[0]))
    size = parts[0][0]
    timings = [Timing(t.name, tuple(r * size / own for r in t.runs)) for own, t in parts]
    return table("growth with the aliases, names only", "chars", size, timings)


def _pairs(count: int) -> list[tuple[str, str]]:
    syllables = ("Bar", "Cel", "Dov", "Fen", "Gal", "Hir", "Jos", "Kem", "Lun", "Mar")
    words = [a + b.lower() + c.lower() for a in syllables for b in syllables for c in syllables]
    return [(words[n % len(words)], words[n * 7 // 10 % len(words)]) for n in range(count)]


def _end_to_end(register: Register, megabytes: float, rounds: int) -> str:
    """Documents a second of wall time, from a capture in memory to its statements."""
    schema = load_schema()
    sources = [
        _source(text, number)
        for number, text in enumerate(documents(_names(register), int(megabytes * 1_000_000)))
    ]
    extract(sources[0], register, schema)  # reads the rules and word lists, once for a process
    timings = interleaved(
        {
            "find_mentions": lambda: [find_mentions(source.text, register) for source in sources],
            "extract": lambda: [extract(source, register, schema) for source in sources],
        },
        min(rounds, 3),
        time.perf_counter,
    )
    return table(
        f"{len(sources)} documents of 5,000 characters, end to end", "documents", len(sources), timings
    )


def _memory() -> str:
    """Peak resident memory of `extract` on one document, each size in a process of its own."""
    lines = ["peak memory of extract on one document"]
    for megabytes in (0, 1, 10):
        command = [sys.executable, "-c", _MEMORY, str(megabytes)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            lines.append(f"  {megabytes} MB: failed: {done.stderr.strip().splitlines()[-1]}")
            continue
        lines.append(f"  {f'{megabytes} MB':<36}{float(done.stdout):>12,.0f} MiB")
    return "\n".join(lines)
