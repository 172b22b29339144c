"""Decimals as people write them in Indonesian and English, and half-up rounding.

A single separator is the decimal sign (`0.025`, `1,234`). Several separators are read only where one reading is
possible; otherwise the number is refused, because a wrong factor of a thousand would decide a career.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_PLAIN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED: Final = re.compile(
    r"[+-]?\d{1,3}(?P<group>[.,])\d{3}(?:(?P=group)\d{3})*(?:(?!(?P=group))[.,](?P<rest>\d+))?"
)


class NumberError(ValueError):
    """The text is not a number, or could be read as two different numbers."""

    def __init__(self, text: str, problem: str) -> None:
        super().__init__(f"{problem}: {text!r}")
        self.text = text
        self.problem = problem


def half_up(value: Decimal, decimals: int = 2) -> Decimal:
    """Rounded to that many decimals; a five rounds away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def parse_decimal(text: str) -> Decimal:
    """The number that the text states; a percent sign at its end is allowed and changes nothing.

    Raises:
        NumberError: it is no number, or its thousands are ambiguous.
    """
    plain = text.strip().removesuffix("%").strip()
    if _PLAIN.fullmatch(plain) and plain.isascii():
        return Decimal(plain.replace(",", "."))
    grouped = _GROUPED.fullmatch(plain) if plain.isascii() else None
    if grouped is None or _ambiguous(plain, grouped):
        raise NumberError(text, "ambiguous thousands" if _looks_numeric(plain) else "not a number")
    separator = grouped["group"]
    return Decimal(plain.replace(separator, "").replace(",", "."))


def may_be_thousands(text: str) -> bool:
    """Whether a number with one separator could have been meant as thousands, such as `1.234`."""
    return re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text.strip().removesuffix("%").strip()) is not None


def _ambiguous(plain: str, grouped: re.Match[str]) -> bool:
    """`1.234,567` may be one thousand or one million."""
    rest = grouped["rest"]
    return rest is not None and len(rest) == 3 and plain.count(grouped["group"]) == 1


def _looks_numeric(plain: str) -> bool:
    return re.fullmatch(r"[+-]?[\d.,]+", plain) is not None and any(c.isdigit() for c in plain)
