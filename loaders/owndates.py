"""When the document itself came out, and when and where its own event was held.

A statement that a document is bears the date of its dateline; `our consultations held in Port Kelp` are what
the document is about.
"""

import re
from collections.abc import Iterator

from graph.records import fold
from loaders.dateforms import parsed
from loaders.grammar.frames import Frame
from loaders.grammar.lexicon import lexicon
from loaders.grammar.phrases import Phrase
from loaders.grammar.tokens import WORD, Token
from loaders.nameddates import DATED, HELD_ON
from loaders.papers import is_statement
from loaders.qualifying import act_date, inferred_date
from loaders.reading import Reading
from loaders.relations import Relation, Sentence
from loaders.rulebook import VERB
from loaders.sayings import Said
from loaders.verbs import DONE

HELD_IN = "HELD_IN"

_DATELINE, _ISSUED, _SIGNED = "date/dateline@1", "date/issued@1", "date/signed@1"
_OWN = "date/own-event@1"
_SURE = {_DATELINE: 0.82, _ISSUED: 0.85, _SIGNED: 0.85, _OWN: 0.82}
# Datelines and notes on the publication stand in the first lines.
_HEAD, _FIRST_BLOCKS = 700, 8
_OPENING = re.compile(r"\W*(?:signed|done|concluded|agreed|made)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"[\W_]*(?:(?i:for\s+immediate\s+release|released?|issued|published|dated?|d\.?c\.?)(?:\s+on)?[\W_]*)?|"
    r"[\s*_#|>•]*(?:(?:[A-Z][\w.’'&-]*|of|the|for|and|,)[\s,]*){1,12},[\s*_]*"
)
# Lines with a date that is that of something else.
_OTHER_LINE = re.compile(
    r"\b(?:annex|next|effective|deadline|last|updated?|printed|corrected|embargo\w*|related|translated|file|photos?|"
    r"review|meeting|appendix|amended|revised|expires?|valid)\b",
    re.IGNORECASE,
)
# A date in a dateline is no farther than this many days from that of the document.
_NEAR = 60
_LONGEST_DATELINE, _MARKS = 110, " *_#|.\n"
_ISSUING = frozenset(("publish", "release", "issue"))
_TEXTS = frozenset(("release", "statement", "text", "communique", "communiqué", "declaration"))
_HOLDING = frozenset(("hold", "convene", "host", "conduct"))
_MEETINGS = frozenset(
    ("consultation", "meeting", "gathering", "session", "dialogue", "deliberation", "discussion", "talk")
)
_OURS = frozenset(("our",))
_PRAISING = frozenset(
    (
        *("productive", "fruitful", "successful", "important", "constructive"),
        *("annual", "ministerial", "joint", "present"),
    )
)
# Our own event was no longer before the document came out than this many days.
_RECENT = 45


def own_dates(reading: Reading, sentence: Sentence) -> Iterator[Relation]:
    """DATED of the instrument that the document is, HELD_ON and HELD_IN of the event that it is about."""
    if (paper := _own_paper(reading)) is not None and sentence.start < _HEAD:
        for frame in sentence.analysis.frames:
            said = frame.patient.phrases[0] if frame.patient is not None else None
            issued = frame.passive and frame.lemma in _ISSUING and frame.status == DONE
            if said is not None and issued and not said.entities and _is_this_text(said, sentence):
                yield from _when(paper, sentence, frame, _ISSUED)
    opens = _OPENING.match(reading.text, sentence.start) is not None
    if opens and (titled := _titled_paper(reading)) is not None:
        for frame in sentence.analysis.frames:
            if frame.lemma == "sign" and frame.patient is None and frame.status == DONE:
                yield from _when(titled, sentence, frame, _SIGNED)
    named = {m.entity for m in reading.mentions(sentence.start, sentence.end)}
    if reading.event is not None and reading.event not in named:
        for frame in sentence.analysis.frames:
            if frame.passive and frame.lemma in _HOLDING and frame.status == DONE:
                yield from _own_event(reading, reading.event, sentence, frame)


def datelines(reading: Reading) -> Iterator[tuple[Relation, int, int]]:
    """DATED of the statement that the document is, with the line below its title that has a date alone."""
    paper = _own_paper(reading)
    for block in reading.blocks[:_FIRST_BLOCKS] if paper is not None else ():
        dates = [d for d in reading.calendar if block.start <= d.start and d.end <= block.end]
        if paper is None or len(dates) != 1 or block.end - block.start > _LONGEST_DATELINE:
            continue
        (date,) = dates
        meant = parsed(date.edtf or "")
        after = reading.text[date.end : block.end]
        alone = _is_label(reading, block.start, date.start) and not after.strip(_MARKS)
        day = meant is not None and meant.precision == "day" and not date.inferred
        if alone and date.edtf and day and _is_near(reading, date.edtf):
            yield Relation(paper, DATED, date.edtf, {}, _DATELINE, _SURE[_DATELINE]), block.start, block.end


def _is_label(reading: Reading, start: int, end: int) -> bool:
    """Whether nothing but a place, an office or a word such as `released` stands before a date."""
    before = reading.text[start:end]
    plain = _LABEL.fullmatch(before) or _LABEL.fullmatch(_unnamed(reading, start, end))
    return plain is not None and _OTHER_LINE.search(before) is None


def _unnamed(reading: Reading, start: int, end: int) -> str:
    """A part of the text without the names in it."""
    kept, here = "", start
    for mention in reading.mentions(start, end):
        kept += reading.text[here : mention.start]
        here = mention.end
    return kept + reading.text[here:end]


def _is_near(reading: Reading, edtf: str) -> bool:
    """Whether a date may be that of the document, as far as this is known."""
    date, published = parsed(edtf), parsed(reading.published or "")
    if date is None or published is None or date.latest is None or published.latest is None:
        return True
    return abs((published.latest - date.latest).days) <= _NEAR


def _own_paper(reading: Reading) -> str | None:
    """The statement that the document is by its title: not where the title only tells of it."""
    return reading.paper if is_statement(reading.source.entity.name) else None


def _titled_paper(reading: Reading) -> str | None:
    """The instrument that the document is, where its title says its name."""
    if reading.paper is None:
        return None
    title, entity = f" {fold(reading.source.entity.name)} ", reading.entity(reading.paper)
    named = any(f" {fold(name)} " in title for name in (entity.name, *entity.aliases))
    return reading.paper if named else None


def _is_this_text(said: Phrase, sentence: Sentence) -> bool:
    """`the following press release`, `this statement`, `the text of the following statement`."""
    if not _TEXTS & set(said.heads):
        return False
    own = [said, *(one for preposition, group in said.hung if preposition == "of" for one in group.phrases)]
    return any(one.determiner == "this" or _is_following(one, sentence) for one in own)


def _is_following(phrase: Phrase, sentence: Sentence) -> bool:
    before = sentence.analysis.tokens[max(0, phrase.start - 1) : max(phrase.base_end, phrase.start)]
    return any(token.is_word("following") for token in before)


def _base(phrase: Phrase, sentence: Sentence) -> list[Token]:
    return list(sentence.analysis.tokens[phrase.start : max(phrase.base_end, phrase.start)])


def _when(entity: str, sentence: Sentence, frame: Frame, rule: str) -> Iterator[Relation]:
    said = Said(VERB, frame, None, None, frame.status)
    date = act_date(said, sentence.dates)
    if date is None:
        return
    inferred = inferred_date(said, sentence.dates)
    predicate = HELD_ON if rule == _OWN else DATED
    yield Relation(entity, predicate, date, {"inferred": inferred} if inferred else {}, rule, _SURE[rule])


def _own_event(reading: Reading, event: str, sentence: Sentence, frame: Frame) -> Iterator[Relation]:
    """`our productive consultations held in Port Kelp on 4 May`: of the event that the document is about."""
    told = [] if frame.patient is None else [*frame.patient.phrases, *frame.patient.others]
    if not any(_is_ours(phrase, sentence) for phrase in told):
        return
    when = list(_when(event, sentence, frame, _OWN))
    if not when or not _is_recent(reading, when[0].object):
        return
    yield from when
    places = [e for p, g in frame.hung if p == "in" for one in g.phrases for e in one.entities]
    for place in places:
        if reading.is_a(place, "Place", "Country"):
            yield Relation(event, HELD_IN, place, {"date": when[0].object}, _OWN, _SURE[_OWN])


def _is_ours(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether a noun phrase means the meeting itself: not `our last meeting`, `our meeting with A`."""
    if phrase.entities or phrase.head not in _MEETINGS or phrase.determiner not in _OURS:
        return False
    if any(preposition in ("with", "between", "of") for preposition, _ in phrase.hung):
        return False
    words = lexicon().words["determiners"]
    plain = [t for t in _base(phrase, sentence)[:-1] if not (t.kind == WORD and t.text in words)]
    return all(t.kind == WORD and (t.text in _PRAISING or t.text.endswith("-day")) for t in plain)


def _is_recent(reading: Reading, edtf: str) -> bool:
    date, published = parsed(edtf), parsed(reading.published or "")
    if date is None or published is None or date.latest is None or published.latest is None:
        return published is None
    return 0 <= (published.latest - date.latest).days <= _RECENT
