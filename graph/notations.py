"""Terms of RDF as the text of one notation, or as pyoxigraph's own terms.

`graph.rdf` says which terms a record makes; a notation says how each is written. To write text at once is
several times faster than to make an object for each term first.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Protocol, TypeVar

import orjson
from pyoxigraph import Literal, NamedNode, Triple

from schema.values import XSD

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING, _BOOLEAN = XSD + "string", XSD + "boolean"
_INTEGER, _DECIMAL = XSD + "integer", XSD + "decimal"
_SAFE_DIGITS = 15  # longer ones lose digits in readers of JSON whose numbers are doubles
_LOCAL = re.compile("[A-Za-z0-9_][A-Za-z0-9_-]*")
_UNFIT = re.compile(r"[\x00-\x20<>\"{}|^`\\]")

T = TypeVar("T")
Term = NamedNode | Literal | Triple


class Notation(Protocol[T]):
    """How terms are written. Every method raises ValueError for what no RDF can hold."""

    def iri(self, iri: str) -> T:
        """A resource, as subject or object."""

    def predicate(self, iri: str) -> T:
        """A resource in the place of the predicate."""

    def kind(self, iri: str) -> T:
        """A class, as the object of rdf:type."""

    def text(self, text: str, language: str = "") -> T:
        """A string, with its language where it has one."""

    def typed(self, text: str, datatype: str) -> T:
        """A literal whose text is fit for the datatype."""

    def within(self, namespace: str) -> Callable[[str], T]:
        """A quicker `iri` for many names of one namespace; they are letters and digits."""

    def triple(self, subject: T, predicate: T, target: T) -> T:
        """A triple term of RDF 1.2. Raises TypeError where the notation has none."""


class NTriples:
    """Terms as N-Triples and N-Quads have them."""

    def __init__(self) -> None:
        self.predicate = self.kind = lru_cache(maxsize=1000)(self.iri)

    def iri(self, iri: str) -> str:
        return f"<{fit_iri(iri)}>"

    def text(self, text: str, language: str = "") -> str:
        return f"{quoted(text)}@{language}" if language else quoted(text)

    def typed(self, text: str, datatype: str) -> str:
        return quoted(text) if datatype == _STRING else f"{quoted(text)}^^{self.kind(datatype)}"

    def within(self, namespace: str) -> Callable[[str], str]:
        return _within(self.iri, namespace)

    def triple(self, subject: str, predicate: str, target: str) -> str:
        return f"<<( {subject} {predicate} {target} )>>"


class Turtle(NTriples):
    """Terms as Turtle and TriG have them: prefixed names, `a`, plain numbers and truth values."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._names = _Names(prefixes)
        self.kind = lru_cache(maxsize=1000)(self.iri)
        self.predicate = lru_cache(maxsize=1000)(self._predicate)

    def iri(self, iri: str) -> str:
        return self._names.short(iri) or super().iri(iri)

    def _predicate(self, iri: str) -> str:
        return "a" if iri == TYPE else self.iri(iri)

    def typed(self, text: str, datatype: str) -> str:
        if datatype in (_BOOLEAN, _INTEGER) or (datatype == _DECIMAL and "." in text):
            return text
        return super().typed(text, datatype)


class JsonLd:
    """Terms as compact JSON-LD has them: each is the JSON text of a key or of a value."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._names = _Names(prefixes)
        self.kind = lru_cache(maxsize=1000)(self.name)
        self.predicate = lru_cache(maxsize=1000)(self._predicate)

    def name(self, iri: str) -> str:
        """An IRI as a JSON string."""
        return quoted(self._names.short(iri) or fit_iri(iri))

    def iri(self, iri: str) -> str:
        return f'{{"@id":{self.name(iri)}}}'

    def _predicate(self, iri: str) -> str:
        return '"@type"' if iri == TYPE else self.name(iri)

    def text(self, text: str, language: str = "") -> str:
        if not language:
            return quoted(text)
        return f'{{"@language":{quoted(language)},"@value":{quoted(text)}}}'

    def typed(self, text: str, datatype: str) -> str:
        if datatype == _STRING:
            return quoted(text)
        if datatype == _BOOLEAN or (datatype == _INTEGER and len(text) <= _SAFE_DIGITS):
            return text
        return f'{{"@type":{self.kind(datatype)},"@value":{quoted(text)}}}'

    def within(self, namespace: str) -> Callable[[str], str]:
        return _within(self.iri, namespace)

    def triple(self, _subject: str, _predicate: str, _target: str) -> str:
        raise TypeError("JSON-LD has no triple terms")


class Terms:
    """Terms as pyoxigraph's objects."""

    def __init__(self) -> None:
        self.predicate = self.kind = lru_cache(maxsize=1000)(self.iri)

    def iri(self, iri: str) -> Term:
        return NamedNode(iri)

    def text(self, text: str, language: str = "") -> Term:
        return Literal(text, language=language) if language else Literal(text)

    def typed(self, text: str, datatype: str) -> Term:
        return Literal(text, datatype=NamedNode(datatype))

    def within(self, namespace: str) -> Callable[[str], Term]:
        return lambda name: NamedNode(namespace + name)

    def triple(self, subject: Term, predicate: Term, target: Term) -> Term:
        return made_triple(subject, predicate, target)


def made_triple(subject: Term, predicate: Term, target: Term) -> Triple:
    """A triple of terms. Raises TypeError where a literal or a triple begins it."""
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
        raise TypeError(f"{subject} {predicate} cannot begin a triple")
    return Triple(subject, predicate, target)


class _Names:
    """IRIs as `prefix:rest`, where a namespace fits and the rest needs no escape."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}

    def short(self, iri: str) -> str:
        """The prefixed name; empty where there is none."""
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._prefixes.get(iri[:cut])
        rest = iri[cut:]
        return f"{prefix}:{rest}" if prefix and _LOCAL.fullmatch(rest) else ""


def _within(iri: Callable[[str], str], namespace: str) -> Callable[[str], str]:
    """Put names between what an IRI of the namespace begins and ends with in a notation."""
    before, after = iri(namespace + "name").split("name")

    def named(name: str) -> str:
        return f"{before}{name}{after}" if name.isalnum() and name.isascii() else iri(namespace + name)

    return named


def quoted(text: str) -> str:
    """A text in double quotes with the escapes that JSON, N-Triples and Turtle share.

    Raises TypeError for half a surrogate pair, which no UTF-8 can hold.
    """
    return orjson.dumps(text).decode()


def fit_iri(iri: str) -> str:
    """The IRI itself. Raises ValueError for what may not stand between angle brackets."""
    if _UNFIT.search(iri):
        raise ValueError(f"{iri!r} is no IRI")
    return iri
