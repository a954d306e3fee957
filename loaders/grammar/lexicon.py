"""The words of the analysis by what they do, read from `lexicon/grammar.yaml`, and the forms of its verbs."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.verbs import BASE, ING, PARTICIPLE, PAST, THIRD, verb
from schema.yamlfile import Fields, fields_of

LEXICON = Path(__file__).parent.parent / "lexicon" / "grammar.yaml"

_SETS = (
    *("determiners", "prepositions", "compound_prepositions", "coordinators", "inclusions"),
    *("relatives", "subordinators", "conditions", "adverbs", "pronouns", "nouns_too", "reporting"),
    *("doubting", "nouns_in_ing", "gerunds_too", "apposed", "thanking", "giving", "done_by"),
    *("unable", "able", "naming", "events", "trainings", "vague", "praising", "own_events"),
    *("papers", "paper_kinds", "twos", "sides", "founding", "thanks", "contents", "intransitive"),
    *("asides", "governments", "people", "parts", "ranks", "titles", "elsewhere", "denying", "doubted"),
    *("weighing", "stopping", "continuing", "possible", "supposing", "meeting_verbs"),
    *(
        "topic_heads",
        "kinds_in_ing",
        "opposing",
        "speaking",
        "telling",
        "verbs_in_s",
        "accompanying",
        "appointing",
        "gifts",
        "occasions",
    ),
    *(
        "accusing",
        "wanting",
        "lacking",
        "scant",
        "pending",
        "calling",
        "degrees",
        "donors",
        "undone_by",
        "wanted",
        "works",
    ),
)
_DOUBLES = re.compile(r".*[bcdghnrtvw][ae]l")
_DOUBLED = re.compile(r"(l(?:ed|ing))$")
KINDS = (BASE, THIRD, PAST, PARTICIPLE, ING)


@dataclass(frozen=True, slots=True)
class Form:
    """A verb that a word may be a form of: `particle` are the words that must stand behind it."""

    lemma: str
    particle: tuple[str, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by class, in lower case.

    `forms` has for the first word of a verb's form the verbs it may belong to, those with a particle first.
    `object_control` and `subject_control` say for a lemma what its infinitive's act is; `heads` which nouns
    name an entity of a type when they stand right behind its name.
    """

    words: Mapping[str, frozenset[str]]
    compounds: Mapping[str, tuple[tuple[str, ...], ...]]
    forms: Mapping[str, tuple[Form, ...]]
    object_control: Mapping[str, str]
    subject_control: Mapping[str, str]
    heads: Mapping[str, frozenset[str]]

    def has(self, kind: str, word: str) -> bool:
        """Whether a word is of a class of the lexicon."""
        return word in self.words[kind]


@cache
def lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the lexicon. Raises DataError with every fault."""
    with fields_of(path, "lexicon") as fields:
        words = {name: frozenset(fields.pop_texts(name, required=True)) for name in _SETS}
        lemmas = fields.pop_texts("verbs", required=True)
        objects, subjects = (_acts(fields, f"{who}_control") for who in ("object", "subject"))
        heads_item = fields.pop("heads", required=True)
        pairs = heads_item.pairs() if heads_item is not None else ()
        heads = {name: frozenset(item.texts()) for name, item in pairs}
    several = [
        *words["compound_prepositions"],
        *words["asides"],
        *(w for name in ("coordinators", "inclusions") for w in words[name] if " " in w),
    ]
    return Lexicon(
        words, _by_first(several), verb_forms([*lemmas, *objects, *subjects]), objects, subjects, heads
    )


def verb_forms(lemmas: Sequence[str]) -> Mapping[str, tuple[Form, ...]]:
    """First words of the forms of these verbs with the verbs they belong to, the longest particle first."""
    kinds: dict[tuple[str, str, tuple[str, ...]], set[str]] = defaultdict(set)
    for lemma in dict.fromkeys(lemmas):
        forms = verb(lemma)
        for kind, text in zip(
            KINDS, (forms.base, forms.third, forms.past, forms.participle, forms.ing), strict=True
        ):
            first, *particle = text.split()
            kinds[first, lemma, tuple(particle)].add(kind)
            if _DOUBLES.fullmatch(forms.base.split()[0]) and kind not in (BASE, THIRD):
                kinds[_DOUBLED.sub(r"l\1", first), lemma, tuple(particle)].add(kind)  # `travelled`
    table: dict[str, list[Form]] = defaultdict(list)
    for (first, lemma, particles), own in kinds.items():
        table[first].append(Form(lemma, particles, frozenset(own)))
    return {
        first: tuple(sorted(forms, key=lambda f: (-len(f.particle), f.lemma)))
        for first, forms in table.items()
    }


def _acts(fields: Fields, name: str) -> dict[str, str]:
    item = fields.pop(name, required=True)
    pairs = item.pairs() if item is not None else ()
    return {lemma: act for act, lemmas in pairs for lemma in lemmas.texts()}


def _by_first(several: Sequence[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for text in several:
        first, *rest = text.split()
        table[first].append(tuple(rest))
    return {first: tuple(sorted(rests, key=lambda r: (-len(r), r))) for first, rests in table.items()}
