"""The layout of a judgement file: its records as blocks of lines, so that comments outlive a change."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

HEAD = """\
# What was decided about candidates: `carisec review` adds records, `carisec load` brings them about.
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A record with the comments above it; `line` is that of its dash, from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands above the first record, and the records in the order of the file."""

    head: str
    blocks: tuple[Block, ...]


def blocks_of(text: str) -> Layout | None:
    """The blocks of a list whose every record begins with a dash at the margin; None for another layout.

    Comments directly above a dash belong to its record; what ends in an empty line before the first one is
    the head.
    """
    lines = text.splitlines()
    if any(line.startswith(("---", "...", "[", "%")) for line in lines):
        return None
    dashes = [n for n, line in enumerate(lines) if line.startswith("- ")]
    if not dashes:
        return Layout(text, ())
    starts = []
    for dash in dashes:
        start = dash
        while start and lines[start - 1].startswith("#"):
            start -= 1
        starts.append(start)
    ends = [*starts[1:], len(lines)]
    blocks = (
        Block(dash + 1, "\n".join(lines[start:end]))
        for dash, start, end in zip(dashes, starts, ends, strict=True)
    )
    return Layout("\n".join(lines[: starts[0]]), tuple(blocks))


def joined(head: str, blocks: Iterable[str]) -> str:
    """The text of a file; without a head it gets ours."""
    parts = (part.strip("\n") for part in (head if head.strip() else HEAD, *blocks))
    return "\n\n".join(part for part in parts if part) + "\n"


def rendered(record: Mapping[str, object]) -> str:
    """One record as lines of YAML."""
    text = yaml.dump([dict(record)], Dumper=_Plain, sort_keys=False, allow_unicode=True, width=float("inf"))
    return text.rstrip("\n")


def comments(block: str) -> str:
    """The comments above a record, each line with its end."""
    above = itertools.takewhile(lambda line: line.startswith("#"), block.splitlines())
    return "".join(f"{line}\n" for line in above)


class _Plain(yaml.SafeDumper):
    """Quotes no dates and numbers: whoever reads the file takes every scalar for the text that it is."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the base class has it
        first: [pair for pair in resolvers if pair[0] == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """The reader refuses anchors."""
        return True
