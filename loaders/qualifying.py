"""The date and the sum of an act, from what its sentence tells."""

import re
from collections.abc import Sequence

from loaders.dates import DateSpan
from loaders.quantities import Money
from loaders.sayings import Said
from loaders.verbs import EXPECTED, PLANNED, URGED

# Prepositions before a date that does not tell when the act was.
_OTHER_DATES = frozenset(
    ("by", "until", "before", "after", "since", "as of", "prior to", "following", "till")
)
# An act that stands so is to come.
_TO_COME = frozenset((PLANNED, EXPECTED, URGED))
# Prepositions before the two ends of a span.
_SPANNING = {"from": ("to", "through", "thru", "and"), "between": ("and", "between", "to")}
_MOST_DATES = 2
# Right behind a name these are the years that it looks to: `adopted the Reef Strategy 2025–2030`.
_YEARS = re.compile(r"\d{4}/\d{4}")


def _spans(said: Said, dates: Sequence[DateSpan]) -> list[DateSpan]:
    """The dates that tell when the act was: one, or the two ends of a span."""
    if said.frame is None:
        return []
    told = [
        w
        for w in said.frame.dates
        if w.preposition not in _OTHER_DATES
        and (w.preposition or not _YEARS.fullmatch(dates[w.number].edtf or ""))
    ]
    if [w.preposition for w in told] == ["through"]:
        return []
    spans = [dates[w.number] for w in told]
    if said.status in _TO_COME:
        spans = [span.to_come or span for span in spans]
    if len(spans) == _MOST_DATES and told[1].preposition in _SPANNING.get(told[0].preposition, ()):
        return spans
    return spans if len(spans) == 1 else []


def act_date(said: Said, dates: Sequence[DateSpan]) -> str | None:
    """EDTF date of an act, from the dates of its sentence; None where several or none are told."""
    edtf = [span.edtf for span in _spans(said, dates)]
    if not edtf or any(e is None or ("/" in e and len(edtf) > 1) for e in edtf):
        return None
    return "/".join(e for e in edtf if e)


def inferred_date(said: Said, dates: Sequence[DateSpan]) -> str | None:
    """What was inferred of the date, and from what."""
    return next((span.inferred for span in _spans(said, dates) if span.inferred), None)


def amount(said: Said, money: Sequence[Money]) -> str | None:
    """The one sum of an act with its currency, from the sums of its sentence."""
    groups = [said.frame.patient, said.frame.receiver] if said.frame is not None else []
    groups += [g for p, g in said.frame.hung if p in ("with", "of", "through", "for")] if said.frame else []
    sums = [p.money for g in groups if g is not None for p in g.phrases if p.money >= 0]
    if not sums:
        sums = [p.money for g in groups if g is not None for p in g.walk() if p.money >= 0]
    return str(money[sums[0]].amount) if len(sums) == 1 else None
