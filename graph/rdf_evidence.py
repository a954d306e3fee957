"""Evidence in RDF: a Web Annotation whose target is a clause of a document."""

import re
from collections.abc import Callable, Iterable, Mapping

from pyoxigraph import NamedNode

from graph import vocabulary as v
from graph.rdf_nodes import PREFIX, SUFFIX, Nodes, key_of, shown
from graph.rdf_values import ValueReader, Wrong, short
from graph.records import STATES, Evidence, text_hash

# What stands for the rule and the confidence of evidence that does not name them: nobody has said how sure
# it is.
IMPORTED, UNSAID = "imported", 0.5
_SHA256 = re.compile("[0-9a-f]{64}")


class EvidenceReader(ValueReader):
    """Reads evidence. `texts` are those of documents at hand, by id: offsets and hashes follow from them."""

    def __init__(
        self,
        nodes: Nodes,
        source: str,
        ids: Callable[[str], str | None],
        texts: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(nodes, source, ids)
        self._texts = texts or {}

    def evidence(self, statement: str, key: str) -> Evidence | None:
        """The evidence of a resource; None after a fault, which names the statement."""
        with self.telling(statement):
            clause = key_of(self._one(key, v.HAS_TARGET)) or ""
            document = self._document(key, clause)
            selectors = [
                s for t in self.nodes.objects(clause, v.HAS_SELECTOR.value) if (s := key_of(t)) is not None
            ]
            quote = self._quote(key, selectors)
            start, end = self._position(key, document, selectors, quote)
            anchor = self._optional(key, v.ANCHOR)
            if anchor is not None and anchor not in STATES:
                raise Wrong(f"rests on a clause that is {short(anchor)}", f"one of {', '.join(STATES)}")
            return Evidence(
                document=document,
                start=start,
                end=end,
                sha256=self._hash(key, document, start, end, quote),
                rule=self._text(key, v.RULE, IMPORTED),
                confidence=self._confidence(key),
                summary=self._optional(key, v.COMMENT),
                quote=quote,
                anchor=anchor,
            )
        return None

    def _document(self, key: str, clause: str) -> str:
        """Id of the document that an evidence is from, named by the evidence or by its target."""
        named = {
            self._id(key, term)
            for holder, predicate in ((key, v.DERIVED_FROM), (clause, v.HAS_SOURCE))
            for term in self.nodes.objects(holder, predicate.value)
        }
        if len(named) != 1:
            mend = "give its target the document's IRI by oa:hasSource"
            raise Wrong(f"rests on {len(named)} documents in {shown(key)} instead of one", mend)
        return named.pop()

    def _quote(self, key: str, selectors: Iterable[str]) -> str | None:
        found = {self._text(s, v.EXACT) for s in selectors if self.nodes.objects(s, v.EXACT.value)}
        if len(found) > 1:
            raise Wrong(f"rests on {shown(key)}, which has {len(found)} quotes", "make an evidence of each")
        return found.pop() if found else None

    def _position(self, key: str, document: str, selectors: list[str], quote: str | None) -> tuple[int, int]:
        """The offsets, or those of the quote in the text at hand."""
        positions = [s for s in selectors if self.nodes.objects(s, v.START.value)]
        if len(positions) == 1:
            start, end = (self._offset(positions[0], term) for term in (v.START, v.END))
            return start, end
        text = self._texts.get(document)
        if positions or quote is None or text is None:
            mend = (
                "give its target one oa:TextPositionSelector with oa:start and oa:end, counted in code points"
            )
            if quote is not None and not positions:
                mend += f", or load the text of {document}, in which the quote can be found"
            raise Wrong(f"rests on {shown(key)}, which has {len(positions)} positions instead of one", mend)
        before, after = (
            next((self._text(s, term) for s in selectors if self.nodes.objects(s, term.value)), "")
            for term in (PREFIX, SUFFIX)
        )
        places = [m.start() + len(before) for m in re.finditer(re.escape(before + quote + after), text)]
        if len(places) != 1:
            mend = "quote it as the text has it, and set oa:prefix and oa:suffix, or give its position"
            raise Wrong(f"quotes {short(quote)}, which {document} has {len(places)} times", mend)
        return places[0], places[0] + len(quote)

    def _offset(self, key: str, term: NamedNode) -> int:
        text = self._text(key, term)
        if re.fullmatch(r"[0-9]{1,9}", text) is None:
            raise Wrong(f"rests on the offset {short(text)}", "a whole number", self._line(key, term))
        return int(text)

    def _hash(self, key: str, document: str, start: int, end: int, quote: str | None) -> str:
        """The recorded hash of the clause, else that of its quote or of the text at hand."""
        given = self._optional(key, v.CLAUSE_SHA256)
        if given is not None and _SHA256.fullmatch(given) is None:
            line = self._line(key, v.CLAUSE_SHA256)
            raise Wrong(f"rests on {short(given)}, which is no sha256", "64 hexadecimal digits", line)
        if given is not None:
            return given
        clause = quote if quote is not None else self._texts.get(document, "")[start:end]
        if not clause:
            mend = "add an oa:TextQuoteSelector with oa:exact, or :clauseSha256"
            raise Wrong(f"rests on {shown(key)}, whose clause is neither quoted nor hashed", mend)
        return text_hash(clause)

    def _confidence(self, key: str) -> float:
        text = self._text(key, v.CONFIDENCE, str(UNSAID))
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            line = self._line(key, v.CONFIDENCE)
            raise Wrong(f"rests on the confidence {short(text)}", "a number from 0 to 1", line)
        return value
