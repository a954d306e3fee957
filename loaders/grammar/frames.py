"""What a sentence says, as frames: a verb with who acts, on what, and what else hangs on it.

Active and passive, relative clauses, participles, infinitives and coordinated verbs all give the same frame,
so that a rule need be written once: `X, which was launched by Y` and `Y launched X` differ in `passive` only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group, Phrase, PhraseReader
from loaders.grammar.tokens import COLON, COMMA, DASH, DATE, ENTITY, NUMBER, SEMICOLON, WORD, Token
from loaders.grammar.verbgroups import BARE, FINITE, GERUND, INFINITIVE, VerbGroup, verb_groups
from loaders.verbs import DENIED, DONE, DOUBTFUL, EXPECTED, PLANNED, URGED, is_adverb

_ORDER = (DONE, PLANNED, EXPECTED, URGED, DOUBTFUL, DENIED)
# Behind these an act in -ing was done; behind others it is a purpose or a wish.
_DONE_BY = frozenset(("by", "in", "through", "after", "while", "upon", "with", "via", "on", "since", "from"))
_THANKS = frozenset(("thank", "commend", "praise", "congratulate", "credit", "recognize", "recognise", "honor", "honour", "applaud", "appreciate"))
_GIVING = frozenset(("provide", "give", "offer", "grant", "award", "send", "supply", "lend", "hand over", "present", "equip", "gift"))
_UNABLE = frozenset(("unable", "reluctant", "hesitant", "unwilling"))
_ABLE = frozenset(("able", "ready", "willing", "keen", "eager", "likely", "possible", "necessary"))
# `A was present`, `also present were A and B`.
PRESENT = "be present"
# A dateline stands within so many tokens.
_DATELINE = 9


@dataclass(slots=True)
class When:
    """A date of a clause: its index among the sentence's dates, and the preposition before it."""

    number: int
    preposition: str


@dataclass(slots=True)
class Frame:
    """One act: `agent` does it to `patient`; `hung` has prepositions with what they govern.

    `status` is how the act stands; `purpose`: it is what something else is meant for. `respectively`: agents
    and patients go pairwise. For a copula `patient` is what the agent is said to be.
    """

    lemma: str
    status: str = DONE
    agent: Group | None = None
    patient: Group | None = None
    receiver: Group | None = None
    passive: bool = False
    purpose: bool = False
    respectively: bool = False
    relative: bool = False
    hung: list[tuple[str, Group]] = field(default_factory=list)
    dates: list[When] = field(default_factory=list)
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Analysis:
    """A sentence in tokens with its frames and with all its groups, those that hang on others left out."""

    tokens: Sequence[Token]
    frames: list[Frame]
    groups: list[Group]


def analyse(tokens: Sequence[Token], words: Lexicon) -> Analysis:
    """The frames of a sentence."""
    reader = _ClauseReader(tokens, words)
    reader.run()
    return Analysis(tokens, reader.frames, reader.groups)


def worst(*statuses: str) -> str:
    """The status that decides: denied before doubtful before urged before expected before planned."""
    return max(statuses, key=_ORDER.index)


@dataclass(slots=True)
class _Clause:
    """An open clause: its subject while no finite verb has taken it, and its last frames."""

    subject: Group | None = None
    free: bool = False
    frame: Frame | None = None
    main: Frame | None = None
    status: str = DONE


def _is_present(group: Group) -> bool:
    return len(group.phrases) == 1 and group.phrases[0].heads == ("present",)


class _ClauseReader:
    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.phrases = PhraseReader(tokens, verb_groups(tokens, words), words)
        self.frames: list[Frame] = []
        self.groups: list[Group] = []
        self.clause = _Clause()
        self.outer: list[_Clause] = []
        self.lead: list[tuple[str, Group]] = []
        self.lead_dates: list[When] = []
        self.opening: Frame | None = None
        self.relative: Group | None = None
        self.relative_subject: Group | None = None
        self.last: Group | None = None
        self.comma = False
        self.joined = False
        self.inverted: Frame | None = None
        self.preposition = ""
        self.owner: Group | None = None
        self.relative_preposition = ""

    def run(self) -> None:
        index = self._dateline()
        while index < len(self.tokens):
            index = self._step(index)
        for frame in self.frames:
            self._turn(frame)
            if frame.lemma == "be" and frame.patient is not None and _is_present(frame.patient):
                frame.lemma = PRESENT
                frame.hung += frame.patient.phrases[0].hung
                frame.patient = None
        asked = bool(self.tokens) and self.tokens[-1].kind == "?"
        for frame in self.frames:
            frame.end = frame.end or len(self.tokens)
            if asked:
                frame.status = worst(frame.status, DOUBTFUL)
        if any(t.is_word("respectively") for t in self.tokens):
            for frame in self.frames:
                frame.respectively = True

    def _turn(self, frame: Frame) -> None:
        """`“…,” said Ada Kelp`: who speaks stands behind the verb."""
        said = frame.patient
        if frame.lemma in self.words.words["reporting"] and said is not None and not frame.passive:
            speaks = frame.agent is not None and any("Person" in p.labels for p in frame.agent.phrases)
            if not speaks and "Person" in said.phrases[0].labels:
                frame.agent, frame.patient = said, None

    def _dateline(self) -> int:
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

    def _step(self, index: int) -> int:
        token, phrases = self.tokens[index], self.phrases
        if index in phrases.groups:
            return self._verb(phrases.groups[index])
        if token.kind in (COMMA, SEMICOLON, COLON, DASH):
            self.comma = True
            if token.kind in (SEMICOLON, COLON):
                self._new_clause(DONE)
            return index + 1
        if token.kind == DATE:
            self._date(token.number, self._word_before(index))
            return index + 1
        if phrases.word(index, "relatives") and self.last is not None and not self._opens_clause(index):
            return self._relative(index)
        if phrases.word(index, "subordinators") and not (token.is_word("as") and phrases.starts(index + 1) and not self._clause_ahead(index)):
            return self._subordinate(index)
        if phrases.word(index, "coordinators"):
            self.joined = True
            return index + 1
        if phrases.is_preposition(index):
            return self._hang(index)
        if phrases.word(index, "inclusions") and phrases.starts(index + 1):
            return self._include(index)
        if phrases.starts(index):
            return self._group(index)
        if token.kind == WORD and not is_adverb(token.text):
            self.preposition = ""
        return index + 1

    # --- subordinate and relative clauses ---

    def _opens_clause(self, index: int) -> bool:
        """`said that …`: no relative clause, but what was said."""
        token = self.tokens[index]
        if not token.is_word("that"):
            return token.is_word("where")
        frame = self.clause.frame
        reported = frame is not None and (
            frame.lemma in self.words.words["reporting"] or frame.lemma in self.words.words["doubting"]
        )
        return reported and (frame is None or frame.patient is None or self.last is not frame.patient)

    def _clause_ahead(self, index: int) -> bool:
        near = range(index + 1, min(index + 8, len(self.tokens)))
        return any(i in self.phrases.groups and self.phrases.groups[i].form == FINITE for i in near)

    def _relative(self, index: int) -> int:
        who = self.tokens[index].is_word("who", "whom")
        antecedent = None if self.last is None else self._nearest(self.last, person=who)
        described = self.clause.frame.patient if self.clause.frame is not None else None
        if antecedent is not None and described is not None and self.comma and not who:
            antecedent.others += [p for p in described.phrases if p not in antecedent.phrases]
        self.relative_preposition = ""
        if self.clause.free or self.clause.frame is not None:
            self.outer.append(self.clause)
        self.clause = _Clause(status=self.outer[-1].status if self.outer else DONE)
        self.relative = antecedent
        self.relative_subject = None
        self.comma = self.joined = False
        if self.tokens[index].is_word("whose"):
            self.relative = None
            self.owner = antecedent
        return index + 1

    def _subordinate(self, index: int) -> int:
        token = self.tokens[index]
        frame = self.clause.frame
        status = self.clause.status
        if self.words.has("conditions", token.text):
            status = DOUBTFUL
        elif token.is_word("that") and frame is not None and frame.lemma in self.words.words["doubting"]:
            status = worst(status, DOUBTFUL)
        self._new_clause(status)
        return index + 1

    def _new_clause(self, status: str) -> None:
        if self.clause.free or self.clause.main is not None:
            self.outer.append(self.clause)
        self.clause = _Clause(status=status)
        self.relative = None
        self.comma = self.joined = False

    # --- groups ---

    def _group(self, index: int) -> int:
        frame = self.clause.frame
        takes = frame is not None and self._takes_object(frame, index)
        self.phrases.subject_wanted = self._wants_subject()
        self.phrases.after_verb = self.clause.main is not None
        group = self.phrases.group(index, objects=takes)
        if group is None:
            return index + 1
        self.groups.append(group)
        if self.owner is not None:
            group.phrases[0].possessor = group.phrases[0].possessor or self.owner.phrases[0]
            self.owner = None
        if self.inverted is not None:
            self._invert(group)
        elif self.relative is not None and self.clause.main is None:
            self.relative_subject = group
        elif takes and frame is not None:
            if frame.patient is None:
                frame.patient = group
            else:
                frame.receiver, frame.patient = frame.patient, group
        else:
            self.clause.subject, self.clause.free = group, True
        self.last = group
        self.comma = self.joined = False
        return group.end

    def _takes_object(self, frame: Frame, index: int) -> bool:
        if frame.passive:
            return False
        if self._after_subject(frame):
            return False
        if frame.patient is None:
            return not self.comma
        return (
            frame.lemma in _GIVING
            and frame.receiver is None
            and not self.comma
            and not self.joined
            and not frame.hung
        )

    def _wants_subject(self) -> bool:
        clause = self.clause
        return self.relative is None and clause.main is None and not clause.free and not self.outer

    def _invert(self, group: Group) -> None:
        """`Taking part were A, B and C`."""
        frame, self.inverted = self.inverted, None
        if frame is None:
            return
        if frame.passive:
            frame.patient = group
        else:
            frame.agent = group
        self.clause.subject = group
        if self.opening is not None:
            if self.opening.passive:
                self.opening.patient = group
            else:
                self.opening.agent = group
            self.opening = None

    def _hang(self, index: int) -> int:
        preposition = self.tokens[index].text
        self.preposition = preposition
        after = index + 1
        if self.phrases.word(after, "relatives") and self.last is not None and not self.tokens[after].is_word("that", "whose"):
            self._relative(after)
            self.relative_preposition = preposition
            return after + 1
        while self.phrases.is_preposition(after) and not self.phrases.starts(after):
            after += 1
        if not self.phrases.starts(after):
            return index + 1
        self.phrases.subject_wanted = self._wants_subject()
        self.phrases.after_verb = self.clause.main is not None
        group = self.phrases.group(after, governed=True)
        if group is None:
            return index + 1
        self.groups.append(group)
        frame = self.clause.frame
        if frame is not None and not self._after_subject(frame):
            frame.hung.append((preposition, group))
        elif self.clause.main is None and self.relative is not None:
            pass
        else:
            self.lead.append((preposition, group))
        self._late_dates(group)
        self.last = group
        self.comma = False
        self.preposition = ""
        if self.clause.main is None and not self.clause.free and self.relative is None:
            self._split_subject(group)
        return group.end

    def _split_subject(self, group: Group) -> None:
        """`For its study the …` has a comma or an article; `For its study GAO drew` has neither."""
        last = group.phrases[-1]
        verb = self.phrases.groups.get(group.end)
        token = self.tokens[group.end - 1]
        if verb is not None and verb.form in (FINITE, BARE) and len(group.phrases) > 1:
            first, *others = group.phrases
            if self.tokens[first.end].kind == COMMA:
                group.phrases[:] = [first]
                self.clause.subject = Group(others, others[0].start, others[-1].end)
                self.clause.free = True
                self.last = self.clause.subject
            return
        if verb is None or verb.form not in (FINITE, BARE) or token.kind != ENTITY or last.start == group.end - 1:
            return
        before = self.tokens[group.end - 2]
        titled = before.text in self.words.words["titles"] or before.text in self.words.words["ranks"]
        if before.kind == WORD and not before.capital and not titled and not self.words.has("determiners", before.text):
            subject = Phrase(group.end - 1, group.end, (), last.entities, last.labels, named=True)
            last.entities, last.labels, last.heads = (), frozenset(), (before.text,)
            self.clause.subject = Group([subject], group.end - 1, group.end)
            self.clause.free = True
            self.last = self.clause.subject

    def _after_subject(self, frame: Frame) -> bool:
        """Whether a subject that no verb has taken stands behind the last verb."""
        subject = self.clause.subject
        return self.clause.free and subject is not None and subject.start > frame.start

    def _late_dates(self, group: Group) -> None:
        for index in range(group.start, group.end):
            if self.tokens[index].kind == DATE:
                self._date(self.tokens[index].number, "in")

    def _include(self, index: int) -> int:
        group = self.phrases.group(index + 1)
        if group is None:
            return index + 1
        self.groups.append(group)
        if self.last is not None and self.last.phrases[-1].includes is None:
            self.last.phrases[-1].includes = group
        self.last = group
        return group.end

    def _date(self, number: int, preposition: str) -> None:
        when = When(number, preposition)
        if self.clause.frame is not None:
            self.clause.frame.dates.append(when)
        else:
            self.lead_dates.append(when)

    def _word_before(self, index: int) -> str:
        index -= 1
        while index >= 0 and self.tokens[index].kind == WORD and self.tokens[index].text.endswith("day"):
            index -= 1
        return self.tokens[index].text if index >= 0 and self.tokens[index].kind == WORD else ""

    # --- verbs ---

    def _verb(self, verb: VerbGroup) -> int:
        shape = self._shape(verb)
        frame = Frame(verb.lemma, worst(verb.status, self.clause.status), passive=verb.passive, start=verb.start)
        self._inner_dates(verb, frame)
        if shape == FINITE:
            frame.passive = verb.passive or (verb.form == BARE and self._shares_passive(verb))
            self._finite(verb, frame)
        elif shape == INFINITIVE:
            self._infinitive(verb, frame)
        elif shape == GERUND:
            self._gerund(verb, frame)
        else:
            frame.passive = True
            self._participle(frame)
        self.frames.append(frame)
        self.clause.frame = frame
        self.comma = self.joined = False
        self.preposition = ""
        return verb.end

    def _inner_dates(self, verb: VerbGroup, frame: Frame) -> None:
        for index in range(verb.start, verb.end):
            if self.tokens[index].kind == DATE:
                frame.dates.append(When(self.tokens[index].number, ""))

    def _shape(self, verb: VerbGroup) -> str:
        """What a bare form in -ed is: the verb of the clause, or a participle."""
        if verb.form != BARE:
            return verb.form
        after = verb.end
        while after < len(self.tokens) and (
            self.tokens[after].kind == DATE
            or (self.tokens[after].kind == WORD and is_adverb(self.tokens[after].text))
            or (self.tokens[after].is_word("on", "in") and after + 1 < len(self.tokens) and self.tokens[after + 1].kind == DATE)
        ):
            after += 1
        if self._shares_passive(verb):
            return FINITE
        if verb.passive or (after < len(self.tokens) and self.tokens[after].is_word("by")):
            return BARE
        takes_object = self.phrases.starts(after)
        governs = after < len(self.tokens) and self.tokens[after].is_word("that", "to")
        if self.relative is not None:
            return FINITE
        if not takes_object and not governs and verb.lemma not in self.words.words["intransitive"]:
            return BARE
        if self.joined and self.clause.main is not None:
            return FINITE
        if self.clause.free or (self.outer and self.outer[-1].free and self.comma):
            if takes_object or not self._finite_ahead(verb.end):
                return FINITE
            return BARE
        if takes_object and self._adjacent_object(verb):
            return FINITE
        if self.last is not None and self._adjacent_object(verb) and self.clause.frame is not None and (
            self.clause.frame.lemma in self.words.words["reporting"]
        ):
            return FINITE
        return BARE

    def _shares_passive(self, verb: VerbGroup) -> bool:
        """`was written by A and adopted by B`."""
        main = self.clause.main
        return (
            self.joined
            and main is not None
            and main.passive
            and not self.clause.free
            and not self.phrases.starts(verb.end)
        )

    def _finite_ahead(self, index: int) -> bool:
        """Whether another verb follows that may be that of the clause, before anything begins a new one."""
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind in (SEMICOLON, COLON) or self.phrases.word(index, "relatives"):
                return False
            if self.phrases.word(index, "subordinators") and not token.is_word("as"):
                return False
            if self.phrases.word(index, "coordinators") and index + 1 in self.phrases.groups:
                return False
            verb = self.phrases.groups.get(index)
            if verb is not None and verb.form == FINITE:
                return True
            index += 1
        return False

    def _adjacent_object(self, verb: VerbGroup) -> bool:
        """Whether the last group ends right before the verb and was taken for the object of another."""
        frame = self.clause.frame
        return (
            frame is not None
            and frame.patient is not None
            and self.last is frame.patient
            and not self.joined
            and all(
                t.kind == WORD and is_adverb(t.text) for t in self.tokens[frame.patient.end : verb.start]
            )
        )

    def _finite(self, verb: VerbGroup, frame: Frame) -> None:
        subject = self._subject(verb, frame)
        if subject is not None and verb.is_copula and _is_present(subject):
            subject, frame.lemma = None, PRESENT
            self.inverted = frame
        elif subject is None and (verb.is_copula or verb.passive) and self.clause.main is None and not self.outer:
            self.inverted = frame
        if frame.passive:
            frame.patient = frame.patient or subject
        else:
            frame.agent = frame.agent or subject
        if not frame.relative:
            frame.hung += self.lead
            frame.dates += self.lead_dates
            self.lead, self.lead_dates = [], []
        if self.opening is not None and self.inverted is None and subject is not None and not frame.relative:
            if self.opening.passive:
                self.opening.patient = subject
            else:
                self.opening.agent = subject
            self.opening = None
        self.clause.main = frame

    def _subject(self, verb: VerbGroup, frame: Frame) -> Group | None:
        clause = self.clause
        if self.relative is not None:
            antecedent, self.relative = self.relative, None
            frame.relative = True
            if self.relative_subject is None:
                clause.subject = antecedent
                return antecedent
            subject, self.relative_subject = self.relative_subject, None
            if self.relative_preposition and antecedent is not None:
                frame.hung.append((self.relative_preposition, antecedent))
            elif not frame.passive:
                frame.patient = antecedent
            self.relative_preposition = ""
            clause.subject = subject
            return subject
        if clause.free:
            clause.free = False
            return clause.subject
        if self.joined and clause.main is not None:
            main = clause.main
            if self.comma and self.outer and self.outer[-1].free:
                return self._resumed()
            if verb.main == verb.start:
                frame.status = worst(frame.status, main.status)
                frame.purpose = main.purpose
            if main.passive and frame.passive:
                return main.patient
            if main.relative and not frame.passive and not self.phrases.starts(verb.end):
                frame.patient = main.patient
            return clause.subject or main.agent
        if self._adjacent_object(verb) and clause.frame is not None and clause.frame is not self.opening:
            subject, clause.frame.patient = clause.frame.patient, None
            clause.subject = subject
            return subject
        if self.outer and self.outer[-1].free:
            return self._resumed()
        if self.comma and clause.main is not None and not clause.main.passive:
            return clause.subject or clause.main.agent
        return self._resumed() if self.outer else None

    def _resumed(self) -> Group | None:
        """The subject of the clause that an insertion interrupted."""
        while self.outer:
            clause = self.outer.pop()
            if clause.free or clause.main is not None:
                self.clause = clause
                if clause.free:
                    clause.free = False
                    return clause.subject
                return clause.subject
        return None

    def _infinitive(self, verb: VerbGroup, frame: Frame) -> None:
        governing = self.clause.frame
        if self.joined and governing is not None and governing.purpose:
            frame.purpose, frame.agent = True, governing.agent
            frame.status = worst(frame.status, governing.status)
            return
        actor, status, purpose = self._controlled(verb, governing)
        frame.status = worst(frame.status, status)
        frame.purpose = purpose
        if frame.passive:
            frame.patient = actor
        else:
            frame.agent = actor

    def _controlled(self, verb: VerbGroup, governing: Frame | None) -> tuple[Group | None, str, bool]:
        """Who does an infinitive, how its act stands, and whether it is a mere purpose."""
        before = self.tokens[verb.start - 1].text if verb.start else ""
        if governing is None:
            return self.clause.subject, DOUBTFUL, True
        agent = governing.patient if governing.passive else governing.agent
        if before in _UNABLE:
            return agent, DENIED, False
        if before in _ABLE:
            return agent, DOUBTFUL, False
        objects, subjects = self.words.object_control, self.words.subject_control
        if governing.lemma in objects:
            status = worst(governing.status, objects[governing.lemma])
            if governing.passive:
                return governing.patient, status, False
            actor = governing.patient or next((g for p, g in governing.hung if p in ("on", "upon")), None)
            if actor is not None:
                return actor, status, objects[governing.lemma] == DOUBTFUL
        if governing.lemma in subjects and (governing.patient is None or governing.passive):
            return agent, worst(governing.status, subjects[governing.lemma]), False
        return agent, DOUBTFUL, True

    def _gerund(self, verb: VerbGroup, frame: Frame) -> None:
        clause, governing = self.clause, self.clause.frame
        if self.preposition:
            if governing is not None and governing.lemma in _THANKS and self.preposition == "for":
                frame.agent = governing.patient if not governing.passive else governing.agent
                return
            frame.agent = clause.subject if clause.subject is not None else None
            if governing is None:
                self.opening = frame
                return
            status = DONE if self.preposition in _DONE_BY else DOUBTFUL
            frame.status = worst(governing.status, status)
            frame.purpose = status != DONE
            frame.agent = governing.patient if governing.passive else governing.agent
        elif self.last is None and governing is None:
            self.opening = frame
        elif self.comma or self.joined:
            if clause.free:
                frame.agent = clause.subject
            elif governing is not None:
                frame.agent = governing.patient if governing.passive else governing.agent
                frame.status = worst(governing.status, frame.status)
        elif self.last is not None:
            frame.agent = self._nearest(self.last)

    def _participle(self, frame: Frame) -> None:
        """`the unit launched by …`, `, held in …`."""
        if self.last is None:
            self.opening = frame
        elif self.joined and self.clause.frame is not None and self.clause.frame.passive:
            frame.patient = self.clause.frame.patient
        else:
            frame.patient = self._nearest(self.last)

    def _nearest(self, group: Group, *, person: bool = False) -> Group:
        """What a clause behind a group says something of: its innermost last phrase, or all of a list.

        `person`: behind `who`.
        """
        chain = [group]
        while True:
            last = chain[-1].phrases[-1]
            inner = last.includes or (last.hung[-1][1] if last.hung else None)
            if inner is None:
                break
            chain.append(inner)
        if person:
            people = [g for g in chain if self._is_person(g.phrases[-1])]
            chain = people or chain
        nearest, *outer = reversed(chain)
        last = nearest.phrases[-1]
        if len(nearest.phrases) > 1 and last.apposed and last.apposed[-1].plural:
            return nearest
        return Group([last], last.start, last.end, [g.phrases[-1] for g in outer])

    def _is_person(self, phrase: Phrase) -> bool:
        nouns = self.words.words["people"] | self.words.words["titles"]
        return "Person" in phrase.labels or any(head in nouns for head in phrase.heads)
