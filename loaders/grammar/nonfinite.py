"""Verbs without a subject of their own: who does what `to …`, `…ing` and a participle say."""

import re
from dataclasses import replace

from loaders.grammar.antecedents import is_person, nearest, without_places
from loaders.grammar.clauses import ClauseWalk
from loaders.grammar.frames import Frame, worst
from loaders.grammar.phrases import Group
from loaders.grammar.tokens import COMMA, WORD, Token
from loaders.grammar.verbgroups import BARE, FINITE, VerbGroup
from loaders.verbs import DENIED, DONE, DOUBTFUL, PLANNED

# `committed to funding it`, `is dedicated to training`.
_COMMITTING = frozenset(("commit", "pledge", "dedicate"))
_MEANT = frozenset(("design", "intend", "aim", "mean", "gear", "create", "build", "establish"))
_ORDINAL = re.compile(r"[a-z-]*(?:second|third|th)|\d+(?:st|nd|rd|th)")


class NonFinite(ClauseWalk):
    """Takes in infinitives, gerunds and participles."""

    def has(self, kind: str, token: Token) -> bool:
        return token.kind == WORD and self.words.has(kind, token.text)

    def infinitive(self, verb: VerbGroup, frame: Frame) -> None:
        governing = self.clause.frame
        frame.infinitive = True
        if self.joined and governing is not None and governing.infinitive:
            frame.purpose, frame.agent = governing.purpose, governing.agent
            frame.status = worst(frame.status, governing.status)
            return
        if governing is not None:
            # `works through the programme to combat it`
            frame.hung += [one for one in governing.hung if one[0] == "through"]
        actor, status, purpose = self._controlled(verb, governing)
        frame.status = worst(frame.status, status)
        frame.purpose = purpose
        if frame.passive:
            frame.patient = actor
        else:
            frame.agent = actor

    def _controlled(self, verb: VerbGroup, governing: Frame | None) -> tuple[Group | None, str, bool]:
        """Who does an infinitive, how its act stands, and whether it is a mere purpose."""
        before = self.tokens[verb.start - 1].text if verb.start else ""
        if governing is None:
            return self.clause.subject, DOUBTFUL, True
        agent = governing.patient if governing.passive else governing.agent
        if before in self.words.words["unable"]:
            return agent, DENIED, False
        if before in self.words.words["able"]:
            return agent, DOUBTFUL, False
        if governing.passive and governing.lemma in _MEANT:
            return governing.patient, DOUBTFUL, True  # `is designed to combat`
        objects, subjects = self.words.object_control, self.words.subject_control
        if governing.lemma in objects:
            status = worst(governing.status, objects[governing.lemma])
            if governing.passive:
                return governing.patient, status, False
            actor = governing.patient or next((g for p, g in governing.hung if p in ("on", "upon")), None)
            if actor is not None:
                return actor, status, objects[governing.lemma] == DOUBTFUL
        meant = governing.passive and subjects.get(governing.lemma) == DONE  # `was started to stop it`
        if governing.lemma in subjects and (governing.patient is None or governing.passive) and not meant:
            return agent, worst(governing.status, subjects[governing.lemma]), False
        if self._is_first(governing):
            return agent, governing.status, False
        if governing.lemma in self.words.words["founding"] and governing.patient is not None:
            return governing.patient, DOUBTFUL, True
        return agent, DOUBTFUL, True

    def _is_first(self, governing: Frame) -> bool:
        """`became the tenth country to join`: it joined."""
        said = governing.patient
        if governing.lemma not in ("be", "become") or said is None:
            return False
        head = said.phrases[0]
        words = (t.text for t in self.tokens[head.start : head.base_end])
        return any(w in ("first", "latest", "last", "only", "newest") or _ORDINAL.fullmatch(w) for w in words)

    def _thanked(self, governing: Frame | None) -> Group | None:
        """`thanked A for doing`, `expressed their thanks to A for doing`: A did it."""
        if governing is None:
            return None
        if governing.lemma in self.words.words["thanking"]:
            return governing.agent if governing.passive else governing.patient
        said = governing.patient
        if (
            said is None
            or self.preposition != "for"
            or not self.words.words["thanks"] & set(said.phrases[0].heads)
        ):
            return None
        return next((g for p, g in [*governing.hung, *said.phrases[0].hung] if p == "to"), None)

    def gerund(self, frame: Frame) -> None:
        clause, governing = self.clause, self.clause.frame
        if self.absolute is not None:
            frame.agent, self.absolute = self.absolute, None
            frame.absolute = True
        elif self.preposition:
            if governing is not None and governing.lemma in self.words.words["stopping"]:
                frame.agent, frame.status = governing.patient or governing.agent, DENIED
                return
            if governing is not None and governing.lemma in self.words.words["accusing"]:
                frame.agent, frame.status = governing.patient, DOUBTFUL
                return
            if governing is not None and governing.lemma in _COMMITTING and self.preposition == "to":
                frame.agent = governing.patient if governing.passive else governing.agent
                frame.status = worst(governing.status, PLANNED)
                return
            thanked = self._thanked(governing)
            if thanked is not None:
                frame.agent = thanked
                return
            frame.agent = clause.subject if clause.subject is not None else None
            if governing is None:
                if self.preposition in self.words.words["undone_by"]:
                    frame.status = DENIED
                elif self.preposition not in self.words.words["done_by"]:
                    frame.status = DOUBTFUL
                self.openings.append(frame)
                return
            status = DONE if self.preposition in self.words.words["done_by"] else DOUBTFUL
            frame.status = worst(governing.status, status)
            frame.purpose = status != DONE
            frame.agent = governing.patient if governing.passive else governing.agent
        elif self.last is None and governing is None:
            self.openings.append(frame)
        elif self.comma or self.joined:
            if clause.free:
                frame.agent = clause.subject
            elif governing is not None:
                frame.agent = governing.patient if governing.passive else governing.agent
                frame.status = worst(governing.status, frame.status)
        elif governing is not None and governing.end_of_verb == frame.start:
            frame.agent = governing.patient if governing.passive else governing.agent
            frame.status = self._taken(governing)
        elif self.last is not None:
            frame.agent = nearest(self.last, self.words)
            if self._is_possible(self.last):
                frame.status = worst(frame.status, DOUBTFUL)

    def _taken(self, governing: Frame) -> str:
        """How an act in -ing stands right behind its verb: `stopped funding`, `considered funding`.

        Who will keep funding funds already, as who `will continue to fund` does.
        """
        if governing.lemma in self.words.words["continuing"]:
            return DENIED if governing.status == DENIED else DONE
        if governing.lemma in self.words.words["stopping"]:
            return DENIED
        return worst(governing.status, DOUBTFUL if governing.lemma in self.words.words["weighing"] else DONE)

    def _is_possible(self, group: Group) -> bool:
        """`the idea of A hosting`."""
        before = self.tokens[max(0, group.start - 2) : group.start]
        return len(before) > 1 and before[1].is_word("of") and self.has("possible", before[0])

    def named_behind(self, verb: VerbGroup) -> int | None:
        """`a unit called the Reef Unit`, `a system, known as the Register,`: the noun gets the name.

        The index behind the name; None where the verb says no name.
        """
        if verb.form != BARE or not self.words.has("calling", verb.lemma) or self.last is None:
            return None
        if self.clause.free and not self._verb_behind(verb.end):
            return None  # `The agency called the unit …`
        at = (
            verb.end + 1
            if self.tokens[verb.end : verb.end + 1] and self.tokens[verb.end].is_word("as")
            else verb.end
        )
        near = nearest(self.last, self.words)
        noun = next((p for p in (*near.phrases, *near.others) if not p.entities), None)
        beside = self.tokens[self.last.end : verb.start]
        if noun is None or noun.plural or any(t.kind != COMMA for t in beside) or not self.phrases.starts(at):
            return None
        name = self.phrases.phrase(at)
        if name is None or not name.entities or is_person(noun, self.words):
            return None
        noun.apposed = [*noun.apposed, replace(noun, apposed=[])]
        noun.entities, noun.labels, noun.named, noun.heads = name.entities, name.labels, True, ()
        noun.hung, noun.possessor, noun.modifiers = name.hung, None, ()
        self.last.end = name.end
        self.comma = False
        return name.end

    def _verb_behind(self, index: int) -> bool:
        return any(self.phrases.groups[i].form in (FINITE, BARE) for i in self.phrases.groups if i >= index)

    def participle(self, frame: Frame) -> None:
        """`the unit launched by …`, `, held in …`."""
        if self.last is None:
            self.openings.append(frame)
        elif self.joined and self.clause.frame is not None and self.clause.frame.passive:
            frame.patient = self.clause.frame.patient
            if self.opens(self.clause.frame):
                self.openings.append(frame)
        elif self.comma and self.clause.frame is not None and self.clause.frame.lemma == "be":
            frame.patient = self.clause.frame.agent  # `A is an initiative of B, funded by C`
        else:
            frame.patient = nearest(self.last, self.words, participle=True)
            frame.patient.others = without_places(frame.patient.others)
            if self.clause.frame is not None and self.clause.frame.lemma == "be" and self.clause.frame.agent:
                frame.patient.others += self.clause.frame.agent.phrases  # `A is a system developed by B`
            if self.clause.frame is not None:
                self.clause.frame.described.append(frame)
