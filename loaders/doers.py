"""Whom a figure is attributed to: who acts in its frame, else what it was done under."""

from collections.abc import Iterable, Iterator, Sequence, Set

from loaders.deeds import Deed, helper_of, holds
from loaders.grammar.frames import Frame
from loaders.grammar.lexicon import lexicon
from loaders.grammar.phrases import Group
from loaders.measures import Measure
from loaders.paths import NATIONALS, PARTS, PEOPLE, Resolver, follow, frame_steps, read_path

_OPERATION = frozenset(("Operation",))
_FRAMES = _OPERATION | {"Program", "Event", "Instrument"}
_ACTORS = _FRAMES | {"Organization", "Country"}
# Who does this to a training or a seizure has no part in it.
_WATCHING = frozenset(
    ("welcome", "attend", "witness", "celebrate", "mark", "hail", "condemn", "observe", "follow")
)
_THROUGH = frozenset((PEOPLE, NATIONALS, PARTS))
_UNDER = tuple(
    map(
        read_path,
        (
            "under|during|through|in|via|as part of|at|within",
            "with:support|help|assistance|funding|aid.of|from",
            "thanks to|by",
        ),
    )
)


def doers_of(
    deed: Deed, measure: Measure, frames: Sequence[Frame], known: Set[str], operations: Set[str]
) -> tuple[str, ...]:
    """Those of the known entities to whom an act of a sentence with these frames is attributed.

    Who acts; of what was received, from whom; of those who took part, in what; else the only one of the
    operations that the sentence names, or what it says the act was done under.
    """
    frame, groups = deed.frame, list[Group]()
    if frame is not None and measure.receivers:
        groups = list(frame_steps(frame, ("from", "by")))
    elif frame is not None and measure.doers:
        groups = _joined(frame)
    elif frame is not None:
        groups = list(_actors(deed, frame, frames))
    return (
        _first(groups, _FRAMES if measure.doers else _ACTORS, known)
        or (tuple(operations) if len(operations) == 1 else ())
        or (() if measure.receivers else _first(_surrounding(frame, frames), _FRAMES, known))
    )


def _actors(deed: Deed, frame: Frame, frames: Sequence[Frame]) -> Iterator[Group]:
    """Who does what a frame, or a noun in it, tells."""
    words, noun = lexicon().words, deed.noun
    if noun is not None:
        own = Group([noun], noun.start, noun.end)
        if noun.possessor is not None:
            yield Group([noun.possessor], noun.start, noun.end)
        yield from (g for p in own.walk() for preposition, g in p.hung if preposition == "by")
        if frame.lemma in words["reporting"] | words["thanking"] | _WATCHING or holds(frame.agent, noun):
            return
    yield from frame_steps(frame, ("agent",))
    helper = helper_of(frame, frames)
    if helper is not None:
        yield from frame_steps(helper, ("agent",))


def _joined(frame: Frame) -> list[Group]:
    """What those counted took part in."""
    joined = [frame.patient] if frame.patient is not None and not frame.passive else []
    return [
        *joined,
        *(group for preposition, group in frame.hung if preposition != "by" and group.start > frame.start),
    ]


def _surrounding(own: Frame | None, frames: Sequence[Frame]) -> Iterator[Group]:
    """Under what an act, or another act of its sentence, was done."""
    for frame in [*([own] if own is not None else []), *frames]:
        for path in _UNDER:
            yield from follow(frame_steps(frame, path.steps[0].names), path.steps[1:])


def _first(groups: Iterable[Group], types: frozenset[str], known: Set[str]) -> tuple[str, ...]:
    """The entities of the first group that names some for sure: of `A or B` it does not."""
    for group in groups:
        reached = Resolver(lexicon()).entities(group, types, _THROUGH)
        if found := [r.entity for r in reached if not r.doubtful and r.entity in known]:
            return tuple(found)
    return ()
