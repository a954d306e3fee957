"""Cuts a sentence into tokens: what it names is one token each, then words and marks.

Parentheses are left out with what stands in them, quotation marks too; an `ACR` behind its name goes with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.dates import DateSpan
from loaders.grammar.lexicon import Lexicon
from loaders.mentions import Mention
from loaders.quantities import Money

ENTITY, DATE, MONEY, WORD, NUMBER, POSSESSIVE = "entity", "date", "money", "word", "number", "possessive"
COMMA, SEMICOLON, COLON, DASH, STOP = "comma", "semicolon", "colon", "dash", "stop"
# Ends a list in parentheses.
CLOSE = "close"

_PIECE = re.compile(
    r"(?P<possessive>['’]s\b|(?<=s)['’](?=\s|$))"
    r"|(?P<number>\d[\d,.]*\d|\d)(?:st|nd|rd|th|%)?(?![\w])"
    r"|(?P<word>[^\W_]+(?:[-‐–’'&/.][^\W_]+)*\.?)"
    r"|(?P<dash>\s[-–—]+(?=\s)|—)"
    r"|(?P<mark>[,;:.?!…()\[\]])"
)
# Words before a number that round it and govern nothing.
_ROUNDING = frozenset(
    (
        *("more than", "fewer than", "less than", "at least", "up to", "as many as", "in excess of"),
        *("upwards of", "close to", "a total of", "an estimated", "a further", "an additional", "a combined"),
    )
)
_SPELLED = frozenset(
    (
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("thirteen", "fourteen", "fifteen", "twenty", "thirty", "forty", "fifty"),
    )
)
_ALL = ("all", "every", "everyone", "everybody", "each", "none", "no", "nobody", "any")
_ABOUT = frozenset(("about", "around", "nearly", "almost", "roughly", "approximately", "over", "under"))
# Behind these a title stands in quotation marks; elsewhere a title has capitals from this length of words on.
_TITLED = (
    "report",
    "study",
    "article",
    "paper",
    "titled",
    "entitled",
    "theme",
    "themed",
    "motto",
    "slogan",
    "book",
)
_LONG = 4
_QUOTED = re.compile(r"“[^“”]{2,200}”|\"[^\"]{2,200}\"")
_TIMES = frozenset(("days", "weeks", "months", "years", "hours", "decades", "day", "week", "month", "year"))
_MARKS = {",": COMMA, ";": SEMICOLON, ":": COLON}
_ABBREVIATED = re.compile(
    r"(?:[A-Za-z]\.)+[A-Za-z]?\.?|(?:Lt|Col|Capt|Gen|Maj|Adm|Sgt|Cmdr|Dr|Mr|Mrs|Ms|Hon|St|Gov|Sen|Rep|No|Insp|Supt|Dep|Asst)\."
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a sentence; `start` and `end` count code points of the document.

    `text` is in lower case for words. `entity` is what an entity token names, `labels` its types with their
    supertypes; `number` is the index of a date or a sum. `capital`: it begins with a capital letter.
    `bound`: a hyphen ties it to what stands before, as in `agency-funded`.
    """

    kind: str
    start: int
    end: int
    text: str
    capital: bool = False
    entity: str | None = None
    labels: frozenset[str] = frozenset()
    number: int = -1
    bound: bool = False

    def is_word(self, *words: str) -> bool:
        return self.kind == WORD and self.text in words


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with the types of its entity and their supertypes."""

    mention: Mention
    labels: frozenset[str]


def tokenize(
    text: str,
    start: int,
    end: int,
    named: Sequence[Named],
    dates: Sequence[DateSpan],
    money: Sequence[Money],
    words: Lexicon,
) -> list[Token]:
    """Tokens between two positions of the text, in order."""
    fixed = [
        *(_entity(text, one) for one in named),
        *(Token(DATE, d.start, d.end, text[d.start : d.end], number=n) for n, d in enumerate(dates)),
        *(Token(MONEY, m.start, m.end, text[m.start : m.end], number=n) for n, m in enumerate(money)),
    ]
    tokens: list[Token] = []
    here = start
    for token in sorted(fixed, key=lambda t: t.start):
        if token.start < here:
            continue
        tokens += _pieces(text, here, token.start)
        tokens.append(token)
        here = token.end
    tokens += _pieces(text, here, end)
    plain = _without_ages(_without_parentheses(_without_titles(tokens, text, start, end)))
    return _joined(_without_rounding(_with_heads(plain, words)), words)


def _entity(text: str, named: Named) -> Token:
    mention = named.mention
    surface = text[mention.start : mention.end]
    return Token(
        ENTITY,
        mention.start,
        mention.end,
        surface.lower(),
        surface[:1].isupper(),
        mention.entity,
        named.labels,
    )


def _pieces(text: str, start: int, end: int) -> list[Token]:
    tokens = []
    for match in _PIECE.finditer(text, start, end):
        kind, first, last = match.lastgroup or "", match.start(), match.end()
        if kind == "mark":
            tokens.append(Token(_MARKS.get(match[0], match[0]), first, last, match[0]))
            continue
        if kind == "word" and match[0].endswith(".") and not _ABBREVIATED.fullmatch(match[0]):
            tokens.append(_word(match[0][:-1], first))
            tokens.append(Token(STOP, last - 1, last, "."))
            continue
        if kind == "word":
            tokens.append(_word(match[0], first, bound=first > 0 and text[first - 1] == "-"))
        else:
            tokens.append(Token({"dash": DASH}.get(kind, kind), first, last, match[0].strip()))
    return tokens


def _word(text: str, start: int, *, bound: bool = False) -> Token:
    plain = text.replace("’", "'").replace("‐", "-").replace("–", "-").lower()
    kind = NUMBER if plain in _SPELLED else WORD
    return Token(kind, start, start + len(text), plain, text[:1].isupper(), bound=bound)


def _without_titles(tokens: Sequence[Token], text: str, start: int, end: int) -> list[Token]:
    """`the report “Boats for the Unit”`: what a title says the text does not say.

    A title that is one name stays.
    """
    kept = list(tokens)
    for quoted in _QUOTED.finditer(text, start, end):
        inner = [t for t in kept if quoted.start() <= t.start and t.end <= quoted.end()]
        words = [t for t in inner if t.kind in (WORD, ENTITY) and len(t.text) >= _LONG]
        named = len(inner) == 1 and inner[0].kind == ENTITY
        before = next((t for t in reversed(kept) if t.end <= quoted.start()), None)
        titled = before is not None and before.is_word(*_TITLED)
        said = quoted[0][-2] in ",.?!"
        if not named and len(inner) > 1 and (titled or (not said and all(t.capital for t in words))):
            kept = [t for t in kept if t not in inner]
    return kept


def _without_parentheses(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without what stands in parentheses; `partners (A, B and C)` are partners including these."""
    kept: list[Token] = []
    depth = 0
    listed = -1
    for index, token in enumerate(tokens):
        if index == listed:
            kept.append(replace(token, kind=CLOSE))
        elif index < listed:
            kept.append(token)
        elif token.kind == "(" and depth == 0 and kept and (end := _end_of_list(kept[-1], tokens, index)):
            listed = end
            kept.append(Token(WORD, token.start, token.end, "including"))
        elif token.kind in "([":
            depth += 1
        elif token.kind in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(token)
    return kept


def _end_of_list(before: Token, tokens: Sequence[Token], index: int) -> int:
    """Where the parenthesis at the index closes, if it lists what a plural before it names; else 0."""
    end = next((n for n in range(index + 1, len(tokens)) if tokens[n].kind in "()[]"), index)
    inner = tokens[index + 1 : end]
    plural = before.kind == WORD and not before.capital and before.text.endswith("s")
    several = sum(token.kind == ENTITY for token in inner) > 1 and any(t.kind == COMMA for t in inner)
    closed = end < len(tokens) and tokens[end].kind == ")"
    return end if plural and several and closed and inner[0].kind != NUMBER else 0


def _without_ages(tokens: Sequence[Token]) -> list[Token]:
    """`Ada Kelp, 27, belongs to …`."""
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        number = token.kind == NUMBER or (token.kind == COMMA and index and tokens[index - 1].kind == NUMBER)
        around = [
            t.kind
            for t in tokens[max(0, index - 1 - (token.kind == COMMA)) : index + 2 - (token.kind == COMMA)]
        ]
        if number and around == [COMMA, NUMBER, COMMA]:
            continue
        kept.append(token)
    return kept


def _with_heads(tokens: Sequence[Token], words: Lexicon) -> list[Token]:
    """`the eTrace system`, `the Barbados government`: the noun that says what the name is goes with it."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if last is not None and last.kind == ENTITY and _is_head(token, last, words):
            joined[-1] = replace(last, end=token.end)
        else:
            joined.append(token)
    return joined


def _is_head(token: Token, name: Token, words: Lexicon) -> bool:
    plain = token.kind == WORD and not token.capital
    return plain and any(token.text in nouns for label, nouns in words.heads.items() if label in name.labels)


def _without_rounding(tokens: Sequence[Token]) -> list[Token]:
    kept = list(tokens)
    for index in range(len(tokens) - 1, 0, -1):
        if index >= len(kept) or kept[index].kind not in (NUMBER, MONEY):
            continue
        if kept[index - 1].is_word(*_ABOUT) and not any(
            t.is_word(*_TIMES) for t in kept[index + 1 : index + 2]
        ):
            del kept[index - 1]
            continue
        for first in (index - 2, index - 3):
            if first >= 0 and " ".join(t.text for t in kept[first:index]) in _ROUNDING:
                del kept[first:index]
                break
    return kept


def _joined(tokens: Sequence[Token], words: Lexicon) -> list[Token]:
    """Words that act as one (`according to`, `as well as`, `such as`) become one token."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.is_word("no") and index + 1 < len(tokens) and tokens[index + 1].is_word("longer"):
            joined.append(replace(token, text="never", end=tokens[index + 1].end))
            index += 2
            continue
        if token.is_word("under") and token.capital and _is_secretary(tokens[index + 1 : index + 2]):
            joined.append(replace(token, text="deputy"))  # `Under Secretary for Security`
            index += 1
            continue
        if token.is_word("but", "save") and _are_all(joined, words):
            joined.append(replace(token, text="except"))  # `all members but A`
            index += 1
            continue
        if (
            token.is_word("up")
            and joined
            and any(f.particle == ("up",) for f in words.forms.get(joined[-1].text, ()))
        ):
            joined.append(token)  # `set up to fight`, not `up to`
            index += 1
            continue
        rests = words.compounds.get(token.text, ()) if token.kind == WORD else ()
        for rest in rests:
            following = tokens[index + 1 : index + 1 + len(rest)]
            if len(following) == len(rest) and all(
                t.is_word(w) for t, w in zip(following, rest, strict=True)
            ):
                text = " ".join((token.text, *rest))
                if text not in words.words["asides"]:
                    joined.append(Token(WORD, token.start, following[-1].end, text, token.capital))
                index += 1 + len(rest)
                break
        else:
            joined.append(token)
            index += 1
    return joined


def _are_all(before: Sequence[Token], words: Lexicon) -> bool:
    """Whether the phrase that ends here speaks of all or of none: `all members`, `no state`."""
    first = next((i for i in range(len(before) - 1, -1, -1) if before[i].is_word(*_ALL)), len(before))
    own = before[first + 1 :]
    nouns = all(t.kind == ENTITY or (t.kind == WORD and t.text not in words.forms) for t in own)
    return first < len(before) and nouns


def _is_secretary(following: Sequence[Token]) -> bool:
    return bool(following) and following[0].is_word("secretary", "secretaries") and following[0].capital
