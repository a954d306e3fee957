"""Former ids that people declared: those of `former-ids.yaml`, and candidates that were decided about."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from graph.changes import Former
from graph.judgements import DISTINCT, Naming
from graph.records import Entity
from loaders.judgements import Judgements
from schema.errors import Fault
from schema.model import Schema
from schema.values import ENTITY_ID
from schema.yamlfile import Fields, Item, at, nearest, raise_faults, read_yaml

FORMER_IDS = Path(__file__).with_name("former-ids.yaml")


def read_former(known: Mapping[str, Entity], path: Path = FORMER_IDS) -> tuple[Former, ...]:
    """The former ids of a file; `known` are the entities of register and facts.

    Raises DataError with every fault: an id that there is, one listed twice, one that becomes what there is
    not, and ids that become each other.
    """
    faults: list[Fault] = []
    root = read_yaml(path, path.name, faults)
    found: dict[str, tuple[Former, Item]] = {}
    for item in root.items() if root else ():
        former = _read(item)
        if former is None:
            continue
        if former.id in known:
            item.fault(f"there is {former.id}", "a former id is one that no entity has: take one of them out")
        elif former.id in found:
            item.fault(f"{former.id} is listed already: {at(found[former.id][1].place)}", "keep one")
        else:
            found[former.id] = former, item
    for former, item in found.values():
        _check_target(former, item, found, known)
    raise_faults(faults)
    return tuple(found[key][0] for key in sorted(found))


def _read(item: Item) -> Former | None:
    fields = item.fields("former id")
    if fields is None:
        return None
    before = len(item.faults)
    key = fields.pop_literal("id", ENTITY_ID, required=True)
    becomes = fields.pop_literal("becomes", ENTITY_ID)
    date = _day(fields)
    reason = fields.pop_literal("reason", required=True)
    fields.finish()
    if len(item.faults) > before or not (key and date and reason):
        return None
    return Former(key, becomes, reason, date)


def _day(fields: Fields) -> str | None:
    item = fields.pop("date", required=True)
    text = item.literal() if item else None
    if item and text:
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            item.fault(f"date: {text!r} is no day", "write it as 2025-03-31")
    return None


def _check_target(
    former: Former, item: Item, listed: Mapping[str, tuple[Former, Item]], known: Collection[str]
) -> None:
    seen, here = [former.id], former.becomes
    while here is not None and here in listed:
        if here in seen:
            item.fault(f"former ids run in a circle: {' → '.join([*seen, here])}", "end it at what there is")
            return
        seen.append(here)
        here = listed[here][0].becomes
    if here is not None and here not in known:
        item.fault(
            f"{former.id} becomes {here}, which is not there",
            nearest(here, known) or "name an entity of the register, or leave becomes out",
        )


def declared_former(
    schema: Schema, listed: Iterable[Former], judgements: Judgements, present: Collection[str]
) -> dict[str, Former]:
    """All declared former ids by id, those of the list and of candidates that were decided about.

    An id that is `present` in the graph is no former one. A candidate that was decided to be one thing in one
    document and another in another stands for neither.
    """
    found: dict[str, Former] = {}
    doubtful: set[str] = set()
    for former in _judged(schema, judgements):
        other = found.setdefault(former.id, former)
        if other.becomes != former.becomes:
            doubtful.add(former.id)
    sure = {key: former for key, former in found.items() if key not in doubtful}
    sure |= {former.id: former for former in listed}
    return {key: sure[key] for key in sorted(sure) if key not in present}


def _judged(schema: Schema, judgements: Judgements) -> Iterator[Former]:
    for judgement in judgements.made:
        if judgement.decision == DISTINCT or not isinstance(judgement.about, Naming):
            continue
        becomes = judgement.meant(schema)
        name = judgement.about.name
        reason = f"a curator decided that “{name}” is {becomes}"
        if becomes is None:
            reason = f"a curator decided that “{name}” stands for nothing that the graph holds"
        for candidate in sorted(judgement.about.candidates):
            yield Former(candidate, becomes, reason, judgement.date)
