"""What `carisec extract --compare` prints: extraction alone beside the curated facts."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from cli.console import emit
from graph.captures import CaptureStore
from graph.settings import Settings
from loaders.compare import OUTSIDE, Claim, Comparison, Deviation, Score, compare
from loaders.extract import extract
from loaders.facts import read_facts
from loaders.register import Register
from loaders.text import SourceText
from schema.errors import UsageError
from schema.model import Schema

_NOTE = f"Outside the comparison: {', '.join(OUTSIDE)} (a curator's own words, and what is derived)."


def compare_documents(
    sources: Sequence[SourceText], register: Register, schema: Schema, *, as_json: bool
) -> None:
    """Read documents by the rules alone and print how they compare with the curated facts.

    Documents without curated facts are left out; raises UsageError if none has any.
    """
    facts = read_facts(schema, register)
    curated = {document for statement in facts.statements for document in statement.documents}
    texts = {register.entities[document].properties.get("sha256") for document in curated}
    chosen = [s for s in sources if s.entity.properties["sha256"] in texts]
    if not chosen:
        raise UsageError(
            f"none of {len(sources)} documents has curated facts; "
            f"give or load one of {', '.join(sorted(curated))}"
        )
    comparison = compare(facts, (extract(source, register, schema) for source in chosen))
    if as_json:
        emit(orjson.dumps(comparison_json(comparison), option=orjson.OPT_INDENT_2).decode())
    else:
        _print(comparison)


def loaded_sources(settings: Settings) -> list[SourceText]:
    """The documents that were loaded, from their captures."""
    captures = CaptureStore(settings.data_dir).read_all()
    return [
        SourceText(key.partition("/")[2], capture.text, capture.document, capture.body)
        for key, capture in sorted(captures.items())
    ]


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as one JSON object."""
    return {
        "documents": list(comparison.documents),
        "outside": list(OUTSIDE),
        "total": _score_json(comparison.total),
        "predicates": {name: _score_json(score) for name, score in comparison.scores.items()},
        "qualifiers": {
            "compared": comparison.qualifiers_compared,
            "different": [_deviation_json(d) for d in comparison.deviations],
        },
        "missed": [_claim_json(c) for c in comparison.missed],
        "new": [_claim_json(c) for c in comparison.new],
    }


def _score_json(score: Score) -> dict[str, float | int | None]:
    return {
        "curated": score.curated,
        "found": score.found,
        "recall": _rounded(score.recall),
        "extracted": score.extracted,
        "right": score.right,
        "precision": _rounded(score.precision),
    }


def _rounded(part: float | None) -> float | None:
    return None if part is None else round(part, 4)


def _claim_json(claim: Claim) -> dict[str, Any]:
    return {
        "document": claim.document,
        "start": claim.start,
        "end": claim.end,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.target,
        "rules": list(claim.rules),
        "candidate_on_the_other_side": claim.doubtful,
    }


def _deviation_json(deviation: Deviation) -> dict[str, str | None]:
    return {
        "document": deviation.document,
        "about": deviation.about,
        "name": deviation.name,
        "curated": deviation.curated,
        "extracted": deviation.extracted,
    }


def _print(comparison: Comparison) -> None:
    table = Table(title=f"Extraction alone beside the curated facts of {len(comparison.documents)} documents")
    table.add_column("predicate")
    for name in ("curated", "found", "recall", "extracted", "right", "precision"):
        table.add_column(name, justify="right")
    for name, score in comparison.scores.items():
        table.add_row(name, *_cells(score))
    table.add_section()
    table.add_row("all", *_cells(comparison.total))
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    _print_claims("missed", comparison.missed, "found as a candidate")
    _print_claims("new", comparison.new, "a candidate for the curator")
    emit(
        f"\nqualifiers and properties: {comparison.qualifiers_compared} compared, "
        f"{len(comparison.deviations)} different"
    )
    for d in comparison.deviations:
        emit(f"  {d.document}: {d.about}: {d.name} is {d.extracted!r}, curated {d.curated!r}")
    emit(f"\n{_NOTE}")


def _cells(score: Score) -> Iterable[str]:
    return (
        str(score.curated),
        str(score.found),
        _percent(score.recall),
        str(score.extracted),
        str(score.right),
        _percent(score.precision),
    )


def _percent(part: float | None) -> str:
    return "–" if part is None else f"{100 * part:.1f} %"


def _print_claims(title: str, claims: Sequence[Claim], doubt: str) -> None:
    emit(f"\n{title}: {len(claims)}")
    for claim in claims:
        place = f"{claim.document}:{claim.start}-{claim.end}"
        doubtful = f" ({doubt})" if claim.doubtful else ""
        rules = "" if claim.rules == ("curated",) else f" [{', '.join(claim.rules)}]"
        emit(f"  {place}: {claim.subject} {claim.predicate} {claim.target}{rules}{doubtful}")
