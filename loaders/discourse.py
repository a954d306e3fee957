"""What short forms and pronouns stand for: `the Unit`, `the two countries`, `it`, `we`, `the Participants`.

Nothing is guessed: a short form is resolved where just one thing named so far fits it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from loaders.described import Described
from loaders.grammar.frames import Analysis, Frame, worst
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group, Phrase, singular
from loaders.grammar.tokens import COLON, DATE, ENTITY, POSSESSIVE, Token
from loaders.holders import Holders
from loaders.reading import Reading
from loaders.several import Several, restricted, stands_for_all
from loaders.verbs import PLANNED

_DEFINITE = frozenset(("the", "this", "that", "these", "both", "said"))
_POSSESSIVE = frozenset(("its", "their"))
_BODIES = frozenset(("Country", "Organization"))
_ISSUED = frozenset(("issue", "release", "adopt", "make", "publish"))
_TEXTS = frozenset(("statement", "text", "declaration", "communique", "communiqué"))
_BEFORE_OF = re.compile(r"\s+(?:of|for|on|to|against|in|at)\s")
# Pronouns and `the two` look back over so many sentences.
_BEFORE = 2


@dataclass(slots=True)
class Discourse:
    """What a document has named so far; sentences are given to it in their order.

    `we` are those in whose name it speaks, `we_at` is the clause that says so.
    """

    reading: Reading
    words: Lexicon
    described: Described = field(init=False)
    holders: Holders = field(init=False)
    several: Several = field(init=False)
    we: tuple[str, ...] = ()
    we_at: tuple[int, int] | None = None
    _lead: tuple[str, ...] = ()
    _seen: set[str] = field(default_factory=set)
    # What has been named so far, in its order, by the labels and by the words of its names in the singular.
    _labelled: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    _worded: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    _last: list[list[str]] = field(default_factory=list)
    _subject: tuple[str, ...] = ()
    _main: Group | None = None
    _frames: Sequence[Frame] = ()
    _phrases: Sequence[Phrase] = ()

    def __post_init__(self) -> None:
        self.described = Described(self.reading.slug, self.words)
        self.holders = Holders(self.words)
        self.several = Several(self.reading, self.words, self._labels)

    def resolve(self, analysis: Analysis, *, item: bool = False) -> None:
        """Set the entities of the short forms of a sentence, then remember what it names.

        `item`: it stands in a list, where `Support the unit` is what those who speak are to do.
        """
        if not self.we:
            self._define_we(analysis)
        if item:
            self._with_lead(analysis)
        self._main, self._frames = _main_subject(analysis), analysis.frames
        done: set[int] = set()
        self._phrases = [phrase for group in _groups(analysis) for phrase in group.walk()]
        for group in _groups(analysis):
            for phrase in group.walk():
                if id(phrase) not in done and not phrase.entities and phrase.heads:
                    self._resolve(phrase, analysis.tokens)
                done.add(id(phrase))
        self._own(analysis)
        self._remember(analysis)
        if not item:
            self._lead = self._led_by(analysis)

    def note(self, entities: Sequence[str]) -> None:
        """Remember what a heading names."""
        for entity in entities:
            if entity not in self._seen:
                self._seen.add(entity)
                for label in self._labels(entity):
                    self._labelled[label][entity] = None
                for word in self._name_words(entity):
                    self._worded[word][entity] = None

    @property
    def event(self) -> str | None:
        """The event that a sentence without one is about: the document's own, else the only one so far."""
        if self.reading.event is not None:
            return self.reading.event
        events = (e for e in self._labelled["Event"] if not self.described.is_training(e))
        return _only(events)

    # --- who speaks, and to whom things belong ---

    def _define_we(self, analysis: Analysis) -> None:
        """`We, the Governments of A and B`; `the text was issued by A and B`."""
        group = None
        if analysis.tokens and analysis.tokens[0].is_word("we") and analysis.frames:
            group = analysis.frames[0].agent
        for frame in analysis.frames:
            said = frame.patient
            issued = frame.passive and frame.lemma in _ISSUED and said is not None
            if issued and said is not None and _TEXTS & set(said.phrases[0].heads):
                group = next((g for p, g in frame.hung if p == "by"), None)
        named = self._bodies(group) if group is not None else []
        if len(named) > 1:
            self.we = tuple(dict.fromkeys(named))
            self.we_at = analysis.tokens[0].start, analysis.tokens[-1].end

    def _bodies(self, group: Group) -> list[str]:
        return [e for p in group.walk() for e in p.entities if self._labels(e) & _BODIES]

    def _led_by(self, analysis: Analysis) -> tuple[str, ...]:
        """Who does what stands in a list below `The three Governments:`."""
        first = min(_groups(analysis), key=lambda g: g.start, default=None)
        if first is None or not analysis.tokens or analysis.tokens[-1].kind != COLON or analysis.frames:
            return ()
        return tuple(e for phrase in first.phrases for e in phrase.entities if self._labels(e) & _BODIES)

    def _with_lead(self, analysis: Analysis) -> None:
        """`Support it` in a list is what those who speak plan to do, `Adopted it` what they did."""
        who = self._lead or self.we
        for frame in analysis.frames if who else ():
            if frame.agent is not None or frame.passive or frame.start != analysis.first:
                continue
            they = Phrase(frame.start, frame.start, ("we",), who, _BODIES)
            frame.agent = Group([they], frame.start, frame.start)
            if analysis.tokens[frame.start].text == frame.lemma.split()[0]:
                frame.status, frame.pledged = worst(frame.status, PLANNED), True
            for following in analysis.frames:  # `Continue to expand it`
                if following.start == frame.end_of_verb and following.infinitive and following.agent is None:
                    following.agent = frame.agent
                    following.status, following.pledged = worst(following.status, frame.status), frame.pledged

    def _own(self, analysis: Analysis) -> None:
        """`its` and `their` belong to the subject of their clause, at its beginning to the last subject."""
        for named in _groups(analysis):
            _own_examples(named)
        for frame in analysis.frames:
            others = [None if frame.passive else frame.patient, frame.receiver, *(g for _, g in frame.hung)]
            for group in others:
                for phrase in group.walk() if group is not None else ():
                    if phrase.possessor is None and phrase.determiner in _POSSESSIVE:
                        phrase.possessor = self._owner(frame, phrase)
        first = min(_groups(analysis), key=lambda g: g.start, default=None)
        if first is not None and self._owned_ahead(first):
            return
        if first is not None and len(self._subject) == 1:
            phrase = first.phrases[0]
            if phrase.determiner in _POSSESSIVE and phrase.possessor is None:
                owned = self._subject
                phrase.possessor = Phrase(
                    phrase.start, phrase.start, (), owned, self._labels(owned[0]), named=True, reference=True
                )

    def _owned_ahead(self, first: Group) -> bool:
        """`Under its programme, the agency trains …`: whose it is comes behind."""
        main, phrase = self._main, first.phrases[0]
        if main is None or main.start <= first.start or phrase.determiner not in _POSSESSIVE:
            return False
        if len(main.phrases) == 1 and main.phrases[0].labels & _BODIES:
            phrase.possessor = phrase.possessor or main.phrases[0]
        return True

    def _owner(self, frame: Frame, phrase: Phrase) -> Phrase | None:
        """Whose `its` is: the subject, or of those that are thanked the one right before it."""
        subject = frame.patient if frame.passive else frame.agent
        groups = [subject]
        if frame.lemma in self.words.words["thanking"]:
            groups = [frame.patient]
            if phrase.determiner != "their":
                groups += [g for _, g in frame.hung]
        before = [
            one
            for group in groups
            for one in (group.phrases if group is not None else ())
            if one.entities and one.end <= phrase.start and "Person" not in one.labels
        ]
        if phrase.determiner == "their" and len(before) > 1 and len(groups) == 1:
            return _together(before)
        return max(before, key=lambda one: one.start, default=None)

    # --- one phrase ---

    def _resolve(self, phrase: Phrase, tokens: Sequence[Token]) -> None:
        found = self._meant(phrase, tokens)
        if not found and phrase.head == "it":
            phrase.maybe = self._told_of(phrase)
        if found:
            phrase.entities, phrase.reference = found, True
            phrase.labels = frozenset.union(*(self._labels(entity) for entity in found))

    def _meant(self, phrase: Phrase, tokens: Sequence[Token]) -> tuple[str, ...]:
        head = phrase.head
        if head == "we":
            return self.we or self._one(self.reading.speaker)
        if head in ("he", "she", "it", "they"):
            return self._pronoun(phrase)
        if several := self.several.sides_of(phrase):
            return several
        if _is_another_time(phrase, tokens):
            return ()
        if group := self._group(phrase, tokens):
            return group
        if phrase.modifiers or phrase.possessor is not None:
            return self._one(self.described.find(phrase, tokens))
        if phrase.plural and (count := self.several.count(phrase, tokens)):
            text = self.reading.text
            all_of = stands_for_all(phrase, tokens, count, text, self.words)
            bound = restricted(phrase, tokens, self._frames, text)
            if not all_of or bound:
                return ()
            pair = self.several.acting(head, phrase, self._frames) if count == len(("one", "other")) else ()
            return pair or self.several.meant(head, count)
        if (
            phrase.determiner in _DEFINITE
            and not phrase.hung
            and (holder := self.holders.find(phrase, tokens))
        ):
            return (holder,)
        first = self.reading.event is None and not self._labelled["Event"]
        return self._short(phrase, tokens) or self._one(self.described.find(phrase, tokens, first=first))

    def _group(self, phrase: Phrase, tokens: Sequence[Token]) -> tuple[str, ...]:
        """`the 13 Reef nations`, `all of the Reef nations`: those that the document lists."""
        if phrase.head == "all" and len(phrase.hung) == 1:
            ((preposition, inner),) = phrase.hung
            return (
                self._meant(inner.phrases[0], tokens)
                if preposition == "of" and len(inner.phrases) == 1
                else ()
            )
        return self.several.group(phrase, tokens, self._frames)

    def _one(self, entity: str | None) -> tuple[str, ...]:
        if entity is None:
            return ()
        self.note([entity])
        return (entity,)

    def _labels(self, entity: str) -> frozenset[str]:
        made = self.described.made.get(entity)
        return frozenset(self.reading.schema.labels_of(made.types)) if made else self.reading.labels(entity)

    def _pronoun(self, phrase: Phrase) -> tuple[str, ...]:
        """`he` is the only person of late; `it` and `they`, as main subject, are the last main subject."""
        if phrase.head in ("he", "she"):
            near = [e for names in self._last[-_BEFORE:] for e in names if "Person" in self._labels(e)]
            people = list(dict.fromkeys(near))
            return (people[0],) if len(people) == 1 else ()
        if self._main is None:
            return ()
        if self._main.phrases[0] is not phrase:
            return self._again(phrase)
        kinds = [self._labels(entity) for entity in self._subject]
        if phrase.head == "it":
            single = len(kinds) == 1 and not kinds[0] & {"Person", "Topic", "Place", "Country"}
            return self._subject if single else ()
        return self._subject if len(kinds) > 1 else ()

    def _again(self, phrase: Phrase) -> tuple[str, ...]:
        """`The bureau plans to mend the treaty that it signed`: the body that the main clause tells of.

        `A founded U, and B backs it` tells of two that may be meant.
        """
        if not any(f.agent and phrase in f.agent.phrases for f in self._frames):
            return ()
        subject = self._main.phrases if self._main is not None and phrase.head == "it" else []
        named = [one for one in subject if one.entities and one.end <= phrase.start]
        single = len(subject) == len(named) == 1 and len(named[0].entities) == 1
        return named[0].entities if single and named[0].labels & _BODIES else ()

    def _told_of(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """`A wrote the register, and it is used by B`: the main clause's object, then all else before it."""
        main = next((f for f in self._frames if not f.relative and f.agent and not f.passive), None)
        acts = any(f.agent is not None and phrase in f.agent.phrases for f in self._frames)
        told = main.patient.phrases if main is not None and main.patient is not None else []
        if self._main is not None and not any(one.entities for one in told):
            told = self._main.phrases  # `The register was mended; A has used it since`
        if acts or len(told) != 1 or not told[0].entities or told[0].end > phrase.start:
            return ()
        others = [p for p in self._phrases if p.entities and p.end <= phrase.start and p is not told[0]]
        return (told[0], *others)

    def _short(self, phrase: Phrase, tokens: Sequence[Token]) -> tuple[str, ...]:
        """`the Unit`, `the operation`: the one thing named so far that has the noun in its name."""
        plain = self.described.plain_words(phrase, tokens)
        if phrase.determiner not in _DEFINITE or phrase.plural or not plain:
            return ()
        head = phrase.head
        kinds = {kind for kind, nouns in self.words.heads.items() if head in nouns}
        if len(plain) > 1:
            bare = all(not t.capital and not self.words.has("elsewhere", t.text) for t in plain)
            return self._own_event(head, kinds) if bare and "Event" in kinds else ()
        if "Country" in kinds or (not kinds and not plain[0].capital):
            return ()
        bearers = self._worded[head]
        named = list(islice((e for e in bearers if self._fits(e, kinds)), 2))
        named = named or (list(islice(bearers, 2)) if plain[0].capital else [])
        if len(named) == 1:
            return (named[0],)
        if named or not kinds:
            return ()
        if "Event" in kinds and (own := self._own_event(head, kinds)):
            return own
        if not kinds & {"Unit", "Operation", "Event"}:
            return ()
        alike = {e for kind in sorted(kinds) for e in islice(self._labelled[kind], 2)}
        return tuple(alike) if len(alike) == 1 else ()

    def _own_event(self, head: str, kinds: set[str]) -> tuple[str, ...]:
        """`the annual gathering` is the document's own event, unless it tells of another such."""
        event = self.reading.event
        free = event is not None and self.words.has("own_events", head) and "Event" in kinds
        return (event,) if free and event is not None and not self.described.ending_with(head) else ()

    def _fits(self, entity: str, kinds: set[str]) -> bool:
        return not kinds or bool(self._labels(entity) & kinds)

    def _name_words(self, entity: str) -> set[str]:
        known = self.described.made.get(entity) or self.reading.entity(entity)
        names = [name.lower() for name in (known.name, *known.aliases)]
        if "Operation" in self._labels(entity):
            return {singular(word) for name in names for word in name.split()}
        # `Council of Tides` is a council, `Meeting of the Council of Tides` is none.
        return {singular(word) for name in names for word in _BEFORE_OF.split(name)[0].split()[-1:]}

    # --- memory ---

    def _remember(self, analysis: Analysis) -> None:
        names = [t.entity for t in analysis.tokens if t.kind == ENTITY and t.entity]
        phrases = [phrase for group in _groups(analysis) for phrase in group.walk()]
        for phrase in phrases:
            if "Person" in phrase.labels:
                self.holders.note(phrase, analysis.tokens)
                names += [e for e in phrase.entities if phrase.reference and e not in names]
        self.note(names)
        self._last.append(names)
        subject = self._main
        self._subject = () if subject is None else tuple(e for p in subject.phrases for e in p.entities)
        self.several.remember(analysis, _groups(analysis), names, self.reading.text)


def _own_examples(group: Group) -> None:
    """`the Government of Tidelandia, including its agency`: its is theirs."""
    for phrase in group.walk():
        for example in phrase.includes.phrases if phrase.includes is not None else ():
            if example.possessor is None and example.determiner in _POSSESSIVE:
                example.possessor = replace(phrase, includes=None)


def _is_another_time(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """`next year's meeting` is another one."""
    before = tokens[max(0, phrase.start - 2) : phrase.start]
    owned = len(before) > 1 and before[0].kind == DATE and before[1].kind == POSSESSIVE
    return owned or (phrase.possessor is not None and phrase.possessor.head in ("year", "month", "week"))


def _together(phrases: Sequence[Phrase]) -> Phrase:
    """Several phrases as one that names them all."""
    first, last = phrases[0], phrases[-1]
    named = tuple(entity for one in phrases for entity in one.entities)
    labels = frozenset.union(*(one.labels for one in phrases))
    return Phrase(first.start, last.end, (), named, labels, plural=True, named=True)


def _only(entities: Iterable[str]) -> str | None:
    """The one of them, None for none and for several."""
    found = list(islice(entities, 2))
    return found[0] if len(found) == 1 else None


def _main_subject(analysis: Analysis) -> Group | None:
    main = next((f for f in analysis.frames if not f.relative and (f.agent or f.patient)), None)
    return None if main is None else (main.patient if main.passive else main.agent)


def _groups(analysis: Analysis) -> list[Group]:
    """All groups of a sentence in the order of the text, each once."""
    frames = [group for frame in analysis.frames for group in frame.arguments()]
    found: Mapping[int, Group] = {id(group): group for group in (*analysis.groups, *frames)}
    return sorted(found.values(), key=lambda g: (g.start, g.end))
