"""The state of a walk through a sentence: what its clauses have had so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.grammar.coordination import PhraseReader
from loaders.grammar.frames import Frame, When
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group
from loaders.grammar.tokens import DASH, NUMBER, WORD, Token
from loaders.grammar.verbgroups import verb_groups
from loaders.verbs import DONE, DOUBTFUL

# A dateline stands within so many tokens.
_DATELINE = 9


@dataclass(slots=True)
class Clause:
    """An open clause: its subject while no finite verb has taken it, and its last frames."""

    subject: Group | None = None
    free: bool = False
    frame: Frame | None = None
    main: Frame | None = None
    status: str = DONE


class Walk:
    """Where a walk stands."""

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.phrases = PhraseReader(tokens, verb_groups(tokens, words), words)
        self.frames: list[Frame] = []
        self.groups: list[Group] = []
        self.clause = Clause()
        self.outer: list[Clause] = []
        self.lead: list[tuple[str, Group]] = []
        self.lead_dates: list[When] = []
        # The place of which `where …` tells.
        self.where: Group | None = None
        # Verbs at the head of a sentence that wait for its subject: `Founded in 2020, the unit …`.
        self.openings: list[Frame] = []
        self.relative: Group | None = None
        self.relative_subject: Group | None = None
        self.last: Group | None = None
        # Who does what stands behind: `with A and B taking part`.
        self.absolute: Group | None = None
        self.comma = False
        self.joined = False
        self.inverted: Frame | None = None
        self.preposition = ""
        self.owner: Group | None = None
        self.relative_preposition = ""
        self.first = 0
        # The list that a relative clause interrupts, and the clause that it belongs to.
        self.interrupted: Group | None = None
        self.interrupted_clause: Clause | None = None
        # What the relative clause before this one says something of.
        self.antecedent: Group | None = None
        # A frame and one that takes over what it leaves out.
        self.gaps: list[tuple[Frame, Frame]] = []

    def after_subject(self, frame: Frame) -> bool:
        """Whether a subject that no verb has taken stands behind the last verb."""
        subject = self.clause.subject
        return self.clause.free and subject is not None and subject.start > frame.start

    def opens(self, frame: Frame) -> bool:
        """Whether a frame stands at the head of the sentence and waits for the subject."""
        return any(one is frame for one in self.openings)

    def is_upon(self, frame: Frame) -> bool:
        """`Upon ratifying it`: the act comes with that of the main clause."""
        return frame.start > 0 and self.tokens[frame.start - 1].is_word("upon", "on", "by", "when", "once")

    def settle_openings(self, subject: Group, status: str = DONE) -> None:
        """Give the subject to the verbs that wait for it; `status` is that of the clause."""
        for frame in self.openings:
            if status != DONE and frame.status == DONE and self.is_upon(frame):
                frame.status = DOUBTFUL
            if frame.passive:
                frame.patient = subject
            else:
                frame.agent = subject
        self.openings = []

    def dateline(self) -> int:
        """Where the sentence begins behind `PORT KELP, Tidelandia – `."""
        if len(self.tokens) > 1 and self.tokens[0].kind == NUMBER and self.tokens[1].capital:
            return 1
        for index, token in enumerate(self.tokens[:_DATELINE]):
            if token.kind == DASH and index:
                return index + 1
            if token.kind == WORD and not token.capital:
                break
            if index in self.phrases.groups:
                break
        return 0

    def date(self, number: int, preposition: str) -> None:
        """Take in a date: of the last verb, or of the one that follows."""
        when = When(number, preposition)
        if self.clause.frame is not None:
            self.clause.frame.dates.append(when)
        else:
            self.lead_dates.append(when)

    def word_before(self, index: int) -> str:
        """The word before a date, days of the week left out."""
        index -= 1
        while index >= 0 and self.tokens[index].kind == WORD and self.tokens[index].text.endswith("day"):
            index -= 1
        return self.tokens[index].text if index >= 0 and self.tokens[index].kind == WORD else ""
