"""Decimals as people write them in Indonesian and English, and half-up rounding.

A single separator is the decimal sign (`0.025`, `1,234`). Several separators are read only where one reading is
possible; otherwise the number is refused, because a wrong factor of a thousand would decide a career.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

MAX_DIGITS: Final = 24
"""More digits than any target or budget has; a longer number is a slip of the keyboard."""

_PLAIN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED: Final = re.compile(
    r"[+-]?\d{1,3}(?P<group>[.,])\d{3}(?:(?P=group)\d{3})*(?:(?!(?P=group))[.,](?P<rest>\d+))?"
)
_HALF: Final = Fraction(1, 2)


class NumberError(ValueError):
    """The text is not a number, or could be read as two different numbers."""

    def __init__(self, text: str, problem: str) -> None:
        super().__init__(f"{problem}: {text!r}")
        self.text = text
        self.problem = problem


def half_up(value: Decimal | Fraction, decimals: int = 2) -> Decimal:
    """Rounded to that many decimals; a five rounds away from zero."""
    exact = Fraction(value)
    units = int(abs(exact) * 10**decimals + _HALF)
    return _decimal(-units if exact < 0 else units, decimals)


def cut_off(value: Fraction, decimals: int = 2) -> Decimal:
    """With that many decimals and the rest dropped, as some reports print it."""
    return _decimal(int(value * 10**decimals), decimals)


def parse_decimal(text: str) -> Decimal:
    """The number that the text states; a percent sign at its end is allowed and changes nothing.

    Raises:
        NumberError: it is no number, its thousands are ambiguous, or it has more than `MAX_DIGITS` digits.
    """
    digits = text.strip().removesuffix("%").strip()
    if sum(c.isdigit() for c in digits) > MAX_DIGITS:
        raise NumberError(text, "too many digits")
    if _PLAIN.fullmatch(digits) and digits.isascii():
        return Decimal(digits.replace(",", "."))
    grouped = _GROUPED.fullmatch(digits) if digits.isascii() else None
    if grouped is None or _ambiguous(digits, grouped):
        raise NumberError(text, "ambiguous thousands" if _looks_numeric(digits) else "not a number")
    separator = grouped["group"]
    return Decimal(digits.replace(separator, "").replace(",", "."))


def plain(number: Decimal) -> str:
    """The number as a sentence shows it, without needless zeros: 120, 99.5."""
    return f"{number.normalize():f}"


def may_be_thousands(text: str) -> bool:
    """Whether a number with one separator could have been meant as thousands, such as `1.234`."""
    return re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text.strip().removesuffix("%").strip()) is not None


def _decimal(units: int, decimals: int) -> Decimal:
    """That many units of the last decimal, without going through a context's precision."""
    return Decimal((int(units < 0), Decimal(abs(units)).as_tuple().digits, -decimals))


def _ambiguous(plain: str, grouped: re.Match[str]) -> bool:
    """`1.234,567` may be one thousand or one million."""
    rest = grouped["rest"]
    return rest is not None and len(rest) == 3 and plain.count(grouped["group"]) == 1


def _looks_numeric(plain: str) -> bool:
    return re.fullmatch(r"[+-]?[\d.,]+", plain) is not None and any(c.isdigit() for c in plain)
