"""What a whole sentence tells of its acts: whether it asks, who speaks or is present, until when not."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from loaders.grammar.frames import PRESENT, Frame, worst
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group
from loaders.grammar.tokens import DATE, WORD, Token
from loaders.grammar.verbgroups import VerbGroup
from loaders.verbs import DENIED, DONE, DOUBTFUL

# With nothing else before the verb the act is past: `did not sign it until May` says that it was signed then.
_PAST_AUXILIARIES = (
    "did",
    "didn't",
    "had",
    "hadn't",
    "was",
    "wasn't",
    "were",
    "weren't",
    "not",
    "been",
    "be",
)


def complete(
    frames: Sequence[Frame], tokens: Sequence[Token], groups: Mapping[int, VerbGroup], words: Lexicon
) -> None:
    """Set what only the end of a sentence shows of its frames."""
    asked = bool(tokens) and tokens[-1].kind == "?"
    respectively = any(t.is_word("respectively") for t in tokens)
    for frame in frames:
        _turn(frame, words)
        _attend(frame, words)
        _end_denial(frame, tokens, groups, words)
        frame.respectively = frame.respectively or respectively
        if asked:
            frame.status = worst(frame.status, DOUBTFUL)


def is_present(group: Group) -> bool:
    """`A was present`."""
    return len(group.phrases) == 1 and group.phrases[0].heads == ("present",)


def _turn(frame: Frame, words: Lexicon) -> None:
    """`“…,” said Ada Kelp`: who speaks stands behind the verb."""
    said = frame.patient
    if frame.lemma in words.words["reporting"] and said is not None and not frame.passive:
        speaks = frame.agent is not None and any("Person" in p.labels for p in frame.agent.phrases)
        if not speaks and "Person" in said.phrases[0].labels:
            frame.agent, frame.patient = said, None


def _attend(frame: Frame, words: Lexicon) -> None:
    """`A was present`, `were in attendance`, `among the guests were`, `with us are`."""
    if frame.lemma != "be":
        return
    if any(_is_company(p, g, words) for p, g in frame.hung):
        frame.lemma = PRESENT
    if frame.patient is not None and is_present(frame.patient):
        frame.lemma = PRESENT
        frame.hung += frame.patient.phrases[0].hung
        frame.patient = None


def _is_company(preposition: str, group: Group, words: Lexicon) -> bool:
    if preposition == "with":
        return group.phrases[0].head == "us"
    if preposition == "in":
        return group.phrases[0].heads == ("attendance",)
    return preposition in ("among", "amongst") and words.has("people", group.phrases[0].head)


def _end_denial(
    frame: Frame, tokens: Sequence[Token], groups: Mapping[int, VerbGroup], words: Lexicon
) -> None:
    """`A did not sign it until 2020`: signed then."""
    verb = groups.get(frame.start)
    if frame.status != DENIED or verb is None or verb.status != DENIED:
        return
    past = all(t.is_word(*_PAST_AUXILIARIES) for t in tokens[verb.start : verb.main])
    until = [when for when in frame.dates if when.preposition == "until"]
    if past and until and not _is_doubtful(tokens, words):
        frame.status, frame.dates = DONE, until
        for when in until:
            when.preposition = "in"


def _is_doubtful(tokens: Sequence[Token], words: Lexicon) -> bool:
    """Whether a word of the sentence makes it a condition or a doubt, or its date a guess."""
    guess = any(a.kind == DATE and b.is_word("or", "at") for a, b in pairwise(tokens))
    kinds = ("conditions", "doubted", "supposing")
    doubts = {form.lemma for t in tokens for form in words.forms.get(t.text, ())} & words.words["doubting"]
    return (
        guess or bool(doubts) or any(t.kind == WORD and words.has(k, t.text) for t in tokens for k in kinds)
    )
