"""What to say when a question is not answered: words that nothing knows, and questions that would do."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from queries.catalog import Catalog
from queries.language import number, stem, stems
from queries.lexicon import Lexicon
from queries.names import NameIndex
from queries.question import Question

_LIMIT = 5


def unknown_words(question: Question, names: NameIndex, lexicon: Lexicon) -> tuple[str, ...]:
    """Runs of words that are neither in the lexicon nor in any name."""
    known = lexicon.fillers | lexicon.operators | lexicon.words
    runs: list[list[str]] = [[]]
    for at, word in enumerate(question.words):
        dated = any(span.start <= at < span.end for span in question.dates)
        if stem(word) in known or word in names.vocabulary or dated or number(word) is not None:
            runs.append([])
        else:
            runs[-1].append(word)
    return tuple(" ".join(run) for run in runs if run)


def capitalised(question: Question, runs: Iterable[str]) -> bool:
    """Whether the question writes one of the runs of words like a name, elsewhere than at its beginning."""
    names = set(re.findall(r"(?<=\s)[A-Z]\w*", question.text))
    return any(word.title() in names for run in runs for word in run.split())


def suggestions(question: Question, catalog: Catalog) -> tuple[str, ...]:
    """Example questions of the catalogue that are most like a question."""
    asked = set(question.stems)

    def likeness(example: str) -> tuple[int, float]:
        return len(asked & set(stems(example))), fuzz.token_sort_ratio(question.text, example)

    examples = [query.question for query in catalog.queries.values()]
    return tuple(sorted(examples, key=likeness, reverse=True)[:_LIMIT])
