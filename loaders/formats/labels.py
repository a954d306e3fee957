"""Labels of list items: numbers as letters and Roman numerals, as HTML and Word count with them."""

DECIMAL, ALPHA, ROMAN = "decimal", "alpha", "roman"

_NUMERALS = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST_ROMAN = 3999
# Word writes `aa` after `z`; nobody has thirty rounds of the alphabet.
_MOST_ALPHA = 26 * 30


def label(number: int, style: str, upper: bool = False) -> str:
    """A number in one of the styles; in digits where the style has no sign for it."""
    if style == ROMAN and 0 < number <= _MOST_ROMAN:
        text = _roman(number)
    elif style == ALPHA and 0 < number <= _MOST_ALPHA:
        rounds, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) * (rounds + 1)
    else:
        text = str(number)
    return text.upper() if upper else text


def _roman(number: int) -> str:
    text = ""
    for value, sign in _NUMERALS:
        count, number = divmod(number, value)
        text += sign * count
    return text
