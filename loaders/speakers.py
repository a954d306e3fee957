"""Those in whose name a joint statement speaks: they adopt it and take part in the meeting that it is of."""

from collections.abc import Iterable, Iterator

from graph.records import Evidence, Statement, make_statement
from loaders.papers import is_statement
from loaders.reading import Reading

_ADOPTED, _TOOK_PART = "relation/speakers-adopted@1", "relation/speakers-participated@1"
_SURE = 0.85


def speakers(reading: Reading, we: Iterable[str], place: tuple[int, int] | None) -> Iterator[Statement]:
    """ADOPTED and PARTICIPATED_IN by `We, the Governments of A and B`; the clause at `place` says so.

    Where the clause names the dialogue that the statement comes from, that adopted it too.
    """
    if place is None:
        return
    paper, dialogue = reading.paper, reading.dialogue
    adopting = [*we]
    if dialogue is not None and any(m.entity == dialogue for m in reading.mentions(*place)):
        adopting.append(dialogue)
    if paper is not None and is_statement(reading.entity(paper).name):
        for one in adopting:
            yield _stated(reading, one, "ADOPTED", paper, reading.evidence(*place, _ADOPTED, _SURE))
    for speaker in we:
        if dialogue is not None:
            evidence = reading.evidence(*place, _TOOK_PART, _SURE)
            yield _stated(reading, speaker, "PARTICIPATED_IN", dialogue, evidence, role="participant")


def _stated(
    reading: Reading, speaker: str, predicate: str, target: str, evidence: Evidence, **qualifiers: str
) -> Statement:
    return make_statement(
        reading.schema,
        speaker,
        predicate,
        target,
        qualifiers=qualifiers,
        status=reading.status_of(speaker, target),
        evidence=[evidence],
    )
