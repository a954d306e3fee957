"""What a relative clause or a participle says something of: the antecedents that a group offers."""

from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group, Phrase

_PLACING = frozenset(("in", "at", "near"))


def nearest(
    group: Group, words: Lexicon, *, person: bool = False, place: bool = False, participle: bool = False
) -> Group:
    """What a clause behind a group says something of: its innermost last phrase, or all of a list.

    `person`: behind `who`; `place`: behind `where`; `participle`: behind which stands no relative.
    """
    chain = [group]
    while True:
        last = chain[-1].phrases[-1]
        inner = last.includes or (last.hung[-1][1] if last.hung else None)
        if inner is None:
            break
        chain.append(inner)
    if person:
        people = [g for g in chain if is_person(g.phrases[-1], words)]
        chain = people or chain
    inmost, *outer = reversed(chain)
    if outer and not place and _is_where(outer[0].phrases[-1], inmost.phrases[-1]):
        inmost, outer = outer[0], [*outer[1:], inmost]
    last = inmost.phrases[-1]
    if outer and not place and _may_be_either(outer[0].phrases[-1], last):
        return Group([outer[0].phrases[-1], last], last.start, last.end, either=True)
    said = [p for one in last.apposed for _, inner in one.hung for p in inner.phrases]
    doubtful = participle and bool(outer) and words.has("works", outer[0].phrases[-1].head)
    if len(inmost.phrases) > 1 and last.apposed and last.apposed[-1].plural:
        return inmost
    others = [*said, *(g.phrases[-1] for g in outer)]
    return Group([last], last.start, last.end, others, either=doubtful)


def _is_where(holder: Phrase, place: Phrase) -> bool:
    """`the centre in Port Kelp, which …`: of the centre."""
    return _stands_in(holder, place) and (
        "Place" in place.labels or ("Country" in place.labels and not holder.entities)
    )


def _may_be_either(holder: Phrase, place: Phrase) -> bool:
    """`the Air Wing in Tidelandia, which …`: who knows."""
    organization = "Organization" in holder.labels and "Country" in place.labels
    return organization and _stands_in(holder, place) and "Place" not in place.labels


def _stands_in(holder: Phrase, place: Phrase) -> bool:
    return bool(holder.hung) and holder.hung[-1][0] in _PLACING and place in holder.hung[-1][1].phrases


def without_places(phrases: list[Phrase]) -> list[Phrase]:
    """`the centre in Port Kelp, run by …`: the town is not run."""
    return [phrase for phrase in phrases if not phrase.labels & {"Place", "Country"}]


def is_person(phrase: Phrase, words: Lexicon) -> bool:
    """Whether a phrase names a person or people."""
    nouns = words.words["people"] | words.words["titles"]
    return "Person" in phrase.labels or any(head in nouns for head in phrase.heads)
