"""Text for cells of CSV that no spreadsheet takes for a formula, and the way back.

A cell that begins with `=`, `+`, `-` or `@` (full-width forms too), also behind spaces or quotes, or with a
tab or a line break, gets an apostrophe before it; so does one that begins with an apostrophe. Hence whoever
reads the file gets each text back exactly by taking one apostrophe away where a cell begins with one.
"""

import re

_FORMULA = re.compile(r"""[\t\r\n']|[\s"“”„‘’´`]*[=+\-@＝＋－＠]""")
_GUARD = "'"


def spreadsheet_safe(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet might run it."""
    return _GUARD + text if _FORMULA.match(text) else text


def without_guard(cell: str) -> str:
    """The text of a cell that `spreadsheet_safe` made."""
    return cell.removeprefix(_GUARD)
