"""The words by which documents pledge, read from `lexicon/pledges.yaml` and made into patterns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.verbs import verb
from schema.yamlfile import Fields, Item, fields_of

LEXICON = Path(__file__).with_name("lexicon") / "pledges.yaml"

# What stands for a name in the words before a verb.
NAME = "@"

# Possessive quantifiers (`?+`, `*+`): words that can be read in two ways would be tried in all combinations.
_ADVERBS = r"(?:(?:also|further|today|thus|now|then|both|each|all|together|therefore|have|has|\w+ly),?\s+)*+"
_TITLE = r"(?:(?-i:[A-Z][\w.’'-]*+)\s+){0,5}+"
_BEFORE_NAME = rf"(?:(?:the|both|its)\s+)?+(?:governments?\s+of\s+(?:the\s+)?+)?+{_TITLE}"
_NAMES = rf"{_BEFORE_NAME}{NAME}(?:(?:\s*,\s*(?:and\s+)?+|\s+and\s+){_BEFORE_NAME}{NAME}){{0,40}}+"
_WE = r"we(?:,[^.;:]{1,200},)?"
_PASSIVE = r"it\s+(?:was|is|has\s+been)"
_OPENING = r"(?:[^,;:.]{1,120},\s+){0,2}"
# `both sides welcomed the pier and agreed to …`: verbs of the same subject, without a clause of another one.
_ALSO = r"(?:(?:(?!\b(?:that|who|whom|whose|which|when|where|said|says)\b)[^.;:]){2,250}?,?\s+and\s+)?"


@dataclass(frozen=True, slots=True)
class PledgeWords:
    """Patterns with their modality, in the order of the file, and what may be the subject of a pledge.

    `prose` patterns have the group `word`, the verb itself; `heading` is one under which pledges stand, with
    `duty` as their modality.
    """

    leads: tuple[tuple[str, re.Pattern[str]], ...]
    prose: tuple[tuple[str, re.Pattern[str]], ...]
    modalities: tuple[tuple[str, re.Pattern[str]], ...]
    no_pledge: re.Pattern[str]
    heading: re.Pattern[str]
    duty: str
    duty_words: frozenset[str]
    parties: str
    duty_parties: str

    def pledges(self, word: str, subject: str, *, duties: bool, follows: bool) -> bool:
        """Whether the words from the start of the sentence to the pledging word are a subject that pledges.

        Names of states, bodies and persons in them are replaced by NAME.
        """
        if word.casefold() in self.duty_words:
            fitting, also = [self.duty_parties, *([_NAMES] if duties else [])], ""
        else:
            also = _ALSO
            fitting = [_WE, _PASSIVE, self.parties, _NAMES, *(["they"] if follows else [])]
        return _subject("|".join(fitting), also).fullmatch(subject) is not None

    def is_ours(self, subject: str) -> bool:
        """Whether the words before a pledging word begin with `we` as their subject."""
        return _subject(_WE, _ALSO).fullmatch(subject) is not None

    def is_named(self, subject: str) -> bool:
        """Whether the words before a pledging word are names."""
        return _subject(_NAMES, "").fullmatch(subject) is not None


@cache
def _subject(choices: str, also: str) -> re.Pattern[str]:
    return re.compile(rf"{_OPENING}(?:{choices})\s+{also}{_ADVERBS}", re.IGNORECASE)


@cache
def pledge_words(path: Path = LEXICON) -> PledgeWords:
    """Read the lexicon. Raises DataError with every fault."""
    with fields_of(path, "lexicon") as fields:
        return _read(fields)


def _read(fields: Fields) -> PledgeWords:
    counting = fields.pop_texts("counting")
    leads, prose = [], []
    for item in fields.pop_items("leads", required=True):
        inner = item.fields("lead")
        if inner is None:
            continue
        modality = inner.pop_literal("modality", required=True) or ""
        forms = _forms(inner.pop_texts("verbs"))
        leads.append((modality, _lead(forms, inner.pop_texts("nouns"), counting)))
        prose.append((modality, _any_case(rf"\b(?P<word>{_choice(forms)})\s+(?:to|that)\b")))
        inner.finish()
    duty, duty_words, duty_parties = _duties(fields.pop("duties", required=True))
    leads.append((duty, _any_case(rf"\b(?:{_choice(duty_words)})\s*(?:jointly|also|together)?\s*:$")))
    prose.append((duty, _any_case(rf"\b(?P<word>{_choice(duty_words)})\b(?!\s+not\b)")))
    return PledgeWords(
        tuple(leads),
        tuple(prose),
        tuple(_modalities(fields.pop_items("modalities", required=True))),
        _any_case(rf"(?:{_choice(_forms(fields.pop_texts('no_pledge')))})\b"),
        _any_case(rf"(?:[^\s:]+\s+){{0,5}}(?:{_choice(fields.pop_texts('headings'))})(?:\s+of\b.*)?"),
        duty,
        frozenset(duty_words),
        rf"{_parties(fields.pop_texts('parties'))}|{_offices(fields.pop_texts('offices'))}",
        _parties(duty_parties),
    )


def _lead(verbs: Iterable[str], nouns: Sequence[str], counting: Sequence[str]) -> re.Pattern[str]:
    """`we commit to:`, `the following commitments:`, at the end of a sentence."""
    pledging = rf"\b(?:{_choice(verbs)})\s*(?:(?:to|that|on|upon)\b[^.]*)?:$"
    if not nouns:
        return _any_case(pledging)
    noun = rf"(?:{_choice(nouns)})"
    about = r"(?:\s+(?:to|on|in|for|under|as|with|by|at|from|of)\b[^.]*)?"
    counted = rf"\b(?:{_choice(counting)})\s+(?:\w+\s+){{0,2}}{noun}{about}\s*:$"
    return _any_case(rf"{pledging}|{counted}|\b{noun}\s*:$")


def _modalities(items: Iterable[Item]) -> Iterable[tuple[str, re.Pattern[str]]]:
    for item in items:
        fields = item.fields("modality")
        if fields is not None:
            modality = fields.pop_literal("modality", required=True) or ""
            yield modality, _any_case(rf"(?:{_choice(_forms(fields.pop_texts('verbs')))})\b(?:\s+that\b)?\s*")
            fields.finish()


def _duties(item: Item | None) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    fields = None if item is None else item.fields("duties")
    if fields is None:
        return "", (), ()
    found = (
        fields.pop_literal("modality", required=True) or "",
        fields.pop_texts("words"),
        fields.pop_texts("parties"),
    )
    fields.finish()
    return found


def _parties(nouns: Iterable[str]) -> str:
    of = r"(?:\s+of\s+[^,.;:]{1,80})?"
    return rf"(?:the|both|all|our|these)\s+(?:[\w-]+\s+){{0,2}}(?:{_choice(nouns)}){of}"


def _offices(titles: Iterable[str]) -> str:
    """`the Minister and the President of …`: two office-holders without their names."""
    one = rf"the\s+(?:[\w-]+\s+){{0,2}}(?:{_choice(titles)})(?:\s+of\s+[^,.;:]{{1,60}})?"
    return rf"{one}\s+and\s+{one}"


def _forms(lemmas: Iterable[str]) -> list[str]:
    return [form for lemma in lemmas for form in verb(lemma).forms]


def _choice(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or r"(?!)"


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
