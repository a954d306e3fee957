"""Reads the relation rules: data in `rules/*.yaml`, checked against the schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.patterns import Pattern, Vocabulary, compile_pattern
from loaders.verbs import Verb, verb
from loaders.yamlfile import Fields, Item, nearest, raise_faults, read_folder
from schema.errors import Fault
from schema.model import Predicate, Schema, load_schema
from schema.values import XSD, canonical

RULES = Path(__file__).with_name("rules")

DATE, AMOUNT, TITLE, CONTEXT = "$date", "$amount", "$title", "$C"
VARIABLES = (DATE, AMOUNT, TITLE, CONTEXT)
EVENT = "event"
ANY = "*"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its entities marked as `[name](Type)`, and the statements that the rule finds in it.

    A statement is written `subject | PREDICATE | object`, then `| qualifier=value` for each qualifier.
    """

    text: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One relation rule.

    `implied` is `event` where the object is the document's own event, which the sentence need not name.
    `qualifiers` maps names to values or to `$date`, `$amount`, `$title`, `$C` (the context's entity).
    """

    id: str
    version: int
    description: str
    predicate: str
    triggers: tuple[str, ...]
    verbs: tuple[Verb, ...]
    patterns: tuple[Pattern, ...]
    qualifiers: Mapping[str, str]
    confidence: float
    implied: str | None
    examples: tuple[Example, ...]

    @property
    def name(self) -> str:
        """What evidence calls the rule: `relation/established-active@1`."""
        return f"relation/{self.id}@{self.version}"

    @property
    def words(self) -> frozenset[str]:
        """Words of which a sentence must have one for the rule to be tried; `*` for every sentence."""
        forms = [form for verb_ in self.verbs for form in verb_.forms]
        return frozenset(text if text == ANY else first_word(text) for text in (*forms, *self.triggers))


def first_word(text: str) -> str:
    """First word of a text in lower case, without its punctuation; empty if it has none."""
    return next(iter(re.findall(r"[^\W\d_]+", text.lower())), "")


@cache
def relation_rules(folder: Path = RULES) -> tuple[Rule, ...]:
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
    implied = fields.pop_literal("implied")
    triggers, lemmas = _texts(fields, "triggers"), _texts(fields, "verbs")
    types = _types(schema, fields, predicate)
    qualifiers = _qualifiers(schema, fields)
    verbs = tuple(map(verb, lemmas))
    patterns = _patterns(fields, Vocabulary(types, verbs, triggers), implied)
    examples = tuple(_examples(fields))
    fields.finish()
    if id_ is None or description is None or predicate is None or confidence is None:
        return None
    if _ID.fullmatch(id_) is None:
        item.fault(f"{id_!r} is no id of a rule", "lower case words joined by hyphens")
    if not (triggers or verbs):
        item.fault(f"the rule {id_} has neither verbs nor triggers", "name the words that it looks for")
    return Rule(
        id_,
        int(version or 1),
        description,
        predicate.name,
        triggers,
        verbs,
        patterns,
        qualifiers,
        float(confidence),
        implied,
        examples,
    )


def _predicate(schema: Schema, fields: Fields) -> Predicate | None:
    item = fields.pop("predicate", required=True)
    name = None if item is None else item.literal()
    if item is None or name is None:
        return None
    if name not in schema.predicates:
        item.fault(f"there is no predicate {name}", nearest(name, schema.predicates))
    return schema.predicates.get(name)


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(text for item in fields.pop_items(key) if (text := item.literal()) is not None)


def _types(schema: Schema, fields: Fields, predicate: Predicate | None) -> dict[str, tuple[str, ...]]:
    """Types of the arguments; without a list of its own, subject and object have those of the predicate."""
    given = {
        letter: _texts(fields, key) for letter, key in (("S", "subject"), ("O", "object"), ("C", "context"))
    }
    if predicate is not None:
        given["S"] = given["S"] or predicate.domain
        given["O"] = given["O"] or predicate.range
    given["G"] = given["S"]
    for name in sorted({name for names in given.values() for name in names} - set(schema.types)):
        fields.item.fault(f"there is no type {name}", nearest(name, schema.types))
    return {letter: names or ("Entity",) for letter, names in given.items()}


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


def _patterns(fields: Fields, words: Vocabulary, implied: str | None) -> tuple[Pattern, ...]:
    found = []
    for item in fields.pop_items("patterns", required=True):
        text = item.literal()
        if text is None:
            continue
        try:
            pattern = compile_pattern(text, words)
        except ValueError as error:
            item.fault(str(error), "see the list of parts in loaders/patterns.py")
            continue
        complete = {"S", "O"} <= pattern.arguments or "G" in pattern.arguments or implied == EVENT
        if not complete:
            item.fault(f"the pattern {text!r} lacks {{S}} or {{O}}", "name both, or say implied: event")
        found.append(pattern)
    return tuple(found)


def _examples(fields: Fields) -> list[Example]:
    found = []
    for item in fields.pop_items("examples", required=True):
        inner = item.fields("example")
        if inner is None:
            continue
        text = inner.pop_literal("text", required=True)
        gives = _texts(inner, "gives")
        inner.finish()
        if text is not None:
            found.append(Example(text, gives))
    return found
