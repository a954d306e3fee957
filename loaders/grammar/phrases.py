"""Noun phrases of a sentence: what they name, what describes them, and their coordinations.

`the Head of the Reef Unit, Ada Kelp, and officers of A, B and C` is a group of two phrases: a person of whom an
office is said, and `officers`, which belong to a group of three.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.grammar.lexicon import Lexicon
from loaders.grammar.tokens import COMMA, DATE, ENTITY, MONEY, NUMBER, POSSESSIVE, SEMICOLON, WORD, Token
from loaders.grammar.verbgroups import BARE, FINITE, VerbGroup
from loaders.verbs import is_adverb, is_auxiliary

_PEOPLE = "Person"
_SINGLE_AFTER_NAME = frozenset(("of", "in", "at", "within", "inside"))
_AFTER_NAMES = frozenset(("of", "within", "inside", "in", "at", "from"))
_NOT_AFTER_NOUNS = frozenset(("than", "like", "following", "per", "despite", "off"))
_APPOSITION_LEADS = frozenset(("a", "an", "the", "one", "its", "their", "both", "his", "her"))
# Nouns that say what something is without an article: `Port Kelp, home of the unit`.
_BARE_NOUNS = frozenset(
    "home part host site seat capital headquarters member sponsor organizer organiser co-host co-chair custodian partner".split()
)
_NO = frozenset(("no", "neither", "nor"))


@dataclass(slots=True)
class Phrase:
    """A noun phrase: tokens from `start` up to `end`, with what hangs on it.

    `entities` is what its head names (a place with its country: both), empty for a common noun; then `heads`
    has its nouns in the singular. `modifiers` are entities that describe the head, `apposed` phrases that say
    what it is, `includes` a list of examples behind `including`, `hung` prepositions with what they govern.
    `base_end` is where the phrase without these ends. `reference`: `entities` come from earlier sentences.
    """

    start: int
    end: int
    heads: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    modifiers: tuple[Token, ...] = ()
    possessor: "Phrase | None" = None
    determiner: str = ""
    plural: bool = False
    named: bool = False
    money: int = -1
    title_start: int = -1
    hung: "list[tuple[str, Group]]" = field(default_factory=list)
    apposed: "list[Phrase]" = field(default_factory=list)
    includes: "Group | None" = None
    base_end: int = -1
    reference: bool = False

    @property
    def head(self) -> str:
        return self.heads[-1] if self.heads else ""

    @property
    def denied(self) -> bool:
        return self.determiner in _NO


@dataclass(slots=True)
class Group:
    """A coordination of phrases, or one alone; tokens from `start` up to `end`.

    `others` are further phrases that may be meant, nearest first: what a relative clause says of
    `the head of the unit` may be said of either.
    """

    phrases: list[Phrase]
    start: int
    end: int
    others: list[Phrase] = field(default_factory=list)

    def walk(self) -> Iterator[Phrase]:
        """All phrases in it, those that hang on others too."""
        for phrase in self.phrases:
            yield from _walk(phrase)


def _walk(phrase: Phrase) -> Iterator[Phrase]:
    yield phrase
    if phrase.possessor is not None:
        yield from _walk(phrase.possessor)
    for one in phrase.apposed:
        yield from _walk(one)
    for _, group in phrase.hung:
        yield from group.walk()
    if phrase.includes is not None:
        yield from phrase.includes.walk()


def singular(noun: str) -> str:
    """The singular of a noun, near enough to look it up."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


class PhraseReader:
    """Reads the noun phrases of one sentence from its tokens and verb groups."""

    def __init__(self, tokens: Sequence[Token], groups: Sequence[VerbGroup], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        self.groups: Mapping[int, VerbGroup] = {g.start: g for g in groups}
        self.subject_wanted = False  # whether the clause has begun without its subject
        self.after_verb = False  # whether the clause has had its verb

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
            return not token.is_word("that", "whose") or self.starts(index + 1) and token.text == "whose"
        return not self.is_function(index)

    def is_function(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind != WORD:
            return token.kind not in (ENTITY, MONEY, NUMBER)
        classes = ("prepositions", "compound_prepositions", "coordinators", "relatives", "subordinators", "inclusions")
        return (
            any(self.words.has(kind, token.text) for kind in classes)
            or is_adverb(token.text)
            or (self.words.has("adverbs", token.text) and not token.capital)
            or (is_auxiliary(token.text) and token.text not in ("set", "help", "work", "plan", "plans", "works"))
        )

    def separator(self, index: int) -> tuple[str, int] | None:
        """`and` or `comma` where one stands, and the token behind it."""
        after, kind = index, ""
        if after < len(self.tokens) and self.tokens[after].kind in (COMMA, SEMICOLON):
            after, kind = after + 1, "comma"
        if self.word(after, "coordinators"):
            after, kind = after + 1, "and"
        while kind and after < len(self.tokens) and self.tokens[after].is_word("also", "both", "then", "finally"):
            after += 1
        return (kind, after) if kind else None

    # --- one phrase ---

    def base(self, index: int) -> Phrase | None:
        """A noun phrase without what hangs on it; None where there is none."""
        start, phrase_start = index, index
        possessor: Phrase | None = None
        nominal: list[int] = []
        determiner = ""
        while index < len(self.tokens):
            token = self.tokens[index]
            if index in self.groups:
                break
            if token.kind == POSSESSIVE and nominal:
                possessor = self._made(start, index, nominal, determiner, possessor)
                nominal, determiner, start = [], "", index + 1
            elif self.word(index, "determiners"):
                if nominal:
                    break
                if token.is_word("that") and not self.starts(index + 1):
                    break
                determiner = determiner or token.text
            elif self._is_pronoun(index):
                if nominal or determiner:
                    break
                return Phrase(phrase_start, index + 1, (token.text,), determiner=token.text)
            elif token.kind in (ENTITY, MONEY, NUMBER):
                if token.kind == MONEY and nominal:
                    break
                nominal.append(index)
            elif token.kind == DATE:
                if not (nominal or determiner) or not self._nounlike(index + 1):
                    break
            elif self._joins_words(index, nominal):
                pass
            elif token.kind == WORD and (not self.is_function(index) or self._is_premodifying(index, nominal, determiner)):
                if not self.is_function(index):
                    nominal.append(index)
            else:
                break
            index += 1
        if not nominal:
            return self._lone(phrase_start, determiner, possessor, start, index)
        phrase = self._made(start, index, nominal, determiner, possessor)
        phrase.start = phrase_start
        return phrase

    def _lone(
        self, start: int, determiner: str, possessor: Phrase | None, inner: int, end: int
    ) -> Phrase | None:
        if possessor is not None:
            return possessor
        if determiner in ("this", "these", "those", "all", "both", "many", "some", "several"):
            return Phrase(start, end, (determiner,), plural=determiner not in ("this",))
        return None

    def _is_pronoun(self, index: int) -> bool:
        return self.word(index, "pronouns") and not self.word(index, "determiners") and self.tokens[index].text != "one"

    def _nounlike(self, index: int) -> bool:
        return index < len(self.tokens) and (
            self.tokens[index].kind == ENTITY
            or (self.tokens[index].kind == WORD and index not in self.groups and not self.is_function(index))
        )

    def _joins_words(self, index: int, nominal: Sequence[int]) -> bool:
        """`and` between two plain words of one phrase: `defence and security leaders`."""
        if not self.word(index, "coordinators") or not nominal or not self._nounlike(index + 1):
            return False
        left, right = self.tokens[nominal[-1]], self.tokens[index + 1]
        return (
            self.tokens[index].text in ("and", "or", "&")
            and left.kind == WORD
            and right.kind == WORD
            and not left.capital
            and not right.capital
        )

    def _is_premodifying(self, index: int, nominal: Sequence[int], determiner: str) -> bool:
        """An adverb before an adjective: `the newly opened unit`."""
        token = self.tokens[index]
        return bool(determiner and not nominal and token.text.endswith("ly") and self._nounlike(index + 1))

    def _made(
        self, start: int, end: int, nominal: Sequence[int], determiner: str, possessor: Phrase | None
    ) -> Phrase:
        last = self.tokens[nominal[-1]]
        named = [self.tokens[i] for i in nominal if self.tokens[i].kind == ENTITY]
        phrase = Phrase(start, end, possessor=possessor, determiner=determiner, base_end=end)
        if last.kind == ENTITY:
            phrase.entities = (last.entity or "",)
            phrase.labels = last.labels
            phrase.modifiers = tuple(named[:-1])
            phrase.named = True
            if _PEOPLE in last.labels:
                self._add_office(phrase, nominal[:-1])
        elif last.kind == MONEY:
            phrase.money, phrase.heads = last.number, ("money",)
        else:
            phrase.modifiers = tuple(named)
            phrase.heads = self._heads(nominal)
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

    def phrase(self, index: int, *, alone: bool = False) -> Phrase | None:
        """A noun phrase with the prepositional phrases and examples that hang on it.

        `alone`: nothing but `of …` hangs on it, as where more of the clause is to follow.
        """
        phrase = self.base(index)
        if phrase is None:
            return None
        self._with_country(phrase)
        while True:
            if self._hang(phrase, alone) or self._include(phrase):
                phrase = self._with_person(phrase)
                continue
            return phrase

    def _with_country(self, phrase: Phrase) -> None:
        """`Port Kelp, Tidelandia` names a place and its country."""
        at = phrase.end
        if "Place" not in phrase.labels or at + 1 >= len(self.tokens) or self.tokens[at].kind != COMMA:
            return
        other = self.tokens[at + 1]
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

    def _continues(self, index: int) -> bool:
        """Whether a name goes on here, or the list that it stands in."""
        return self.word(index, "coordinators") and index + 1 < len(self.tokens) and "Place" not in self.tokens[index + 1].labels

    def _hang(self, phrase: Phrase, alone: bool) -> bool:
        at = phrase.end
        if at + 1 < len(self.tokens) and self.tokens[at].kind == DATE and self.tokens[at + 1].is_word("of"):
            at += 1
        if not self.is_preposition(at) or not self.starts(at + 1):
            return False
        preposition = self.tokens[at].text
        if phrase.entities and preposition not in _AFTER_NAMES or preposition in _NOT_AFTER_NOUNS:
            return False
        if alone and preposition != "of":
            return False
        title = self.is_title(phrase)
        single = bool(phrase.entities) and preposition in _SINGLE_AFTER_NAME
        single = single or (title and not phrase.plural and preposition in ("of", "for", "at", "in"))
        if single:
            inner = self.phrase(at + 1)
            group = None if inner is None else Group([inner], inner.start, inner.end)
        else:
            group = self.group(at + 1, governed=True)
        if group is None:
            return False
        phrase.hung.append((preposition, group))
        phrase.end = group.end
        return True

    def is_title(self, phrase: Phrase) -> bool:
        return not phrase.entities and phrase.head in self.words.words["titles"]

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
        phrase.includes, phrase.end = group, group.end
        return True

    def _with_person(self, phrase: Phrase) -> Phrase:
        """`Minister of Tides Ada Kelp`: the person that a title's `of …` ends with is who holds it."""
        if not self.is_title(phrase) or not phrase.hung:
            return phrase
        preposition, group = phrase.hung[-1]
        person = group.phrases[0]
        if len(group.phrases) > 1 or _PEOPLE not in person.labels:
            return phrase
        index = person.start
        while index < person.end and not (
            self.tokens[index].kind == ENTITY and self.tokens[index].entity == person.entities[0]
        ):
            index += 1
        phrase.hung.pop()
        rest = self._between(person.start, index)
        office = person.apposed.pop() if person.apposed and rest is not None else None
        if rest is not None:
            modifiers = office.modifiers if office is not None else person.modifiers
            if modifiers:
                last = modifiers[-1]
                rest = Phrase(person.start, index, (), (last.entity or "",), last.labels, modifiers[:-1], named=True)
            phrase.hung.append((preposition, Group([rest], person.start, index)))
        phrase.end = index
        person.modifiers, person.start = (), phrase.start
        person.apposed.append(phrase)
        return person

    def _between(self, start: int, end: int) -> Phrase | None:
        words = [i for i in range(start, end) if self.tokens[i].kind in (WORD, ENTITY) and not self.word(i, "determiners")]
        return Phrase(start, end, (self.tokens[words[-1]].text,), base_end=end) if words else None

    # --- coordinations ---

    def group(self, index: int, *, governed: bool = False, objects: bool = False) -> Group | None:
        """A coordination that begins at the token, or one phrase alone.

        `governed`: behind a preposition; `objects`: behind a verb, so that `and B did` begins a new clause.
        """
        first = self.phrase(index)
        if first is None:
            return None
        members, ends, joined, closed = [first], [first.end], False, False
        while (separator := self.separator(members[-1].end)) is not None:
            kind, after = separator
            adds = self._adds(after)
            if adds and governed:
                break
            if closed and kind != "and":
                if kind == "comma" and self._appose(members, after):
                    ends[-1] = members[-1].end
                    continue
                break
            if kind == "comma" and self._appose(members, after):
                ends[-1] = members[-1].end
                continue
            following = self.phrase(after) if self.starts(after) else None
            if following is None or not self._fits(members, following, kind, governed=governed, objects=objects):
                break
            members.append(following)
            ends.append(following.end)
            joined = joined or kind == "and"
            closed = kind == "and" and not adds
        if not joined and len(members) == 2:
            members, ends = members[:1], ends[:1]
        end = ends[-1]
        return Group(members, members[0].start, end)

    def _adds(self, after: int) -> bool:
        """Whether `as well as`, `together with` and the like stand right before the token."""
        return self.word(after - 1, "coordinators") and " " in self.tokens[after - 1].text

    def _fits(
        self, members: Sequence[Phrase], following: Phrase, kind: str, *, governed: bool, objects: bool
    ) -> bool:
        """Whether a phrase goes on with the coordination."""
        last = members[-1]
        if (_PEOPLE in last.labels) != (_PEOPLE in following.labels) and (last.entities or following.entities):
            people = self.words.words["people"] | self.words.words["titles"]
            if not (last.head in people or following.head in people):
                return False
            if governed or _PEOPLE in following.labels and not last.entities and governed:
                return False
        if bool(last.money >= 0) != bool(following.money >= 0):
            return False
        verb = self._verb_after(following.end)
        if verb is None or len(members) > 1 or not (objects or (governed and self.after_verb)):
            return True
        return verb.form != FINITE and not (verb.form == BARE and self.starts(verb.end))

    def _verb_after(self, index: int) -> VerbGroup | None:
        while index < len(self.tokens) and self.tokens[index].kind == WORD and is_adverb(self.tokens[index].text):
            index += 1
        return self.groups.get(index)

    def _appose(self, members: list[Phrase], after: int) -> bool:
        """`X, a body of Y,` and `the head of Y, X,`: says of one what the other is."""
        last = members[-1]
        if not self.starts(after):
            return False
        other = self.phrase(after)
        if other is None:
            return False
        follows = self.tokens[other.end] if other.end < len(self.tokens) else None
        in_list = self.word(other.end, "coordinators")
        title = self.is_title(other)
        if last.entities and not other.entities and other.money < 0:
            describing = (
                other.determiner in _APPOSITION_LEADS or other.possessor is not None or other.head in _BARE_NOUNS
            )
            if not (title or (describing and not other.named)) or (in_list and not title):
                return False
            if title and (_PEOPLE not in last.labels or self._belongs_to_next(last, other)):
                return False
            verb = self.groups.get(other.end)
            if self.subject_wanted and not title and verb is not None and verb.form == FINITE:
                return False
            if other.plural and not title:
                for one in members:
                    one.apposed.append(other)
            else:
                last.apposed.append(other)
            last.end = other.end
            self._close(last, follows)
            return True
        if other.entities and not last.entities and not in_list:
            title = self.is_title(last)
            if last.plural or title != (_PEOPLE in other.labels) or not (title or last.determiner == "the"):
                return False
            other.apposed.append(last)
            other.start = last.start
            members[-1] = other
            self._close(other, follows)
            return True
        return False

    def _belongs_to_next(self, last: Phrase, office: Phrase) -> bool:
        """`Ada Kelp of Tidelandia, Reefland's Minister of Tides, Bo Ray, and …`: an office of who follows."""
        at = office.end
        following = at + 1 < len(self.tokens) and self.tokens[at].kind == COMMA and self.starts(at + 1)
        if not following or not last.apposed:
            return False
        person = self.base(at + 1)
        return person is not None and _PEOPLE in person.labels

    def _close(self, phrase: Phrase, follows: Token | None) -> None:
        """The comma that ends an apposition before a verb belongs to it."""
        if follows is not None and follows.kind == COMMA and self._verb_after(phrase.end + 1) is not None:
            phrase.end += 1
