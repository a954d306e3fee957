"""What stands beside a token, as far as it tells whether a word is a verb."""

from collections.abc import Sequence
from itertools import pairwise

from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import singular
from loaders.grammar.tokens import CLOSE, COMMA, ENTITY, MONEY, NUMBER, POSSESSIVE, SEMICOLON, WORD, Token
from loaders.verbs import PAST, THIRD, is_adverb, is_auxiliary

# What leads a verb (`is set to`, `working to`) and is a noun or describes one as well.
AUXILIARIES_TOO = frozenset(("set", "help", "work", "works", "working", "plan", "plans", "planning"))
# A subject or a verb is looked for within so many tokens.
_REACH = 14
# An object is no longer than so many tokens.
LONGEST_OBJECT = 6


class Neighbours:
    """The tokens of a sentence, asked for what stands around a place."""

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words

    def before(self, index: int) -> Token | None:
        index -= 1
        while index >= 0 and (
            self.tokens[index].kind == CLOSE
            or (self.tokens[index].kind == WORD and is_adverb(self.tokens[index].text))
        ):
            index -= 1
        return self.tokens[index] if index >= 0 else None

    def after(self, index: int) -> Token | None:
        while (
            index < len(self.tokens)
            and self.tokens[index].kind == WORD
            and is_adverb(self.tokens[index].text)
        ):
            index += 1
        return self.tokens[index] if index < len(self.tokens) else None

    def is_of(self, token: Token | None, kind: str) -> bool:
        return token is not None and token.kind == WORD and self.words.has(kind, token.text)

    def is_function(self, token: Token) -> bool:
        return (
            any(
                self.is_of(token, kind)
                for kind in (
                    "determiners",
                    "prepositions",
                    "coordinators",
                    "relatives",
                    "subordinators",
                    "pronouns",
                )
            )
            or (is_auxiliary(token.text) and token.text not in AUXILIARIES_TOO)
            or is_adverb(token.text)
        )

    def is_kind(self, word: str, after: Token | None) -> bool:
        """Whether a form in -ing says of what kind the noun behind it is: `a technical working group`."""
        return after is not None and self.words.has("kinds_in_ing", f"{word} {singular(after.text)}")

    def finite_behind(self, index: int) -> bool:
        """Whether what may be the verb of the clause stands behind, before another clause begins."""
        while index < len(self.tokens) and self.tokens[index].kind != SEMICOLON:
            token = self.tokens[index]
            if self.is_of(token, "relatives") or self.is_of(token, "subordinators"):
                return False
            kinds = {k for form in self.words.forms.get(token.text, ()) for k in form.kinds}
            auxiliary = is_auxiliary(token.text) and not token.is_word("to", "being", "having")
            if token.kind == WORD and (
                auxiliary or PAST in kinds or (THIRD in kinds and not self.is_noun_too(token.text))
            ):
                return True
            index += 1
        return False

    def takes_object(self, after: Token | None) -> bool:
        return after is not None and (
            after.kind in (ENTITY, NUMBER, MONEY)
            or self.is_of(after, "determiners")
            or self.is_of(after, "pronouns")
        )

    def nounlike(self, token: Token | None) -> bool:
        return token is not None and token.kind == WORD and not self.is_function(token)

    def is_noun_too(self, text: str) -> bool:
        stems = (text, text[:-1], text[:-2], text[:-3] + "y")
        return any(self.words.has("nouns_too", stem) for stem in stems if len(stem) > 1)

    def is_plural_subject(self, main: int) -> bool:
        """Whether a plural stands before a name: `A and B work`, `officers of A work`."""
        near = self.tokens[max(0, main - _REACH) : main]
        of_plural = any(
            t.kind == WORD and t.text.endswith("s") and self.is_of(following, "prepositions")
            for t, following in pairwise(near[-5:])
        )
        return of_plural or any(self.is_of(t, "coordinators") for t in near)

    def has_verb_before(self, main: int) -> bool:
        near = self.tokens[max(0, main - _REACH) : main]
        return any(t.kind == WORD and (is_auxiliary(t.text) or t.text in self.words.forms) for t in near)

    def is_governed(self, main: int) -> bool:
        """`set aside money for A projects`: a name behind a preposition that belongs to a verb before it."""
        index = main - 1
        while index > 0 and (self.tokens[index].kind == ENTITY or self.tokens[index].is_word("the")):
            index -= 1
        if not self.is_of(self.tokens[index], "prepositions"):
            return False
        for token in reversed(self.tokens[max(0, index - LONGEST_OBJECT) : index]):
            if any(self.is_of(token, kind) for kind in ("relatives", "subordinators", "coordinators")):
                return False
            finite = {PAST, THIRD} & {k for form in self.words.forms.get(token.text, ()) for k in form.kinds}
            if token.kind == WORD and finite and not self.is_noun_too(token.text):
                return True
        return False

    def is_only_verb(self, main: int, after: Token | None) -> bool:
        """`The exercise focuses on`, `the programme aims at`: no other word is the verb of the clause."""
        goes_on = self.is_of(after, "prepositions") or self.is_of(after, "subordinators")
        determined = any(
            t.kind in (POSSESSIVE, ENTITY) or self.is_of(t, "determiners")
            for t in self.tokens[max(0, main - 4) : main]
        )
        before = (t.text for t in self.tokens[max(0, main - _REACH) : main] if t.kind == WORD)
        verbs = (w for w in before if is_auxiliary(w) or (w in self.words.forms and not self.is_noun_too(w)))
        goes_on = goes_on and not self.tokens[main].is_word("headquarters", "customs", "affairs")
        return goes_on and determined and not (any(verbs) or self.finite_behind(main + 1))

    def closes_relative(self, main: int, after: Token | None) -> bool:
        """`The exercise, which A sponsors, runs until`: behind the comma stands the verb of the clause."""
        goes_on = self.is_of(after, "prepositions") or self.is_of(after, "subordinators")
        before = self.tokens[max(0, main - 1) : main]
        comma = bool(before) and before[0].kind == COMMA
        relative = any(self.is_of(token, "relatives") for token in self.tokens[:main])
        return goes_on and comma and relative and not self.finite_behind(main + 1)
