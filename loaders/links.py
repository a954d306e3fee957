"""What the register's entities are elsewhere: reads `register/links.yaml` and checks it.

Each link tells which sources confirm it, what they say of the target, and on which day that was looked up.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.records import Entity, Value
from schema.values import EDTF, ENTITY_ID, XSD, parse_date
from schema.yamlfile import Fields, Item, at, nearest

FILE = "links.yaml"

SAME, EXACT, CLOSE = "sameAs", "exactMatch", "closeMatch"
RELATIONS = (SAME, EXACT, CLOSE)

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_WIKIDATA_ITEM = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class Link:
    """One link: `target` is a Wikidata id or an IRI, `sources` are keys of the file's sources.

    `why` tells what keeps the two apart; it is empty but for a close match.
    """

    entity: str
    relation: str
    target: str
    sources: tuple[str, ...]
    says: str
    checked: str
    why: str
    place: tuple[str, int]

    @property
    def is_item(self) -> bool:
        """Whether it goes to an item of Wikidata."""
        return _WIKIDATA.fullmatch(self.target) is not None

    @property
    def iri(self) -> str:
        """The address of what it links to."""
        return _WIKIDATA_ITEM + self.target if self.is_item else self.target


@dataclass(frozen=True, slots=True)
class Links:
    """All links in the order of the file, and what each source is, by its key."""

    sources: Mapping[str, str]
    made: tuple[Link, ...] = ()


NO_LINKS = Links({})


def read_links(root: Item, entities: Mapping[str, Entity]) -> Links:
    """Read the file; what is wrong becomes faults of its item, each with file, line and mend."""
    fields = root.fields("file")
    if fields is None:
        return NO_LINKS
    listed, rows = fields.pop("sources", required=True), fields.pop_items("links", required=True)
    fields.finish()
    sources: dict[str, str] = {}
    if listed is not None and listed.fields("sources") is not None:
        sources = {key: text for key, item in listed.pairs() if (text := item.literal())}
    made: list[Link] = []
    known: dict[tuple[str, str], Link] = {}
    for row in rows:
        link = _link(row, sources, entities)
        if link is not None and _is_first(row, link, known):
            made.append(link)
    for key in sorted(sources.keys() - {key for link in made for key in link.sources}):
        root.fault(f"the source {key} confirms no link", "leave it out")
    return Links(sources, tuple(made))


def linked(entities: Mapping[str, Entity], links: Iterable[Link]) -> dict[str, Entity]:
    """The entities with their links as the properties `wikidata`, `exactMatch` and `closeMatch`."""
    made: dict[str, dict[str, list[str]]] = {}
    for link in links:
        same = link.is_item and link.relation != CLOSE
        values = made.setdefault(link.entity, {}).setdefault("wikidata" if same else link.relation, [])
        values.append(link.target if same else link.iri)
    done = dict(entities)
    for key, found in made.items():
        properties: dict[str, Value] = {
            name: values[0] if name == "wikidata" else tuple(sorted(values)) for name, values in found.items()
        }
        done[key] = replace(done[key], properties={**done[key].properties, **properties})
    return done


def _link(row: Item, sources: Mapping[str, str], entities: Mapping[str, Entity]) -> Link | None:
    """One link; None, after a fault, where it is none that could be asserted."""
    fields = row.fields("link")
    if fields is None:
        return None
    entity = fields.pop_literal("entity", ENTITY_ID, required=True)
    relation = fields.pop_literal("relation", required=True)
    target = _target(fields)
    confirmed = fields.pop_texts("sources", required=True)
    says, why = fields.pop_literal("says", required=True), fields.pop_literal("why")
    checked = _day(fields)
    fields.finish()
    for key in confirmed:
        if key not in sources:
            row.fault(f"sources: there is no source {key}", nearest(key, sources) or "describe it above")
    if entity is not None and entity not in entities:
        row.fault(f"entity: there is no {entity}", nearest(entity, entities) or "add it to the register")
        return None
    if relation is not None and relation not in RELATIONS:
        row.fault(f"relation: there is no {relation}", f"one of {', '.join(RELATIONS)}")
        return None
    if entity is None or relation is None or target is None or says is None or checked is None:
        return None
    link = Link(entity, relation, target, confirmed, says, checked, why or "", row.place)
    _check_relation(row, link, "Topic" in entities[entity].types)
    return link


def _day(fields: Fields) -> str | None:
    item = fields.pop("checked", required=True)
    text = None if item is None else item.literal(EDTF)
    if item is not None and text is not None and parse_date(text).precision != "day":
        item.fault(f"checked: {text} is no day", "write year, month and day, such as 2031-05-04")
    return text


def _target(fields: Fields) -> str | None:
    item = fields.pop("target", required=True)
    text = None if item is None else item.literal()
    if item is None or text is None or _WIKIDATA.fullmatch(text):
        return text
    if text.startswith(_WIKIDATA_ITEM):
        item.fault(f"target: {text} is a Wikidata item", f"write {text.removeprefix(_WIKIDATA_ITEM)}")
    elif text.startswith(("http://", "https://")):
        return item.literal(XSD + "anyURI")
    else:
        item.fault(
            f"target: {text!r} is neither a Wikidata id nor an address", "such as Q766 or http://example.org/"
        )
    return None


def _check_relation(row: Item, link: Link, topic: bool) -> None:
    """Whether the relation may be said of such a thing and such a target."""
    if link.relation == SAME and topic:
        row.fault(f"relation: {link.entity} is a topic, and no item is one", f"write {EXACT} or {CLOSE}")
    elif link.relation == SAME and not link.is_item:
        row.fault("relation: sameAs goes to a Wikidata item", f"write {EXACT} or {CLOSE}")
    elif link.relation == EXACT and link.is_item and not topic:
        row.fault(
            f"relation: {link.entity} is no topic: it is the item or it is not", f"write {SAME} or {CLOSE}"
        )
    if (link.relation == CLOSE) != bool(link.why):
        mend = "say what keeps the two apart" if link.relation == CLOSE else f"leave it out, or write {CLOSE}"
        row.fault(f"why: {link.relation} {'needs' if link.relation == CLOSE else 'has'} one", mend)


def _is_first(row: Item, link: Link, known: dict[tuple[str, str], Link]) -> bool:
    """Whether it neither repeats nor contradicts an earlier link; a fault if it does."""
    keys = {(link.entity, link.iri): f"{link.entity} and {link.target} are linked already"}
    if link.is_item and link.relation != CLOSE:
        keys[("", link.target)] = (
            f"two things are not one item, and {link.target} is another entity's already"
        )
        keys[(link.entity, "")] = f"one thing is not two items, and {link.entity} has one already"
    for key, message in keys.items():
        if key in known:
            mend = f"keep one, or write {CLOSE}" if "" in key else "keep one of the two"
            row.fault(f"{message}: {at(known[key].place)}", mend)
            return False
    known.update(dict.fromkeys(keys, link))
    return True
