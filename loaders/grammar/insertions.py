"""What interrupts a clause and what it leaves out: asides, clauses in lists, parts without a verb."""

from itertools import pairwise

from loaders.grammar.frames import Frame
from loaders.grammar.phrases import Group, Phrase
from loaders.grammar.tokens import COMMA, MONEY, SEMICOLON, STOP, WORD
from loaders.grammar.verbgroups import BARE, FINITE
from loaders.grammar.walk import Walk
from loaders.verbs import DONE, is_adverb

# These have no object to share.
_DOERS = frozenset(("Country", "Organization", "Person"))
_WHOLE = frozenset(("take part", "take place", "participate"))
# What is done so is no body and no person, but what these tell of.
_TO_TEXTS_AND_EVENTS = frozenset(
    (
        *("sign", "enact", "ratify", "adopt", "draft", "pass", "amend", "conclude", "negotiate", "launch"),
        *("hold", "convene", "conduct", "carry out", "organize", "organise", "schedule", "stage"),
        *("implement", "execute"),
    )
)


class Insertions(Walk):
    """The parts of a walk that look back over what stands between."""

    def behind_aside(self, index: int) -> int:
        """Where the sentence goes on behind `, Ada Kelp said,`."""
        speaker = self.phrases.phrase(index) if self.phrases.starts(index) else None
        verb = None if speaker is None else self.phrases.groups.get(speaker.end)
        if verb is None or verb.lemma not in self.words.words["speaking"] or not self.clause.free:
            return index
        closed = verb.end < len(self.tokens) and self.tokens[verb.end].kind == COMMA
        return verb.end + 1 if closed else index

    def settle_openings(self, subject: Group, status: str = DONE) -> None:
        """`Signed in 2031, A said the act did it`: the act was signed, not who speaks of it."""
        verb = self.phrases.groups.get(subject.end)
        if verb is not None and verb.lemma in self.words.words["speaking"] and self._told_of(verb.end):
            waiting = [f for f in self.openings if f.passive and f.lemma in _TO_TEXTS_AND_EVENTS]
            self.openings = [f for f in self.openings if not any(f is one for one in waiting)]
            super().settle_openings(subject, status)
            self.openings = waiting
        else:
            super().settle_openings(subject, status)

    def _told_of(self, index: int) -> bool:
        """Whether what is said has a verb of its own."""
        return any(verb.form in (FINITE, BARE) for at, verb in self.phrases.groups.items() if at >= index)

    def with_interrupted(self, group: Group) -> Group:
        """`A, which backs U, and B signed`: what an insertion parts joins again."""
        verb = self.phrases.groups.get(group.end)
        if not (self.comma and self.joined) or verb is None or verb.form not in (FINITE, BARE):
            return group
        if self.outer and self.outer[-1].free and self.clause.main is not None and self.clause.main.relative:
            self.clause = self.outer.pop()
        elif not self.clause.free or self.clause.main is not None:
            return group
        subject = self.clause.subject
        if subject is None:
            return group
        return Group([*subject.phrases, *group.phrases], subject.start, group.end)

    def share_objects(self) -> None:
        """`A signed and ratified B`: what stands behind the last of several verbs is the object of each."""
        for frame, following in reversed(list(pairwise(self.frames))):
            between = self.tokens[frame.end_of_verb : following.start]
            joins = bool(between) and all(
                t.kind == COMMA or t.is_word("and") or (t.kind == WORD and is_adverb(t.text)) for t in between
            )
            active = not (frame.passive or following.passive or frame.lemma in _WHOLE)
            if joins and active and frame.agent is following.agent and frame.patient is None:
                frame.patient = following.patient

    def resume_list(self, index: int) -> int | None:
        """`A; B, which backs U; and C`: a list goes on behind a relative clause."""
        group, clause = self.interrupted, self.interrupted_clause
        at = index + 1 if self.phrases.word(index, "coordinators") else index
        if group is None or clause is None or not self.phrases.starts(at):
            return None
        phrase = self.phrases.phrase(at)
        if phrase is not None and phrase.end < len(self.tokens) and self.tokens[phrase.end].kind == COMMA:
            described = [phrase]
            self.phrases.appose(described, phrase.end + 1)
            phrase = described[0]
        ends = phrase is not None and (
            phrase.end >= len(self.tokens) or self.tokens[phrase.end].kind in (COMMA, SEMICOLON, STOP, ".")
        )
        if phrase is None or not ends:
            return None
        listed = self._innermost()
        inner = listed.phrases and _alike(listed.phrases[-1], phrase)
        if inner and not _alike(group.phrases[-1], phrase):
            listed.phrases.append(phrase)  # `led a team, which had officers of A; B; and C`
            listed.end = phrase.end
            return phrase.end
        group.phrases.append(phrase)
        group.end = phrase.end
        self.outer = [one for one in self.outer if one is not clause]
        self.clause, self.last = clause, group
        self.relative, self.comma, self.joined = None, False, False
        return phrase.end

    def _innermost(self) -> Group:
        """The group that the last one ends with."""
        group = self.last or Group([], 0, 0)
        while group.phrases and group.phrases[-1].hung:
            group = group.phrases[-1].hung[-1][1]
        return group

    def told_behind(self, index: int) -> int | None:
        """`Two agencies launched the unit: A and B`: names behind a colon say who is meant."""
        nouns = self.words.words["twos"] | self.words.words["donors"]
        meant = [
            phrase
            for group in self.groups
            for phrase in group.walk()
            if phrase.plural and not (phrase.entities or phrase.includes) and phrase.head in nouns
        ]
        group = self.phrases.group(index) if len(meant) == 1 and self.phrases.starts(index) else None
        if group is None or not all(phrase.entities for phrase in group.phrases):
            return None
        if any(t.kind not in (STOP, ".") for t in self.tokens[group.end :]):
            return None
        meant[0].includes = group
        self.groups.append(group)
        return group.end

    def accompany(self, index: int) -> int:
        """`A opened it together with B`: they do it too."""
        group = self.phrases.group(index, governed=True)
        frame = self.clause.main
        if group is None:
            return index
        self.groups.append(group)
        if frame is not None and self.tokens[index - 1].is_word("together with"):
            frame.jointly = frame.jointly or self._is_made(frame)
        if frame is not None and not frame.passive and frame.agent is not None:
            frame.agent = _with(frame.agent, group)
        elif frame is not None and frame.passive:
            frame.hung = [(p, _with(g, group) if p == "by" else g) for p, g in frame.hung]
        self.last = group
        self.comma = self.joined = False
        return group.end

    def _is_made(self, frame: Frame) -> bool:
        """Whether an act has a doer and is done to no body that could be with the other instead."""
        done = frame.patient.phrases if frame.patient is not None else []
        doer = any(p == "by" for p, _ in frame.hung) if frame.passive else frame.agent is not None
        return doer and not any(one.labels & _DOERS for one in done)

    def accompany_relative(self, index: int) -> int:
        """`A, which along with B has funded it`: both have."""
        group = self.phrases.group(index, governed=True)
        if group is None or self.relative is None:
            return index
        self.groups.append(group)
        self.relative = _with(self.relative, group)
        return group.end

    def gapped(self, group: Group) -> bool:
        """`A was led by B, and C by D`, `thanked A for it and B for that`, `A gave a million and B two`."""
        frame = self.clause.frame
        second = None if frame is None or not self.joined else self._second_part(frame, group)
        if second is None:
            return False
        self.frames.append(second)
        self.clause.frame = second
        self.last = group
        self.comma = self.joined = False
        return True

    def ends_address(self, group: Group) -> bool:
        """`Delivered at the base in Port Kelp, Tidelandia, by A`: the state goes with the place before it."""
        start, end = group.start, group.end
        lead = self.clause.frame.hung if self.clause.frame is not None else self.lead
        if self.clause.main is not None or self.clause.free or len(group.phrases) > 1 or not lead:
            return False
        closed = end < len(self.tokens) and self.tokens[end].kind == COMMA
        place = group.phrases[0].labels & {"Country", "Place"} and self.tokens[start - 1].kind == COMMA
        preposition, before = lead[-1]
        while before.phrases[-1].hung:
            preposition, before = before.phrases[-1].hung[-1]
        named = before.phrases[-1].named and before.end == start - 1 and preposition in ("in", "at", "near")
        return closed and bool(place) and named and not self.phrases.word(end + 1, "relatives")

    def _second_part(self, frame: Frame, group: Group) -> Frame | None:
        second = Frame(frame.lemma, frame.status, passive=frame.passive, start=frame.start)
        last = group.phrases[-1]
        token = self.tokens[group.end] if group.end < len(self.tokens) else None
        if frame.passive and any(p == "by" for p, _ in frame.hung) and last.hung and last.hung[-1][0] == "by":
            second.patient = group
            second.hung = [*(one for one in frame.hung if one[0] != "by"), last.hung.pop()]
        elif token is None:
            return None
        elif frame.passive and any(p == "by" for p, _ in frame.hung) and token.is_word("by"):
            second.patient = group
            second.hung = [one for one in frame.hung if one[0] != "by"]
        elif frame.patient is None:
            return None
        elif token.is_word("for") and (thanks := self._thanks(frame)) is not None:
            second.lemma, second.status = thanks.lemma, thanks.status
            second.agent, second.patient = thanks.agent, group
        elif token.kind == MONEY and frame.patient.phrases[0].money >= 0:
            # `gave A two million and B one`: B gets, as A does; `A gave two million and B one`: B gives.
            gets = frame.receiver is not None
            second.agent, second.receiver = (frame.agent, group) if gets else (group, frame.receiver)
            second.hung, second.dates = list(frame.hung), list(frame.dates)
            self.gaps.append((frame, second))
        else:
            return None
        return second

    def _thanks(self, frame: Frame) -> Frame | None:
        """The thanks that a frame is, or that it is given for."""
        thanking = self.words.words["thanking"]
        before = (f for f in reversed(self.frames) if f.lemma in thanking and f.start <= frame.start)
        return next(before, None)

    def fill_gaps(self) -> None:
        """`A gave a million and B two to C`: C got both."""
        for frame, second in self.gaps:
            given, other = frame.patient, second.patient
            if given is not None and other is not None and not given.phrases[-1].hung:
                given.phrases[-1].hung = list(other.phrases[-1].hung)
            if not frame.hung:
                frame.hung, frame.dates = list(second.hung), frame.dates or list(second.dates)


def _alike(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases may be members of one list."""
    return bool((one.labels & other.labels) - {"Entity"})


def _with(group: Group, other: Group) -> Group:
    return Group([*group.phrases, *other.phrases], group.start, group.end, group.others, group.either)
