"""How sentences are read, in a short notation that tests can compare.

A frame is `lemma: agent > patient > receiver | preposition what @ date`, with `-` for what is not there, `*`
behind the lemma for a passive, `?` for a mere purpose, and its status before it unless the act is done. In a
phrase `A's B` has a possessor, `{A} b` a name that describes it, `<b>` what it is said to be; `+` joins a
list.
"""

from collections.abc import Mapping

from graph.records import ACCEPTED, Statement
from loaders.discourse import Discourse
from loaders.extract import extract, sentences_of
from loaders.grammar.analysis import analyse
from loaders.grammar.frames import Analysis, Frame
from loaders.grammar.lexicon import lexicon
from loaders.grammar.phrases import Group, Phrase
from loaders.grammar.tokens import DATE, Named, Token, tokenize
from loaders.grammar.verbgroups import VerbGroup, verb_groups
from loaders.quantities import find_money
from loaders.reading import Reading, read_text
from loaders.relations import Sentence
from loaders.verbs import DONE
from tests.marked_texts import SCHEMA, entity, register, source

KNOWN = register(
    *(entity(name, "Agency") for name in ("Harbour Agency", "Wave Agency")),
    *(entity(name, "Country") for name in ("Tidelandia", "Reefland", "Kelpia")),
    *(entity(name, "Person") for name in ("Ada Kelp", "Bo Ray")),
    entity("Reef Unit", "Unit"),
    entity("Tide Council", "IntergovernmentalOrganization"),
    entity("First Tide Conference", "Event"),
    entity("Port Kelp", "Place"),
    entity("Reef Treaty", "Instrument"),
    *(entity(name, "Program") for name in ("Wave Register", "Reef Partnership")),
    *(entity(name, "Operation") for name in ("Operation Surge", "Operation Swell")),
    entity("shell smuggling", "Topic"),
)


def read(text: str) -> Reading:
    """A text of June 2022 that may name what is in KNOWN."""
    return read_text(source(text, published="2022-06-15"), KNOWN, SCHEMA)


def _spans(reading: Reading) -> list[tuple[int, int]]:
    return [span for block in reading.blocks for span in block.sentences]


def _tokens(reading: Reading, start: int, end: int) -> list[Token]:
    dates, money = reading.dates(start, end), find_money(reading.text, start, end)
    named = [Named(m, reading.labels(m.entity)) for m in reading.mentions(start, end)]
    return tokenize(reading.text, start, end, named, dates, money, lexicon())


def tokens(text: str) -> list[str]:
    """Tokens of a text's sentences as `kind:text`, plain words as they are."""
    reading = read(text)
    found = [token for span in _spans(reading) for token in _tokens(reading, *span)]
    return [t.text if t.kind == "word" else f"{t.kind}:{t.text}" for t in found]


def verbs(text: str) -> list[str]:
    """Verb groups as `form lemma`, with `*` for a passive, and their status unless the act is done."""
    reading = read(text)
    found: list[VerbGroup] = []
    for span in _spans(reading):
        found += verb_groups(_tokens(reading, *span), lexicon())
    return [
        f"{g.form} {g.lemma}{'*' if g.passive else ''}{'' if g.status == DONE else ' ' + g.status}"
        for g in found
    ]


def frames(text: str) -> list[str]:
    """The frames of a text's sentences."""
    reading = read(text)
    written = _Written(reading)
    return [written.frame(f, _dates(a)) for a in _analyses(reading) for f in a.frames]


def phrases(text: str) -> list[str]:
    """The noun phrases of a text's sentences that hang on no other."""
    reading = read(text)
    written = _Written(reading)
    return [written.group(g) for a in _analyses(reading) for g in a.groups]


def sentence(text: str) -> Sentence:
    """The first sentence of a text as the rules get it."""
    reading = read(text)
    return next(sentences_of(reading, Discourse(reading, lexicon())))


def written(statement: Statement, names: Mapping[str, str]) -> str:
    """A statement as the examples of the rules write it."""
    extra = [f"{name}={value}" for name, value in statement.qualifiers.items()]
    extra += [] if statement.status == ACCEPTED else ["candidate"]
    words = [
        names[statement.subject],
        statement.predicate,
        names[statement.object] if statement.object else str(statement.value),
    ]
    return " | ".join([*words, *([", ".join(sorted(extra))] if extra else [])])


def statements(text: str) -> list[str]:
    """What a text says in relations, as the examples of the rules write it, sorted."""
    found = extract(source(text, published="2022-06-15"), KNOWN, SCHEMA)
    names = {key: e.name for key, e in {**KNOWN.entities, **{e.id: e for e in found.entities}}.items()}
    return sorted(written(s, names) for s in found.statements if s.evidence[0].rule.startswith("relation/"))


def _analyses(reading: Reading) -> list[Analysis]:
    return [analyse(_tokens(reading, *span), lexicon()) for span in _spans(reading)]


def _dates(analysis: Analysis) -> dict[int, str]:
    return {token.number: token.text for token in analysis.tokens if token.kind == DATE}


class _Written:
    def __init__(self, reading: Reading) -> None:
        self._names = {key: entity.name for key, entity in reading.entities.items()}
        self._reading = reading

    def frame(self, frame: Frame, dates: Mapping[int, str]) -> str:
        status = "" if frame.status == DONE else f"{frame.status} "
        marks = ("*" if frame.passive else "") + ("?" if frame.purpose else "")
        arguments = [frame.agent, frame.patient, *([frame.receiver] if frame.receiver else [])]
        told = " > ".join("-" if group is None else self.group(group) for group in arguments)
        hung = "".join(f" | {preposition} {self.group(group)}" for preposition, group in frame.hung)
        when = "".join(f" @ {dates[w.number]}" for w in frame.dates)
        return f"{status}{frame.lemma}{marks}: {told}{hung}{when}"

    def group(self, group: Group) -> str:
        return " + ".join(self.phrase(phrase) for phrase in group.phrases)

    def phrase(self, phrase: Phrase) -> str:
        own = "/".join(self._names[e] for e in phrase.entities) or "&".join(phrase.heads)
        own = "".join(f"{{{self._names[t.entity or '']}}} " for t in phrase.modifiers) + own
        own = f"{self.phrase(phrase.possessor)}'s {own}" if phrase.possessor is not None else own
        own = f"no {own}" if phrase.denied else own
        own += "".join(f" <{self.phrase(one)}>" for one in phrase.apposed)
        own += "".join(f" {preposition} ({self.group(group)})" for preposition, group in phrase.hung)
        return own + (f" including ({self.group(phrase.includes)})" if phrase.includes is not None else "")
