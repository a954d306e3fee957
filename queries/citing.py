"""Where a clause stands: in words for a reader, and as an address to follow."""

from collections.abc import Mapping
from typing import Any


def locator(evidence: Mapping[str, Any]) -> str:
    """`characters 120–240 of NAME.txt`, for a row of evidence as the look-ups give it."""
    name = evidence.get("documentFile") or evidence["document"]
    return f"characters {evidence['start']}–{evidence['end']} of {name}"


def address(evidence: Mapping[str, Any]) -> str:
    """The document's own address, else its page in carisec with the place as RFC 5147 writes it."""
    page = evidence["document"].removeprefix("document/")
    place = f"/documents/{page}#char={evidence['start']},{evidence['end']}"
    return evidence.get("documentUrl") or place
