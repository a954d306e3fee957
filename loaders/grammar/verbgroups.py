"""Finds the verb groups of a sentence: auxiliaries with their verb, its voice, and how the act stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.grammar.lexicon import Form, Lexicon
from loaders.grammar.neighbours import LONGEST_OBJECT, Neighbours
from loaders.grammar.tokens import (
    COLON,
    COMMA,
    DASH,
    DATE,
    ENTITY,
    MONEY,
    NUMBER,
    POSSESSIVE,
    SEMICOLON,
    WORD,
    Token,
)
from loaders.verbs import (
    BASE,
    DENIED,
    DONE,
    ING,
    PARTICIPLE,
    PAST,
    THIRD,
    act,
    is_adverb,
    is_auxiliary,
    is_be,
)

# Forms of a group: with a subject of its own, `to …`, `…ing`, and a form in -ed that stands alone.
FINITE, INFINITIVE, GERUND, BARE = "finite", "infinitive", "gerund", "bare"

_OPENERS = frozenset((COMMA, SEMICOLON, COLON, DASH))


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries: tokens from `start` up to `end`, its main word at `main`.

    `status` is how the act stands by the group's own words: done, planned, expected, urged, doubtful, denied.
    """

    start: int
    end: int
    main: int
    lemma: str
    form: str
    passive: bool
    status: str

    @property
    def is_copula(self) -> bool:
        return self.lemma == "be"


def verb_groups(tokens: Sequence[Token], words: Lexicon) -> list[VerbGroup]:
    """The verb groups of a sentence, in order."""
    return list(_Finder(tokens, words).groups())


class _Finder(Neighbours):
    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        super().__init__(tokens, words)
        self._verb_end = -1  # where the last group ended: what follows it directly is its object
        self._passive = False  # whether it was a passive
        self._lemma = ""
        self._listing_in_s = False  # whether its verb was a form in -s
        self._listing = False  # whether its verb was a base form, which a list of such may follow

    def groups(self) -> Iterator[VerbGroup]:
        index = 0
        while index < len(self.tokens):
            group = self._at(index)
            if group is not None:
                yield group
                index = self._verb_end = group.end
                self._passive, self._lemma = group.passive, group.lemma
                self._listing_in_s = THIRD in self._kinds(group)
                self._listing = group.form == INFINITIVE or (
                    group.main > group.start and BASE in self._kinds(group)
                )
            else:
                index += 1

    def _kinds(self, group: VerbGroup) -> frozenset[str]:
        forms = self.words.forms.get(self.tokens[group.main].text, ())
        return frozenset(kind for form in forms for kind in form.kinds)

    def _at(self, start: int) -> VerbGroup | None:
        """The group that begins at a token; adverbs before a verb are no part of it."""
        token = self.tokens[start]
        if token.kind != WORD or (is_adverb(token.text) and not is_auxiliary(token.text)):
            return None
        if token.text.endswith("ing") and token.text not in ("having", "being"):
            return self._with_main(start, start)
        end = start
        while end < len(self.tokens) and self._may_lead(self.tokens[end]):
            end += 1
        for main in range(end, start - 1, -1):
            if main < len(self.tokens) and (group := self._with_main(start, main)) is not None:
                return group
        return None

    def _may_lead(self, token: Token) -> bool:
        if token.kind == DATE:
            return True
        return token.kind == WORD and (is_auxiliary(token.text) or is_adverb(token.text))

    def _with_main(self, start: int, main: int) -> VerbGroup | None:
        token = self.tokens[main]
        if token.kind != WORD:
            return None
        before = [t.text for t in self.tokens[start:main] if t.kind == WORD]
        for form in self._forms(main, before):
            end = main + 1 + len(form.particle)
            following = self.tokens[main + 1 : end]
            if len(following) < len(form.particle) or any(
                not t.is_word(w) for t, w in zip(following, form.particle, strict=True)
            ):
                continue
            group = self._read(start, main, end, before, form)
            if group is not None:
                return self._denied_behind(group)
        return None

    def _denied_behind(self, group: VerbGroup) -> VerbGroup:
        """`is not a member`: the denial stands behind the verb."""
        following = self.tokens[group.end] if group.end < len(self.tokens) else None
        if following is not None and following.is_word("not", "never"):
            return replace(group, end=group.end + 1, status=DENIED)
        return group

    def _forms(self, main: int, before: Sequence[str]) -> Sequence[Form]:
        token = self.tokens[main]
        known = self.words.forms.get(token.text)
        if is_be(token.text):
            kinds = {"be": BASE, "been": PARTICIPLE, "being": ING}.get(token.text, PAST)
            return (Form("be", (), frozenset((kinds,))),)
        if known is not None or token.capital:
            return known or ()
        if not before:
            following = self.tokens[main + 1] if main + 1 < len(self.tokens) else None
            past = token.text.endswith("ed") and len(token.text) > 4 and self.takes_object(following)
            return (Form(token.text, (), frozenset((PAST, PARTICIPLE))),) if past else ()
        last = next((w for w in reversed(before) if not is_adverb(w)), "")
        text = token.text
        following = self.after(main + 1)
        if last == "to" and self.is_of(following, "determiners") and not self.is_function(token):
            return (Form(text, (), frozenset((BASE,))),)
        if text.endswith("ed") and (is_be(last) or last in ("has", "have", "had")):
            return (Form(text, (), frozenset((PARTICIPLE, PAST))),)
        if text.endswith("ing") and is_be(last):
            return (Form(text, (), frozenset((ING,))),)
        return ()

    def _read(self, start: int, main: int, end: int, before: Sequence[str], form: Form) -> VerbGroup | None:
        words = [w for w in before if not is_adverb(w)]
        denied = any(w in ("not", "never") or w.endswith("n't") for w in before)
        if not words:
            return self._bare(start, main, end, form, denied)
        if words[0] in ("having", "being") and PARTICIPLE in form.kinds:
            return VerbGroup(start, end, main, form.lemma, GERUND, words[0] == "being", DONE)
        infinitive = words[0] == "to"
        lead = ["will", *before[before.index("to") + 1 :]] if infinitive else list(before)
        for passive in (False, True):
            status = act(lead, form.kinds, passive=passive)
            if status is not None and not (passive and self._describes(form, end)):
                status = DONE if infinitive and status != DENIED else status
                shape = INFINITIVE if infinitive else FINITE
                return VerbGroup(start, end, main, form.lemma, shape, passive, DENIED if denied else status)
        return None

    def _describes(self, form: Form, end: int) -> bool:
        """Whether a participle behind `be` is an adjective: `is retired economist Bo Ray`."""
        after = self.tokens[end] if end < len(self.tokens) else None
        if after is None or self.words.has("giving", form.lemma) or self.words.has("naming", form.lemma):
            return False
        return after.kind == ENTITY or (after.kind == WORD and not self.is_function(after))

    def _bare(self, start: int, main: int, end: int, form: Form, denied: bool) -> VerbGroup | None:
        """A verb form without auxiliaries, where it is none of the nouns and adjectives that look like it."""
        status = DENIED if denied else DONE
        kinds = form.kinds
        before = self.before(main)
        if kinds & {PAST} and BASE in kinds and self.is_of(before, "determiners"):
            return None  # `the cost of`
        if BASE in kinds and self._helped(main, before):
            return VerbGroup(start, end, main, form.lemma, INFINITIVE, False, status)
        if form.lemma == "be":
            if kinds & {BASE, PARTICIPLE, ING}:
                return None
            return VerbGroup(start, end, main, "be", FINITE, False, status)
        present = {BASE, PARTICIPLE} <= kinds and PAST not in kinds
        present = present and (form.lemma != "run" or self.takes_object(self.after(end)))
        if kinds & {PAST, PARTICIPLE} and not present and not self._is_adjective(main, end):
            if PARTICIPLE not in kinds:
                return VerbGroup(start, end, main, form.lemma, FINITE, False, status)
            return VerbGroup(start, end, main, form.lemma, BARE, PAST not in kinds, status)
        if ING in kinds and self._is_gerund(main, end):
            return VerbGroup(start, end, main, form.lemma, GERUND, False, status)
        if kinds & {BASE, THIRD} and PAST not in kinds and self._is_present(main, end, kinds):
            return VerbGroup(start, end, main, form.lemma, FINITE, False, status)
        return None

    def _is_subject(self, index: int) -> bool:
        """Whether plain words lead up to a finite verb."""
        while index < len(self.tokens) and self.nounlike(self.tokens[index]):
            kinds = {k for form in self.words.forms.get(self.tokens[index].text, ()) for k in form.kinds}
            if PAST in kinds and not self.is_noun_too(self.tokens[index].text):
                return True
            index += 1
        token = self.tokens[index] if index < len(self.tokens) else None
        return token is not None and token.kind == WORD and is_auxiliary(token.text)

    def _is_described(self, main: int) -> bool:
        """`conducted joint patrols with`: one plain word behind the verb describes what follows."""
        return 0 < self._verb_end == main - 1 and self.tokens[main - 1].kind == WORD

    def _helped(self, main: int, before: Token | None) -> bool:
        """`helped the unit establish a lab`: what somebody is helped to do."""
        if self._lemma not in ("help", "let") or before is None or main == self._verb_end:
            return False
        behind = self.after(main + 1)
        noun = before.kind == ENTITY or (before.kind == WORD and not self.is_function(before))
        return (
            noun
            and (self.takes_object(behind) or self.nounlike(behind))
            and main - self._verb_end < LONGEST_OBJECT
        )

    def _is_adjective(self, main: int, end: int) -> bool:
        """`the seized firearms`, `of increased cooperation`."""
        before, after = self.before(main), self.after(end)
        led = before is not None and (
            before.kind in (POSSESSIVE, NUMBER)
            or self.is_of(before, "determiners")
            or self.is_of(before, "prepositions")
        )
        nounlike = after is not None and (
            after.kind == ENTITY or (after.kind == WORD and not self.is_function(after))
        )
        if led and nounlike and not self._is_relative(main):
            return True
        return self.is_of(before, "coordinators") and nounlike and not self.has_verb_before(main)

    def _is_relative(self, main: int) -> bool:
        """`a team that included officers`; but not `said that increased cooperation …`."""
        if main < len(("team", "that")) or not self.tokens[main - 1].is_word("that"):
            return False
        noun = self.tokens[main - 2]
        named = noun.kind == ENTITY or (
            self.nounlike(noun) and (noun.text not in self.words.forms or self.is_noun_too(noun.text))
        )
        lemmas = {form.lemma for form in self.words.forms.get(self.tokens[main].text, ())}
        return named and not lemmas & self.words.words["degrees"]

    def _is_gerund(self, main: int, end: int) -> bool:
        """`by training officers`, `, targeting smugglers`; but not `the training`, `security training`."""
        before, after = self.before(main), self.after(end)
        word = self.tokens[main].text
        if before is not None and before.is_word("of") and self.words.has("nouns_in_ing", word):
            return False
        if self.is_of(after, "titles") or self.is_kind(word, after):
            return False  # `commanding officer`, `a technical working group`
        if before is not None and (before.kind in (POSSESSIVE, NUMBER) or self.is_of(before, "determiners")):
            return False
        if before is None and self.nounlike(after) and self._is_subject(main + 1):
            return False  # `Participating agencies included`
        if self.words.has("gerunds_too", word) and before is not None and before.kind == COMMA:
            return after is None or self.is_of(after, "prepositions") or self.takes_object(after)
        if before is not None and before.is_word("by") and self.nounlike(after) and not self._passive:
            return after is not None and after.text.endswith("s")
        if self.words.has("nouns_in_ing", word) or (
            after is not None and after.kind == WORD and after.capital
        ):
            return self.takes_object(after)
        modifies = before is not None and before.kind == WORD and not self.is_function(before)
        if modifies and after is not None and after.kind == WORD and not self.is_function(after):
            return before is not None and before.text.endswith("s")
        return after is None or not after.is_word("of") or before is None or not modifies

    def _is_present(self, main: int, end: int, kinds: frozenset[str]) -> bool:
        """Whether a form such as `support` or `plans` is a verb here."""
        before, after = self.before(main), self.after(end)
        if before is not None and main == self._verb_end:
            return False
        listed = before is not None and (before.kind in (COMMA, ENTITY) or self.is_of(before, "coordinators"))
        if self.tokens[main].capital and listed:
            return False  # `the Guard, Transport Tidelandia and …`
        if before is not None and before.is_word("whose"):
            return False
        if self.is_of(before, "relatives") or (
            self.is_of(before, "pronouns") and not self.is_of(before, "determiners")
        ):
            return True
        behind = self.tokens[self._verb_end] if 0 <= self._verb_end < len(self.tokens) else None
        if self.is_of(before, "coordinators") and behind is before:
            return True
        if self._is_paired(end, before, kinds):
            return True
        noun_too = self.is_noun_too(self.tokens[main].text)
        if self.is_of(after, "inclusions") or (noun_too and self._is_described(main)):
            return False  # `partners such as`, `conducted joint patrols with`
        takes_object = self.takes_object(after)
        ends = after is None or after.kind not in (WORD, ENTITY, NUMBER, MONEY, DATE, POSSESSIVE)
        if before is None or before.kind in _OPENERS or self.is_of(before, "coordinators"):
            nounlike = after is not None and after.kind == WORD and not self.is_function(after)
            if before is None and BASE in kinds and not noun_too and nounlike:
                return True  # `Provide robust support to …`
            if self._listing and before is not None and BASE in kinds and (nounlike or takes_object):
                return True
            if (
                before is not None
                and THIRD in kinds
                and after is not None
                and after.is_word("with", "closely")
            ):
                return True
            if THIRD in kinds and self.closes_relative(main, after):
                return True
            return takes_object or (before is not None and (not noun_too or (THIRD in kinds and nounlike)))
        if before.kind in (POSSESSIVE, NUMBER, DATE, MONEY) or (
            before.kind == WORD and self.is_function(before)
        ):
            return False
        if before.kind == ENTITY:
            return self._follows_name(main, after, kinds, noun_too, takes_object)
        plural = before.text.endswith("s") and not before.text.endswith("ss")
        if plural != (BASE in kinds):
            return False
        if noun_too:
            together = after is not None and after.is_word("with", "closely", "together")
            return takes_object or together or (THIRD in kinds and self.is_only_verb(main, after))
        return takes_object or ends or (after is not None and after.kind == WORD)

    def _follows_name(
        self, main: int, after: Token | None, kinds: frozenset[str], noun_too: bool, takes_object: bool
    ) -> bool:
        """Whether the word behind a name is its verb: `the Unit supports the …`, `that the Unit backs,`."""
        index = main - 1
        while index > 0 and (
            self.tokens[index].kind in (ENTITY, COMMA)
            or self.tokens[index].is_word("the", "a", "an")
            or is_adverb(self.tokens[index].text)
            or self.is_of(self.tokens[index], "coordinators")
        ):
            index -= 1
        if self.is_of(self.tokens[index], "relatives"):
            return True
        if noun_too and self.is_governed(main):
            return False
        verb_in_s = THIRD in kinds and self.words.has("verbs_in_s", self.tokens[main].text[:-1])
        if verb_in_s and self.is_of(after, "prepositions"):
            return True
        if THIRD in kinds and after is not None and after.is_word("that"):
            return True
        goes_on = self.nounlike(after) or self.is_of(after, "prepositions")
        fits = THIRD in kinds or self.is_plural_subject(main)
        if noun_too and fits and goes_on and not self.finite_behind(main + 1):
            return True
        if noun_too and not (
            takes_object or (after is not None and after.is_word("with", "to", "closely", "together"))
        ):
            return False
        if BASE in kinds and not self.is_plural_subject(main):
            return False
        ends = after is None or after.kind not in (WORD, ENTITY, NUMBER, MONEY, DATE, POSSESSIVE)
        return takes_object or ends or (after is not None and after.kind == WORD)

    def _is_paired(self, end: int, before: Token | None, kinds: frozenset[str]) -> bool:
        """`the Agency trains and equips the Unit`, `leads, trains and equips`: the first verbs of several."""
        goes_on = self._listing_in_s and before is not None and before.kind == COMMA
        if THIRD not in kinds or before is None or self.is_function(before):
            return False
        if before.kind in _OPENERS and not goes_on:
            return False
        index = end
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind == COMMA or token.is_word("and"):
                index += 1
                continue
            forms = self.words.forms.get(token.text, ()) if token.kind == WORD else ()
            if not any(THIRD in form.kinds for form in forms):
                break
            index += 1
        last = self.tokens[index - 1]
        follows = self.tokens[index] if index < len(self.tokens) else None
        paired = index > end + 1 and last.kind == WORD and not last.is_word("and")
        return (
            paired
            and any(t.is_word("and") for t in self.tokens[end:index])
            and (self.takes_object(follows) or (self.nounlike(follows) and not self.is_noun_too(last.text)))
        )
