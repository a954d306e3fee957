"""Names of the register in a text: our matcher against a plain regular expression over the same names."""

import random
import re

from bench.measure import interleaved, table
from loaders.mentions import find_mentions
from loaders.register import read_register
from schema.model import load_schema

WORDS = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "for",
    "with",
    "on",
    "by",
    "officials",
    "agreed",
    "discussed",
    "joint",
    "regional",
    "training",
    "exercise",
    "maritime",
    "cooperation",
    "response",
    "capacity",
    "funding",
    "plan",
    "information",
    "strategy",
    "support",
    "equipment",
    "meeting",
    "statement",
]


def run(megabytes: float = 2.0, rounds: int = 3) -> str:
    """Rates in characters a processor second; the peer gets a tenth of the text."""
    register = read_register(load_schema())
    chance = random.Random(11)
    names = [name.text for name in register.names]
    size, words = 0, []
    while size < megabytes * 1_000_000:
        word = chance.choice(names) if chance.random() < 0.07 else chance.choice(WORDS)
        words.append(word)
        size += len(word) + 1
    text = " ".join(words)
    part = text[: len(text) // 10]
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
    find_mentions("warm up", register)
    slow = interleaved({"re, alternation of all names": lambda: pattern.findall(part)}, rounds)
    ours = interleaved({"carisec": lambda: find_mentions(text, register)}, rounds)
    scaled = [type(slow[0])(slow[0].name, tuple(t * len(text) / len(part) for t in slow[0].runs)), *ours]
    return table(f"mentions, {len(names):,} names", "chars", len(text), scaled)
