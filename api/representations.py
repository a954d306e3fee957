"""Headers of an answer that comes in several forms: which others there are, and what tells more about it.

`Link` names every other form with its type, the address that stands for all of them, the thing that is
described, the schema and the data set that describe the answer, and the licence. Where the form was chosen by
Accept, `Content-Location` is the address of just this form.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request

from api.formats import Format, split_suffix
from api.pages import address, located, own_path
from api.paging import PAGING, alternates
from graph.settings import Settings
from graph.vocabulary import LICENCE

# What the terms mean, and what the answer is a part of.
_DESCRIBING = ("/schema", "/dataset")


@dataclass(frozen=True, slots=True)
class Representation:
    """An answer in one of the forms that it is offered in.

    `canonical` is the path that stands for it, without a suffix, where that is not its own one, or an
    address; `describes` the IRI of what it is about.
    """

    request: Request
    form: Format
    offered: Sequence[Format]
    canonical: str | None = None
    describes: str | None = None

    @property
    def others(self) -> list[tuple[Format, str]]:
        """Every other form with its address."""
        return [pair for pair in alternates(self.request, self.offered) if pair[0] is not self.form]

    @property
    def canonical_address(self) -> str:
        """The address that stands for all forms, absolute where the public one is known."""
        path, _ = self._split
        if self.canonical is not None and "://" in self.canonical:
            return self.canonical
        if self.canonical is not None and self.canonical != path:
            return located(self._settings, self.canonical)
        given = self.request.query_params.multi_items()
        return located(self._settings, path, [pair for pair in given if pair[0] != PAGING[1]])

    def headers(self, following: str | None = None, *more: str) -> dict[str, str]:
        """Link, Vary, and Content-Location where Accept chose the form.

        `following` is the address of the next page; `more` are links as the header has them.
        """
        path, by_suffix = self._split
        links = [f'<{target}>; rel="alternate"; type="{one.media_type}"' for one, target in self.others]
        if following is not None:
            links.append(f'<{following}>; rel="next"')
        links.append(f'<{self.canonical_address}>; rel="canonical"')
        if self.describes is not None:
            links.append(f'<{self.describes}>; rel="describes"')
        for other in _DESCRIBING:
            if other != path:
                links.append(f'<{address(self._settings, other)}>; rel="describedby"')
        links += [f'<{LICENCE}>; rel="license"', *more]
        headers = {"Link": ", ".join(links), "Vary": "Accept"}
        if by_suffix is None:
            given = self.request.query_params.multi_items()
            headers["Content-Location"] = address(self._settings, path + self.form.suffix, given)
        return headers

    @property
    def head(self) -> dict[str, object]:
        """What a page says of it in its head; see `parts.head`."""
        return {"alternates": self.others, "canonical": self.canonical_address, "licence": LICENCE}

    @property
    def _split(self) -> tuple[str, Format | None]:
        return split_suffix(own_path(self.request), self.offered)

    @property
    def _settings(self) -> Settings:
        found: Settings = self.request.app.state.settings
        return found
