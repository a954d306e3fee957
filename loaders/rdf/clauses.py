"""Clauses of imported evidence: found in the text at hand, else taken at the word of quote and hash."""

from collections.abc import Mapping
from dataclasses import replace

from graph.anchors import Anchored, Source, anchor_pointers
from graph.rdf_values import Wrong
from graph.records import EXACT, NO_TEXT, Entity, Evidence, Statement, text_hash


def anchored(statement: Statement, texts: Mapping[str, Source], described: Mapping[str, Entity]) -> Statement:
    """The statement with each clause as it stands in the text of its document, where that is at hand.

    `described` are the documents of the file: where it knows another text of one, the clause is looked for.
    Raises Wrong for a clause that a text should have and does not.
    """
    for evidence in statement.evidence:
        _check_quote(evidence)
    sources = {
        key: replace(source, changed=source.changed or _another(key, source, described))
        for key in statement.documents
        if (source := texts.get(key)) is not None
    }
    found = anchor_pointers([(statement.id, e) for e in statement.evidence], sources)
    return replace(statement, evidence=tuple(_placed(one, sources) for one in found))


def _another(key: str, source: Source, described: Mapping[str, Entity]) -> bool:
    recorded = described[key].properties.get("sha256") if key in described else None
    return recorded is not None and recorded != text_hash(source.text or "")


def _check_quote(evidence: Evidence) -> None:
    if evidence.end <= evidence.start:
        where = f"characters {evidence.start}-{evidence.end} of {evidence.document}"
        raise Wrong(f"rests on {where}, which are none", "the end is behind the last character")
    if evidence.quote is None:
        return
    if len(evidence.quote) != evidence.end - evidence.start:
        told = f"{evidence.start}-{evidence.end} for a quote of {len(evidence.quote)} characters"
        raise Wrong(f"rests on the position {told}", "offsets count code points; mend one of the two")
    if text_hash(evidence.quote) != evidence.sha256:
        mend = "quote the clause letter by letter, or leave the hash out"
        raise Wrong(f"rests on a quote that does not have the hash {evidence.sha256[:12]}…", mend)


def _placed(found: Anchored, sources: Mapping[str, Source]) -> Evidence:
    pointer = found.pointer
    if found.state == NO_TEXT:
        return pointer
    if found.state == EXACT:
        # What another load had moved there keeps the state that it gave.
        return replace(pointer, quote=found.anchor.wording, anchor=pointer.anchor if pointer.placed else None)
    if sources[pointer.document].changed or not pointer.placed:
        return found.evidence if pointer.placed else pointer
    where = f"characters {pointer.start}-{pointer.end} of {pointer.document}"
    anchor = found.anchor
    mend = "point to the clause as the loaded text has it, or load the text that it was read from"
    if anchor.start is not None and anchor.unique:
        mend = f"it stands at {anchor.start}-{anchor.end}: write that"
    raise Wrong(f"rests on {where}, which do not have the hash {pointer.sha256[:12]}…", mend)
