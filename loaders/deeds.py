"""Acts that were done, as the frames of a sentence tell them: plans, wishes, conditions and denials are none.

Where there is no frame, as in a row of a table or a headline, the words before and the form decide.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.counts import Counted, Span
from loaders.grammar.frames import Analysis, Frame
from loaders.grammar.lexicon import lexicon
from loaders.grammar.phrases import Group, Phrase
from loaders.measures import MADE, Measure
from loaders.measures import lexicon as measures
from loaders.rulebook import NOUN
from loaders.sayings import said_in
from loaders.verbs import AUXILIARY, DONE, ING, PARTICIPLE, act

# What somebody was helped to do was done.
_HELPING = frozenset(("help", "enable", "assist", "lead"))
_AIMS = frozenset(("goal", "target", "objective", "aim", "plan", "priority", "ambition"))
_NONE = frozenset(("none", "neither"))
_FINITE = ("is", "are", "was", "were", "has", "have", "had")
_BEFORE_VERB = re.compile(rf"((?:\b{AUXILIARY}\s+)*)$", re.IGNORECASE)
_ROUNDS = re.compile(r"no\s+(?:fewer|less|more)\s+than\b", re.IGNORECASE)
# What keeps words without a frame from telling what was done: `40 officers to be trained`, `no arrests`.
_NOT_TOLD = re.compile(
    r"\b(?:no(?!\s+(?:fewer|less|more)\s+than)|not|never|without|if|unless|whether|will|shall|would|could|should|may|"
    r"might|can|must|to\s+be|plan(?:s|ned)?|aim(?:s|ed)?|hop(?:e|es|ed)|expect(?:s|ed)?|intend(?:s|ed)?|seeks?|"
    r"goals?|targets?|objectives?|propos(?:e|es|ed|al))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that was done.

    `frame` tells it; of a noun (`the seizure of`) `noun` is its phrase, and `frame` the one it stands in.
    `passive` is None where the form may be either: `40 officers trained`.
    """

    passive: bool | None
    frame: Frame | None = None
    noun: Phrase | None = None


class DeedReader:
    """Reads of the words of a sentence whether they tell acts that were done."""

    def __init__(self, text: str, span: Span, analysis: Analysis) -> None:
        self._text, self._start = text, span[0]
        self._tokens, self._frames = analysis.tokens, analysis.frames
        words = lexicon()
        self._nouns = {id(s.phrase): s.status for s in said_in(analysis, words) if s.kind == NOUN}
        self._phrases = [p for g in analysis.groups for p in g.walk()]
        self._phrases += [p for f in analysis.frames for g in f.arguments() for p in g.walk()]
        self._order = _is_order(analysis)

    def deed(self, word: re.Match[str], measure: Measure, one: Counted | None = None) -> Deed | None:
        """The act that a word tells, if it was done and done with what is counted."""
        if one is not None and self._is_denied(one):
            return None
        places, form = self._places(*word.span()), form_of(word)
        frame = next((f for f in self._frames if any(f.start <= t < f.end_of_verb for t in places)), None)
        if frame is not None and any(frame.arguments()):
            told = self._is_done(frame) and not (one is not None and self._is_anothers(one, frame))
            return Deed(self._voice(frame, form, measure), frame) if told else None
        if form in measure.leads:
            return self._named(places or (self._places(one.start, one.end) if one else []), word.start())
        return None if places and frame is None else self._formed(word, measure)

    def named(self, one: Counted) -> Deed | None:
        """The act that the noun of a sum names, if it was done: `a $2 million grant`."""
        return None if self._is_denied(one) else self._named(self._places(one.start, one.end), one.start)

    def _named(self, places: list[int], start: int) -> Deed | None:
        """The act that a noun at these tokens names: it stands as the frame that it is in."""
        near = [p for p in self._phrases if any(p.start <= t < p.base_end for t in places)]
        if not near:
            return self._unframed(start)
        noun = min(near, key=lambda p: p.base_end - p.start)
        if noun.denied or (self._nouns.get(id(noun), DONE) != DONE and not self._is_outcome(noun)):
            return None
        within = [
            (g.end - g.start, n) for n, f in enumerate(self._frames) for g in f.arguments() if holds(g, noun)
        ]
        if not within:
            return self._unframed(start, noun)
        frame = self._frames[min(within)[1]]
        happens = holds(frame.agent, noun) and frame.patient is None
        if self._is_planned(frame) or _is_meant(frame) or (happens and frame.status != DONE):
            return None
        return Deed(False, frame, noun)

    def _is_outcome(self, noun: Phrase) -> bool:
        """`The raid ended with the seizure of 12 guns`: it did not end that."""
        ended = (f for f in self._frames if f.lemma == "end" and f.status == DONE)
        return any(p in ("in", "with") and holds(g, noun) for f in ended for p, g in f.hung)

    def _unframed(self, start: int, noun: Phrase | None = None) -> Deed | None:
        return None if _NOT_TOLD.search(self._text, self._start, start) else Deed(False, noun=noun)

    def _formed(self, word: re.Match[str], measure: Measure) -> Deed | None:
        """A verb without a frame: its form and what stands before it tell."""
        if _NOT_TOLD.search(self._text, self._start, word.start()):
            return None
        leads = _BEFORE_VERB.search(self._text[self._start : word.start()])
        before, form = leads[1].lower().split() if leads else [], form_of(word)
        kinds = [verb.kinds(form) for verb in measure.verbs]
        active = any(act(before, k, passive=False) == DONE or (ING in k and not before) for k in kinds)
        passive = any(act(before, k, passive=True) == DONE for k in kinds)
        return Deed(None if active and passive else passive) if active or passive else None

    def is_told(self, end: int) -> bool:
        """Whether the words before `end` tell no plan, so that a list behind them may tell what was done."""
        last = self._frames[-1] if self._frames else None
        if last is not None and not self._is_done(last):
            return False
        behind = self._tokens[last.end_of_verb - 1].end if last is not None else self._start
        return _NOT_TOLD.search(self._text, behind, end) is None

    def last(self) -> Frame | None:
        """The frame of a lead whose subject does what the list behind it tells."""
        return next((f for f in reversed(self._frames) if not f.relative), None)

    # --- how frames stand ---

    def _is_done(self, frame: Frame) -> bool:
        if self._is_planned(frame) or _all_denied(_actors(frame)):
            return False
        helper = helper_of(frame, self._frames)
        return (frame.status == DONE and not frame.purpose) or (helper is not None and self._is_done(helper))

    def _is_planned(self, frame: Frame) -> bool:
        """Whether a frame stands under an order or tells an aim."""
        before = [f for f in self._frames if f.start <= frame.start]
        finite = any(self._tokens[f.start].is_word(*_FINITE) for f in before)
        return any(map(_is_aim, before)) or (self._order and not finite)

    def _voice(self, frame: Frame, form: str, measure: Measure) -> bool | None:
        """`40 officers trained`, `Trained 40 officers` may be either."""
        behind = frame.patient is None or frame.patient.start >= frame.end_of_verb
        alone = self._tokens[frame.start].text == form.partition(" ")[0]
        either = alone and any(PARTICIPLE in verb.kinds(form) for verb in measure.verbs)
        return None if either and behind and (frame.passive or frame.patient is None) else frame.passive

    def _is_denied(self, one: Counted) -> bool:
        """`neither 12 guns nor a boat`, `none of the 12 guns`."""
        places = self._places(one.start, one.end)
        denied = _ROUNDS.match(self._text, one.start) is None
        return any(
            (p.denied and denied) or _NONE & set(p.heads)
            for p in self._phrases
            if any(p.start <= t < p.end for t in places)
        )

    def _is_anothers(self, one: Counted, frame: Frame) -> bool:
        """Whether what is counted is the object of an act not done: `stopped training 40 officers`."""
        places = self._places(one.start, one.end)
        undone = [f.patient for f in self._frames if f is not frame and f.status != DONE]
        taken = any(g is not None and g.start <= t < g.end for g in undone for t in places)
        return taken and not any(g.start <= t < g.end for g in frame.arguments() for t in places)

    def _places(self, start: int, end: int) -> list[int]:
        """Indices of the tokens between two positions; of what stands in parentheses there are none."""
        return [n for n, t in enumerate(self._tokens) if t.start < end and start < t.end]


def helper_of(frame: Frame, frames: Sequence[Frame]) -> Frame | None:
    """Of `helped partners (to) seize`, the frame of the help."""
    if not frame.purpose or frame.agent is None:
        return None
    helping = (
        f for f in frames if f.lemma in _HELPING and f.patient is frame.agent and f.start < frame.start
    )
    return next(helping, None)


def form_of(word: re.Match[str]) -> str:
    """A word of the lexicon as it stands there: in lower case, with single spaces."""
    return " ".join(word[0].lower().split())


def _actors(frame: Frame) -> Group | None:
    by = (group for preposition, group in frame.hung if preposition == "by")
    return next(by, None) if frame.passive else frame.agent


def _all_denied(group: Group | None) -> bool:
    return group is not None and all(phrase.denied for phrase in group.phrases)


def _is_meant(frame: Frame) -> bool:
    """`plans the seizure of 12 guns`: what a noun behind the verb names is not done yet."""
    meant = frame.lemma in _AIMS or lexicon().subject_control.get(frame.lemma, DONE) != DONE
    return meant and not any(m.name == MADE for m in measures().by_word.get(frame.lemma, ()))


def _is_aim(frame: Frame) -> bool:
    """`The goal is 40 officers trained`."""
    return frame.lemma == "be" and frame.agent is not None and bool(_AIMS & set(frame.agent.phrases[0].heads))


def _is_order(analysis: Analysis) -> bool:
    """`Support the region through the training of 40 officers`: what is to be done."""
    first = next((f for f in analysis.frames if f.start == analysis.first), None)
    if first is None or first.passive or not (first.agent is None or first.pledged):
        return False
    return analysis.tokens[first.start].text == first.lemma.partition(" ")[0]


def holds(group: Group | None, phrase: Phrase) -> bool:
    """Whether a phrase is in a group or hangs on one that is."""
    return group is not None and any(one is phrase for one in group.walk())
