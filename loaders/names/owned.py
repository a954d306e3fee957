"""The state that a body belongs to, and the forms that its name takes with it."""

from collections.abc import Iterator

from graph.records import Entity, fold
from loaders.names.lexicon import lexicon

__all__ = ["state_of", "with_country"]


def state_of(entity: Entity | None) -> str:
    """Id of the state that an entity is or belongs to, or the empty string."""
    if entity is None:
        return ""
    return entity.id if entity.type == "Country" else str(entity.properties.get("country", ""))


def with_country(own: str, country: Entity) -> Iterator[str]:
    """The forms that a body's name takes with its country: before it, behind `of`, or neither."""
    owners = sorted({fold(n).removeprefix("the ") for n in (country.name, *country.aliases)})
    adjectives = sorted(word for word, id_ in lexicon().demonyms.items() if id_ == country.id)
    plain = next((own.removeprefix(f"{word} ") for word in adjectives if own.startswith(f"{word} ")), own)
    for owner in sorted(owners, key=len, reverse=True):
        short = own.removeprefix(f"{owner} ")
        for tail in (f" of the {owner}", f" of {owner}", f" {owner}"):
            short = short.removesuffix(tail)
        if short != own:
            plain = short
            break
    yield plain
    for owner in owners:
        yield from (f"{plain} of {owner}", f"{plain} of the {owner}", f"{owner} {plain}")
