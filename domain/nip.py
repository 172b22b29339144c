"""The employee number (NIP) of a PNS: what its digits say, and what in them looks wrong.

Real numbers carry old errors and there is no check digit (law.md N-02): everything here is a warning, never a refusal.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.dates import add_years
from domain.rules import RuleSet

_SEX_DIGITS: Final = frozenset("12")
_NO_SERIAL: Final = "000"


class NumberKind(StrEnum):
    """Whose number it is; the month of entry is coded for a PNS only (law.md N-03)."""

    PNS = "pns"
    PPPK = "pppk"


class NipWarning(StrEnum):
    """What looks wrong in a number."""

    LENGTH = "length"  # not 18 digits; nothing else is read
    BIRTH_DATE = "birth-date"  # digits 1-8 are no date
    ENTRY_MONTH = "entry-month"  # digits 9-14 are no year and month
    ENTRY_TOO_EARLY = "entry-too-early"  # younger than the minimum age at entry
    ENTRY_IN_FUTURE = "entry-in-future"
    SEX = "sex"  # digit 15 is neither 1 nor 2
    SERIAL = "serial"  # digits 16-18 are 000
    BIRTH_DATE_DIFFERS = "birth-date-differs"  # from the date given elsewhere


@dataclass(frozen=True)
class Nip:
    """A number taken apart; parts that cannot be read are None."""

    number: str
    birth_date: date | None
    entry: date | None  # first day of the month of TMT CPNS
    warnings: tuple[NipWarning, ...]


def parse_nip(
    text: str, on: date, rules: RuleSet, *, birth_date: date | None = None, kind: NumberKind = NumberKind.PNS
) -> Nip:
    """Take a number apart as of a local date; spaces and points in it are ignored.

    `birth_date` is the date given elsewhere, to compare with.
    """
    number = re.sub(r"[\s.]", "", text)
    if not (number.isascii() and number.isdigit() and len(number) == rules.integer("nip.length")):
        return Nip(number, None, None, (NipWarning.LENGTH,))
    born = _day(number[:8])
    months_are_coded = kind is NumberKind.PNS or rules.flag("pppk.nip_month_check")
    entry = _day(number[8:14] + "01") if months_are_coded else None
    warnings = [
        *_birth_warnings(born, birth_date),
        *(_entry_warnings(born, entry, on, rules) if months_are_coded else ()),
        *([NipWarning.SEX] if number[14] not in _SEX_DIGITS else []),
        *([NipWarning.SERIAL] if number[15:] == _NO_SERIAL else []),
    ]
    return Nip(number, born, entry, tuple(warnings))


def _birth_warnings(born: date | None, elsewhere: date | None) -> list[NipWarning]:
    if born is None:
        return [NipWarning.BIRTH_DATE]
    return [NipWarning.BIRTH_DATE_DIFFERS] if elsewhere is not None and elsewhere != born else []


def _entry_warnings(born: date | None, entry: date | None, on: date, rules: RuleSet) -> list[NipWarning]:
    if entry is None:
        return [NipWarning.ENTRY_MONTH]
    found = [NipWarning.ENTRY_IN_FUTURE] if entry > on else []
    if born is not None and entry < add_years(born.replace(day=1), rules.integer("nip.min_age_at_entry")):
        found.append(NipWarning.ENTRY_TOO_EARLY)
    return found


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
