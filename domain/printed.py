"""An achievement as a report printed it, against the one its own formula gives, and how the printed one was made.

A printed value is right when the achievement rounds half up to it at the decimals that it prints. The published
formulas (K01 to K07 of the cases) show how others came about.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from domain.indicator import AchievementWarning, Bounds, Indicator
from domain.numbers import cut_off, half_up, plain

_HUNDRED: Final = Fraction(100)


def printed_warnings(indicator: Indicator, exact: Fraction, cap: Decimal) -> Iterator[AchievementWarning]:
    """A warning where the printed achievement in percent is not the computed one, with the likely formula."""
    printed = indicator.printed
    if printed is None or _rounds_to(exact, printed):
        return
    origin, origin_en = likely_origin(indicator, exact, cap, printed)
    yield AchievementWarning(
        "printed-differs",
        f"tercetak {printed}, rumus memberi {half_up(exact)}; {origin}",
        f"printed {printed}, the formula gives {half_up(exact)}; {origin_en}",
    )


def likely_origin(indicator: Indicator, exact: Fraction, cap: Decimal, printed: Decimal) -> tuple[str, str]:
    """How the printed value was likely made, in Indonesian and English.

    A is the actual, T the target, L and U the lower and upper bound of a range.
    """
    if cut_off(exact, _decimals(printed)) == printed:
        return "tampaknya dipotong tanpa pembulatan", "it seems to be cut off without rounding"
    if printed == cap and exact > Fraction(cap):
        return (
            f"tampaknya nilai setelah dibatasi {plain(cap)}",
            f"it seems to be the value after the cap of {plain(cap)}",
        )
    for formula, value in _candidates(indicator):
        if _rounds_to(value, printed):
            return f"tampaknya dihitung dengan {formula}", f"it seems to be computed by {formula}"
    return "asalnya tidak diketahui", "its origin is unknown"


def _candidates(indicator: Indicator) -> Iterator[tuple[str, Fraction]]:
    target, actual = indicator.target, indicator.actual
    if not isinstance(actual, Decimal):
        return
    bounds = {"L": target.lower, "U": target.upper} if isinstance(target, Bounds) else {"T": target}
    for name, base in bounds.items():
        if not isinstance(base, Decimal) or not base or not actual:
            continue
        ratio = Fraction(actual) / Fraction(base)
        yield f"A/{name}", _HUNDRED * ratio
        yield f"(2{name}−A)/{name}", _HUNDRED * (2 - ratio)
        yield f"{name}/A", _HUNDRED / ratio
        yield f"(2A−{name})/A", _HUNDRED * (2 - 1 / ratio)


def _rounds_to(value: Fraction, printed: Decimal) -> bool:
    return half_up(value, _decimals(printed)) == printed


def _decimals(printed: Decimal) -> int:
    exponent = printed.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
