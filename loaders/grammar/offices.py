"""Offices and who holds them, where the person stands behind what the office is of."""

from loaders.grammar.appositions import Appositions
from loaders.grammar.nouns import PERSON
from loaders.grammar.phrases import Group, Phrase
from loaders.grammar.tokens import ENTITY, WORD

# An office is of, for, at or in what it is for, and an ambassador is to a state.
_OFFICE_IN = frozenset(("of", "for", "at", "in", "to", "on", "and"))
# Words before a title, and titles that are also what an office is of.
_BEFORE_TITLES = frozenset(("late", "former", "prime", "acting", "then"))
_FIELDS = frozenset(("justice", "counsel"))


class Offices(Appositions):
    """Noun phrases of which a person is the last word."""

    def with_person(self, phrase: Phrase) -> Phrase:
        """`Minister of Tides Ada Kelp`: the person that a title's `of …` ends with is who holds it."""
        if not self.is_title(phrase) or not phrase.hung:
            return phrase
        holder = self._last_holder(phrase)
        preposition, group = holder.hung[-1]
        person = group.phrases[-1]
        if PERSON not in person.labels:
            return phrase
        index = person.start
        while index < person.end and not (
            self.tokens[index].kind == ENTITY and self.tokens[index].entity == person.entities[0]
        ):
            index += 1
        if preposition not in _OFFICE_IN or not self._names_field(person.start, index):
            return phrase
        holder.hung.pop()
        rest = self._between(person.start, index)
        office = person.apposed.pop() if person.apposed and rest is not None else None
        if rest is not None:
            modifiers = office.modifiers if office is not None else person.modifiers
            if modifiers:
                last = modifiers[-1]
                rest = Phrase(
                    person.start, index, (), (last.entity or "",), last.labels, modifiers[:-1], named=True
                )
            others = group.phrases[:-1]
            holder.hung.append((preposition, Group([*others, rest], group.start, index)))
        holder.end = phrase.end = index
        person.modifiers, person.start = (), phrase.start
        person.apposed.append(phrase)
        return person

    def _names_field(self, start: int, end: int) -> bool:
        """Whether the words before a person say of what an office is: not `adviser to Minister Ada Kelp`."""
        titles = (self.words.words["titles"] | self.words.words["ranks"] | _BEFORE_TITLES) - _FIELDS
        between = (t for t in self.tokens[start:end] if t.kind in (WORD, ENTITY))
        return any(
            t.kind == ENTITY or not (t.text in titles or self.words.has("determiners", t.text))
            for t in between
        )

    def _last_holder(self, phrase: Phrase) -> Phrase:
        """The noun whose `of …` comes last: `security` in `Minister of Security of Tidelandia Ada Kelp`."""
        last = phrase.hung[-1][1].phrases[-1]
        return self._last_holder(last) if last.hung and not last.entities else phrase

    def _between(self, start: int, end: int) -> Phrase | None:
        words = [
            i
            for i in range(start, end)
            if self.tokens[i].kind in (WORD, ENTITY) and not self.word(i, "determiners")
        ]
        return Phrase(start, end, (self.tokens[words[-1]].text,), base_end=end) if words else None

    def is_office_of(self, office: Phrase, person: Phrase) -> bool:
        """`Secretary for Caribbean Affairs and Haiti Ada Kelp`: the office goes on up to the person."""
        bare = PERSON in person.labels and bool(person.modifiers) and not person.apposed
        return bare and self.is_title(office) and bool(office.hung) and not office.plural

    def held(self, office: Phrase, person: Phrase) -> Phrase:
        last = person.modifiers[-1]
        rest = Phrase(person.start, person.end, (), (last.entity or "",), last.labels, named=True)
        office.hung[-1][1].phrases.append(rest)
        person.modifiers, person.start = (), office.start
        person.apposed.append(office)
        return person
