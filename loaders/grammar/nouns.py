"""Finds noun phrases without what hangs on them: `the newly opened unit`, `Tidelandia's Harbour Agency`."""

from collections.abc import Mapping, Sequence

from loaders.grammar.lexicon import Lexicon
from loaders.grammar.neighbours import AUXILIARIES_TOO
from loaders.grammar.phrases import Phrase, singular
from loaders.grammar.tokens import (
    CLOSE,
    COMMA,
    DATE,
    ENTITY,
    MONEY,
    NUMBER,
    POSSESSIVE,
    SEMICOLON,
    WORD,
    Token,
)
from loaders.grammar.verbgroups import VerbGroup
from loaders.verbs import is_adverb, is_auxiliary

PERSON, TOPIC = "Person", "Topic"
_TIMES = (
    "day",
    "week",
    "month",
    "year",
    "morning",
    "afternoon",
    "evening",
    "night",
    "time",
    "occasion",
    "decade",
)


class NounReader:
    """What stands at the tokens of one sentence, and its bare noun phrases."""

    def __init__(self, tokens: Sequence[Token], groups: Sequence[VerbGroup], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.groups: Mapping[int, VerbGroup] = {g.start: g for g in groups}
        self.subject_wanted = False  # whether the clause has begun without its subject
        self.governing = ""  # the noun on which a list hangs: `officers of A and officers of B`
        self.leading = False  # behind a preposition at the head of the clause, before its subject
        self.after_verb = False  # whether the clause has had its verb
        self.in_relative = False
        self.done_by = False  # behind a passive verb: `by` says who did it, not whose the noun is
        self.agentive = False  # behind the `by` of a passive: what follows `in` is where it was done
        # Phrases that a compound describes, by where its participle stands: `the agency-funded clinic`.
        self.compounds: dict[int, Phrase] = {}
        self.done_of = False  # behind `ratification by`: `of` says what is ratified
        self.apposing = 0  # how deep in what is said of something in apposition
        self.names_office = False  # `Minister of Justice and Police`: capitals join as well

    # --- what stands at a token ---

    def word(self, index: int, kind: str) -> bool:
        """Whether the token is a word of a class of the lexicon."""
        return (
            index < len(self.tokens)
            and self.tokens[index].kind == WORD
            and self.words.has(kind, self.tokens[index].text)
        )

    def is_preposition(self, index: int) -> bool:
        if index in self.groups or index >= len(self.tokens):
            return False
        if self.tokens[index].is_word("as"):
            return self.starts(index + 1)
        if self.tokens[index].is_word("following") and self.word(index - 1, "determiners"):
            return False  # `the following statement`
        return self.word(index, "prepositions") or self.word(index, "compound_prepositions")

    def starts(self, index: int) -> bool:
        """Whether a noun phrase begins at the token."""
        if index >= len(self.tokens) or index in self.groups:
            return False
        token = self.tokens[index]
        if token.kind in (ENTITY, MONEY, NUMBER):
            return True
        if token.kind != WORD:
            return False
        if self.word(index, "determiners"):
            return not token.is_word("that", "whose") or (self.starts(index + 1) and token.text == "whose")
        return not self.is_function(index)

    def is_function(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind != WORD:
            return token.kind not in (ENTITY, MONEY, NUMBER)
        classes = (
            "prepositions",
            "compound_prepositions",
            "coordinators",
            "relatives",
            "subordinators",
            "inclusions",
        )
        return (
            any(self.words.has(kind, token.text) for kind in classes)
            or is_adverb(token.text)
            or (self.words.has("adverbs", token.text) and not token.capital)
            or (is_auxiliary(token.text) and token.text not in AUXILIARIES_TOO)
        )

    def separator(self, index: int) -> tuple[str, int] | None:
        """`and`, `comma` or `semicolon` where one stands, and the token behind it."""
        after, kind = index, ""
        if after < len(self.tokens) and self.tokens[after].kind in (COMMA, SEMICOLON):
            after, kind = after + 1, self.tokens[after].kind
        if self.word(after, "coordinators"):
            after, kind = after + 1, "and"
        while (
            kind
            and after < len(self.tokens)
            and self.tokens[after].is_word("also", "both", "then", "finally")
        ):
            after += 1
        return (kind, after) if kind else None

    def behind_list(self, index: int) -> int:
        """The token behind the end of a list in parentheses, if one is there."""
        return index + (index < len(self.tokens) and self.tokens[index].kind == CLOSE)

    # --- one phrase ---

    def base(self, index: int) -> Phrase | None:
        """A noun phrase without what hangs on it; None where there is none."""
        start, phrase_start = index, index
        possessor: Phrase | None = None
        nominal: list[int] = []
        bound: list[int] = []
        determiner = ""
        while index < len(self.tokens):
            token = self.tokens[index]
            if index in self.groups:
                if not self._is_bound(index, nominal):
                    break
                nominal.pop()
                bound.append(index)
                index = self.groups[index].end
                continue
            if token.kind == POSSESSIVE and nominal:
                possessor = self._made(start, index, nominal, determiner, possessor)
                nominal, determiner, start = [], "", index + 1
            elif self.word(index, "determiners"):
                if nominal and self.tokens[nominal[-1]].kind == NUMBER and token.is_word("more", "other"):
                    pass
                elif nominal:
                    break
                if token.is_word("that") and not self.starts(index + 1):
                    break
                determiner = determiner or token.text
            elif self._is_pronoun(index):
                if nominal or determiner:
                    break
                return Phrase(phrase_start, index + 1, (token.text,), determiner=token.text)
            elif token.kind in (ENTITY, MONEY, NUMBER):
                if nominal and (token.kind == MONEY or self._begins_another(index, nominal)):
                    break
                nominal.append(index)
            elif token.kind == DATE:
                if not (nominal or determiner) or not self._nounlike(index + 1):
                    break
            elif self._joins_words(index, nominal) or (bound and self._joins_bound(index)):
                pass
            elif token.kind == WORD and (
                not self.is_function(index)
                or self._is_premodifying(index, nominal, determiner, owned=possessor is not None)
            ):
                if not self.is_function(index):
                    nominal.append(index)
            else:
                break
            index += 1
        if not nominal:
            return self._lone(phrase_start, determiner, possessor, index)
        phrase = self._made(start, index, nominal, determiner, possessor)
        phrase.start = phrase_start
        self.compounds.update((one, phrase) for one in bound)
        return phrase

    def _is_bound(self, index: int, nominal: Sequence[int]) -> bool:
        """`the agency-funded clinic`: a name and a participle that describe what follows."""
        end = self.groups[index].end
        named = bool(nominal) and nominal[-1] == index - 1 and self.tokens[index - 1].kind == ENTITY
        described = (self._nounlike(end) and end not in self.groups) or self._joins_bound(end)
        return named and self.tokens[index].bound and described

    def _joins_bound(self, index: int) -> bool:
        """`the agency-led and council-funded unit`."""
        verb = index + len(("and", "council"))
        return self.word(index, "coordinators") and verb in self.groups and self._is_bound(verb, [verb - 1])

    def _lone(self, start: int, determiner: str, possessor: Phrase | None, end: int) -> Phrase | None:
        if possessor is not None:
            return possessor
        if determiner in ("this", "these", "those", "all", "both", "many", "some", "several"):
            return Phrase(start, end, (determiner,), plural=determiner not in ("this",))
        return None

    def _is_pronoun(self, index: int) -> bool:
        return (
            self.word(index, "pronouns")
            and not self.word(index, "determiners")
            and self.tokens[index].text != "one"
        )

    def _nounlike(self, index: int) -> bool:
        return index < len(self.tokens) and (
            self.tokens[index].kind == ENTITY
            or (
                self.tokens[index].kind == WORD
                and index not in self.groups
                and not self.is_function(index)
                and not self.word(index, "determiners")
            )
        )

    def _begins_another(self, index: int, nominal: Sequence[int]) -> bool:
        """`gave the Unit two boats`, `On that day Tidelandia joined it`.

        A number behind a name begins another phrase, unless it ends one; so does a name behind a time.
        """
        if self.tokens[index].kind == ENTITY and self.tokens[nominal[-1]].is_word(*_TIMES):
            return True
        names = self.tokens[nominal[-1]].kind == ENTITY and self.tokens[index].kind == NUMBER
        return names and self._nounlike(index + 1)

    def _joins_words(self, index: int, nominal: Sequence[int]) -> bool:
        """`and` between two plain words of one phrase: `defence and security leaders`."""
        if not self.word(index, "coordinators") or not nominal or not self._nounlike(index + 1):
            return False
        left, right = self.tokens[nominal[-1]], self.tokens[index + 1]
        return (
            self.tokens[index].text in ("and", "or", "&")
            and left.kind == WORD
            and right.kind == WORD
            and (self.names_office or not (left.capital or right.capital))
        )

    def _is_premodifying(self, index: int, nominal: Sequence[int], determiner: str, *, owned: bool) -> bool:
        """What describes a noun: `the newly opened unit`, `the unit's first boats`, `its continued help`."""
        text = self.tokens[index].text
        fits = text.endswith(("ly", "ed")) or text in ("first", "further", "then")
        return bool((determiner or owned) and not nominal and fits and self._nounlike(index + 1))

    def _made(
        self, start: int, end: int, nominal: Sequence[int], determiner: str, possessor: Phrase | None
    ) -> Phrase:
        if len(nominal) > 1 and [self.tokens[i].kind for i in nominal[-2:]] == [WORD, NUMBER]:
            nominal = nominal[:-1]  # `section 5`
        last = self.tokens[nominal[-1]]
        named = [self.tokens[i] for i in nominal if self.tokens[i].kind == ENTITY]
        phrase = Phrase(start, end, possessor=possessor, determiner=determiner, base_end=end)
        if last.kind == ENTITY:
            phrase.entities = (last.entity or "",)
            phrase.labels = last.labels
            phrase.modifiers = tuple(named[:-1])
            phrase.named = True
            if PERSON in last.labels:
                self._add_office(phrase, nominal[:-1])
            elif TOPIC in last.labels:
                noun = singular(last.text.split()[-1])
                phrase.heads = (noun,) if self.words.has("topic_heads", noun) else ()
        elif last.kind == MONEY:
            phrase.money, phrase.heads = last.number, ("money",)
        else:
            phrase.modifiers = tuple(named)
            phrase.heads = self._heads(nominal)
            phrase.former = any(self.tokens[i].is_word("former", "ex", "retired", "ex-") for i in nominal)
            if self.word(nominal[-1], "gifts") and (
                sums := [t for t in nominal if self.tokens[t].kind == MONEY]
            ):
                phrase.money, phrase.heads = self.tokens[sums[0]].number, ("money", *phrase.heads)
            phrase.plural = last.text != singular(last.text) or len(phrase.heads) > 1
            phrase.named = last.capital and nominal[-1] > 0
            words = [i for i in nominal if self.tokens[i].kind == WORD]
            first_after = max((i for i in nominal if self.tokens[i].kind == ENTITY), default=-1)
            own = [i for i in words if i > first_after]
            phrase.title_start = own[0] if own else words[0] if words else -1
        return phrase

    def _heads(self, nominal: Sequence[int]) -> tuple[str, ...]:
        """The last noun, and before an `and` others: `training and equipment`."""
        heads = []
        for index, following in zip(nominal, [*nominal[1:], -1], strict=True):
            ends = following < 0 or following > index + 1
            if ends and self.tokens[index].kind == WORD:
                heads.append(singular(self.tokens[index].text))
        return tuple(heads) or (self.tokens[nominal[-1]].text,)

    def _add_office(self, phrase: Phrase, before: Sequence[int]) -> None:
        """`Reef Unit Director Ada Kelp`: the words before a person that make an office."""
        words = [i for i in before if self.tokens[i].kind == WORD]
        titles = [i for i in words if singular(self.tokens[i].text) in self.words.words["titles"]]
        if not titles:
            return
        last_entity = max((i for i in before if self.tokens[i].kind == ENTITY), default=-1)
        own = [i for i in words if i > last_entity and i <= titles[-1]] or titles[-1:]
        while len(own) > 1 and self.tokens[own[0]].text in self.words.words["ranks"]:
            own = own[1:]
        office = Phrase(
            own[0],
            titles[-1] + 1,
            (singular(self.tokens[titles[-1]].text),),
            modifiers=phrase.modifiers,
            possessor=phrase.possessor,
            title_start=own[0],
            base_end=titles[-1] + 1,
        )
        phrase.apposed.append(office)
        phrase.modifiers, phrase.possessor = (), None
