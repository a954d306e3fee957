"""What short forms and pronouns stand for: `the Unit`, `the two countries`, `it`, and events without a name.

Nothing is guessed: a short form is resolved where just one thing named so far fits it. An event that only a
common noun names (`the closing ceremony`) is an event of its document.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.records import Entity, slug
from loaders.grammar.frames import Analysis
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group, Phrase, singular
from loaders.grammar.tokens import ENTITY, NUMBER, WORD, Token
from loaders.mentions import Mention
from loaders.reading import Reading

EVENT_RULE = "mention/described-event@1"

_DEFINITE = frozenset(("the", "this", "that", "these", "both", "said"))
_OPEN = frozenset(("a", "an", "the", "this", "its", "their", "another", ""))
_TWO = frozenset(
    (
        "country",
        "nation",
        "state",
        "government",
        "side",
        "agency",
        "organization",
        "organisation",
        "party",
        "partner",
        "body",
        "institution",
    )
)
_SIDES = frozenset(("participant", "party", "side", "signatory"))
_DEFINED_SIDES = re.compile(
    r"[(,]\s*(?:herein(?:after)?,?\s*)?(?:referred to as\s+)?(?:collectively\s+)?[“\"'‘]?the (?:participants|parties|sides|signatories)\b",
    re.IGNORECASE,
)
_EVENTS = frozenset(
    [
        "ceremony",
        "workshop",
        "seminar",
        "symposium",
        "conference",
        "summit",
        "forum",
        "meeting",
        "course",
        "exercise",
        "webinar",
        "retreat",
        "roundtable",
        "dialogue",
        "session",
        "handover",
        "event",
        "graduation",
        "consultation",
        "convention",
        "congress",
        "visit",
        "drill",
        "gathering",
        "reception",
    ]
)
_TRAININGS = frozenset(("programme", "program", "course", "exercise", "session", "workshop", "event"))
_ANY_EVENT = frozenset(("event", "meeting", "gathering"))
_IT = frozenset(("it",))
_PERSONS = frozenset(("he", "she"))
_THEY = frozenset(("they",))
_SETTING = frozenset(
    [
        "several",
        "many",
        "some",
        "various",
        "regular",
        "annual",
        "monthly",
        "weekly",
        "future",
        "next",
        "last",
        "previous",
        "upcoming",
        "similar",
        "such",
        "other",
        "further",
    ]
)
_POSSESSIVE = frozenset(("its", "their"))
_BEFORE = 2


@dataclass(slots=True)
class Discourse:
    """What a document has named so far; sentences are given to it in their order."""

    reading: Reading
    words: Lexicon
    made: dict[str, Entity] = field(default_factory=dict)
    places: dict[str, list[Mention]] = field(default_factory=dict)
    _sides: tuple[str, ...] = ()
    _seen: dict[str, None] = field(default_factory=dict)
    _last: list[list[str]] = field(default_factory=list)
    _subject: tuple[str, ...] = ()

    def resolve(self, analysis: Analysis) -> None:
        """Set the entities of the short forms of a sentence, then remember what it names."""
        self._own(analysis)
        first = min((g.start for g in _groups(analysis)), default=-1)
        done: set[int] = set()
        for group in _groups(analysis):
            for phrase in group.walk():
                if id(phrase) not in done and not phrase.entities and phrase.heads:
                    self._resolve(phrase, analysis.tokens, first=phrase.start == first)
                done.add(id(phrase))
        self._remember(analysis)

    def note(self, entities: Sequence[str]) -> None:
        """Remember what a heading names."""
        self._seen |= dict.fromkeys(entities)

    @property
    def event(self) -> str | None:
        """The event that a sentence without one is about: the document's own, else the only one so far."""
        if self.reading.event is not None:
            return self.reading.event
        events = [entity for entity in self._seen if "Event" in self._labels(entity)]
        meetings = [
            e for e in events if e not in self.made or self.made[e].name.split()[-1] not in _TRAININGS
        ]
        return meetings[0] if len(meetings) == 1 else None

    def _own(self, analysis: Analysis) -> None:
        """`its` and `their` belong to the subject of their clause."""
        for frame in analysis.frames:
            subject = frame.patient if frame.passive else frame.agent
            if subject is None or not subject.phrases[0].entities:
                continue
            owner = {id(phrase) for phrase in subject.walk()}
            others = [
                frame.patient if not frame.passive else None,
                frame.receiver,
                *(g for _, g in frame.hung),
            ]
            for group in others:
                for phrase in group.walk() if group is not None else ():
                    free = phrase.possessor is None and id(phrase) not in owner
                    if free and phrase.determiner in _POSSESSIVE:
                        phrase.possessor = subject.phrases[0]
        self._own_subject(analysis)

    def _own_subject(self, analysis: Analysis) -> None:
        """`Its Bureau of Tides`, at the beginning, is that of the last sentence's subject."""
        first = min(_groups(analysis), key=lambda g: g.start, default=None)
        if first is None or len(self._subject) != 1:
            return
        phrase = first.phrases[0]
        if phrase.determiner in _POSSESSIVE and phrase.possessor is None:
            labels = self._labels(self._subject[0])
            phrase.possessor = Phrase(
                phrase.start, phrase.start, (), self._subject, labels, named=True, reference=True
            )

    # --- one phrase ---

    def _resolve(self, phrase: Phrase, tokens: Sequence[Token], *, first: bool) -> None:
        if phrase.head in _IT | _PERSONS | _THEY:
            found = self._pronoun(phrase.head, first=first)
        elif self._sides and phrase.head in _SIDES and phrase.plural and phrase.determiner in _DEFINITE:
            found = self._sides
        elif phrase.modifiers or phrase.possessor is not None:
            found = self._described(phrase, tokens)
        elif phrase.head in _TWO and phrase.plural and self._is_two(phrase, tokens):
            found = self._two(phrase.head)
        else:
            found = self._short(phrase, tokens) or self._described(phrase, tokens)
        if found:
            phrase.entities, phrase.reference = found, True
            phrase.labels = frozenset.intersection(*(self._labels(entity) for entity in found))

    def _labels(self, entity: str) -> frozenset[str]:
        if entity in self.made:
            return frozenset(self.reading.schema.labels_of(self.made[entity].types))
        return self.reading.labels(entity)

    def _pronoun(self, word: str, *, first: bool) -> tuple[str, ...]:
        if word in _PERSONS:
            near = [e for names in self._last[-_BEFORE:] for e in names if "Person" in self._labels(e)]
            people = list(dict.fromkeys(near))
            return (people[0],) if len(people) == 1 else ()
        if not first or not self._subject:
            return ()
        kinds = [self._labels(entity) for entity in self._subject]
        if word in _IT and len(kinds) == 1 and not kinds[0] & {"Person", "Topic", "Place"}:
            return self._subject
        if word in _THEY and len(kinds) > 1:
            return self._subject
        return ()

    def _is_two(self, phrase: Phrase, tokens: Sequence[Token]) -> bool:
        numbered = any(t.is_word("two") for t in tokens[phrase.start : phrase.base_end])
        return phrase.determiner == "both" or (phrase.determiner in _DEFINITE and numbered)

    def _two(self, head: str) -> tuple[str, ...]:
        wanted = {"country": "Country", "nation": "Country", "state": "Country", "government": "Country"}.get(
            head
        )
        kinds = {wanted} if wanted else {"Country", "Organization"}
        for names in reversed(self._last[-_BEFORE:]):
            fitting = [e for e in dict.fromkeys(names) if self._labels(e) & kinds]
            if fitting:
                return tuple(fitting) if len(fitting) == len(("one", "other")) else ()
        return ()

    def _short(self, phrase: Phrase, tokens: Sequence[Token]) -> tuple[str, ...]:
        """`the Unit`, `the operation`: the one thing named so far that has the noun in its name."""
        plain = [
            t
            for t in tokens[phrase.start : phrase.base_end]
            if t.kind == WORD and not self.words.has("determiners", t.text)
        ]
        if phrase.determiner not in _DEFINITE or phrase.plural or len(plain) != 1:
            return ()
        head = phrase.head
        kinds = {kind for kind, nouns in self.words.heads.items() if head in nouns}
        capital = plain[0].capital
        if not kinds and not capital:
            return ()
        named = [e for e in self._seen if head in self._name_words(e) and self._fits(e, kinds)]
        if len(named) == 1:
            return (named[0],)
        if named or not kinds or "Country" in kinds:
            return ()
        if (
            "Event" in kinds
            and head in _ANY_EVENT
            and self.reading.event is not None
            and not self._made_with(head)
        ):
            return (self.reading.event,)
        alike = [e for e in self._seen if self._fits(e, kinds)]
        return (alike[0],) if len(alike) == 1 and kinds & {"Unit", "Operation", "Event"} else ()

    def _fits(self, entity: str, kinds: set[str]) -> bool:
        return not kinds or bool(self._labels(entity) & kinds)

    def _name_words(self, entity: str) -> set[str]:
        known = self.made.get(entity) or self.reading.entities[entity]
        return {singular(word) for name in (known.name, *known.aliases) for word in name.lower().split()}

    # --- events that only a common noun names ---

    def _described(self, phrase: Phrase, tokens: Sequence[Token]) -> tuple[str, ...]:
        head = phrase.head
        own = [
            t
            for t in tokens[phrase.start : phrase.base_end]
            if t.kind == WORD and not self.words.has("determiners", t.text)
        ]
        words = [t.text for t in own]
        training = len(words) > 1 and words[-2] == "training" and head in _TRAININGS
        if not (head in _EVENTS or training) or phrase.plural or len(phrase.heads) > 1:
            return ()
        if phrase.determiner not in _OPEN or _SETTING & set(words) or any(t.capital for t in own):
            return ()
        if any(t.kind == NUMBER for t in tokens[phrase.start : phrase.base_end]):
            return ()
        if phrase.determiner in _DEFINITE and len(words) == 1:
            known = self._made_with(head)
            return (known[-1],) if known else ()
        kept = [t for t in own if not t.text.endswith("-day")]
        key = " ".join(t.text for t in kept[-2:] if t is kept[-1] or not _is_vague(t.text))
        entity = f"event/{self.reading.slug}-{slug(key)}"
        self.made.setdefault(entity, Entity(entity, ("Event",), key))
        start = own[0].start if len(own) == 1 else kept[-2].start if len(kept) > 1 else kept[-1].start
        self.places.setdefault(entity, []).append(Mention(entity, start, own[-1].end, EVENT_RULE))
        self._seen.setdefault(entity)
        return (entity,)

    def _made_with(self, head: str) -> list[str]:
        return [e for e, entity in self.made.items() if entity.name.split()[-1] == head]

    # --- memory ---

    def _remember(self, analysis: Analysis) -> None:
        names = [t.entity for t in analysis.tokens if t.kind == ENTITY and t.entity]
        self._seen |= dict.fromkeys(names)
        self._last.append(names)
        main = next((f for f in analysis.frames if not f.relative and (f.agent or f.patient)), None)
        subject = None if main is None else (main.patient if main.passive else main.agent)
        self._subject = () if subject is None else tuple(e for p in subject.phrases for e in p.entities)
        if not self._sides and analysis.tokens:
            self._define_sides(analysis)

    def _define_sides(self, analysis: Analysis) -> None:
        """`A and B (“the Participants”)`: whom the short form stands for from here on."""
        text = self.reading.text[analysis.tokens[0].start : analysis.tokens[-1].end]
        if _DEFINED_SIDES.search(text) is None:
            return
        for group in _groups(analysis):
            named = [
                e for p in group.phrases for e in p.entities if self._labels(e) & {"Organization", "Country"}
            ]
            if len(named) > 1:
                self._sides = tuple(named)
                return


def _is_vague(word: str) -> bool:
    return word in (
        "extensive",
        "new",
        "first",
        "special",
        "major",
        "important",
        "recent",
        "comprehensive",
        "intensive",
        "brief",
    )


def _groups(analysis: Analysis) -> list[Group]:
    """All groups of a sentence in the order of the text, each once."""
    frames = [
        g for f in analysis.frames for g in (f.agent, f.patient, f.receiver, *(h for _, h in f.hung)) if g
    ]
    found: Mapping[int, Group] = {id(group): group for group in (*analysis.groups, *frames)}
    return sorted(found.values(), key=lambda g: (g.start, g.end))
