"""What a phrase between commas says of the one before: `X, a body of Y,`, `the head of Y, X,`."""

from abc import abstractmethod

from loaders.grammar.nouns import PERSON, NounReader
from loaders.grammar.phrases import Group, Phrase
from loaders.grammar.tokens import COMMA, SEMICOLON, STOP, WORD, Token
from loaders.grammar.verbgroups import BARE, FINITE, VerbGroup
from loaders.verbs import is_adverb

_LEADS = frozenset(("a", "an", "the", "one", "its", "their", "both", "his", "her"))


class Appositions(NounReader):
    """Noun phrases with what is said of them in apposition."""

    @abstractmethod
    def phrase(self, index: int) -> Phrase | None:
        """A noun phrase with what hangs on it."""

    def is_title(self, phrase: Phrase) -> bool:
        return not phrase.entities and phrase.head in self.words.words["titles"]

    def appose(self, members: list[Phrase], after: int) -> bool:
        """`X, a body of Y,` and `the head of Y, X,`: says of one what the other is."""
        last = members[-1]
        if not self.starts(after):
            return False
        self.apposing += 1
        other = self.phrase(after)
        self.apposing -= 1
        if other is None:
            return False
        follows = self.tokens[other.end] if other.end < len(self.tokens) else None
        in_list = self.word(other.end, "coordinators") and other.end + 1 not in self.groups
        title = self.is_title(other)
        if last.entities and not other.entities and other.money < 0:
            title = title and PERSON in last.labels
            describing = (
                other.determiner in _LEADS
                or other.possessor is not None
                or other.head in self.words.words["apposed"]
            )
            if not (title or (describing and not other.named)) or (in_list and not title):
                return False
            if title and self._belongs_to_next(last, other):
                return False
            verb = self.groups.get(other.end)
            if self.subject_wanted and not title and verb is not None and self.is_finite(verb):
                return False
            if other.plural and not title:
                for one in members:
                    one.apposed.append(other)
            else:
                last.apposed.append(other)
            self._with_body(other)
            last.end = other.end
            if title:
                self._second_office(last)
            self._close(last, self.tokens[last.end] if last.end < len(self.tokens) else None)
            return True
        if not (last.entities or other.entities) and self._describes(last, other):
            last.apposed.append(other)
            last.end = other.end
            self._close(last, follows)
            return True
        if other.entities and not last.entities and not in_list:
            title = self.is_title(last)
            if last.plural or self.groups.get(other.end) is not None or self._is_where(last, other):
                return False
            if title != (PERSON in other.labels) or not (title or self._presents(last, other)):
                return False
            other.apposed.append(last)
            other.start = last.start
            members[-1] = other
            if title and len(members) > 1 and self.is_title(members[-2]) and not members[-2].plural:
                office = members.pop(-2)  # `the Deputy Premier and Minister of Tides, Ada Kelp`
                other.apposed.append(office)
                other.start = office.start
            self._close(other, follows)
            return True
        return False

    def _second_office(self, person: Phrase) -> None:
        """`Ada Kelp, President of the Council and Commissioner of the Unit`."""
        at = person.end + 1
        if not self.word(person.end, "coordinators") or not self.starts(at):
            return
        self.apposing += 1
        office = self.phrase(at)
        self.apposing -= 1
        if office is not None and self.is_title(office) and not office.plural:
            person.apposed.append(office)
            person.end = office.end

    def _with_body(self, office: Phrase) -> None:
        """`Ada Kelp, Permanent Secretary, Ministry of Tides, spoke`: the body of the office behind it."""
        at = office.end
        bare = self.is_title(office) and not (office.hung or office.modifiers or office.possessor)
        if not bare or at + 1 >= len(self.tokens) or self.tokens[at].kind != COMMA or not self.starts(at + 1):
            return
        body = self.base(at + 1)
        closed = body is not None and (
            body.end >= len(self.tokens) or self.tokens[body.end].kind in (COMMA, SEMICOLON, STOP, ".")
        )
        if body is not None and closed and "Organization" in body.labels and body.start == at + 1:
            office.hung.append(("of", Group([body], body.start, body.end)))
            office.end = body.end

    def _is_where(self, last: Phrase, other: Phrase) -> bool:
        """`its base in Coral Bay, Tidelandia`: the state of the town."""
        return bool(last.hung and other.labels & {"Country", "Place"}) and last.hung[-1][0] in ("in", "at")

    def _presents(self, last: Phrase, other: Phrase) -> bool:
        """`its partner, the Wave Agency`, `the agency's register, the Wave Register`."""
        if last.determiner in ("the", "its", "their") or last.possessor is not None:
            return True
        nouns = (nouns for label, nouns in self.words.heads.items() if label in other.labels)
        return last.determiner in ("a", "an") and any(last.head in kind for kind in nouns)

    def _describes(self, last: Phrase, other: Phrase) -> bool:
        """`The exercise, the largest of its kind, was held`."""
        definite = last.determiner in ("the", "this") and other.determiner in _LEADS
        closed = other.end < len(self.tokens) and self.tokens[other.end].kind == COMMA
        verb = self.verb_after(other.end + 1)
        return definite and closed and verb is not None and verb.form == FINITE

    def _belongs_to_next(self, last: Phrase, office: Phrase) -> bool:
        """`Ada Kelp of Tidelandia, Reefland's Minister of Tides, Bo Ray, and …`: an office of who follows."""
        at = office.end
        following = at + 1 < len(self.tokens) and self.tokens[at].kind == COMMA and self.starts(at + 1)
        if not following or not last.apposed:
            return False
        person = self.base(at + 1)
        return person is not None and (PERSON in person.labels or (person.named and not person.entities))

    def _close(self, phrase: Phrase, follows: Token | None) -> None:
        """The comma that ends an apposition before a verb belongs to it."""
        if follows is not None and follows.kind == COMMA and self.verb_after(phrase.end + 1) is not None:
            phrase.end += 1

    def verb_after(self, index: int) -> VerbGroup | None:
        while (
            index < len(self.tokens)
            and self.tokens[index].kind == WORD
            and is_adverb(self.tokens[index].text)
        ):
            index += 1
        return self.groups.get(index)

    def is_finite(self, verb: VerbGroup) -> bool:
        """Whether a verb behind a name has it for its subject."""
        return verb.form == FINITE or (
            verb.form == BARE
            and not verb.passive
            and (self.starts(verb.end) or self.words.has("intransitive", verb.lemma))
        )
