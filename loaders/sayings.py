"""What a sentence offers to the rules: frames, what things are said to be, names and nouns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.grammar.frames import Analysis, Frame, worst
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group, Phrase
from loaders.grammar.tokens import WORD, Token
from loaders.rulebook import IS, NAMED, NOUN, VERB
from loaders.verbs import DENIED, DONE, DOUBTFUL

_BECOMING = frozenset(("be", "become", "remain"))
_SERVING = frozenset(("serve", "act", "work", "describe", "know", "designate", "establish", "function"))
_PLACING = frozenset(("in", "at"))
# Behind a sum of money these tell to whom it goes.
_GOALS = frozenset(("to", "for"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule may look at: a frame, a phrase alone, or what a phrase (`subject`) is said to be."""

    kind: str
    frame: Frame | None
    phrase: Phrase | None
    subject: Group | None
    status: str
    groups: dict[str, list[Group]] = field(default_factory=dict, init=False, compare=False)


def said_in(analysis: Analysis, words: Lexicon) -> Iterator[Said]:
    """All there is in a sentence, frames first."""
    status: dict[int, str] = {}
    met: set[int] = set()
    for frame in analysis.frames:
        for one in _each_gift(frame):
            yield Said(VERB, one, None, None, frame.status)
        yield from _copulas(frame, words)
        for group in _told(frame, words):
            for phrase in group.walk():
                status[id(phrase)] = worst(status.get(id(phrase), DONE), _for_nouns(frame, words))
        met |= {id(phrase) for group in _met(frame, words) for phrase in _who(group, words)}
    for group in (*analysis.groups, *(g for f in analysis.frames for g in f.arguments())):
        for phrase in group.walk():
            _weaken(phrase, status, analysis, words)
    seen: set[int] = set()
    for group in (*analysis.groups, *(g for f in analysis.frames for g in f.arguments())):
        for phrase in group.walk():
            if id(phrase) not in seen:
                seen.add(id(phrase))
                how = status.get(id(phrase), DONE)
                yield from _of_phrase(phrase, analysis.tokens, how, met=id(phrase) in met)


def _each_gift(frame: Frame) -> list[Frame]:
    """`gave $2 million to A and $1 million to B` tells of two gifts."""
    given = frame.patient.phrases if frame.patient is not None else []
    if len(given) < len(("one", "other")) or not all(p.money >= 0 and _has_goal(p) for p in given):
        return [frame]
    return [replace(frame, patient=Group([phrase], phrase.start, phrase.end)) for phrase in given]


def _has_goal(phrase: Phrase) -> bool:
    return any(preposition in _GOALS for preposition, _ in phrase.hung)


def _weaken(phrase: Phrase, status: dict[int, str], analysis: Analysis, words: Lexicon) -> None:
    """`lack of support`, `little support`: it is not there."""
    if words.words["lacking"] & set(phrase.heads):
        for _, group in phrase.hung:
            for one in group.phrases:
                status[id(one)] = worst(status.get(id(one), DONE), DOUBTFUL)
    own = analysis.tokens[phrase.start : max(phrase.base_end, phrase.start)]
    if any(token.kind == WORD and words.has("scant", token.text) for token in own):
        status[id(phrase)] = worst(status.get(id(phrase), DONE), DOUBTFUL)


def _met(frame: Frame, words: Lexicon) -> Iterator[Group]:
    """Groups behind which `in` may say where the act was: those met, and all that hangs on a verb."""
    if frame.lemma in words.words["meeting_verbs"] and frame.patient is not None:
        yield frame.patient
    behind = ((preposition, group) for preposition, group in frame.hung if group.start > frame.start)
    yield from (group for preposition, group in behind if preposition not in (*_PLACING, "from"))


def _who(group: Group, words: Lexicon) -> Iterator[Phrase]:
    """Phrases of a group, and the bodies whose people they are."""
    for phrase in group.phrases:
        yield phrase
        if phrase.head in words.words["people"] | words.words["titles"]:
            for _, inner in phrase.hung:
                yield from _who(inner, words)


def _told(frame: Frame, words: Lexicon) -> Iterator[Group]:
    """The arguments whose nouns stand as the frame does; who acts does so only where something is stopped."""
    stopped = frame.lemma in words.words["stopping"] or words.has("pending", _state(frame))
    yield from (group for group in frame.arguments() if group is not frame.agent or stopped)


def _state(frame: Frame) -> str:
    """What a frame says of how something stands: `is pending`, `is a goal`."""
    described = frame.lemma == "be" and frame.patient is not None
    return frame.patient.phrases[0].head if described and frame.patient is not None else frame.lemma


def _for_nouns(frame: Frame, words: Lexicon) -> str:
    """How a frame leaves what its nouns say by themselves: `will strengthen the cooperation of …`."""
    if frame.status == DENIED or frame.lemma in words.words["stopping"]:
        return DENIED
    if frame.lemma in words.words["doubting"] | words.words["wanting"] or words.has("pending", _state(frame)):
        return DOUBTFUL
    return DOUBTFUL if frame.purpose or frame.status != DONE else DONE


def _copulas(frame: Frame, words: Lexicon) -> Iterator[Said]:
    if frame.lemma in _BECOMING and frame.agent is not None and frame.patient is not None:
        office = frame.agent.phrases[0]
        if "Person" in frame.patient.phrases[0].labels and not office.entities:
            # `The head of the unit is Ada Kelp`, `the directors are A of U and B of V`
            for one in frame.patient.phrases:
                own = replace(office, hung=office.hung or one.hung)
                yield Said(IS, None, own, Group([one], one.start, one.end), frame.status)
            return
        for phrase in frame.patient.phrases:
            status = DENIED if phrase.denied else frame.status
            if phrase.former:
                status = worst(status, DOUBTFUL)
            yield from (Said(IS, frame, phrase, one, status) for one in _each(frame.agent, phrase))
    elif frame.lemma in _SERVING or frame.lemma in words.words["appointing"]:
        appoints = frame.lemma in words.words["appointing"]
        subject = frame.patient if frame.passive or appoints else frame.agent
        for preposition, group in frame.hung:
            if preposition == "as" and subject is not None:
                for phrase in group.phrases:
                    yield Said(IS, frame, phrase, subject, frame.status)


def _each(subject: Group, said: Phrase) -> Iterator[Group]:
    """`The directors are A of U and B of V` says it of each; `A and B are partners` of both."""
    if said.plural and "Person" in subject.phrases[0].labels:
        yield from (Group([one], one.start, one.end) for one in subject.phrases)
    else:
        yield subject


def _of_phrase(phrase: Phrase, tokens: Sequence[Token], status: str, *, met: bool) -> Iterator[Said]:
    """`met`: where an organization was met, it need not have its seat."""
    for one in phrase.apposed:
        past = any(t.is_word("former", "ex") for t in tokens[max(0, one.start - 2) : one.base_end])
        whom = Group([phrase], phrase.start, phrase.end)
        yield Said(IS, None, one, whom, DOUBTFUL if past else DONE)
    if phrase.entities:
        kept = [one for one in phrase.hung if not met or one[0] not in _PLACING or "Event" in phrase.labels]
        # What is only described is there if the act is: `will hold a workshop in Port Kelp`.
        yield Said(NAMED, None, replace(phrase, hung=kept), None, status if phrase.heads else DONE)
    if phrase.heads and not phrase.denied:
        yield Said(NOUN, None, phrase, None, status)
