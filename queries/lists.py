"""Lists of names in a question: `ATF, BIS and HSI`."""

from queries.question import Filled, Question

_JOINING = frozenset({"and", "or", "nor", "the"})


def listed(question: Question, begin: int) -> list[Filled]:
    """The names of a list that begins at a word, longest ones first taken; none if no name stands there."""
    found: list[Filled] = []
    at = begin
    while at < question.size:
        here = [f for f in question.literal() if f.start == at]
        if here:
            found.append(max(here, key=lambda name: name.end))
            at = found[-1].end
            if at not in question.breaks and question.words[at : at + 1] not in (("and",), ("or",), ("nor",)):
                break
        elif question.words[at] in _JOINING or question.tells_how_many(at):
            at += 1
        else:
            break
    return found
