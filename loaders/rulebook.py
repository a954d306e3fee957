"""Reads the relation rules: data in `rules/*.yaml`, checked against the schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File

from loaders.paths import NATIONALS, PARTS, PEOPLE, Path, read_path
from schema.errors import Fault
from schema.model import Predicate, Schema, load_schema
from schema.values import XSD, canonical
from schema.yamlfile import Fields, Item, nearest, raise_faults, read_folder

RULES = File(__file__).with_name("rules")

DATE, AMOUNT, TITLE, CONTEXT = "$date", "$amount", "$title", "$context"
VARIABLES = (DATE, AMOUNT, TITLE, CONTEXT)
VERB, NOUN, IS, NAMED = "verb", "noun", "is", "named"
KINDS = (VERB, NOUN, IS, NAMED)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FLAGS = ("purpose", "passive")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its entities marked as `[name](Type)`, and the statements that the rule finds in it.

    A statement is written `subject | PREDICATE | object`, then `| qualifier=value` for each qualifier.
    """

    text: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """One way of saying what a rule looks for.

    `kind` is what is looked at: a `verb` with what hangs on it, a `noun` likewise, `is` (what something is
    said to be, by a verb or in apposition) or `named` (a name with what hangs on it); `words` are its lemmas
    or head nouns. `having` are nouns of which one must head the patient, `acting` the agent. `mutual` leads
    to entities that are subject and object of each other; otherwise `subject` and `object` do, the first
    path that leads on. `purpose`: an act that is only meant to be done counts; `passive` asks for that voice
    or against it.
    """

    kind: str
    words: frozenset[str]
    having: frozenset[str]
    acting: frozenset[str]
    subject: tuple[Path, ...]
    object: tuple[Path, ...]
    mutual: tuple[Path, ...]
    context: tuple[Path, ...]
    purpose: bool
    passive: bool | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One relation rule.

    `subjects`, `objects` and `contexts` are the types of the arguments. `through` names whom an argument may
    stand for besides the body itself: `people` (officers of the agency), `nationals` (officials of the
    country), `parts` (divisions of it).
    `pledged`: what is only pledged in an item of a list counts; for other rules it waits as a candidate.
    `qualifiers` maps names to values or to `$date`, `$amount`, `$title`, `$context`.
    """

    id: str
    version: int
    description: str
    predicate: str
    subjects: frozenset[str]
    objects: frozenset[str]
    contexts: frozenset[str]
    through: frozenset[str]
    when: tuple[When, ...]
    qualifiers: Mapping[str, str]
    confidence: float
    pledged: bool
    examples: tuple[Example, ...]

    @property
    def name(self) -> str:
        """What evidence calls the rule: `relation/established@2`."""
        return f"relation/{self.id}@{self.version}"


@cache
def relation_rules(folder: File = RULES) -> tuple[Rule, ...]:
    """All rules by file and place. Raises DataError with every fault."""
    faults: list[Fault] = []
    schema = load_schema()
    rules: dict[str, Rule] = {}
    for root in read_folder(folder, faults):
        for item in root.items():
            rule = _read_rule(schema, item)
            if rule is not None and rules.setdefault(rule.id, rule) is not rule:
                item.fault(f"the rule {rule.id} stands there twice", "rename one of the two")
    raise_faults(faults)
    return tuple(rules.values())


def _read_rule(schema: Schema, item: Item) -> Rule | None:
    """The rule, or None after a fault."""
    fields = item.fields("rule")
    if fields is None:
        return None
    id_, version = fields.pop_literal("id", required=True), fields.pop_literal("version", XSD + "integer")
    description = fields.pop_literal("description", required=True)
    predicate = _predicate(schema, fields)
    confidence = fields.pop_literal("confidence", XSD + "decimal", required=True)
    types = {key: _types(schema, fields, key) for key in ("subjects", "objects", "contexts")}
    pledged = fields.pop_literal("pledged", XSD + "boolean") == "true"
    through = frozenset(_choices(fields, "through", (PEOPLE, NATIONALS, PARTS)))
    literal = predicate is not None and predicate.datatype is not None
    when = tuple(
        w for one in fields.pop_items("when", required=True) if (w := _when(one, literal)) is not None
    )
    qualifiers = _qualifiers(schema, fields)
    examples = tuple(_examples(fields))
    fields.finish()
    if id_ is None or description is None or predicate is None or confidence is None:
        return None
    if _ID.fullmatch(id_) is None:
        item.fault(f"{id_!r} is no id of a rule", "lower case words joined by hyphens")
    return Rule(
        id_,
        int(version or 1),
        description,
        predicate.name,
        _labels(types["subjects"] or predicate.domain),
        _labels(types["objects"] or predicate.range),
        _labels(types["contexts"]),
        through,
        when,
        qualifiers,
        float(confidence),
        pledged,
        examples,
    )


def _labels(types: tuple[str, ...]) -> frozenset[str]:
    """The types by the names that labels of entities have; `Entity` and none stand for any."""
    return frozenset() if "Entity" in types else frozenset(types)


def _predicate(schema: Schema, fields: Fields) -> Predicate | None:
    item = fields.pop("predicate", required=True)
    name = None if item is None else item.literal()
    if item is None or name is None:
        return None
    if name not in schema.predicates:
        item.fault(f"there is no predicate {name}", nearest(name, schema.predicates))
    return schema.predicates.get(name)


def _choices(fields: Fields, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    names = fields.pop_texts(key)
    for name in sorted(set(names) - set(known)):
        fields.item.fault(f"{key}: {name} is none of {', '.join(known)}", nearest(name, known))
    return names


def _types(schema: Schema, fields: Fields, key: str) -> tuple[str, ...]:
    return _choices(fields, key, tuple(schema.types))


def _when(item: Item, literal: bool) -> When | None:
    fields = item.fields("way of saying it")
    if fields is None:
        return None
    kinds = {kind: fields.pop_texts(kind) for kind in KINDS}
    kind, words = next(((k, w) for k, w in kinds.items() if w), ("", ()))
    having, acting = frozenset(fields.pop_texts("having")), frozenset(fields.pop_texts("acting"))
    paths = {key: _paths(fields, key) for key in ("subject", "object", "mutual", "context")}
    flags = {key: fields.pop_literal(key, XSD + "boolean") for key in _FLAGS}
    fields.finish()
    if not kind:
        item.fault("has none of verb, noun, is, named", "say what it looks at: verb: [launch, found]")
    if not paths["mutual"] and not (paths["subject"] and (paths["object"] or literal)):
        item.fault("lacks subject or object", "say where both stand, or `mutual`")
    passive = None if flags["passive"] is None else flags["passive"] == "true"
    return When(
        kind,
        frozenset(words),
        having,
        acting,
        paths["subject"],
        paths["object"],
        paths["mutual"],
        paths["context"],
        flags["purpose"] == "true",
        passive,
    )


def _paths(fields: Fields, key: str) -> tuple[Path, ...]:
    item = fields.pop(key)
    found = []
    for one in item.one_or_many() if item is not None else ():
        text = one.literal()
        if text is None:
            continue
        try:
            found.append(read_path(text))
        except ValueError as error:
            one.fault(f"{key}: {error}", "see the language of paths in loaders/paths.py")
    return tuple(found)


def _qualifiers(schema: Schema, fields: Fields) -> Mapping[str, str]:
    item = fields.pop("qualifiers")
    if item is None or not item.is_mapping:
        return {}
    found: dict[str, str] = {}
    for name, value in item.pairs():
        text = value.literal()
        if name not in schema.qualifiers:
            value.fault(f"there is no qualifier {name}", nearest(name, schema.qualifiers))
        elif text is None or text in VARIABLES:
            found[name] = text or ""
        else:
            try:
                found[name] = canonical(text, schema.qualifiers[name].datatype)
            except ValueError as error:
                value.fault(f"{name}: {error}", f"or one of {', '.join(VARIABLES)}")
    return found


def _examples(fields: Fields) -> list[Example]:
    found = []
    for item in fields.pop_items("examples", required=True):
        inner = item.fields("example")
        if inner is None:
            continue
        text = inner.pop_literal("text", required=True)
        gives = inner.pop_texts("gives")
        inner.finish()
        if text is not None:
            found.append(Example(text, gives))
    return found
