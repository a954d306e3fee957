"""Walks a sentence from left to right and keeps what its clauses have had so far."""

from abc import abstractmethod

from loaders.grammar.antecedents import nearest
from loaders.grammar.completion import complete
from loaders.grammar.frames import Frame, worst
from loaders.grammar.insertions import Insertions
from loaders.grammar.phrases import Group, Phrase, singular
from loaders.grammar.tokens import COLON, COMMA, DASH, DATE, ENTITY, SEMICOLON, WORD
from loaders.grammar.verbgroups import BARE, FINITE, GERUND, VerbGroup
from loaders.grammar.walk import Clause
from loaders.verbs import DENIED, DONE, DOUBTFUL, is_adverb


class ClauseWalk(Insertions):
    """The walk; what a verb does to its clause is told by a subclass."""

    def run(self) -> None:
        index = self.first = self.dateline()
        if any(self.phrases.word(index, kind) for kind in ("supposing", "doubted")):
            self.clause.status = DOUBTFUL
        while index < len(self.tokens):
            index = self._step(index)
        self.fill_gaps()
        self._read_compounds()
        self.share_objects()
        complete(self.frames, self.tokens, self.phrases.groups, self.words)

    def _read_compounds(self) -> None:
        """`the agency-funded clinic`: the agency funds it."""
        for index, phrase in sorted(self.phrases.compounds.items()):
            name, verb = self.tokens[index - 1], self.phrases.groups[index]
            who = Phrase(index - 1, index, (), (name.entity or "",), name.labels, named=True)
            frame = Frame(verb.lemma, start=index, end_of_verb=verb.end)
            frame.agent = Group([who], who.start, who.end)
            frame.patient = Group([phrase], phrase.start, phrase.end)
            self.frames.append(frame)

    def _step(self, index: int) -> int:
        token, phrases = self.tokens[index], self.phrases
        if index in phrases.groups:
            return self._verb(phrases.groups[index])
        if token.kind in (COMMA, SEMICOLON, COLON, DASH):
            self.comma = True
            if token.kind == SEMICOLON and (resumed := self.resume_list(index + 1)) is not None:
                return resumed
            if token.kind == COLON and (told := self.told_behind(index + 1)) is not None:
                return told
            if token.kind in (SEMICOLON, COLON):
                self._new_clause(DONE)
                self.last = None
            return self.behind_aside(index + 1) if token.kind == COMMA else index + 1
        if token.kind == DATE:
            self.date(token.number, self.word_before(index))
            return index + 1
        if phrases.word(index, "relatives") and self.last is not None and not self._opens_clause(index):
            return self._relative(index)
        if phrases.word(index, "subordinators"):
            if not self._governs(index):
                return self._subordinate(index)
            governs = phrases.starts(index + 1) or phrases.word(index + 1, "relatives")
            return self._hang(index) if governs else index + 1
        if phrases.word(index, "accompanying") and self.clause.main is not None and phrases.starts(index + 1):
            return self.accompany(index + 1)
        if phrases.word(index, "accompanying") and self.relative is not None and phrases.starts(index + 1):
            return self.accompany_relative(index + 1)
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
        if index and self.phrases.word(index - 1, "coordinators"):
            return True  # `said that …, and that …`
        frame = self.clause.frame
        if frame is not None and frame.end_of_verb == index:
            return True
        contents = self.words.words["contents"] | self.words.words["wanted"]
        if self.last is not None and contents & set(self.last.phrases[-1].heads):
            return True
        reported = frame is not None and (
            frame.lemma in self.words.words["reporting"] or frame.lemma in self.words.words["doubting"]
        )
        heard = frame is not None and frame.lemma in self.words.words["telling"]
        return heard or (
            reported
            and (frame is None or frame.passive or frame.patient is None or self.last is not frame.patient)
        )

    def _clause_ahead(self, index: int) -> bool:
        near = range(index + 1, min(index + 8, len(self.tokens)))
        verbs = [self.phrases.groups[i] for i in near if i in self.phrases.groups]
        return any(v.form == FINITE or (v.form == BARE and self.phrases.starts(v.end)) for v in verbs)

    def _relative(self, index: int) -> int:
        who = self.tokens[index].is_word("who", "whom")
        again = self.joined and self.clause.main is not None and self.clause.main.relative
        antecedent = None if self.last is None else nearest(self.last, self.words, person=who)
        copula = (
            self.clause.frame if self.clause.frame is not None and self.clause.frame.lemma == "be" else None
        )
        if antecedent is not None and copula is not None and copula.agent is not None:
            antecedent.others += copula.agent.phrases  # `A was among the states that attended`
        if again and self.antecedent is not None:
            antecedent = self.antecedent
        elif self.interrupted is None or self.clause.main is None or not self.clause.main.relative:
            self.interrupted, self.interrupted_clause = self.last, self.clause
        self.antecedent = antecedent
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is not None and following.is_word("have", "are", "were") and self.last is not None:
            antecedent = self.last if len(self.last.phrases) > 1 else antecedent
        described = self.clause.frame.patient if self.clause.frame is not None else None
        if antecedent is not None and described is not None and self.comma and not who:
            antecedent.others += [p for p in described.phrases if p not in antecedent.phrases]
        self.relative_preposition = ""
        if (self.clause.free or self.clause.frame is not None) and not again:
            self.outer.append(self.clause)
        self.clause = Clause(status=self.outer[-1].status if self.outer else DONE)
        self.relative = antecedent
        self.relative_subject = None
        self.comma = self.joined = False
        if self.tokens[index].is_word("whose"):
            if antecedent is not None and (owned := self._owned_object(index + 1, antecedent)) is not None:
                self.relative = owned
                return owned.end
            self.relative = None
            self.owner = antecedent
        return index + 1

    def _owned_object(self, start: int, owner: Group) -> Group | None:
        """`the unit, whose officers the agency trains`: on what of the unit somebody else acts."""
        end = start
        while end < len(self.tokens) and self._is_plain(end):
            end += 1
        subject = self.phrases.group(end) if start < end and self.phrases.starts(end) else None
        verb = self.phrases.groups.get(subject.end) if subject is not None else None
        if (
            subject is None
            or verb is None
            or verb.form not in (FINITE, BARE)
            or self.phrases.starts(verb.end)
        ):
            return None
        noun = self.tokens[end - 1].text
        if any(self.tokens[at].is_word("former", "ex", "retired") for at in range(start, end)):
            return None
        if noun == singular(noun) and "Person" in subject.phrases[0].labels:
            return None  # `whose director Ada Kelp`
        phrase = Phrase(start, end, (singular(noun),), possessor=owner.phrases[-1], base_end=end)
        return Group([phrase], start, end)

    def _is_plain(self, index: int) -> bool:
        """Whether a common noun, or what describes one, stands at the token."""
        plain = self.tokens[index].kind == WORD and index not in self.phrases.groups
        return plain and not self.phrases.word(index, "determiners") and not self.phrases.is_function(index)

    def _governs(self, index: int) -> bool:
        """Whether `since`, `after` and the like have a date or a noun behind them, not a clause."""
        if not self.tokens[index].is_word("since", "after", "before", "until", "as"):
            return False
        following = index + 1 < len(self.tokens) and (
            self.tokens[index + 1].kind == DATE or self.tokens[index + 1].is_word("which", "whom")
        )
        frame = self.clause.frame
        names = self.tokens[index].is_word("as") and frame is not None and frame.end_of_verb == index
        if names and self.phrases.starts(index + 1):
            return True  # `serves as director of the unit`
        return following or (self.phrases.starts(index + 1) and not self._clause_ahead(index))

    def _subordinate(self, index: int) -> int:
        token = self.tokens[index]
        frame = self.clause.frame
        status = self.clause.status
        if self.words.has("conditions", token.text):
            status = DOUBTFUL
        elif token.is_word("that") and self._is_wanted(index):
            status = worst(status, DOUBTFUL)
        elif token.is_word("that") and frame is not None:
            status = worst(status, self._told(frame))
        place = (
            nearest(self.last, self.words, place=True)
            if token.is_word("where") and self.last is not None
            else None
        )
        self._new_clause(status)
        self.where = place
        return index + 1

    def _is_wanted(self, index: int) -> bool:
        """`a request that A fund it`."""
        last = self.last.phrases[-1] if self.last is not None and self.last.end == index else None
        return last is not None and bool(self.words.words["wanted"] & set(last.heads))

    def _told(self, frame: Frame) -> str:
        """How that stands which somebody says, doubts, or denies."""
        if frame.status == DENIED:
            return DENIED if frame.lemma == "be" else DOUBTFUL
        possible = frame.lemma == "be" and frame.status == DOUBTFUL
        return DOUBTFUL if possible or frame.lemma in self.words.words["doubting"] else DONE

    def _new_clause(self, status: str) -> None:
        self.inverted = None
        if self.clause.free or self.clause.main is not None:
            self.outer.append(self.clause)
        self.clause = Clause(status=status)
        self.relative = None
        self.comma = self.joined = False

    # --- groups ---

    def _group(self, index: int) -> int:
        frame = self.clause.frame
        takes = frame is not None and self._takes_object(frame)
        self.phrases.subject_wanted = self._wants_subject()
        self.phrases.after_verb = self.clause.main is not None
        self.phrases.in_relative = frame is not None and frame.relative
        reports = frame is not None and frame.lemma in self.words.words["reporting"]
        self.phrases.done_by = takes and frame is not None and frame.passive
        group = self.phrases.group(index, objects=takes and not reports)
        self.phrases.done_by = False
        if group is None:
            return index + 1
        self.groups.append(group)
        if self.owner is not None:
            group.phrases[0].possessor = group.phrases[0].possessor or self.owner.phrases[0]
            self.owner = None
        if self.inverted is not None:
            self._invert(group)
        elif self.gapped(group) or self.ends_address(group):
            return group.end
        elif frame is not None and frame.absolute and self.joined and self._is_gerund(group.end):
            self.absolute = group  # `with A taking part and B observing`
        elif self.relative is not None and self.clause.main is None:
            self.relative_subject = group
        elif frame is not None and self._names(frame):
            frame.hung.append(("as", group))
        elif takes and frame is not None:
            if frame.patient is None:
                frame.patient = group
            else:
                frame.receiver, frame.patient = frame.patient, group
        else:
            self.clause.subject, self.clause.free = self.with_interrupted(group), True
        self.last = group
        self.comma = self.joined = False
        return group.end

    def _is_gerund(self, index: int) -> bool:
        verb = self.phrases.groups.get(index)
        return verb is not None and verb.form == GERUND

    def _names(self, frame: Frame) -> bool:
        """`was appointed Director of the Unit`: as what."""
        named = frame.passive and frame.patient is not None and not self.clause.free
        return named and not self.comma and not self.joined and self.words.has("appointing", frame.lemma)

    def _takes_object(self, frame: Frame) -> bool:
        if self.after_subject(frame):
            return False
        if frame.patient is None:
            return not frame.passive and not self.comma
        return (
            frame.lemma in self.words.words["giving"]
            and frame.receiver is None
            and not self.comma
            and not self.joined
            and self.last is frame.patient
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
        self.settle_openings(group)

    def _hang(self, index: int) -> int:
        preposition = self.tokens[index].text
        self.preposition = preposition
        after = index + 1
        if (
            self.phrases.word(after, "relatives")
            and self.last is not None
            and not self.tokens[after].is_word("that", "whose")
        ):
            self._relative(after)
            self.relative_preposition = preposition
            return after + 1
        while self.phrases.is_preposition(after) and not self.phrases.starts(after):
            after += 1
        if not self.phrases.starts(after):
            return index + 1
        self.phrases.subject_wanted = self._wants_subject()
        self.phrases.after_verb = self.clause.main is not None
        frame = self.clause.frame
        self.phrases.agentive = preposition == "by" and frame is not None and frame.passive
        self.phrases.in_relative = frame is not None and frame.relative
        self.phrases.leading = frame is None
        group = self.phrases.group(after, governed=True)
        self.phrases.agentive = self.phrases.leading = False
        if group is None:
            return index + 1
        self.groups.append(group)
        if preposition == "with" and self._is_gerund(group.end):
            self.absolute = group  # `, with A and B providing support`
        elif frame is not None and not self.after_subject(frame):
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
        if (
            verb is None
            or verb.form not in (FINITE, BARE)
            or token.kind != ENTITY
            or last.start == group.end - 1
        ):
            return
        before = self.tokens[group.end - 2]
        titled = before.text in self.words.words["titles"] or before.text in self.words.words["ranks"]
        if (
            before.kind == WORD
            and not before.capital
            and not titled
            and not self.words.has("determiners", before.text)
        ):
            subject = Phrase(group.end - 1, group.end, (), last.entities, last.labels, named=True)
            last.entities, last.labels, last.heads = (), frozenset(), (before.text,)
            self.clause.subject = Group([subject], group.end - 1, group.end)
            self.clause.free = True
            self.last = self.clause.subject

    def _late_dates(self, group: Group) -> None:
        for index in range(group.start, group.end):
            if self.tokens[index].kind == DATE:
                self.date(self.tokens[index].number, "in")

    def _include(self, index: int) -> int:
        group = self.phrases.group(index + 1)
        if group is None:
            return index + 1
        self.groups.append(group)
        if self.last is not None and self.last.phrases[-1].includes is None:
            self.last.phrases[-1].includes = group
        self.last = group
        return self.phrases.behind_list(group.end)

    @abstractmethod
    def _verb(self, verb: VerbGroup) -> int:
        """Take a verb in; the index behind it."""
