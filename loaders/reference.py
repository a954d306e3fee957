"""Writes the human reference of document reading, `loaders/README.md`, from formats, rules and limits."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.rdf_evidence import IMPORTED, UNSAID
from graph.records import CHANGED_WORDING, DOCUMENT_CHANGED, EXACT, NO_TEXT, ORPHAN, SHIFTED
from loaders import paths
from loaders.formats.content import MOST_CHARACTERS, Content
from loaders.formats.pdf import MOST_PAGES
from loaders.metadata import INDEX, WANTED
from loaders.names.resolution import MENTION_RULES
from loaders.promotion import BY_OBJECT, BY_SUBJECT
from loaders.rdf.files import FORMATS as RDF_FORMATS
from loaders.rdf.files import MOST_BYTES as MOST_RDF_BYTES
from loaders.rdf.files import MOST_JSON_BYTES
from loaders.relations import SURE
from loaders.rulebook import RULES, Example, Rule, relation_rules
from loaders.text import FORMATS, MOST_BYTES
from schema.errors import Fault
from schema.yamlfile import Item, raise_faults, read_yaml

README = Path(__file__).with_name("README.md")
LIMITS = Path(__file__).with_name("limits.yaml")

SUBJECTS: Mapping[str, str] = {
    "formats": "Formats and texts",
    "names": "Names",
    "statements": "Statements",
    "dates": "Dates",
    "figures": "Figures",
    "pledges": "Pledges",
    "misreadings": "Read wrongly",
}

# Rules that are code, because what they look at is more than a sentence's grammar.
OTHER_RULES: Mapping[str, str] = {
    "curated": "a curator read it; the clause is in `facts/`",
    "date/before-name@1": "HELD_ON and DATED from a date before a name (“the May 2031 Tide Conference”)",
    "date/behind-name@1": "HELD_ON and DATED from a date behind a name (“the Reef Act of 2031”)",
    "date/at-event@1": "DATED of what was adopted at an event whose name has a date",
    "date/dateline@1": "DATED of the statement that a document is, from the line below its title",
    "date/issued@1": "DATED of the statement that a document is, from a note on its release",
    "date/signed@1": "DATED of the instrument that a document is (“Signed at Port Kelp on 4 May 2017”)",
    "date/own-event@1": "HELD_ON and HELD_IN of what a document is about (“our consultations held in …”)",
    "theme/quoted@1": "HAS_THEME from the words in quotation marks behind “theme”",
    "relation/seat-in-name@1": "LOCATED_IN from a body's own name (“Embassy of Tidelandia in Port Kelp”)",
    "relation/speakers-adopted@1": "ADOPTED by those in whose name it speaks (“We, the Governments of …”)",
    "relation/speakers-participated@1": "PARTICIPATED_IN by them, in the dialogue that it comes from",
    "naming/spelling@1": "NAMED_AS for a spelling that is not the register's own",
    "figure/result@1": "a figure: so many of something, and a verb that says what was done",
    "commitment/numbered@1": "a numbered item below a line that pledges (“we commit to:”)",
    "commitment/bulleted@1": "a bulleted item below such a line",
    "commitment/prose@1": "a sentence whose verb pledges and whose subject can",
    "commitment/involves@1": "a body or state that a pledge names",
    "commitment/involves-party@1": "a body or state that makes the pledge by name",
    "commitment/involves-part@1": "a body whose part or programme a pledge names",
    "commitment/addresses@1": "a topic in the words of the pledge",
    "commitment/addresses-group@1": "a topic in the words above its part of the list",
    "commitment/addresses-name@1": "a topic in the name of what the pledge names",
    "commitment/addresses-statement@1": "a topic of the whole statement",
}

_STATES: Mapping[str, str] = {
    EXACT: "the clause stands between the offsets, and its hash is the pointer's",
    SHIFTED: "it stands elsewhere, word for word; `--repair` rewrites it where there is one such place",
    CHANGED_WORDING: "near the old place stands something much like it; a curator looks at both wordings",
    ORPHAN: "nothing like it is there",
    DOCUMENT_CHANGED: "the text at hand is another one, and the old wording is not known",
    NO_TEXT: "the text is not at hand; no fault",
}

OWN_RULE = """\
- id: lends-officers
  version: 1
  description: Somebody lends officers to a unit.
  predicate: SUPPORTS
  objects: [Unit]
  when:
    - {verb: [second, detach], subject: agent, object: ['patient:officer|analyst.to', to]}
    - {noun: [secondment], subject: by, object: to}
  confidence: 0.85
  examples:
    - text: "The [Harbour Agency](Agency) seconded two officers to the [Reef Unit](Unit)."
      gives: ["Harbour Agency | SUPPORTS | Reef Unit"]
    - text: "The [Harbour Agency](Agency) will second officers to the [Reef Unit](Unit)."
      gives: ["Harbour Agency | SUPPORTS | Reef Unit | status=planned"]
    - text: "The [Harbour Agency](Agency) did not second officers to the [Reef Unit](Unit)."
      gives: []
"""

JUDGEMENTS = """\
# It stands in the list of participants, with her office.
- name: Ada Kelp
  type: Person
  decision: accept
  entity: person/ada-kelp
  by: ann
  date: 2026-11-22

- name: CGIU
  decision: alias
  entity: unit/ccgiu
  by: ann
  date: 2026-11-22

- name: HSI
  document: document/harbour-news
  decision: distinct
  entity: agency/hsi
  by: ann
  date: 2026-11-22
  note: the Harbour Safety Inspectorate there

- name: Kelp Bay
  type: Place
  decision: reject
  by: ann
  date: 2026-11-22

- name: Royal Reef Police
  type: Agency
  decision: merge
  entity: agency/royal-barbados-police-force
  by: ann
  date: 2026-11-22

- subject: agency/atf
  predicate: SUPPORTS
  object: unit/ccgiu
  decision: accept
  by: ann
  date: 2026-11-22
"""

RDF_EXAMPLE = """\
@prefix : <https://w3id.org/carisec/schema#> .
@prefix ex: <https://example.org/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

ex:minutes a :Document ; rdfs:label "Minutes of the harbour board"@en ; :published "2024-03" .
ex:kelp a :Agency ; rdfs:label "Kelp Agency"@en .
ex:cell a :Unit ; rdfs:label "Caribbean Crime Gun Intelligence Unit"@en ;
    owl:sameAs <https://w3id.org/carisec/id/unit/ccgiu> .

[] a :Statement ; rdf:subject ex:kelp ; rdf:predicate :supports ; rdf:object ex:cell ;
    :date "2024-02" ;
    :evidence [ oa:hasTarget [ oa:hasSource ex:minutes ; oa:hasSelector
        [ a oa:TextPositionSelector ; oa:start 120 ; oa:end 167 ] ,
        [ a oa:TextQuoteSelector ; oa:exact "In February the Kelp Agency trained the CCGIU's" ] ] ] .
"""

_MARK = re.compile(r"\[([^\]]+)\]\(\w+\)")
_RULE_ID = re.compile(r"^- id: (\S+)$", re.MULTILINE)
_TEMPLATE = Path(__file__).with_name("reference.md")


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that is not read yet, with an example.

    `misses` is what the example says and nothing finds, `wrong` what is found and it does not say.
    """

    of: str
    what: str
    example: str
    instead: str
    misses: tuple[str, ...]
    wrong: tuple[str, ...]


@cache
def limits(path: Path = LIMITS) -> tuple[Limit, ...]:
    """All rows of the table of limits, in order. Raises DataError with every fault."""
    faults: list[Fault] = []
    root = read_yaml(path, path.name, faults)
    found = [_limit(item) for item in root.items()] if root else []
    raise_faults(faults)
    return tuple(limit for limit in found if limit is not None)


def _limit(item: Item) -> Limit | None:
    fields = item.fields("limit")
    if fields is None:
        return None
    of, what, example, instead = (
        fields.pop_literal(key, required=True) for key in ("of", "what", "example", "instead")
    )
    misses, wrong = fields.pop_texts("misses"), fields.pop_texts("wrong")
    fields.finish()
    if of is not None and of not in SUBJECTS:
        item.fault(f"there is no subject {of}", f"one of {', '.join(SUBJECTS)}")
    if of is None or what is None or example is None or instead is None:
        return None
    # Values lose their line breaks; the sign stands for one.
    return Limit(of, what, example.replace("⏎", "\n"), instead, misses, wrong)


def reference() -> str:
    """The reference as Markdown: the template with its tables put in."""
    parts = {
        "formats": _formats(),
        "paths": _paths(),
        "own_rule": OWN_RULE.rstrip(),
        "rules": "\n".join(_rules()),
        "promotions": "\n".join(_promotions()),
        "mention_rules": _listed(MENTION_RULES),
        "other_rules": _listed(OTHER_RULES),
        "judgements": JUDGEMENTS.rstrip(),
        "states": _listed(_STATES),
        "limits": "\n".join(_limits()),
        "sure": f"{SURE:g}",
        "index": INDEX,
        "wanted": ", ".join(WANTED),
        "bytes": f"{MOST_BYTES // 1_000_000} MB",
        "characters": f"{MOST_CHARACTERS // 1_000_000} million characters",
        "pages": f"{MOST_PAGES:,} pages",
        "rdf_endings": ", ".join(f"`{ending}`" for ending in RDF_FORMATS),
        "rdf_bytes": f"{MOST_RDF_BYTES // 1_000_000} MB",
        "rdf_json_bytes": f"{MOST_JSON_BYTES // 1_000_000} MB",
        "rdf_example": RDF_EXAMPLE.rstrip(),
        "imported": IMPORTED,
        "unsaid": f"{UNSAID:g}",
    }
    text = _TEMPLATE.read_text("utf-8")
    return re.sub(r"<<(\w+)>>", lambda match: parts[match[1]], text)


def _promotions() -> Iterator[str]:
    """The types of which a name may become real, with the predicates by which it does."""
    ways = (BY_SUBJECT, BY_OBJECT)
    for type_ in sorted({type_ for way in ways for types in way.values() for type_ in types}):
        cells = (", ".join(f"`{name}`" for name, types in way.items() if type_ in types) for way in ways)
        yield f"| {type_} | {' | '.join(cells)} |"


def _listed(meanings: Mapping[str, str]) -> str:
    return "\n".join(f"| `{name}` | {meaning} |" for name, meaning in meanings.items())


def _formats() -> str:
    by_reader: dict[Callable[[Path, bytes], Content], list[str]] = {}
    for ending, read in FORMATS.items():
        by_reader.setdefault(read, []).append(f"`{ending}`")
    return "\n".join(
        f"| {', '.join(endings)} | {_first_line(sys.modules[read.__module__].__doc__)} |"
        for read, endings in by_reader.items()
    )


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0]


def _paths() -> str:
    """The language of paths as its module tells it."""
    return (paths.__doc__ or "").partition("\n\n")[2].strip()


# --- rules ----------------------------------------------------------------------------------------------


def _rules() -> Iterator[str]:
    rules = {rule.id: rule for rule in relation_rules()}
    for path in sorted(RULES.glob("*.yaml")):
        text = path.read_text("utf-8")
        yield f"\n### [{path.name}](rules/{path.name})\n"
        yield f"{_first_line(text).lstrip('# ')}\n"
        yield "| rule | what | finds | does not match |"
        yield "|---|---|---|---|"
        yield from (_rule(rules[key]) for key in _RULE_ID.findall(text))


def _rule(rule: Rule) -> str:
    matched = next((e for e in rule.examples if e.gives), None)
    unmatched = next((e for e in rule.examples if not e.gives), None)
    about = f"{rule.description} `{rule.predicate}`, {rule.confidence:g}"
    return f"| `{rule.name}` | {about} | {_finds(matched)} | {_plain(unmatched)} |"


def _finds(example: Example | None) -> str:
    if example is None:
        return ""
    given = "; ".join(_statement(text) for text in example.gives)
    return f"{_plain(example)} → {given}"


def _statement(text: str) -> str:
    """`A | SUPPORTS | B | date=2019` for a cell."""
    subject, predicate, target, *extra = (part.strip() for part in text.split("|"))
    return f"{subject} `{predicate}` {target}" + (f" ({extra[0]})" if extra else "")


def _plain(example: Example | None) -> str:
    return f"*{_cell(example.text)}*" if example is not None else ""


def _cell(text: str) -> str:
    """A sentence without its marks, fit for a cell of a table."""
    plain = _MARK.sub(r"\1", text).replace("|", "\\|").strip()
    return " ".join(re.sub(r"\n+", " ⏎ ", plain).split())


# --- limits ---------------------------------------------------------------------------------------------


def _limits() -> Iterator[str]:
    rows = limits()
    for key, title in SUBJECTS.items():
        if own := [limit for limit in rows if limit.of == key]:
            yield f"\n### {title}\n"
            yield "| what | example | what happens |"
            yield "|---|---|---|"
            yield from (f"| {one.what} | {_cell(one.example)} | {one.instead} |" for one in own)
