"""From the tokens of a sentence to its frames: what its verbs make of what stands before and behind them."""

from collections.abc import Sequence

from loaders.grammar.antecedents import without_places
from loaders.grammar.completion import is_present
from loaders.grammar.frames import PRESENT, Analysis, Frame, When, worst
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.nonfinite import NonFinite
from loaders.grammar.phrases import Group
from loaders.grammar.tokens import COLON, COMMA, DATE, ENTITY, MONEY, NUMBER, SEMICOLON, WORD, Token
from loaders.grammar.verbgroups import BARE, FINITE, GERUND, INFINITIVE, VerbGroup
from loaders.verbs import DENIED, DOUBTFUL, is_adverb

# What a verb's objects are made of.
_RUNNING = frozenset((WORD, ENTITY, NUMBER, MONEY))


def analyse(tokens: Sequence[Token], words: Lexicon, *, item: bool = False) -> Analysis:
    """The frames of a sentence; `item`: it stands in a list, where `Adopted the plan` lacks its subject."""
    reader = _ClauseReader(tokens, words)
    reader.item = item
    reader.run()
    return Analysis(tokens, reader.frames, reader.groups, reader.first)


class _ClauseReader(NonFinite):
    item = False

    def _verb(self, verb: VerbGroup) -> int:
        if (named := self.named_behind(verb)) is not None:
            return named
        shape = self._shape(verb)
        status = worst(verb.status, self.clause.status)
        frame = Frame(verb.lemma, status, passive=verb.passive, start=verb.start, end_of_verb=verb.end)
        self._inner_dates(verb, frame)
        self._with_adverbs(verb, frame)
        if verb.lemma == "do" and self._as_did(verb, frame):
            pass
        elif shape == FINITE:
            frame.passive = verb.passive or (verb.form == BARE and self._shares_passive(verb))
            self._finite(verb, frame)
        elif shape == INFINITIVE:
            self.infinitive(verb, frame)
        elif shape == GERUND:
            self.gerund(frame)
        else:
            frame.passive = True
            self.participle(frame)
        self.frames.append(frame)
        self.clause.frame = frame
        self.comma = self.joined = False
        self.preposition = ""
        return verb.end

    def _with_adverbs(self, verb: VerbGroup, frame: Frame) -> None:
        """`jointly`, `allegedly`, `almost` beside a verb."""
        near = self.tokens[max(0, verb.start - 1) : verb.end + 1]
        frame.jointly = any(t.is_word("jointly", "together") for t in [*near, *self._behind(verb)])
        if any(self.has("denying", t) for t in near):
            frame.status = DENIED
        elif any(self.has("doubted", t) for t in near):
            frame.status = worst(frame.status, DOUBTFUL)

    def _behind(self, verb: VerbGroup) -> list[Token]:
        """What stands between a verb and the next verb or mark."""
        end = verb.end
        while end < len(self.tokens) and end not in self.phrases.groups and self.tokens[end].kind in _RUNNING:
            end += 1
        return list(self.tokens[verb.end : end])

    def _as_did(self, verb: VerbGroup, frame: Frame) -> bool:
        """`A attended, as did B`: B did what A did."""
        main = next((f for f in self.frames if not f.relative and not f.passive), None)
        if main is None or not verb.start or not self.tokens[verb.start - 1].is_word("as", "so"):
            return False
        frame.lemma, frame.status = main.lemma, main.status
        frame.patient, frame.hung, frame.dates = main.patient, list(main.hung), list(main.dates)
        self.inverted = frame
        self.clause.main = frame
        return True

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
            or (
                self.tokens[after].is_word("on", "in")
                and after + 1 < len(self.tokens)
                and self.tokens[after + 1].kind == DATE
            )
        ):
            after += 1
        if self._shares_passive(verb):
            return FINITE
        if self.item and verb.start == self.first and not verb.passive:
            objective = self.phrases.starts(after) or self._that_ahead(verb.end)
            return FINITE if objective else BARE
        if (
            self._between_commas(verb)
            or verb.passive
            or (after < len(self.tokens) and self.tokens[after].is_word("by"))
        ):
            return BARE
        if verb.lemma in self.words.words["speaking"] and (self.comma or self.clause.free):
            return FINITE
        if verb.lemma in self.words.words["reporting"] and self.clause.free and self._that_ahead(verb.end):
            return FINITE
        takes_object = self.phrases.starts(after)
        governs = after < len(self.tokens) and self.tokens[after].is_word("that", "to")
        if self.relative is not None:
            return FINITE
        if self.clause.free and self._shares_relative():
            return FINITE
        dated = self.clause.free and any(t.is_word("until") for t in self.tokens[verb.end : verb.end + 1])
        if not (takes_object or governs or dated) and verb.lemma not in self.words.words["intransitive"]:
            return BARE
        if self.joined and self.clause.main is not None:
            return FINITE
        if takes_object and self._lists_acts(verb):
            return FINITE
        if self.clause.free or (self.outer and self.outer[-1].free and self.comma):
            if takes_object or not self._finite_ahead(verb.end):
                return FINITE
            return BARE
        if takes_object and self._adjacent_object(verb):
            return FINITE
        if (
            self.last is not None
            and self._adjacent_object(verb)
            and self.clause.frame is not None
            and (self.clause.frame.lemma in self.words.words["reporting"])
        ):
            return FINITE
        return BARE

    def _between_commas(self, verb: VerbGroup) -> bool:
        """`The unit, set up to fight it, met`: between a subject and its verb stands a participle."""
        subject = self.clause.subject
        beside = self.clause.free and subject is not None and subject.end == verb.start - 1
        if not beside or self.tokens[verb.start - 1].kind != COMMA:
            return False
        for index in range(verb.end, len(self.tokens)):
            between = self.phrases.groups.get(index)
            if between is not None and between.form == FINITE:
                return False
            behind = self.phrases.groups.get(index + 1)
            if self.tokens[index].kind == COMMA and behind is not None:
                acts = self.phrases.starts(behind.end) or self.words.has("intransitive", behind.lemma)
                return behind.form == FINITE or (behind.form == BARE and acts and not behind.passive)
        return False

    def _that_ahead(self, index: int) -> bool:
        """`announced at the meeting that …`."""
        while index < len(self.tokens) and index not in self.phrases.groups:
            if self.tokens[index].is_word("that"):
                return True
            index += 1
        return False

    def _lists_acts(self, verb: VerbGroup) -> bool:
        """`launched the unit, trained two officers and gave boats`: the second of three acts."""
        main = self.clause.main
        if not self.comma or main is None or main.passive or self.clause.free:
            return False
        index = verb.end
        if self.tokens[index].kind != WORD or self.phrases.word(index, "determiners"):
            return True
        while index < len(self.tokens) and self.tokens[index].kind != SEMICOLON:
            following = self.phrases.groups.get(index + 1)
            if following is not None and self.phrases.word(index, "coordinators"):
                return following.form in (FINITE, BARE) and not following.passive
            if index in self.phrases.groups:
                return self.tokens[index - 1].kind == COMMA
            index += 1
        return False

    def _shares_passive(self, verb: VerbGroup) -> bool:
        """`was written by A and adopted by B`."""
        main, last = self.clause.main, self.clause.frame
        if last is not None and last is not main and last.passive and not self.comma:
            return False  # `was followed by a drill hosted by A and attended by B`
        return (
            self.joined
            and main is not None
            and main.passive
            and not self.clause.free
            and not self.phrases.starts(verb.end)
            and not self.words.has("intransitive", verb.lemma)
        )

    def _finite_ahead(self, index: int) -> bool:
        """Whether another verb follows that may be that of the clause, before anything begins a new one."""
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind in (SEMICOLON, COLON) or self.phrases.word(index, "relatives"):
                return False
            comparing = token.is_word("as") and index + 1 not in self.phrases.groups
            if self.phrases.word(index, "subordinators") and not comparing:
                return False
            if self.phrases.word(index, "coordinators") and (
                index + 1 in self.phrases.groups or self.tokens[index - 1].kind == COMMA
            ):
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
            and all(t.kind == WORD and is_adverb(t.text) for t in self.tokens[frame.patient.end : verb.start])
        )

    def _finite(self, verb: VerbGroup, frame: Frame) -> None:
        subject = self._subject(verb, frame)
        if subject is not None and verb.is_copula and is_present(subject):
            subject, frame.lemma = None, PRESENT
            self.inverted = frame
        elif (
            subject is None
            and (verb.is_copula or verb.passive)
            and self.clause.main is None
            and not self.outer
        ):
            self.inverted = frame
        if frame.passive:
            frame.patient = frame.patient or subject
        else:
            frame.agent = frame.agent or subject
        if self.where is not None:
            frame.hung.append(("in", self.where))
            self.where = None
        if not frame.relative:
            frame.hung += self.lead
            frame.dates += self.lead_dates
            self.lead, self.lead_dates = [], []
        if self.inverted is None and subject is not None and not frame.relative:
            self.settle_openings(subject, frame.status)
        self.clause.main = frame

    def _subject(self, verb: VerbGroup, frame: Frame) -> Group | None:
        clause = self.clause
        if self.relative is not None:
            antecedent, self.relative = self.relative, None
            frame.relative = True
            if self.relative_subject is None:
                clause.subject = antecedent
                if frame.passive and antecedent is not None:
                    antecedent.others = without_places(antecedent.others)
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
            self._share_antecedent(verb, frame)
            return clause.subject
        last = clause.frame
        base = self.tokens[verb.main].text == verb.lemma and verb.start == verb.main
        if base and last is not None and last.infinitive and (self.joined or self.comma):
            frame.infinitive, frame.purpose = True, last.purpose
            frame.status = worst(frame.status, last.status)
            return last.agent
        if self.joined and clause.main is not None:
            main = clause.main
            frame.relative = main.relative
            if self.comma and self.outer and (self.outer[-1].free or self._goes_back(main, frame)):
                return self._resumed()
            if verb.main == verb.start:
                frame.status = worst(frame.status, main.status)
                frame.purpose = main.purpose
            if main.passive and frame.passive:
                return main.patient
            if main.relative and not frame.passive and not self.phrases.starts(verb.end):
                frame.patient = main.patient
            return clause.subject or main.agent
        relative = clause.main is not None and clause.main.relative
        if relative and self.outer and self.outer[-1].free:
            return self._resumed()  # `A team that included officers visited`
        if self._adjacent_object(verb) and clause.frame is not None and not self.opens(clause.frame):
            clause.subject = clause.frame.patient
            clause.frame.patient = None
            return clause.subject
        if self.outer and self.outer[-1].free:
            return self._resumed()
        if self.comma and clause.main is not None and not clause.main.passive:
            return clause.subject or clause.main.agent
        return self._resumed() if self.outer else None

    def _share_antecedent(self, verb: VerbGroup, frame: Frame) -> None:
        """`which A funds and B delivers`: both do it to what the relative clause is about."""
        if not self._shares_relative() or frame.passive or self.phrases.starts(verb.end):
            return
        if verb.form in (FINITE, BARE):
            frame.patient, frame.relative = self.antecedent, True

    def _shares_relative(self) -> bool:
        """Whether the relative clause so far is about what its verb acts on."""
        main, antecedent = self.clause.main, self.antecedent
        return main is not None and main.relative and antecedent is not None and main.patient is antecedent

    def _goes_back(self, main: Frame, frame: Frame) -> bool:
        """`A adopted B, which was drafted by C, and reviewed D`: `, and` leaves the relative clause.

        Not where the relative clause itself lists acts.
        """
        if not main.relative or self.outer[-1].main is None:
            return False
        before = main.start - len(("which", ","))
        aside = before >= 0 and self.tokens[before].kind == COMMA
        return main.passive != frame.passive or (aside and self.clause.frame is main)

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
