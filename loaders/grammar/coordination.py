"""Noun phrases with what hangs on them, what is said of them in apposition, and their coordinations.

`the Head of the Reef Unit, Ada Kelp, and officers of A, B and C` is a group of two phrases: a person of whom
an office is said, and `officers`, which belong to a group of three.
"""

from collections.abc import Sequence

from loaders.grammar.nouns import PERSON, TOPIC
from loaders.grammar.offices import Offices
from loaders.grammar.phrases import Group, Phrase
from loaders.grammar.tokens import COMMA, DATE, ENTITY, SEMICOLON
from loaders.grammar.verbgroups import BARE, FINITE, GERUND

_SINGLE_AFTER_NAME = frozenset(("of", "in", "at", "within", "inside"))
_PLACING = frozenset(("in", "at"))
_PLACES = frozenset(("Country", "Place"))
_AFTER_NAMES = frozenset(("of", "within", "inside", "in", "at", "from"))
_GIVING = ("to", "for")
_OWNING = ("its", "their")
_NOT_AFTER_NOUNS = frozenset(("than", "like", "following", "per", "despite", "off"))


class PhraseReader(Offices):
    """Reads the noun phrases of one sentence from its tokens and verb groups."""

    def phrase(self, index: int) -> Phrase | None:
        """A noun phrase with the prepositional phrases and examples that hang on it."""
        phrase = self.base(index)
        if phrase is None:
            return None
        self._with_country(phrase)
        while True:
            if self._hang(phrase) or self._include(phrase):
                phrase = self.with_person(phrase)
                continue
            return phrase

    def _with_country(self, phrase: Phrase) -> None:
        """`Port Kelp, Tidelandia` names a place and its country."""
        at = phrase.end
        if "Place" not in phrase.labels or at + 1 >= len(self.tokens) or self.tokens[at].kind != COMMA:
            return
        if self.tokens[at + 1].is_word("the") and at + 2 < len(self.tokens):
            at += 1  # `Nassau, The Bahamas`
        if self._lists_places(at):
            return
        other = self.tokens[at + 1]
        verb = self.groups.get(at + 2)
        if self.subject_wanted and verb is not None and verb.form in (FINITE, BARE):
            return  # `At the meeting in Port Kelp, Tidelandia signed it`
        if other.kind == ENTITY and other.labels & {"Country", "Place"} and not self._continues(at + 2):
            phrase.entities += (other.entity or "",)
            phrase.labels |= other.labels
            phrase.end = at + 2
            following = phrase.end + 1
            if (
                following < len(self.tokens)
                and self.tokens[phrase.end].kind == COMMA
                and self.tokens[following].kind == ENTITY
                and "Country" in self.tokens[following].labels
                and "Country" not in other.labels
            ):
                phrase.entities += (self.tokens[following].entity or "",)
                phrase.end = following + 1

    def _lists_places(self, index: int) -> bool:
        """`, Bay Town, Reef Harbour and Cape Coral`: towns behind commas, the last behind `and`."""
        towns = 0
        while (separator := self.separator(index)) is not None:
            kind, after = separator
            town = after < len(self.tokens) and self.tokens[after]
            if not town or "Place" not in town.labels:
                return False
            towns, index = towns + 1, after + 1
            if kind == "and":
                return towns > 1
        return False

    def _continues(self, index: int) -> bool:
        """Whether a name goes on here, or the list that it stands in."""
        return (
            self.word(index, "coordinators")
            and index + 1 < len(self.tokens)
            and (
                "Place" not in self.tokens[index + 1].labels
                or (self.subject_wanted and self._list_before_verb(index + 1))
            )
        )

    def _hang(self, phrase: Phrase) -> bool:
        at = phrase.end
        if at + 1 < len(self.tokens) and self.tokens[at].kind == DATE and self.tokens[at + 1].is_word("of"):
            at += 1
        if not self.is_preposition(at) or not self.starts(at + 1):
            return False
        preposition = self.tokens[at].text
        if (phrase.entities and preposition not in _AFTER_NAMES) or preposition in _NOT_AFTER_NOUNS:
            return False
        if self.done_by and preposition == "by":
            return False
        if self.agentive and phrase.entities and preposition in _PLACING:
            return False
        if self.done_of and phrase.entities and preposition == "of":
            return False
        if PERSON in phrase.labels and preposition in _PLACING and self._is_occasion(at + 1):
            return False  # `met Ada Kelp at the ceremony`
        title = self.is_title(phrase)
        places = phrase.entities and preposition in _PLACING and self._is_place(at + 1)
        single = bool(phrase.entities) and preposition in _SINGLE_AFTER_NAME and not places
        single = single or (title and not phrase.plural and preposition in ("of", "for", "at", "in"))
        if single:
            self.names_office = title
            inner = self.phrase(at + 1)
            self.names_office = False
            group = None if inner is None else Group([inner], inner.start, inner.end)
        else:
            outer, self.governing = (self.governing, self.done_of), phrase.head
            self.done_of = preposition == "by" and bool(phrase.head)
            group = self.group(at + 1, governed=True)
            self.governing, self.done_of = outer
        if group is None:
            return False
        self._go_on(group, preposition)
        phrase.hung.append((preposition, group))
        phrase.end = group.end
        return True

    def _go_on(self, group: Group, preposition: str) -> None:
        """`officers of A and of B`."""
        while (separator := self.separator(group.end)) is not None:
            _, after = separator
            again = after < len(self.tokens) and self.tokens[after].is_word(preposition)
            other = self.group(after + 1, governed=True) if again and self.starts(after + 1) else None
            if other is None:
                return
            group.phrases += other.phrases
            group.end = other.end

    def _is_place(self, index: int) -> bool:
        while self.word(index, "determiners"):
            index += 1
        named = index < len(self.tokens) and self.tokens[index].kind == ENTITY
        return named and bool(self.tokens[index].labels & _PLACES)

    def _is_occasion(self, index: int) -> bool:
        what = self.base(index)
        return what is not None and ("Event" in what.labels or self.words.has("events", what.head))

    def _include(self, phrase: Phrase) -> bool:
        """`agencies, including A, B and C`."""
        at = phrase.end
        if at < len(self.tokens) and self.tokens[at].kind == COMMA:
            at += 1
        if phrase.includes is not None or not self.word(at, "inclusions") or not self.starts(at + 1):
            return False
        group = self.group(at + 1)
        if group is None:
            return False
        phrase.includes, phrase.end = group, self.behind_list(group.end)
        return True

    # --- coordinations ---

    def group(self, index: int, *, governed: bool = False, objects: bool = False) -> Group | None:
        """A coordination that begins at the token, or one phrase alone.

        `governed`: behind a preposition; `objects`: behind a verb, so that `and B did` begins a new clause.
        """
        first = self.phrase(index)
        if first is None:
            return None
        members, ends, joined, closed, either = [first], [first.end], False, False, False
        while (separator := self.separator(members[-1].end)) is not None:
            kind, after = separator
            if self._passes_over(members[-1], after):
                ends[-1] = members[-1].end
                continue
            if self._breaks(members, after):
                break
            if self.in_relative and self.tokens[members[-1].end].kind == SEMICOLON:
                break
            if objects and self.word(after - 1, "accompanying"):
                break
            if kind == SEMICOLON and (objects or self.after_verb) and self._list_before_verb(after):
                break  # `A drafted U; B and C adopted it`
            adds = self._adds(after)
            if governed and (adds or (self.apposing and self._closes(members, kind))):
                break
            if governed and self._closes(members, kind) and self._is_means(first):
                break
            if closed and kind != "and":
                if kind == "comma" and self.appose(members, after):
                    ends[-1] = members[-1].end
                    continue
                if not self._more_topics(members, after):
                    break
            if kind == "comma" and self.appose(members, after):
                ends[-1] = members[-1].end
                continue
            following = self.phrase(after) if self.starts(after) else None
            if following is None or not self._fits(members, following, governed=governed, objects=objects):
                break
            if self.is_office_of(members[-1], following):
                members[-1] = self.held(members[-1], following)
                ends[-1] = members[-1].end
                continue
            word = self.tokens[after - 1].text
            either = either or (word == "or" and following.entities != members[-1].entities)
            following.determiner = "nor" if word == "nor" else following.determiner
            members.append(following)
            ends.append(following.end)
            joined = joined or kind == "and" or len(following.heads) > 1
            closed = kind == "and" and not adds
        if not joined and len(members) == 2 and not self._goes_on(members):
            members, ends = members[:1], ends[:1]
        if governed and self._leads_to_subject(members):
            members, ends = members[:1], ends[:1]
        end = ends[-1]
        return Group(members, members[0].start, end, either=either)

    def _leads_to_subject(self, members: Sequence[Phrase]) -> bool:
        """`At a ceremony in Port Kelp, A and B signed`: behind the comma stand those who did."""
        if not (self.leading and self.subject_wanted) or len(members) < len(("place", "subject")):
            return False
        verb = self.verb_after(members[-1].end)
        comma = self.tokens[members[0].end].kind == COMMA
        return comma and verb is not None and self.is_finite(verb)

    def _goes_on(self, members: Sequence[Phrase]) -> bool:
        """`A; B, which backs U; and C`: a relative clause interrupts a list with semicolons."""
        if self.behind_list(members[-1].end) > members[-1].end:
            return True
        listed = self.tokens[members[0].end].kind == SEMICOLON and self._has_relative(members[-1].end)
        return listed and any(t.kind == SEMICOLON for t in self.tokens[members[-1].end :])

    def _passes_over(self, last: Phrase, after: int) -> bool:
        """`A, not B, supports`: who is denied is no member."""
        denied = after < len(self.tokens) and self.tokens[after].is_word("not")
        if not denied or self.tokens[after - 1].kind != COMMA:
            return False
        other = self.phrase(after + 1) if self.starts(after + 1) else None
        if other is None:
            return False
        closing = other.end < len(self.tokens) and self.tokens[other.end].kind == COMMA
        last.end = other.end + closing
        return True

    def _breaks(self, members: Sequence[Phrase], after: int) -> bool:
        """`A supports U; B, V`: a comma ends what semicolons list, unless an office stands behind it."""
        listed = any(self.tokens[m.end].kind == SEMICOLON for m in members[:-1] if m.end < len(self.tokens))
        if not listed or self.tokens[after - 1].kind != COMMA:
            return False
        following = self.phrase(after) if self.starts(after) else None
        return following is None or not self.is_title(following)

    def _more_topics(self, members: Sequence[Phrase], after: int) -> bool:
        """`gangs and cybercrime, arms smuggling, and money laundering`: a pair within a list of topics."""
        token = self.tokens[after] if after < len(self.tokens) else None
        if token is None or TOPIC not in token.labels & members[-1].labels:
            return False
        return after + 1 not in self.groups

    def _closes(self, members: Sequence[Phrase], kind: str) -> bool:
        """`X, a part of Y, and Z`: the comma before `and` ends what is said of X."""
        return kind == "and" and len(members) == 1 and self.tokens[members[0].end].kind == COMMA

    def _is_means(self, first: Phrase) -> bool:
        """`A, through its agency X, and B signed`: what A acts through stands between commas."""
        through = first.start > 1 and self.tokens[first.start - 1].is_word("through", "via")
        return through and first.determiner in _OWNING and self.tokens[first.start - 2].kind == COMMA

    def _adds(self, after: int) -> bool:
        """Whether `as well as`, `together with` and the like stand right before the token."""
        return self.word(after - 1, "coordinators") and " " in self.tokens[after - 1].text

    def _fits(self, members: Sequence[Phrase], following: Phrase, *, governed: bool, objects: bool) -> bool:
        """Whether a phrase goes on with the coordination."""
        last = members[-1]
        if self.is_office_of(last, following):
            return True
        if governed and self.governing and PERSON in last.labels and last.modifiers and not last.apposed:
            return False  # `the Minister of Security of A Ada Kelp and …`: the office ends there
        if governed and PERSON in following.labels and following.modifiers and not following.apposed:
            return True  # `Ambassador to A and the B Ada Kelp`: B goes with A
        if (PERSON in last.labels) != (PERSON in following.labels) and (last.entities or following.entities):
            people = self.words.words["people"] | self.words.words["titles"]
            if not (last.head in people or following.head in people):
                return False
            if governed and self.tokens[last.end].kind != SEMICOLON:
                return False
        if bool(last.money >= 0) != bool(following.money >= 0):
            return False
        if self._only_places(members, following) or self._begins_gap(following, governed=governed):
            return False
        if governed and self._is_given(members, following):
            return False
        if (
            following.head in ("he", "she", "it", "they", "we", "i")
            and self.verb_after(following.end) is not None
        ):
            return False
        if governed and following.hung and following.head and following.head == self.governing:
            return False  # `the Government of A and the Government of B`
        if objects and self.in_relative and len(members) == 1 and self._has_relative(following.end):
            return False  # `thanked A, which helped B, and C, which …`
        after_noun = not last.entities and bool(following.entities)
        closing = len(members) == 1 and self.tokens[last.end].kind == COMMA
        if (
            (objects or (governed and self.after_verb))
            and (after_noun or (closing and self.word(last.end + 1, "coordinators")))
            and self._list_before_verb(following.end)
        ):
            return False
        verb = self.verb_after(following.end)
        if verb is None or len(members) > 1 or not (objects or (governed and self.after_verb)):
            return True
        return not self.is_finite(verb)

    def _begins_gap(self, following: Phrase, *, governed: bool) -> bool:
        """`was led by A, and B by C`; `thanked A for U, and B for backing V`."""
        behind = self.tokens[following.end] if following.end < len(self.tokens) else None
        if behind is None:
            return False
        by = behind.is_word("by") or any(preposition == "by" for preposition, _ in following.hung)
        if self.agentive and by:
            return True
        if not behind.is_word("for"):
            return False
        thanked = max((v.end for v in self.groups.values() if v.end <= following.start), default=0)
        if not any(t.is_word("for") for t in self.tokens[max(0, thanked - 2) : following.start]):
            return False  # `thanked A, B and C for backing U`
        verb = self.groups.get(following.end + 1)
        return (verb is not None and verb.form == GERUND) or self._is_thanked(following, governed=governed)

    def _is_thanked(self, following: Phrase, *, governed: bool) -> bool:
        """`thanked A for funding U and B for its boats`, `A for help to U, and B for boats`: B is thanked."""
        thanking = self.words.words["thanking"]
        thanks = any(v.lemma in thanking and v.end < following.start for v in self.groups.values())
        nearest = max((v.start for v in self.groups.values() if v.end <= following.start), default=-1)
        apart = nearest >= 0 and (governed or self.groups[nearest].form == GERUND)
        return thanks and apart and bool(following.entities)

    def _is_given(self, members: Sequence[Phrase], following: Phrase) -> bool:
        """`gave boats to A and dogs to B`: B has its own."""
        before = self.tokens[members[0].start - 1]
        own = following.hung and not following.entities and before.text == following.hung[0][0]
        return bool(own) and before.is_word(*_GIVING)

    def _only_places(self, members: Sequence[Phrase], following: Phrase) -> bool:
        """`in A and B, and the C did`: behind `in` and `at` places are listed with places only."""
        before = members[0].start - 1
        governed = before >= 0 and self.tokens[before].is_word(*_PLACING)
        listed = bool(members[0].labels & _PLACES) and bool(following.entities)
        return governed and listed and not following.labels & _PLACES

    def _has_relative(self, index: int) -> bool:
        comma = index + 1 < len(self.tokens) and self.tokens[index].kind == COMMA
        return comma and self.tokens[index + 1].is_word("which", "who")

    def _list_before_verb(self, index: int) -> bool:
        """`offered boats, and A, B and C gave …`: whether names in a list lead up to a verb of their own."""
        while index < len(self.tokens):
            verb = self.groups.get(index)
            if verb is not None:
                return self.is_finite(verb)
            token = self.tokens[index]
            plain = token.kind in (ENTITY, COMMA) or token.is_word("the", "also", "each")
            if not plain and not self.word(index, "coordinators"):
                return False
            index += 1
        return False
