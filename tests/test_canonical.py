"""Canonical JSON: one text for each value, as RFC 8785 has it."""

import json
from typing import Any

import pytest
from hypothesis import given

from queries.canonical import canonical_hash, canonical_json
from tests.receipt_graph import PLAIN


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (446.0, "446"),
        (446, "446"),
        (4.5, "4.5"),
        (-1.5e-3, "-0.0015"),
        (5e-324, "5e-324"),
        (-1.7976931348623157e308, "-1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e23, "1e+23"),
        (999999999999999700000.0, "999999999999999700000"),
        (1e21, "1e+21"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (333333333.3333332, "333333333.3333332"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
    ],
)
def test_numbers_are_written_as_rfc_8785_says(number: float, text: str) -> None:
    assert canonical_json(number).decode() == text


def test_names_are_sorted_as_rfc_8785_says() -> None:
    """By UTF-16: what lies beyond the first plane comes before what stands at the end of it."""
    value = {"\ufb33": 1, "\U0001f600": 2, "é": '\u000f\n"\\/\u007f', "a": [True, None]}
    expected = '{"a":[true,null],"é":"\\u000f\\n\\"\\\\/\u007f","\U0001f600":2,"\ufb33":1}'
    assert canonical_json(value).decode() == expected


@given(PLAIN)
def test_the_canonical_form_says_the_value_and_nothing_else(value: Any) -> None:
    text = canonical_json(value)
    assert json.loads(text, parse_int=float) == value
    assert canonical_json(json.loads(text)) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {1: 2}, {"a": object()}])
def test_what_is_no_json_has_no_hash(value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical_hash(value)
