"""What a sentence counts: quantities, shares and sums, with the kinds of what is counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.measures import MONEY, Lexicon
from loaders.numbers import DIGITS, WORDS, number
from loaders.quantities import EXACT, PERCENT, Money, Quantity, find_money, find_quantities, find_shares

Span = tuple[int, int]

# A number whose noun stood before: `of the 344 guns, 210 were traced`, `80 percent of which had been sold`.
_ELLIPSIS = re.compile(
    rf"(?<![\w.,$€£/#-])(?P<number>{DIGITS}|\b{WORDS}\b)(?P<share>\s*(?:per\s?cent|%|pct))?"
    r"(?:\s+of\s+(?:which|these|them|those|whom))?(?=\s+(?:were|was|have|has|had|are)\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"\d|\b{WORDS}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity, share or sum at a place, with the kinds of what is counted; `bare` without its noun."""

    start: int
    end: int
    value: str
    unit: str
    kinds: frozenset[str]
    rounding: str
    upper: str | None = None
    scope: str | None = None
    bare: bool = False

    @property
    def is_money(self) -> bool:
        return MONEY in self.kinds


def has_number(text: str, start: int, end: int) -> bool:
    """Whether there is a number between two positions; where there is none, nothing is counted."""
    return _NUMBER.search(text, start, end) is not None


def find_counted(words: Lexicon, text: str, start: int, end: int, taken: Sequence[Span]) -> list[Counted]:
    """All that is counted between two positions, in order, but for what stands in `taken` (names, dates)."""
    found: list[Counted] = []

    def free(first: int, last: int) -> bool:
        return not any(first < t and s < last for s, t in [*taken, *((c.start, c.end) for c in found)])

    found += [_sum(m) for m in find_money(text, start, end) if free(m.start, m.end)]
    for quantity in (
        *find_shares(words.shares, text, start, end),
        *find_quantities(words.quantities, text, start, end),
    ):
        one = _number(quantity, words)
        if one is not None and free(one.start, one.end):
            found.append(one)
    for match in _ELLIPSIS.finditer(text, start, end):
        before = max((c for c in found if c.end <= match.start()), key=lambda c: c.end, default=None)
        if before is not None and not before.is_money and free(*match.span()):
            found.append(_elliptical(match, before))
    return sorted(found, key=lambda c: c.start)


def _elliptical(match: re.Match[str], before: Counted) -> Counted:
    """A number that counts what an earlier one counts, or a share of that."""
    value, scope = format(number(match["number"]), "f"), f"of the {before.value} {before.unit}"
    if match["share"]:
        return Counted(*match.span(), value, PERCENT, before.kinds, EXACT, scope=scope, bare=True)
    return Counted(*match.span(), value, before.unit, before.kinds, EXACT, bare=True)


def _sum(money: Money) -> Counted:
    amount = money.amount
    value = format(amount.value, "f")
    return Counted(
        money.start, money.end, value, amount.currency, frozenset((MONEY,)), money.rounding, money.upper
    )


def _number(quantity: Quantity, words: Lexicon) -> Counted | None:
    """None for a noun in the singular that is no unit here, as in `12 firearm examiners`."""
    nouns = quantity.head.split()
    runs = [" ".join(nouns[place:]) for place in range(len(nouns))]
    noun = next((run for run in runs if run in words.kinds), None)
    if noun is None:
        noun = next((run for run in runs if run in words.singulars), None)
        if noun is None or quantity.value != "1" or quantity.unit == PERCENT:
            return None
    unit = PERCENT if quantity.unit == PERCENT else noun + quantity.unit.removeprefix(quantity.head)
    kinds = words.kinds.get(unit) or words.kinds[words.singulars.get(noun, noun)]
    return Counted(
        quantity.start, quantity.end, quantity.value, unit, kinds, quantity.rounding,
        quantity.upper, quantity.scope,
    )  # fmt: skip
