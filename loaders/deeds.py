"""Whether a word says that something was done: plans, wishes, conditions and denials do not."""

import re
from collections.abc import Mapping, Sequence

from loaders.counts import Span
from loaders.measures import Measure
from loaders.verbs import AUXILIARY, DONE, act

# How far before a word, in characters, what governs it is looked for.
_REACH = 70
_BEFORE_VERB = re.compile(rf"((?:\b{AUXILIARY}\s+)*)$", re.IGNORECASE)
_BAD_BEFORE_ING = re.compile(
    r"\b(?:of|for|to|at|without|from|before|towards?|on|the|a|an|this|that|its|their|our|such|some|more)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:no(?!\s+(?:fewer|less|more)\s+than)|not|never|without|if|would|could|should|unless|whether)\b",
    re.IGNORECASE,
)
# Verbs whose passive subject gets what is counted: `the unit was given 12 radios`.
_GIVEN = re.compile(
    r"(?:given|awarded|granted|provided|presented|issued|offered|supplied|equipped|outfitted|allocated)"
)
# `hopes that 40 officers are trained`.
_WISH = re.compile(
    r"\b(?:hop|expect|recommend|urg|propos|demand|request|requir|ask|suggest|insist|wish|plan|aim|ensur|promis|"
    r"pledg)\w*\s+that\b[^,;]*$",
    re.IGNORECASE,
)
_UNREAL = re.compile(r"(?:Had|Should|Were)\b.*\bwould\b", re.DOTALL)
# `helped partners (to) seize`: what somebody was helped to do was done.
_HELPED_TO = re.compile(
    r"\b(?:help(?:ed|s)|enabled|assisted|led)\s+(?:[^\s,;]+\s+){1,6}(?:to\s+)?$", re.IGNORECASE
)
_AND = re.compile(r"(?:\band|,)\s+$", re.IGNORECASE)
_MODALS = (
    r"will|shall|would|could|should|may|might|can|must|plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|hop(?:e|es|ed|ing)|"
    r"expect(?:s|ed|ing)?|intend(?:s|ed|ing)?|seeks?|seeking|sought|goals?|targets?|objectives?|propos(?:e|es|ed)|if|"
    r"slated|scheduled|designed|to\s+be|in\s+order\s+to|urg(?:e|es|ed)|call(?:s|ed)\s+(?:for|on)"
)
# The last of these before a word says how the clause stands; what a modal governs is skipped.
_FINITE = re.compile(
    rf"\b(?:(?P<planned>{_MODALS})\b(?:\s+(?:not|also|have|has|be|been|\w+ly|to))*(?:\s+\w+)?"
    r"|(?P<done>was|were|has|have|had|is|are|\w{2,}ed|led|saw|made|took|gave|held|brought|found|met|sent|spent|"
    r"built|bought|won|began|ran|came)\b)",
    re.IGNORECASE,
)
# Items of a plan begin with what is to be done: `Advance the work by convening three meetings`.
_ORDER = re.compile(
    r"(?:Advance|Assist|Bolster|Build|Collaborate|Combat|Commit|Conduct|Continue|Convene|Cooperate|Create|Deepen|"
    r"Deliver|Develop|Encourage|Enhance|Ensure|Establish|Expand|Expedite|Explore|Facilitate|Finalize|Foster|"
    r"Further|Identify|Implement|Improve|Increase|Intensify|Launch|Leverage|Maintain|Promote|Provide|Pursue|"
    r"Reduce|Reinforce|Seek|Share|Strengthen|Support|Train|Undertake|Use|Utilize|Work)\s+(?!from\b|by\b)"
)
_FINITE_FOR_SURE = re.compile(r"\b(?:was|were|has|have|had|is|are|led|made|took|gave|held|brought|found)\b")
_INFINITIVE = re.compile(
    r"\bto\s+(?!the\b|a\b|an\b|its\b|their\b|\d)(?:\w+ly\s+)?[a-z]+\s+(?:in\s+)?(?:the\s+)?$"
)
_HELPED = re.compile(r"\b(?:help(?:ed|s|ing)?|continu(?:ed|es|ing)|managed|serv(?:ed|es)|work(?:ed|s))\s*$")
_PLURAL_BEFORE = re.compile(r"(?:[a-z]{3,}s|people|police|\)|”)\s+(?:\w+ly\s+)?$")


class DeedReader:
    """Reads of the words of a sentence whether they tell acts that were done.

    `words` are those of the lexicon in the sentence, `by_word` the measures of each, `names` the names in it.
    """

    def __init__(
        self,
        text: str,
        span: Span,
        words: Sequence[re.Match[str]],
        by_word: Mapping[str, tuple[Measure, ...]],
        names: Sequence[Span],
    ) -> None:
        self._text, self._words, self._by_word, self._names = text, words, by_word, names
        self._start, self._end = span

    def is_done(self, word: re.Match[str], measure: Measure) -> bool:
        """Whether a verb with its object behind it, or a lead, tells a past or present act."""
        leads, form = self._leads(word), form_of(word)
        if self.is_denied(word.start()):
            return False
        if measure.nouns and not re.search(rf"\b(?:{'|'.join(measure.nouns)})s?\b", leads, re.IGNORECASE):
            return False
        if form in measure.leads:
            return self.stands_done(word.start()) and not self._is_infinitive(leads)
        words = self.auxiliaries(word)
        for one in measure.verbs:
            if form == one.ing and not any(w in ("is", "are", "was", "were", "been", "be") for w in words):
                return _BAD_BEFORE_ING.search(leads) is None and self.stands_done(word.start())
            if form in one.forms and act(words, one.kinds(form), passive=False) == DONE:
                return bool(words) or form != one.base or self._is_finite(word)
            if form == one.base and _HELPED_TO.search(leads) and self.stands_done(word.start()):
                return True
        return False

    def is_given(self, word: re.Match[str], measure: Measure) -> bool:
        """Whether the subject got what stands behind the verb: `was awarded a $2 million grant`."""
        form, words = form_of(word), self.auxiliaries(word)
        if not words or _GIVEN.fullmatch(form) is None or self.is_denied(word.start()):
            return False
        return any(act(words, v.kinds(form), passive=True) == DONE for v in measure.verbs)

    def _is_finite(self, word: re.Match[str]) -> bool:
        """Whether a base form without auxiliaries is a verb of the clause: by subject or coordination."""
        leads = self._leads(word)
        if _HELPED_TO.search(leads) and self.stands_done(word.start()):
            return True
        if _AND.search(leads) is None:
            return self._has_plural_subject(word.start())
        earlier = [w for w in self._words if w.end() < word.start()]
        return bool(earlier) and any(
            form_of(earlier[-1]) in (v.base for v in m.verbs) and self.is_done(earlier[-1], m)
            for m in self._by_word[form_of(earlier[-1])]
        )

    def auxiliaries(self, word: re.Match[str]) -> list[str]:
        """The auxiliaries and adverbs right before a word, in lower case."""
        match = _BEFORE_VERB.search(self._leads(word))
        return match[1].lower().split() if match else []

    def is_denied(self, place: int) -> bool:
        """Whether a negation, condition or wish stands before a place in its clause."""
        leads = self._text[max(self._start, place - _REACH) : place]
        if _WISH.search(self._text[self._start : place]) or _UNREAL.match(self._text, self._start, self._end):
            return True
        return _DENIAL.search(re.split(r"[,;:]", leads)[-1]) is not None

    def stands_done(self, place: int) -> bool:
        """Whether the clause that a place stands in tells no plan."""
        if _ORDER.match(self._text, self._start) and not _FINITE_FOR_SURE.search(
            self._text, self._start, place
        ):
            return False
        found: Mapping[str, str | None] = {}
        for match in _FINITE.finditer(self._text, self._start, place):
            found = match.groupdict()
        return not found.get("planned")

    def _is_infinitive(self, leads: str) -> bool:
        """Whether `to support the` stands before; what was helped to happen has happened."""
        match = _INFINITIVE.search(leads)
        return match is not None and _HELPED.search(leads[: match.start()]) is None

    def _has_plural_subject(self, place: int) -> bool:
        """Whether a verb in its base form has a subject right before it and no modal in its clause."""
        leads = self._text[max(self._start, place - _REACH) : place]
        if not self.stands_done(place) or re.search(r"\bto\s+[^,]*$", leads):
            return False
        return _PLURAL_BEFORE.search(leads) is not None or any(e == place - 1 for _, e in self._names)

    def _leads(self, word: re.Match[str]) -> str:
        return self._text[max(self._start, word.start() - _REACH) : word.start()]


def form_of(word: re.Match[str]) -> str:
    """A word of the lexicon as it stands there: in lower case, with single spaces."""
    return " ".join(word[0].lower().split())
