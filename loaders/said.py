"""What a sentence says was done with what it counts: `1,344 firearms` under `seized` or `the recovery of`.

A counted thing belongs to the nearest word of the lexicon that counts its kind, stands in a clause order in
which it can be its object, subject or lead, and tells an act that was done: plans, wishes, denials and
conditions are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.counts import Counted, Span
from loaders.deeds import Deed, DeedReader, form_of
from loaders.grammar.frames import Analysis
from loaders.measures import Lexicon, Measure
from loaders.quantities import PERCENT
from loaders.verbs import AUXILIARY

_REACH = 160
# How far before a verb its subject is looked for.
_BEFORE = 70
_MOST_WORDS = 14
_MOST_VERBS = 8
_MOST_LIST_WORDS = 10

_FILL = (
    r"(?:\s|,|\b(?:and|or|a|an|the|of|over|total|another|additional|further|also|as|well|some|nearly|about|more|"
    r"than|with|plus|up|to|its|their|both|including|respectively|new|together|along|combined)\b)*"
)
_ONLY_FILL = re.compile(_FILL, re.IGNORECASE)
# What may stand between two members of a list of counted things, its last word aside.
_LIST = re.compile(
    r"(?P<tail>[^;:]*?)(?:,|\(|\band\b|\bor\b|&|\bplus\b|\bincluding\b|\bsuch\s+as\b|\bwith\b|\bas\s+well\s+as\b|"
    rf"\balong\s+with\b|\bworth\b|\bvalued\s+at\b|\bvalue\s+of\b|;|/)(?P<fill>{_FILL})",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\([^()]*\)")
_STOPS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|should|may|might|can|must|said|says|told|which|who|that|"
    r"while|when|where|after|because|although|but|if|whose|whether|so|then|until|unless)\b|[;:]",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"\b(?P<word>for|in|from|at|across|on|during|within|by|through|throughout|under|against|to|into|between|than|"
    r"per|of|with|after|before|following|as|via|behind|near|among|around|toward|towards|over|every|each)"
    r"(?:\s+(?:the|its|their|a|an|another|additional|all|these|those|his|her|our|new|other))*\s*$",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(
    r"\b(?:total|group|cohort|class|batch|cache|shipment|consignment|load|team|number|package|sum|amount|fleet|set|"
    r"contingent|haul|stash|quantity|worth|equivalent|excess|upwards|crew|delegation|force|pool|majority|average|"
    r"first|set|series|combination|mix|delivery|stockpile|arsenal|tranche|list|network|gang|party|detachment|"
    r"possession|intake|audience)\s+of(?:\s+\w+)?\s*$",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"\b(?:courses?|trainings?|workshops?|seminars?|sessions?|class|classes|programs?|programmes?|exercises?)"
    r"(?:\s+\w+){0,4}\s+for\s*$",
    re.IGNORECASE,
)
_WITH_VERBS = re.compile(r"(?:provid|equip|suppl|furnish|present|outfit|charg)", re.IGNORECASE)
# Sums that nobody gave.
_NOT_GIVEN = re.compile(
    r"\b(?:reward|bounty|fines?|penalty|penalties|bail|ransom|debts?|losses)\b", re.IGNORECASE
)
_BY = re.compile(rf"\bby\b{_FILL}", re.IGNORECASE)
_VALUED = re.compile(r"\b(?:valued|estimated)\s+at\s*$", re.IGNORECASE)
_TOLD = re.compile(rf"(?:who|which|that)?\s*((?:{AUXILIARY}\s+)*)", re.IGNORECASE)
_ENDS_IN_AUXILIARIES = re.compile(
    rf"(?:^|(?<=[\s,)]))(?:(?:who|which|that)\s+)?((?:{AUXILIARY}\s+)*)$", re.IGNORECASE
)
_INVERTED = re.compile(rf"(?P<middle>.*?)\b(?:was|were)\b{_FILL}", re.IGNORECASE | re.DOTALL)
# Verbs whose passive subject gets what is counted: `the unit was given 12 radios`.
_GIVEN = re.compile(
    r"(?:given|awarded|granted|provided|presented|issued|offered|supplied|equipped|outfitted|allocated)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A counted thing with its measure, where the word for it stands, and the act that it tells."""

    counted: Counted
    measure: Measure
    start: int
    end: int
    deed: Deed


class SentenceReader:
    """Reads what one stretch of text, a sentence, says was done with what it counts, by its `deeds`."""

    def __init__(
        self,
        words: Lexicon,
        text: str,
        span: Span,
        counted: Sequence[Counted],
        names: Sequence[Span],
        analysis: Analysis,
    ) -> None:
        self._lexicon, self._text = words, text
        self._start, self._end = span
        self._counted = counted
        taken = [*names, *((c.start, c.end) for c in counted)]
        hits = words.words.finditer(text, *span)
        self._words = [m for m in hits if not any(s <= m.start() < e for s, e in taken)]
        self.deeds = DeedReader(text, span, analysis)
        self._joined = [self._is_joined(n) for n in range(len(counted) - 1)]

    def said(self) -> Iterator[Said]:
        """Each counted thing for which the sentence says that something was done."""
        for place in range(len(self._counted)):
            if found := self._of(place):
                yield found

    def lead(self, end: int) -> re.Match[str] | None:
        """The last word whose object is a list that follows at `end`: `It led to the seizure of:`."""
        for word in reversed(self._words):
            gap = self._text[word.end() : end].strip(" :\n")
            if len(gap.split()) > _MOST_LIST_WORDS or _STOPS.search(gap):
                return None
            if self.lead_measures(word):
                return word
        return None

    def lead_measures(self, word: re.Match[str]) -> list[tuple[Measure, Deed]]:
        """Every measure that the word of a lead stands for, with the act that it tells."""
        found = ((m, self._acted(word, m)) for m in self._measures(word) if not m.doers)
        return [(measure, deed) for measure, deed in found if deed is not None]

    def _acted(self, word: re.Match[str], measure: Measure, one: Counted | None = None) -> Deed | None:
        """The act of a verb with its object behind it, or of a lead."""
        leads = self._text[max(self._start, word.start() - _BEFORE) : word.start()]
        if measure.nouns and not re.search(rf"\b(?:{'|'.join(measure.nouns)})s?\b", leads, re.IGNORECASE):
            return None
        deed = self.deeds.deed(word, measure, one)
        return None if deed is None or deed.passive else deed

    def _measures(self, word: re.Match[str]) -> tuple[Measure, ...]:
        return self._lexicon.by_word[form_of(word)]

    def _of(self, number: int) -> Said | None:
        """The nearest reading: as the object right behind, as the subject right before, then farther off."""
        one = self._counted[number]
        before = [w for w in reversed(self._words) if w.end() <= one.start]
        after = [w for w in self._words if w.start() >= one.end]
        tries = (
            *((w, self._is_object_at_once) for w in before[:2]),
            *((w, self._is_subject_at_once) for w in after[:2]),
            *((w, self._is_object) for w in before[:_MOST_VERBS]),
            *((w, self._is_subject) for w in after[:3]),
        )
        for word, fits in tries:
            for measure in self._measures(word):
                if one.kinds & measure.units and (said := fits(number, word, measure)):
                    return said
        return self._by_head(one)

    # --- as the object or behind a lead -----------------------------------------------------------------

    def _is_object_at_once(self, number: int, word: re.Match[str], measure: Measure) -> Said | None:
        one = self._counted[number]
        if _ONLY_FILL.fullmatch(self._text, word.end(), one.start) is None:
            return None
        return self._is_object(number, word, measure)

    def _is_object(self, number: int, word: re.Match[str], measure: Measure) -> Said | None:
        one = self._counted[number]
        if one.bare:
            return None
        gap = self._gap(word.end(), one.start)
        by = measure.doers and any(m.end() == len(gap) for m in _BY.finditer(gap))
        inverted = self._is_inverted(number, word, measure)
        if measure.doers != by or not (by or inverted or self._reaches(number, word)):
            return None
        comma = gap.startswith(",") and (gap.strip() == "," or form_of(word).endswith("ing"))
        if comma or (one.is_money and _NOT_GIVEN.search(gap)):
            return None
        if by or inverted or _GIVEN.fullmatch(form_of(word)):
            deed = self.deeds.deed(word, measure, one)
            if deed is not None and deed.passive is not False:
                return Said(one, measure, word.start(), word.end(), deed)
        deed = None if by or inverted else self._acted(word, measure, one)
        return None if deed is None else Said(one, measure, word.start(), word.end(), deed)

    def _is_inverted(self, number: int, word: re.Match[str], measure: Measure) -> bool:
        """`Among the items seized were 12 rifles`: the verb first, `were` right before what it counts."""
        first = next(n for n in range(number + 1) if self._counted[n].start >= word.end())
        gap = self._gap(word.end(), self._counted[first].start)
        match = _INVERTED.fullmatch(gap)
        if match is None or measure.doers or _STOPS.search(match["middle"]):
            return False
        return len(gap.split()) <= _MOST_LIST_WORDS and all(self._joined[first:number])

    def _reaches(self, number: int, word: re.Match[str]) -> bool:
        """Whether what stands between a word and a counted thing behind it lets this be its object."""
        first = number
        while first and self._joined[first - 1] and self._counted[first - 1].start >= word.end():
            first -= 1
            if self._is_near(first, word):
                return True
        return self._is_near(number, word)

    def _is_near(self, number: int, word: re.Match[str]) -> bool:
        """The same for the first of a list."""
        one = self._counted[number]
        if one.start - word.end() > _REACH:
            return False
        gap = self._gap(word.end(), one.start)
        if len(gap.split()) > _MOST_WORDS or _STOPS.search(gap):
            return False
        return self._is_free(gap, word, one)

    def _is_joined(self, number: int) -> bool:
        """Whether a counted thing and the next stand in one list."""
        start, end = self._counted[number].end, self._counted[number + 1].start
        gap = self._gap(start, end)
        match = _LIST.fullmatch(gap) if len(gap.split()) <= _MOST_LIST_WORDS else None
        if match is None or _STOPS.search(match["tail"]):
            return False
        return not any(start <= w.start() < end and self._is_verb(w) for w in self._words)

    def _is_free(self, gap: str, word: re.Match[str], one: Counted) -> bool:
        """Whether no preposition right before a counted thing makes it an adjunct."""
        match = _ADJUNCT.search(gap)
        if match is None:
            return True
        last = match["word"].lower()
        if last == "of" and (one.is_money or _COLLECTIVE.search(gap)):
            return True
        if last == "with" and _WITH_VERBS.match(word[0]):
            return True
        if last == "for" and "people" in one.kinds and _COURSE.search(gap):
            return True
        return bool(one.is_money and _VALUED.search(gap))

    def _gap(self, start: int, end: int) -> str:
        return _PARENTHESES.sub(" ", self._text[start:end])

    def _is_verb(self, word: re.Match[str]) -> bool:
        """Whether a word of the lexicon is a verb in the past or a participle for sure."""
        return form_of(word).endswith("ed") and form_of(word) not in ("related", "used")

    # --- as the subject ---------------------------------------------------------------------------------

    def _is_subject_at_once(self, number: int, word: re.Match[str], measure: Measure) -> Said | None:
        if self._counted[number].unit == PERCENT:
            return None
        gap = self._gap(self._list_end(number), word.start()).lstrip(", ")
        told = _TOLD.fullmatch(gap)
        return self._told(number, word, measure, told[1]) if told else None

    def _is_subject(self, number: int, word: re.Match[str], measure: Measure) -> Said | None:
        gap = self._gap(self._list_end(number), word.start())
        auxiliaries = _ENDS_IN_AUXILIARIES.search(gap)
        if auxiliaries is None or (not auxiliaries[1].strip() and not measure.doers):
            return None
        middle = gap[: auxiliaries.start()]
        if len(middle.split()) > _MOST_WORDS or _STOPS.search(middle):
            return None
        one = self._counted[number]
        if one.unit == PERCENT:
            said = self._told(number, word, measure, auxiliaries[1])
            share = replace(one, scope=" ".join(f"{one.scope}{middle}".split()))
            return said and replace(said, counted=share)
        return self._told(number, word, measure, auxiliaries[1])

    def _told(self, number: int, word: re.Match[str], measure: Measure, auxiliaries: str) -> Said | None:
        """A counted thing before a verb that tells what was done with it, or what those counted did."""
        one = self._counted[number]
        deed = self.deeds.deed(word, measure, one)
        if deed is None or deed.noun is not None or deed.passive is measure.doers:
            return None
        governed = _ADJUNCT.search(self._text[self._start : one.start])
        if (
            (measure.doers or auxiliaries)
            and governed
            and not self._may_be_governed(governed, number, measure)
        ):
            return None
        return Said(one, measure, word.start(), word.end(), deed)

    def _may_be_governed(self, governed: re.Match[str], number: int, measure: Measure) -> bool:
        """`officers from 19 countries took part`; `a total of 40 guns were seized`; members of a list."""
        one, last = self._counted[number], governed["word"].lower()
        leads = self._text[self._start : one.start]
        if last == "of" and (one.is_money or _COLLECTIVE.search(leads)):
            return True
        if one.is_money and _VALUED.search(leads):
            return True
        if measure.doers and one.kinds & {"states", "bodies"} and last in ("from", "of", "across"):
            return True
        return number > 0 and self._joined[number - 1]

    def _list_end(self, number: int) -> int:
        """End of the last counted thing of the list that this one is in, with `worth of cocaine`."""
        last = number
        while last < len(self._joined) and self._joined[last]:
            last += 1
        worth = re.compile(r"\s+(?:worth\s+of|in)\s+(?:\w+\s+){0,2}?[\w-]+").match(
            self._text, self._counted[last].end
        )
        return worth.end() if worth and self._counted[last].is_money else self._counted[last].end

    def _by_head(self, one: Counted) -> Said | None:
        """`a $2 million grant`: the noun behind a sum says what it is."""
        head = re.compile(r"[\s-]+(?:[\w-]+\s+){0,2}?(?P<head>[a-z]+)\b").match(self._text, one.end)
        for measure in self._lexicon.measures:
            if head is not None and one.is_money and head["head"] in measure.heads:
                deed = self.deeds.named(one)
                return None if deed is None else Said(one, measure, *head.span("head"), deed)
        return None
