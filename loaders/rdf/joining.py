"""How what RDF files say joins what the register, the facts and the captures say, which decide."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from graph.records import CURATED, Entity, Evidence, Statement
from loaders.rdf.reading import Imported


def read_elsewhere(imports: Iterable[Imported], captured: Collection[str]) -> dict[str, Entity]:
    """Documents, by id, whose texts were read where a file was written and are not captured here."""
    return {
        entity.id: entity
        for one in reversed(tuple(imports))
        for entity in one.entities
        if entity.properties.get("captured") is True and entity.id not in captured
    }


def joined(known: Entity, imported: Entity) -> Entity:
    """What is known, with the names that only the import has, and values of what is not known.

    A text that was read elsewhere brings its own hash, which all offsets into it go with.
    """
    names = {*known.aliases, imported.name, *imported.aliases} - {known.name}
    properties = {**imported.properties, **known.properties}
    if imported.properties.get("captured") is True and not known.properties.get("captured"):
        properties |= {
            name: imported.properties[name] for name in ("captured", "sha256") if name in imported.properties
        }
    return replace(
        known,
        aliases=tuple(sorted(names)),
        acronyms=tuple(sorted({*known.acronyms, *imported.acronyms} & names)),
        properties=dict(sorted(properties.items())),
    )


def taken_over(
    statements: Iterable[Statement], imports: Iterable[Imported], changed: Collection[str]
) -> list[Statement]:
    """Curated statements with the pointers that an import found for them in another text of a document.

    `changed` are the documents whose texts were read elsewhere and are not those that the pointers are for.
    """
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in imports if changed else ():
        for statement in one.statements:
            for evidence in statement.evidence:
                if evidence.rule == CURATED and evidence.document in changed:
                    found[statement.id, evidence.document].append(evidence)
    return [_with_pointers(statement, found) for statement in statements]


def _with_pointers(statement: Statement, found: Mapping[tuple[str, str], list[Evidence]]) -> Statement:
    theirs = {d: found[statement.id, d] for d in statement.documents if (statement.id, d) in found}
    if not theirs:
        return statement
    kept = [e for e in statement.evidence if e.document not in theirs]
    return replace(statement, evidence=(*kept, *(e for es in theirs.values() for e in es)))
