"""The changes as an Atom feed (RFC 4287), in pages (RFC 5005).

Links are absolute where CARISEC_PUBLIC_URL is set, else relative to the address of the feed.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from graph.chronicle import Line, Load, Section
from graph.network import xml_text
from graph.vocabulary import LICENCE

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
# Of a feed without entries, where nothing tells a time.
_NEVER = "1970-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a page of the feed says.

    `iri` is what its ids are made from, `home` stands before every path of ours, `links` are addresses by
    relation, `updated` is the time of the newest entry, empty if there is none.
    """

    iri: str
    title: str
    home: str
    links: Mapping[str, str]
    updated: str
    loads: Iterable[Load]


def feed_bytes(feed: Feed) -> bytes:
    """The page as XML."""
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _add(root, "id", _urn(feed.iri))
    _add(root, "title", feed.title)
    _add(root, "subtitle", "Each load that changed the graph, and what it changed.")
    _add(root, "updated", feed.updated or _NEVER)
    _add(ET.SubElement(root, "author"), "name", "The carisec project")
    _add(root, "generator", "carisec")
    for relation, target in feed.links.items():
        kind = {"self": MEDIA_TYPE, "alternate": "text/html"}.get(relation, MEDIA_TYPE)
        ET.SubElement(root, "link", {"rel": relation, "type": kind, "href": feed.home + target})
    ET.SubElement(root, "link", {"rel": "license", "href": LICENCE})
    for load in feed.loads:
        root.append(_entry(feed, load))
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _entry(feed: Feed, load: Load) -> ET.Element:
    entry = ET.Element("entry")
    _add(entry, "id", _urn(f"{feed.iri}#{load.number} {load.version} {load.at}"))
    _add(entry, "title", load.title)
    _add(entry, "updated", load.at)
    _add(entry, "published", load.at)
    place = f"{feed.home}/changes?before={load.number + 1}#load-{load.number}"
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": place})
    _add(entry, "content", _html(feed.home, load)).set("type", "html")
    return entry


def _html(home: str, load: Load) -> str:
    """The sentences as lists, each leading to what it is about."""
    root = ET.Element("div")
    _add(root, "p", f"Version {load.version}, before {load.previous or 'an empty graph'}.")
    for section in load.sections:
        _add(root, "h2", f"{section.title}: {section.count:,}")
        listed = ET.SubElement(root, "ul")
        for line in section.lines:
            link = ET.SubElement(ET.SubElement(listed, "li"), "a", {"href": home + path_of(line)})
            link.text = xml_text(line.text)
        if left := left_out(section):
            _add(listed, "li", f"… and {left:,} more")
    return ET.tostring(root, encoding="unicode", method="html")


def path_of(line: Line) -> str:
    """The page of what a line is about."""
    return f"/statements/{line.id}" if line.kind == "statement" else f"/entities/{line.id}"


def left_out(section: Section) -> int:
    """How many lines a section had that were not kept."""
    return section.count - len(section.lines)


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, name)
    made.text = xml_text(text)
    return made


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
