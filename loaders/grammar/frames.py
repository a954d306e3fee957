"""What a sentence says, as frames: a verb with who acts, on what, and what else hangs on it.

Active and passive, relative clauses, participles, infinitives and coordinated verbs all give the same frame,
so that a rule need be written once: `X, which was launched by Y` and `Y launched X` differ in `passive` only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.grammar.phrases import Group
from loaders.grammar.tokens import Token
from loaders.verbs import DENIED, DONE, DOUBTFUL, EXPECTED, PLANNED, URGED

_ORDER = (DONE, PLANNED, EXPECTED, URGED, DOUBTFUL, DENIED)

# `A was present`, `also present were A and B`.
PRESENT = "be present"


@dataclass(slots=True)
class When:
    """A date of a clause: its index among the sentence's dates, and the preposition before it."""

    number: int
    preposition: str


@dataclass(slots=True)
class Frame:
    """One act: `agent` does it to `patient`; `hung` has prepositions with what they govern.

    `status` is how the act stands; `purpose`: it is what something else is meant for; `pledged`: an item of a
    list says that those who speak will do it. `respectively`: agents and patients go pairwise. `absolute`:
    its subject stands without a finite verb, `with A and B helping`. `described` are participles behind its
    patient, which may hold what hangs on it: `gave a radar valued at a million to the unit`. For a copula
    `patient` is what the agent is said to be.
    """

    lemma: str
    status: str = DONE
    agent: Group | None = None
    patient: Group | None = None
    receiver: Group | None = None
    passive: bool = False
    infinitive: bool = False
    purpose: bool = False
    respectively: bool = False
    relative: bool = False
    pledged: bool = False
    jointly: bool = False
    absolute: bool = False
    hung: list[tuple[str, Group]] = field(default_factory=list)
    dates: list[When] = field(default_factory=list)
    described: list["Frame"] = field(default_factory=list)
    start: int = 0
    end_of_verb: int = 0

    def arguments(self) -> Iterator[Group]:
        """All that takes part in the act or hangs on its verb."""
        groups = (self.agent, self.patient, self.receiver, *(group for _, group in self.hung))
        yield from (group for group in groups if group is not None)


@dataclass(slots=True)
class Analysis:
    """A sentence in tokens with its frames and with all its groups, those that hang on others left out.

    `first` is the token that it begins with, behind a dateline or a number.
    """

    tokens: Sequence[Token]
    frames: list[Frame]
    groups: list[Group]
    first: int = 0


def worst(*statuses: str) -> str:
    """The status that decides: denied before doubtful before urged before expected before planned."""
    return max(statuses, key=_ORDER.index)
