"""SHACL shapes as Turtle: what one says, and how it is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from schema.model import Field
from schema.values import AMOUNT, EDTF, ENTITY_ID, LANG_STRING, SCHEMA_NS, XSD

VIOLATION, WARNING = "Violation", "Warning"
ONE, ONE_AT_MOST = ("sh:minCount 1", "sh:maxCount 1"), ("sh:maxCount 1",)
DATES = (XSD + "date", XSD + "gYearMonth", XSD + "gYear", EDTF)
# In the language of our own words.
ENGLISH = 'sh:datatype rdf:langString ; sh:languageIn ( "en" )'
TEXT = "sh:or ( [ sh:datatype rdf:langString ] [ sh:datatype xsd:string ] )"
_NAMESPACES = (("", SCHEMA_NS), ("xsd", XSD), ("edtf", EDTF.removesuffix("EDTF")))


@dataclass(frozen=True, slots=True)
class Rule:
    """A property shape: what the values of a path must be.

    `constraints` are rows of Turtle, `rules` shapes that each value has to satisfy besides; `message` tells
    what is asked, `about` what the property is for.
    """

    name: str
    path: str
    constraints: tuple[str, ...]
    message: str
    about: str
    severity: str = VIOLATION
    rules: tuple["Rule", ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape: what the nodes of a target must be; `message` where it has constraints of its own."""

    name: str
    target: str
    about: str
    constraints: tuple[str, ...] = ()
    message: str = ""
    severity: str = VIOLATION
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A node shape whose one constraint is a SPARQL query for what is at fault, which names it as `$this`."""

    name: str
    target: str
    about: str
    message: str
    select: str
    severity: str = VIOLATION


def shape_text(shape: Shape | Query) -> str:
    """A node shape in Turtle, its property shapes behind it."""
    rows = [f"shape:{shape.name} a sh:NodeShape ; {shape.target}"]
    rows.append(f"rdfs:label {_english(shape.name)} ; rdfs:comment {_english(shape.about)}")
    if isinstance(shape, Query):
        select = "\n".join(f"        {line.strip()}" for line in shape.select.strip().splitlines())
        constraint = (
            f"a sh:SPARQLConstraint ; sh:prefixes <https://w3id.org/carisec/shapes> ;\n"
            f'        sh:message {_english(shape.message)} ; sh:select """\n{select}\n    """'
        )
        rows += [f"sh:severity sh:{shape.severity}", f"sh:sparql [ {constraint} ]"]
        return _ended(rows)
    rows += shape.constraints
    rows += [f"sh:message {_english(shape.message)}"] if shape.message else []
    rows.append(f"sh:severity sh:{shape.severity}")
    rows += _named(shape.rules)
    return _ended(rows) + "".join(map(_rule_text, shape.rules))


def _rule_text(rule: Rule) -> str:
    rows = [f"shape:{rule.name} a sh:PropertyShape ; sh:path {rule.path}", *rule.constraints]
    rows.append(f"sh:name {_english(rule.name.replace('-', ' '))} ; sh:description {_english(rule.about)}")
    rows.append(f"sh:message {_english(rule.message)} ; sh:severity sh:{rule.severity}")
    rows += _named(rule.rules)
    return _ended(rows) + "".join(map(_rule_text, rule.rules))


def _named(rules: Iterable[Rule]) -> list[str]:
    names = ", ".join(f"shape:{rule.name}" for rule in rules)
    return [f"sh:property {names}"] if names else []


def _ended(rows: Iterable[str]) -> str:
    return " ;\n    ".join(rows) + " .\n"


def _english(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@en'


# --- terms and constraints ------------------------------------------------------------------------------


def term(iri: str) -> str:
    """An IRI with the prefix that the shapes have for it."""
    for prefix, namespace in _NAMESPACES:
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def local(iri: str) -> str:
    """The part of an IRI by which a shape is named."""
    return term(iri).partition(":")[2]


def listed(values: Iterable[str]) -> str:
    """Texts as a list of Turtle."""
    return f"( {' '.join(f'{chr(34)}{value}{chr(34)}' for value in values)} )"


def either(names: Iterable[str]) -> str:
    """Names of types in a message."""
    return " or ".join(names)


def of_class(names: Iterable[str]) -> str:
    """That a node is of one of these types."""
    terms = [f":{name}" for name in names]
    choices = " ".join(f"[ sh:class {one} ]" for one in terms)
    return f"sh:class {terms[0]}" if len(terms) == 1 else f"sh:or ( {choices} )"


def of_datatype(datatype: str) -> tuple[str, ...]:
    """That a value is a literal of this datatype, or an entity."""
    if datatype == ENTITY_ID:
        return ("sh:class :Entity",)
    if datatype == EDTF:
        return (f"sh:or ( {' '.join(f'[ sh:datatype {term(each)} ]' for each in DATES)} )",)
    if datatype == AMOUNT:
        return (f"sh:datatype {term(AMOUNT)}", 'sh:pattern "^[0-9]+(\\\\.[0-9]+)? [A-Z]{3}$"')
    if datatype == XSD + "anyURI":
        return ("sh:datatype xsd:anyURI", 'sh:pattern "^https?://[^\\\\s<>]+$"')
    if datatype == LANG_STRING:
        return (ENGLISH, "sh:minLength 1")
    if datatype == XSD + "string":
        return ("sh:datatype xsd:string", "sh:minLength 1")
    return (f"sh:datatype {term(datatype)}",)


def kind(datatype: str) -> str:
    """What a value of the datatype is called in a message."""
    known = {
        EDTF: "date with the precision it has",
        AMOUNT: "amount such as 391132.00 USD",
        ENTITY_ID: "entity",
        LANG_STRING: "text in English, tagged so",
        XSD + "string": "text without a language",
        XSD + "anyURI": "address that begins with http",
    }
    return known.get(datatype, "value of type " + local(datatype))


def asked_of(field: Field) -> str:
    """What is asked of the values of an attribute or qualifier, as a message begins."""
    return f"{field.name}: {'' if field.multiple else 'one '}{kind(field.datatype)}"
