"""What a parenthesis behind a name says of it: `the Reef Charter (approved by the Tide Council in May 2031)`.

The sentence goes on past it, so that it is read as a sentence of its own with the name before it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.grammar.analysis import analyse
from loaders.grammar.lexicon import lexicon
from loaders.grammar.tokens import Named, tokenize
from loaders.mentions import Mention
from loaders.quantities import find_money
from loaders.reading import Reading
from loaders.relations import Sentence

# The parenthesis may stand behind one with the short form of the name.
_ASIDE = re.compile(
    r"(?:\s*\([A-Z][\w.&-]{1,14}\))?\s*\((?P<words>(?:[a-z]+ly\s+|first\s+|later\s+)?[a-z]+(?:-[a-z]+)?\b"
    r"[^()]*(?:\([^()]*\)[^()]*)*)\)"
)


# `the report on the Reef Charter (adopted by …)` is about the report; a draft may never come about.
_GOVERNED = re.compile(
    r"\b(?:of|on|about|for|over|to|from|against|with|into|planned|proposed|draft|planned for)\s+"
    r"(?:the\s+|its\s+|their\s+|an?\s+)?$",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"\b(?:once|until|formerly|says?|said|according|claims?|in\s+principle|in\s+this|as|if|would|allegedly|reportedly)\b"
)


def asides(reading: Reading, sentence: Sentence) -> Iterator[Sentence]:
    """The parentheses that begin with a participle or `which`, as sentences about the names before them."""
    for mention in reading.mentions(sentence.start, sentence.end):
        found = _ASIDE.match(reading.text, mention.end, sentence.end)
        before = reading.text[max(sentence.start, mention.start - 30) : mention.start]
        if found is not None and not _GOVERNED.search(before) and not _QUALIFIED.search(found["words"]):
            yield from _read(reading, sentence, mention, *found.span("words"))


def _read(reading: Reading, sentence: Sentence, mention: Mention, start: int, end: int) -> Iterator[Sentence]:
    words, text = lexicon(), reading.text
    named = [Named(m, reading.labels(m.entity)) for m in (mention, *reading.mentions(start, end))]
    inside = [n for n in range(len(sentence.dates)) if start <= sentence.dates[n].start < end]
    dates = [sentence.dates[n] for n in inside]
    money = find_money(text, start, end)
    tokens = [
        *tokenize(text, mention.start, mention.end, named[:1], [], [], words),
        *tokenize(text, start, end, named[1:], dates, money, words),
    ]
    analysis = analyse(tokens, words)
    first = next((frame for frame in analysis.frames if frame.start == 1), None)
    if (first is not None and first.passive) or (len(tokens) > 1 and tokens[1].is_word("which")):
        yield replace(sentence, analysis=analysis, dates=dates, money=money)
