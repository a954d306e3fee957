"""The pattern language of the relation rules, compiled to regular expressions over token forms of clauses.

A pattern is a row of parts, separated by spaces:

    {S} {O} {C}   subject, object and context: entities of the types that the rule names. The first one of a
                  pattern must not hang on a preposition, the last one must end its noun phrase. Marks:
                  {S~} may hang on any preposition, {S^} on any but `of` and `for`; {S!} must begin a clause;
                  {O+} may describe a noun that follows; of a coordination {S<} and {S>} take the first and
                  the last member only
    {G}           one coordination whose members are subject and object of each other
    {active}      a verb of the rule with what stands before it: will …, has …, agreed to …
    {passive}     the same in the passive: was …, will be …
    {done}        its participle alone: `the plan drafted by …`
    {ing} {base}  its -ing form or its base form alone
    {title}       the title of an office; its last word is a trigger of the rule
    {amount}      a sum of money
    {when}        a date or weekday, or nothing
    {aside}       what may stand between a subject and its verb, or nothing: `of the …`, an insertion between
                  commas or in parentheses
    {others}      `and officers of the …`: others that act too and that the rule does not take up, or nothing
    {gap}         up to six words without punctuation, or nothing; {gap3} up to three
    (a|b)         one of the words;  [a|b] one of them or nothing;  anything else stands for itself
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from loaders.verbs import AUXILIARY, Verb

ARGUMENTS = ("S", "O", "C", "G")

_PART = re.compile(
    r"\{(?P<macro>[A-Za-z]+)(?P<mark>[~^!+<>]*)(?P<count>\d?)\}|\((?P<one>[^()]+)\)|\[(?P<maybe>[^\[\]]+)\]|(?P<word>\S+)"
)
_SPACE = r"\s+"
_WORD = r"(?!(?:and|or|but|which|who|that|not|never)\b)[\w'-]+"
_WHEN = (
    rf"(?:\s*,?{_SPACE}(?:(?:on|in|since|during|early|late|earlier)\s+)*"
    r"(?:‹(?:\d+)›|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s*,?)?"
)
_NAMED = r"⟦[^⟧]*⟧"
_ASIDE = (
    rf"(?:\s+(?:of|in|at|within)\s+{_NAMED})?(?:\s*\([^()⟦⟧]{{1,80}}\))?"
    rf"(?:\s*,\s*(?!(?:and|or|but|nor)\b)[\w'](?:{_NAMED}|[^,.;:⟦⟧]){{1,150}},)?"
)
_OTHERS = rf"(?:\s+(?:and|as\s+well\s+as)\s+(?:{_WORD}\s+){{1,4}}?(?:of|from|in)\s+{_NAMED})?"
_TITLE_WORD = (
    r"(?:(?-i:[A-Z])[\w.'&-]*"
    r"|acting|deputy|assistant|executive|senior|vice|chief|regional|of|for|and|the|then)"
)
_TITLE = (
    rf"(?P<title>(?!(?:of|for|and|the|then)\s)(?:{_TITLE_WORD}\s+){{0,6}}?(?:%s)\b"
    r"(?:[\s-](?:General|(?:of|for)\s+(?-i:[A-Z])\w+))?)"
)
_AMOUNT = (
    r"(?:(?:an?|its|additional|further|another|total|of|the|up|to|nearly|about)\s+){0,4}¤(?P<amount>\d+)¤"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: `source` as it was written, `voice` of its verb: active, passive or None.

    `ends` maps arguments of which only one member counts to `<` for the first or `>` for the last.
    """

    source: str
    regex: re.Pattern[str]
    arguments: frozenset[str]
    voice: str | None
    ends: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the macros of a rule's patterns stand for: types of the arguments, verbs, trigger words."""

    types: dict[str, tuple[str, ...]]
    verbs: tuple[Verb, ...]
    triggers: tuple[str, ...]


def compile_pattern(source: str, words: Vocabulary) -> Pattern:
    """Compile a pattern of a rule. Raises ValueError that says what is wrong with it."""
    parts = list(_PART.finditer(source))
    arguments = [p["macro"] for p in parts if p["macro"] in ARGUMENTS]
    if len(set(arguments)) != len(arguments):
        raise ValueError(f"the pattern {source!r} names an argument twice")
    if not ({"G"} <= set(arguments) or "S" in arguments or "O" in arguments):
        raise ValueError(f"the pattern {source!r} has neither {{S}} nor {{O}} nor {{G}}")
    compiled = "".join(_compiled(parts, words))
    voices = {"active": "active", "passive": "passive"}
    voice = next((voices[p["macro"]] for p in parts if p["macro"] in voices), None)
    ends = {p["macro"]: end for p in parts if p["macro"] in ARGUMENTS for end in "<>" if end in p["mark"]}
    return Pattern(source, re.compile(compiled, re.IGNORECASE), frozenset(arguments), voice, ends)


def _compiled(parts: list[re.Match[str]], words: Vocabulary) -> Iterator[str]:
    if parts[0]["macro"] not in ARGUMENTS:
        yield r"(?<![\w'-])"
    open_ = True
    for number, part in enumerate(parts):
        text, glued = _part(part, words, first=number == 0, last=_is_last(parts, number))
        if not open_ and not glued:
            yield _SPACE
        yield text
        open_ = False
    if parts[-1]["macro"] not in ARGUMENTS:
        yield r"(?![\w'-])"


def _is_last(parts: list[re.Match[str]], number: int) -> bool:
    """Whether only optional parts follow."""
    return all(
        p["maybe"] or (p["macro"] or "") in ("when", "aside", "others", "gap") for p in parts[number + 1 :]
    )


def _part(part: re.Match[str], words: Vocabulary, *, first: bool, last: bool) -> tuple[str, bool]:
    """Regular expression of a part, and whether it brings the space before it along."""
    if part["macro"]:
        return _macro(part, words, first=first, last=last)
    if part["one"]:
        return _choice(part["one"]), False
    if part["maybe"]:
        inner = _choice(part["maybe"])
        mark = part["maybe"].startswith((",", "-"))
        return f"(?:{'' if mark else _SPACE}{inner})?", True
    word = part["word"]
    glued = word[0] in ",;:-'"
    return (r"\s*" if glued else "") + re.escape(word), glued


def _choice(words: str) -> str:
    choices = (re.escape(word.strip()).replace(r"\ ", _SPACE) for word in words.split("|"))
    return f"(?:{'|'.join(choices)})"


def _macro(part: re.Match[str], words: Vocabulary, *, first: bool, last: bool) -> tuple[str, bool]:
    name, count = part["macro"], part["count"]
    if name in ARGUMENTS:
        return _argument(part, words.types.get(name, ("Entity",)), first=first, last=last), False
    if name in ("active", "passive"):
        forms = {f for verb in words.verbs for f in (verb.forms if name == "active" else (verb.participle,))}
        auxiliaries = rf"(?P<before>(?:(?:{AUXILIARY}|‹\d+›)\s+){{0,7}}?)"
        if name == "passive":
            auxiliaries = rf"(?P<before>(?:{AUXILIARY}\s+){{1,7}}?)"
        return rf"{auxiliaries}(?P<verb>{_forms(forms)})\b", False
    if name in ("done", "ing", "base"):
        attribute = {"done": "participle"}.get(name, name)
        return rf"(?:{_forms({getattr(verb, attribute) for verb in words.verbs})})\b", False
    if name == "title":
        return _TITLE % "|".join(map(re.escape, words.triggers)), False
    if name == "gap":
        return rf"(?:{_SPACE}{_WORD}){{0,{count or 6}}}?", True
    fixed = {
        "amount": (_AMOUNT, False),
        "when": (_WHEN, True),
        "aside": (_ASIDE, True),
        "others": (_OTHERS, True),
    }
    if name not in fixed:
        raise ValueError(f"there is no {{{name}}} in the pattern language")
    return fixed[name]


def _argument(part: re.Match[str], types: Collection[str], *, first: bool, last: bool) -> str:
    """A token of entities of these types; one that only describes it may stand before it."""
    mark = part["mark"]
    governor = "[ifop]"
    if "!" in mark:
        governor = "i"
    elif "^" in mark:
        governor = "[ifp]"
    elif first and "~" not in mark:
        governor = "[if]"
    tail = "[hm]" if "+" in mark else "h" if last else "[hmn]"
    if re.match(r"\s+'s\b", part.string[part.end() :]):
        tail = "s"
    member = rf":[^:⟧]*\.(?:{'|'.join(types)})\.[^:⟧]*:"
    before = rf"(?:⟦\d+;{governor};n;[^⟧]*⟧\s+)?"
    return rf"{before}⟦(?P<{part['macro']}>\d+);{governor};{tail};(?:{member})+⟧"


def _forms(forms: Collection[str]) -> str:
    return "|".join(re.escape(f).replace(r"\ ", _SPACE) for f in sorted(forms, key=len, reverse=True))
