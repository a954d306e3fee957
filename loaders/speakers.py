"""Those in whose name a joint statement speaks: they adopt it and take part in the meeting that it is of."""

from collections.abc import Iterator

from graph.records import Statement, make_statement
from loaders.discourse import Discourse
from loaders.reading import Reading

_ADOPTED, _TOOK_PART = "relation/speakers-adopted@1", "relation/speakers-participated@1"
_SURE = 0.85
_STATEMENTS = ("statement", "declaration", "communiqu")


def speakers(reading: Reading, discourse: Discourse) -> Iterator[Statement]:
    """ADOPTED and PARTICIPATED_IN by `We, the Governments of A and B`, whose clause is the evidence."""
    place = discourse.we_at
    if place is None:
        return
    paper = reading.paper
    name = "" if paper is None else reading.entities[paper].name.lower()
    for speaker in discourse.we:
        if paper is not None and any(word in name for word in _STATEMENTS):
            evidence = [reading.evidence(*place, _ADOPTED, _SURE)]
            yield make_statement(reading.schema, speaker, "ADOPTED", paper, evidence=evidence)
        if reading.dialogue is not None:
            role = {"role": "participant"}
            evidence = [reading.evidence(*place, _TOOK_PART, _SURE)]
            yield make_statement(
                reading.schema,
                speaker,
                "PARTICIPATED_IN",
                reading.dialogue,
                qualifiers=role,
                evidence=evidence,
            )
