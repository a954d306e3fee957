"""English verb forms, and what the words before a verb say about the act."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

DONE, PLANNED, EXPECTED, URGED, DOUBTFUL, DENIED = (
    "done",
    "planned",
    "expected",
    "urged",
    "doubtful",
    "denied",
)

# Past and participle of the irregular verbs that rules or the lexicon may name.
_IRREGULAR = {
    base: (past, participle)
    for base, past, participle in (
        row.split()
        for row in (
            *("be was been", "become became become", "begin began begun", "break broke broken"),
            *("bring brought brought", "build built built", "buy bought bought", "catch caught caught"),
            *("choose chose chosen", "come came come", "cut cut cut", "deal dealt dealt", "do did done"),
            *("draw drew drawn", "drive drove driven", "fall fell fallen", "feel felt felt"),
            *("fight fought fought", "find found found", "get got got", "give gave given", "go went gone"),
            *("grow grew grown", "have had had", "hear heard heard", "hold held held", "keep kept kept"),
            *("know knew known", "lay laid laid", "lead led led", "leave left left", "let let let"),
            *(
                "lose lost lost",
                "make made made",
                "mean meant meant",
                "meet met met",
                "oversee oversaw overseen",
            ),
            *("pay paid paid", "put put put", "read read read", "rise rose risen", "run ran run"),
            *("say said said", "see saw seen", "seek sought sought", "sell sold sold", "send sent sent"),
            *("set set set", "show showed shown", "sit sat sat", "speak spoke spoken", "spend spent spent"),
            *(
                "swear swore sworn",
                "stand stood stood",
                "strike struck struck",
                "take took taken",
                "teach taught taught",
            ),
            *("tell told told", "think thought thought", "undergo underwent undergone"),
            *("understand understood understood", "undertake undertook undertaken"),
            *("underwrite underwrote underwritten", "uphold upheld upheld", "win won won"),
            *(
                "steal stole stolen",
                "shoot shot shot",
                "flee fled fled",
                "throw threw thrown",
                "wear wore worn",
            ),
            *("forbid forbade forbidden", "hide hid hidden", "sink sank sunk", "bind bound bound"),
            *(
                "feed fed fed",
                "fly flew flown",
                "forget forgot forgotten",
                "freeze froze frozen",
                "hit hit hit",
            ),
            *("hang hung hung", "hurt hurt hurt", "lend lent lent", "ride rode ridden", "shut shut shut"),
            *(
                "split split split",
                "spread spread spread",
                "bear bore borne",
                "beat beat beaten",
                "lie lay lain",
            ),
            *(
                "rebuild rebuilt rebuilt",
                "withstand withstood withstood",
                "offset offset offset",
                "ring rang rung",
            ),
            *("sing sang sung", "sleep slept slept", "swim swam swum", "shed shed shed", "wind wound wound"),
            *("mislead misled misled", "foresee foresaw foreseen", "forecast forecast forecast"),
            *("broadcast broadcast broadcast", "repay repaid repaid", "rethink rethought rethought"),
            *("shrink shrank shrunk", "arise arose arisen", "overthrow overthrew overthrown"),
            *("overrun overran overrun", "stick stuck stuck", "undercut undercut undercut", "quit quit quit"),
            *("overcome overcame overcome", "sweep swept swept", "cost cost cost"),
            *("withdraw withdrew withdrawn", "write wrote written"),
        )
    )
}
_THIRD = {"be": "is", "have": "has"}
_DOUBLED = re.compile(
    r"(?:.*(?:plan|equip|(?<!li)mit|run|set|put|begin|control|stop|drop|ship|refer|occur|transfer|step|stem|pin|defer|confer|concur|deter|infer|incur|compel|expel|dispel|repel|patrol|program|kidnap|acquit|regret|embed|outfit|allot))"
    r"|dub|scan|grab|slip|flag|lag|wrap|scrap|trap|swab|top|net|get|let|sit|win|cut|tip|map|ban|rob|fit"
)

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_HAVE = frozenset(("has", "have", "had", "having"))
_DO = frozenset(("do", "does", "did"))
_FUTURE = frozenset(("will", "shall"))
_MODAL = frozenset(("would", "could", "may", "might", "should", "must", "can", "cannot"))
_NEGATIVE = frozenset(("not", "never", "cannot", "failed", "refused", "declined"))
_LINKS: dict[str, str] = {
    **dict.fromkeys(("expected", "due", "slated"), EXPECTED),
    **dict.fromkeys(("plans", "plan", "planned", "planning", "intends", "intend", "intended"), PLANNED),
    **dict.fromkeys(
        ("aims", "aim", "aimed", "seeks", "seek", "sought", "scheduled", "set", "agreed"), PLANNED
    ),
    **dict.fromkeys(("pledged", "committed", "promised", "agree", "pledge", "commit", "going"), PLANNED),
    **dict.fromkeys(("urged", "encouraged", "asked", "invited", "requested", "called", "upon", "on"), URGED),
    **dict.fromkeys(
        ("wants", "want", "wanted", "hopes", "hope", "hoped", "wishes", "tried", "ready"), DOUBTFUL
    ),
    **dict.fromkeys(("continues", "continue", "continued", "continuing", "helps", "help", "helped"), DONE),
    **dict.fromkeys(("works", "worked", "working", "came", "serves", "serve", "served", "began"), DONE),
}
_ADVERBS = {
    *(
        "also",
        "now",
        "then",
        "jointly",
        "together",
        "each",
        "all",
        "both",
        "too",
        "still",
        "later",
        "already",
    ),
    *("since", "again", "further", "first", "long", "once", "actively", "currently", "not", "never"),
    *(
        "nevertheless",
        "nonetheless",
        "therefore",
        "thus",
        "hence",
        "however",
        "always",
        "ever",
        "often",
        "soon",
    ),
    *("even", "just", "only", "today", "yesterday", "together", "thereafter", "thereby", "instead", "indeed"),
}
_NO_ADVERBS = frozenset(
    [
        "family",
        "supply",
        "assembly",
        "ally",
        "rely",
        "apply",
        "reply",
        "comply",
        "multiply",
        "fly",
        "anomaly",
        "monopoly",
        "italy",
        "july",
        "friendly",
        "early",
        "daily",
        "weekly",
        "monthly",
        "yearly",
        "quarterly",
        "elderly",
        "likely",
        "unlikely",
        "costly",
        "deadly",
        "orderly",
        "timely",
    ]
)
_LEADS = frozenset({*_BE, *_HAVE, *_DO, *_FUTURE, *_MODAL, *_NEGATIVE, *_LINKS, "to"} - {"on", "upon"})
_WORDS = sorted(
    {*_BE, *_HAVE, *_DO, *_FUTURE, *_MODAL, *_NEGATIVE, *_LINKS, *_ADVERBS, "to"}, key=len, reverse=True
)
AUXILIARY = rf"(?:(?:{'|'.join(_WORDS)}|[a-z]+ly)\b)"


def is_be(word: str) -> bool:
    """Whether a word is a form of `be`."""
    return word in _BE


def is_adverb(word: str) -> bool:
    """Whether a word may stand among auxiliaries without saying how the act stands."""
    return (word in _ADVERBS and word not in ("not", "never")) or (
        word.endswith("ly") and word not in _NO_ADVERBS
    )


def is_auxiliary(word: str) -> bool:
    """Whether a word may lead a verb group: auxiliaries, modals, `to`, verbs such as `agreed` before `to`."""
    return word in _LEADS or word.endswith("n't")


BASE, THIRD, PAST, PARTICIPLE, ING = "base", "third", "past", "participle", "ing"


@dataclass(frozen=True, slots=True)
class Verb:
    """The forms of a verb; a particle (`carry out`) stands behind each of them."""

    base: str
    third: str
    past: str
    participle: str
    ing: str

    def kinds(self, form: str) -> frozenset[str]:
        """Which of its forms a form is: `held` is past and participle."""
        named = {
            BASE: self.base,
            THIRD: self.third,
            PAST: self.past,
            PARTICIPLE: self.participle,
            ING: self.ing,
        }
        return frozenset(kind for kind, text in named.items() if text == form)

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.base, self.third, self.past, self.participle, self.ing)


def verb(lemma: str) -> Verb:
    """Forms of a verb from its base form: `establish`, `carry out`, `co-host`."""
    head, _, particle = lemma.partition(" ")
    prefix, hyphen, stem = head.rpartition("-")
    before, after = prefix + hyphen, f" {particle}" if particle else ""
    regular = _with_ending(stem, "ed")
    past, participle = _IRREGULAR.get(stem, (regular, regular))
    forms = (stem, _THIRD.get(stem) or _with_s(stem), past, participle, _with_ending(stem, "ing"))
    return Verb(*(before + form + after for form in forms))


def _with_s(stem: str) -> str:
    if stem.endswith(("s", "sh", "ch", "x", "z", "o")):
        return stem + "es"
    return stem[:-1] + "ies" if stem.endswith("y") and stem[-2] not in "aeiou" else stem + "s"


def _with_ending(stem: str, ending: str) -> str:
    if stem.endswith("ie") and ending == "ing":
        return stem[:-2] + "ying"
    if stem.endswith("e") and stem != "be" and (ending == "ed" or not stem.endswith(("ee", "oe"))):
        return stem[:-1] + ending
    if stem.endswith("ic"):
        return stem + "k" + ending
    if ending == "ed" and stem.endswith("y") and stem[-2] not in "aeiou":
        return stem[:-1] + "ied"
    return stem + stem[-1] + ending if _DOUBLED.fullmatch(stem) else stem + ending


def act(before: Sequence[str], kinds: frozenset[str], *, passive: bool) -> str | None:
    """What the auxiliaries before a verb say: done, planned, expected, urged, doubtful or denied.

    `before` holds the words between the subject and the verb, in lower case. None where they do not fit an
    active (or a passive) reading of the form: `was launched` is no active verb.
    """
    before = [part for word in before for part in _uncontracted(word)]
    if any(word in _NEGATIVE for word in before):
        return DENIED
    words = [w for w in before if w not in _ADVERBS and not w.endswith("ly")]
    if passive:
        if PARTICIPLE not in kinds:
            return None
        if not words:
            return DONE
        return _frame(words[:-1], _form_of_be(words[-1])) if words[-1] in _BE else None
    return _frame(words, kinds)


def _uncontracted(word: str) -> tuple[str, ...]:
    if not word.endswith("n't"):
        return (word,)
    return ({"won't": "will", "can't": "can", "shan't": "shall"}.get(word, word[:-3]), "not")


def _form_of_be(word: str) -> frozenset[str]:
    if word == "be":
        return frozenset((BASE,))
    if word == "been":
        return frozenset((PARTICIPLE,))
    return frozenset((ING,) if word == "being" else (PAST, THIRD))


def _frame(words: Sequence[str], kinds: frozenset[str]) -> str | None:
    """The act of a verb form in an active frame such as `will`, `has`, `is expected to`."""
    if not words:
        return DONE if kinds & {BASE, THIRD, PAST} else None
    last = words[-1]
    if last == "to":
        return _link(words[:-1]) if BASE in kinds else None
    helps = last.startswith("help") and BASE in kinds
    if last in _LINKS and _LINKS[last] == DONE and (helps or ING in kinds):
        return _frame(words[:-1], frozenset((PAST,)))
    if last in _FUTURE:
        return PLANNED if BASE in kinds else None
    if last in _MODAL:
        return DOUBTFUL if BASE in kinds else None
    if last in _DO:
        return DONE if BASE in kinds else None
    if last in _HAVE:
        kind = frozenset((PAST, BASE)) if last == "have" else frozenset((PAST,))
        return _frame(words[:-1], kind) if PARTICIPLE in kinds else None
    if last in _BE:
        return _frame(words[:-1], _form_of_be(last)) if ING in kinds else None
    return None


def _link(words: Sequence[str]) -> str | None:
    """The act of `… to` with an infinitive: by the last word that says how it stands; `are to` is planned."""
    for word in reversed(words):
        if word in _LINKS:
            return _LINKS[word]
    return PLANNED if words and words[-1] in _BE else None
