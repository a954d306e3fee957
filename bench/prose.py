"""Documents of usual length in made-up prose that names what a register knows; the same on every run."""

import random
from collections.abc import Sequence

_FILLER = (
    *("the", "a", "of", "and", "to", "in", "for", "with", "on", "by", "from", "under", "during", "after"),
    *("joint", "regional", "national", "annual", "several", "senior", "officials", "experts", "partners"),
    *(
        "agreed",
        "discussed",
        "supported",
        "reviewed",
        "announced",
        "launched",
        "noted",
        "training",
        "exercise",
    ),
    *(
        "cooperation",
        "agreement",
        "security",
        "maritime",
        "border",
        "response",
        "capacity",
        "funding",
        "plan",
    ),
    *("information", "strategy", "support", "assistance", "equipment", "meeting", "statement", "year"),
    *("including", "while", "which", "their", "its", "this", "that", "have", "has", "been", "will", "would"),
)
_SYLLABLES = ("ba", "cor", "del", "fan", "gri", "hol", "jun", "kel", "lam", "mor", "nis", "pra", "ros", "tem")
_NAME, _COMMON = 0.07, 0.75
_LENGTH = 5000
_SENTENCE, _PARAGRAPH = 22, 5


def documents(names: Sequence[str], size: int, seed: int = 11) -> list[str]:
    """Documents of about 5,000 characters, `size` characters or a little more in all.

    Every fourteenth word is a name, some of them possessive; a quarter of the words is a long tail, so that a
    tokenizer's cache does not make it look faster than it is on real prose.
    """
    chance = random.Random(seed)
    rare = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5))) for _ in range(20_000)]
    made: list[str] = []
    total = 0
    while total < size:
        made.append(_document(chance, names, rare))
        total += len(made[-1])
    return made


def _document(chance: random.Random, names: Sequence[str], rare: Sequence[str]) -> str:
    sentences: list[str] = []
    length = 0
    while length < _LENGTH:
        count = chance.randint(_SENTENCE // 2, _SENTENCE * 3 // 2)
        words = [_word(chance, names, rare) for _ in range(count)]
        words[0] = words[0][0].upper() + words[0][1:]
        sentences.append(" ".join(words) + (".\n\n" if chance.random() < 1 / _PARAGRAPH else ". "))
        length += len(sentences[-1])
    return "".join(sentences)


def _word(chance: random.Random, names: Sequence[str], rare: Sequence[str]) -> str:
    kind = chance.random()
    if kind < _NAME:
        return names[int(len(names) * chance.random() ** 2)] + ("’s" if chance.random() < 0.1 else "")
    word = chance.choice(_FILLER) if kind < _COMMON else rare[int(len(rare) * chance.random() ** 3)]
    return word + ("," if chance.random() < 0.07 else "")
