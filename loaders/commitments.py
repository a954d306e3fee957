"""Pledges: the numbered or bulleted items under a lead such as `we commit to:`, each a Commitment."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.records import Entity, Statement, Value, make_statement
from loaders.reading import Reading
from loaders.segments import HEADING, ITEM, PARAGRAPH, Block
from loaders.sentences import ends_sentence
from schema.values import parse_date

_NUMBERED, _BULLETED = "commitment/numbered@1", "commitment/bulleted@1"
_INVOLVES, _ADDRESSES = "commitment/involves@1", "commitment/addresses@1"
_SURE = 0.9

_LEADS = (
    ("pledge", re.compile(r"\bpledge[sd]?\b[^.]*:?$", re.IGNORECASE)),
    ("commit", re.compile(r"\bcommit(?:s|ted|ments?)?\b[^.]*:?$", re.IGNORECASE)),
    ("agree", re.compile(r"\b(?:agree[sd]?|undertakes?|resolved?)\b[^.]*:?$", re.IGNORECASE)),
    ("commit", re.compile(r"\bwill\s*(?:jointly|also|together)?\s*:$", re.IGNORECASE)),
)
_MODALITIES = (
    ("encourage", re.compile(r"encourag(?:e|ing)\b", re.IGNORECASE)),
    ("request", re.compile(r"request(?:ing)?\b", re.IGNORECASE)),
    ("call-upon", re.compile(r"call(?:ing)? (?:up)?on\b", re.IGNORECASE)),
    ("urge", re.compile(r"urg(?:e|ing)\b", re.IGNORECASE)),
    ("rely", re.compile(r"rely(?:ing)?\b", re.IGNORECASE)),
)
# Such items say what the sides think or have done, and pledge nothing.
_NO_PLEDGE = re.compile(
    r"(?:welcom|recogni|acknowledg|not(?:e|ing)\b|express|thank|underscor|recall|reaffirm|apprecia|commend)",
    re.IGNORECASE,
)
_BEFORE_TARGET = re.compile(
    r"\b(?:by|before|until|in|during|for|of|from)\s+(?:the\s+end\s+of\s+|early\s+|late\s+)?$"
)
_LONGEST_PILLAR = 160


@dataclass(frozen=True, slots=True)
class _Pledge:
    """An item with the blocks that lead to it, nearest first, and how the nearest lead puts it."""

    block: Block
    leads: tuple[Block, ...]
    group: Block | None
    modality: str


def find_commitments(reading: Reading) -> tuple[list[Entity], list[Statement]]:
    """Commitments of the document, and what ties them to its dialogue, to what they name, and to topics."""
    entities: list[Entity] = []
    statements: list[Statement] = []
    taken: set[str] = set()
    for pledge in _pledges(reading):
        entity = _entity(reading, pledge, taken)
        entities.append(entity)
        statements += _statements(reading, pledge, entity.id)
    return entities, statements


def _pledges(reading: Reading) -> Iterator[_Pledge]:
    blocks = reading.blocks
    parents = {block.parent for block in blocks if block.kind == ITEM}
    for index, block in enumerate(blocks):
        if block.kind != ITEM or index in parents or _NO_PLEDGE.match(reading.text, block.body):
            continue
        leads, group = _leads(reading, index)
        modality = _modality(reading, leads)
        if modality is None:
            continue
        own = next((m for m, pattern in _MODALITIES if pattern.match(reading.text, block.body)), None)
        yield _Pledge(block, leads, group, own or modality)


def _leads(reading: Reading, index: int) -> tuple[tuple[Block, ...], Block | None]:
    """Blocks that introduce the list of an item, nearest first, and the heading of its part of the list."""
    blocks = reading.blocks
    leads: list[Block] = []
    group: Block | None = None
    own = index
    while True:
        parent = blocks[index].parent
        first = 0 if parent is None else parent + 1
        for above in (blocks[i] for i in range(index - 1, first - 1, -1) if blocks[i].kind != ITEM):
            if _introduces(reading, above):
                leads.append(above)
                break
            if above.kind == PARAGRAPH and ends_sentence(reading.text, above.body, above.end):
                break  # a whole paragraph cuts the list off from what stands above it
            group = above if index == own and group is None else group
        if parent is None:
            return tuple(leads), group
        leads.append(blocks[parent])
        index = parent


def _modality(reading: Reading, leads: Sequence[Block]) -> str | None:
    """How the leads put what they introduce; the nearest one with a colon decides whether it is a pledge."""
    for lead in leads:
        modality = _lead_modality(reading, lead)
        if modality is not None or _introduces(reading, lead):
            return modality
    return None


def _introduces(reading: Reading, block: Block) -> bool:
    return reading.text[block.start : block.end].rstrip("*_ ").endswith(":")


def _lead_modality(reading: Reading, lead: Block) -> str | None:
    """How a lead introduces pledges; None for one that introduces none."""
    if not lead.sentences:
        return None
    start, end = lead.sentences[-1]
    sentence = reading.text[start:end].rstrip("*_ ")
    if lead.kind != HEADING and not sentence.endswith(":"):
        return None
    return next((modality for modality, pattern in _LEADS if pattern.search(sentence)), None)


def _entity(reading: Reading, pledge: _Pledge, taken: set[str]) -> Entity:
    number = pledge.block.number or "1"
    key = base = f"commitment/{reading.slug}-{re.sub('[^a-z0-9]+', '-', number.lower()).strip('-')}"
    repeat = 1
    while key in taken:
        repeat += 1
        key = f"{base}-{repeat}"
    taken.add(key)
    properties: dict[str, Value] = {"number": number, "modality": pledge.modality}
    if pillar := _pillar(reading, pledge):
        properties["pillar"] = pillar
    if target := _target(reading, pledge):
        properties["targetDate"] = target
    name = f"Commitment {number} of {reading.source.entity.name}"
    return Entity(key, ("Commitment",), name, properties=dict(sorted(properties.items())))


def _pillar(reading: Reading, pledge: _Pledge) -> str | None:
    """The words of what the item stands under, with their number: a heading, else the first sentence."""
    parent = None if pledge.block.parent is None else reading.blocks[pledge.block.parent]
    if parent is None or not parent.sentences:
        return None
    start, end = parent.sentences[0]
    words = " ".join(reading.text[start:end].strip("*_# ").split())
    if len(words) > _LONGEST_PILLAR:
        words = words[:_LONGEST_PILLAR].rpartition(" ")[0] + " …"
    return f"{parent.number}. {words}" if parent.number else words


def _target(reading: Reading, pledge: _Pledge) -> str | None:
    """The date by which it is to be done: the nearest one, in the item or its leads, that lies ahead."""
    for block in (pledge.block, *pledge.leads):
        dates = reading.dates(block.body, block.end)
        ahead = [d.edtf for d in dates if d.edtf and _lies_ahead(reading, d.start, d.edtf)]
        if ahead:
            return ahead[0] if len(ahead) == 1 else None
    return None


def _lies_ahead(reading: Reading, start: int, edtf: str) -> bool:
    if _BEFORE_TARGET.search(reading.text, max(0, start - 30), start) is None:
        return False
    latest = parse_date(edtf).latest
    published = parse_date(reading.published).earliest if reading.published else None
    return latest is not None and published is not None and latest >= published


def _statements(reading: Reading, pledge: _Pledge, commitment: str) -> Iterator[Statement]:
    block = pledge.block
    rule = _BULLETED if block.counted else _NUMBERED

    def say(
        subject: str, predicate: str, target: str, rule: str, spans: Sequence[tuple[int, int]]
    ) -> Statement:
        evidence = [reading.evidence(*span, rule, _SURE) for span in spans]
        return make_statement(reading.schema, subject, predicate, target, evidence=evidence)

    whole = (block.start, block.end)
    if reading.dialogue is not None:
        yield say(reading.dialogue, "COMMITS_TO", commitment, rule, [whole])
    topics: list[str] = []
    for entity in dict.fromkeys(m.entity for m in reading.mentions(block.body, block.end)):
        if reading.is_a(entity, "Topic"):
            topics.append(entity)
        elif entity != reading.dialogue:
            yield say(commitment, "INVOLVES", entity, _INVOLVES, [whole])
    spans = [whole]
    if not topics and pledge.group is not None:
        spans = [(pledge.group.start, pledge.group.end)]
        found = reading.mentions(*spans[0])
        topics = [m.entity for m in found if reading.is_a(m.entity, "Topic")]
    for topic in dict.fromkeys(topics):
        yield say(commitment, "ADDRESSES", topic, _ADDRESSES, spans)
