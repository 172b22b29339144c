"""The employee number of a PNS (NIP) or PPPK: what its digits say, and what in them looks wrong.

Real numbers carry old errors and there is no check digit (law.md N-02): everything here is a warning, never a refusal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.checks.finding import Finding, found
from domain.dates import add_years
from domain.labels import tanggal
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet


class NumberKind(StrEnum):
    """Whose number it is; the month of entry is coded for a PNS only (law.md N-03)."""

    PNS = "pns"
    PPPK = "pppk"


class Sex(StrEnum):
    """The sex that the number codes."""

    MALE = "male"
    FEMALE = "female"


class NipWarning(StrEnum):
    """What looks wrong in a number."""

    LENGTH = "length"  # not 18 digits; nothing else is read
    BIRTH_DATE = "birth-date"  # digits 1-8 are no date
    BIRTH_IN_FUTURE = "birth-in-future"
    BIRTH_DATE_DIFFERS = "birth-date-differs"  # from the date given elsewhere
    ENTRY_MONTH = "entry-month"  # digits 9-14 are no year and month
    ENTRY_IN_FUTURE = "entry-in-future"
    ENTRY_TOO_EARLY = "entry-too-early"  # younger than the minimum age at entry
    ENTRY_DIFFERS = "entry-differs"  # from the TMT CPNS given elsewhere
    SEX = "sex"  # digit 15 is neither 1 nor 2
    SEX_DIFFERS = "sex-differs"
    SERIAL = "serial"  # digits 16-18 are 000


Fact = date | str | int
"""What a number says or should say; months are texts such as `1998-03`."""


@dataclass(frozen=True)
class Declared:
    """What is known from elsewhere, to compare with; None where nothing is. `entry` is the TMT CPNS."""

    birth_date: date | None = None
    entry: date | None = None
    sex: Sex | None = None


@dataclass(frozen=True)
class OddDigits:
    """A warning with what was expected and what the number says."""

    code: NipWarning
    expected: Fact
    actual: Fact


@dataclass(frozen=True)
class Nip:
    """A number taken apart; parts that cannot be read are None."""

    number: str
    birth_date: date | None
    entry: date | None  # first day of the month of TMT CPNS
    sex: Sex | None
    odd: tuple[OddDigits, ...]

    @property
    def warnings(self) -> tuple[NipWarning, ...]:
        """The codes of what looks wrong."""
        return tuple(item.code for item in self.odd)


@applies("nip.length")
def number_length(rules: RuleSet) -> int:
    """How many digits an employee number has (Perka BKN 22/2007)."""
    return rules.integer("nip.length")


@applies("nip.pattern")
def layout(rules: RuleSet) -> dict[str, slice]:
    """Where in the number each group of the pattern stands, such as `YYYYMMDD` at the first eight digits.

    A serial, whatever its width, is the group `N`.
    """
    places, start = {}, 0
    for group in rules.text("nip.pattern").split():
        places["N" if set(group) == {"N"} else group] = slice(start, start + len(group))
        start += len(group)
    return places


@applies("nip.min_age_at_entry")
def earliest_entry(birth_date: date, rules: RuleSet) -> date:
    """The first day of the month in which somebody reaches the least age of a candidate PNS."""
    return add_years(birth_date.replace(day=1), rules.integer("nip.min_age_at_entry"))


@applies("pppk.nip_month_check")
def codes_a_month(kind: NumberKind, rules: RuleSet) -> bool:
    """Whether digits 9-14 are a year and month: always for a PNS; for a PPPK only where the rule says so (N-03)."""
    return kind is NumberKind.PNS or rules.flag("pppk.nip_month_check")


def parse_nip(
    text: str, on: date, rules: RuleSet, declared: Declared | None = None, *, kind: NumberKind = NumberKind.PNS
) -> Nip:
    """Take a number apart as of a local date; spaces and points in it are ignored.

    `declared` is what is known from elsewhere, to compare with.
    """
    number = re.sub(r"[\s.]", "", text)
    if not (number.isascii() and number.isdigit() and len(number) == number_length(rules)):
        return Nip(number, None, None, None, (_unreadable(number, rules),))
    parts = {group: number[place] for group, place in layout(rules).items()}
    if not codes_a_month(kind, rules):
        parts.pop(_ENTRY, None)
    born, entry = _day(parts.get(_BIRTH, "")), _day(parts.get(_ENTRY, "") + "01")
    known = declared or Declared()
    odd = (
        *_odd_birth(parts, born, on, known),
        *_odd_entry(parts, entry, on, known),
        *_too_early(born, entry, on, rules),
        *_odd_sex(parts, known),
        *_odd_serial(parts),
    )
    return Nip(number, born, entry, _SEXES.get(parts.get("S", "")), odd)


def nip_findings(nip: Nip, rules: RuleSet) -> tuple[Finding, ...]:
    """What looks wrong in a number, in words, each with its rule and article; always warnings."""
    return tuple(_finding(item, rules) for item in nip.odd)


_BIRTH: Final = "YYYYMMDD"
_ENTRY: Final = "YYYYMM"
_SEXES: Final = {"1": Sex.MALE, "2": Sex.FEMALE}


def _unreadable(number: str, rules: RuleSet) -> OddDigits:
    digits = sum(sign.isascii() and sign.isdigit() for sign in number)
    return OddDigits(NipWarning.LENGTH, number_length(rules), f"{digits}/{len(number)}")


def _odd_birth(parts: dict[str, str], born: date | None, on: date, known: Declared) -> Iterator[OddDigits]:
    if born is None:
        if _BIRTH in parts:
            yield OddDigits(NipWarning.BIRTH_DATE, _BIRTH, parts[_BIRTH])
        return
    if born > on:
        yield OddDigits(NipWarning.BIRTH_IN_FUTURE, on, born)
    if known.birth_date is not None and known.birth_date != born:
        yield OddDigits(NipWarning.BIRTH_DATE_DIFFERS, known.birth_date, born)


def _odd_entry(parts: dict[str, str], entry: date | None, on: date, known: Declared) -> Iterator[OddDigits]:
    if entry is None:
        if _ENTRY in parts:
            yield OddDigits(NipWarning.ENTRY_MONTH, _ENTRY, parts[_ENTRY])
        return
    if entry > on:
        yield OddDigits(NipWarning.ENTRY_IN_FUTURE, _month(on), _month(entry))
    if known.entry is not None and _month(known.entry) != _month(entry):
        yield OddDigits(NipWarning.ENTRY_DIFFERS, _month(known.entry), _month(entry))


def _too_early(born: date | None, entry: date | None, on: date, rules: RuleSet) -> Iterator[OddDigits]:
    """Entered too young; where the birth itself lies ahead there is no sense in asking."""
    if born is not None and entry is not None and born <= on and entry < earliest_entry(born, rules):
        yield OddDigits(NipWarning.ENTRY_TOO_EARLY, _month(earliest_entry(born, rules)), _month(entry))


def _odd_sex(parts: dict[str, str], known: Declared) -> Iterator[OddDigits]:
    if "S" not in parts:
        return
    coded = _SEXES.get(parts["S"])
    if coded is None:
        yield OddDigits(NipWarning.SEX, "1, 2", parts["S"])
    elif known.sex not in (None, coded):
        yield OddDigits(NipWarning.SEX_DIFFERS, next(d for d, sex in _SEXES.items() if sex is known.sex), parts["S"])


def _odd_serial(parts: dict[str, str]) -> Iterator[OddDigits]:
    if "N" in parts and not parts["N"].strip("0"):
        yield OddDigits(NipWarning.SERIAL, "001", parts["N"])


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


_RULES: Final = {
    NipWarning.LENGTH: "nip.length",
    NipWarning.ENTRY_TOO_EARLY: "nip.min_age_at_entry",
}
_WORDS: Final = {
    NipWarning.LENGTH: (
        "Nomor induk seharusnya {expected} angka 0-9; yang tertulis {actual} (angka/seluruh tanda).",
        "The number should have {expected} digits 0-9; it has {actual} (digits/all signs).",
    ),
    NipWarning.BIRTH_DATE: (
        "Angka tanggal lahir {actual} pada nomor induk bukan tanggal.",
        "The digits {actual} of the birth date are no date.",
    ),
    NipWarning.BIRTH_IN_FUTURE: (
        "Tanggal lahir {actual} pada nomor induk lebih lambat daripada {expected}.",
        "The birth date {actual} in the number lies after {expected}.",
    ),
    NipWarning.BIRTH_DATE_DIFFERS: (
        "Nomor induk menyebut tanggal lahir {actual}, data lain {expected}; cocokkan dengan akta kelahiran.",
        "The number says born on {actual}, other data {expected}; compare with the birth certificate.",
    ),
    NipWarning.ENTRY_MONTH: (
        "Angka TMT CPNS {actual} pada nomor induk bukan tahun dan bulan; nomor PPPK memang tidak memuatnya.",
        "The digits {actual} of the entry are no year and month; a PPPK's number has none.",
    ),
    NipWarning.ENTRY_IN_FUTURE: (
        "TMT CPNS {actual} pada nomor induk lebih lambat daripada {expected}.",
        "The entry {actual} in the number lies after {expected}.",
    ),
    NipWarning.ENTRY_TOO_EARLY: (
        "TMT CPNS {actual} pada nomor induk mendahului usia terendah, yang tercapai {expected}.",
        "The entry {actual} in the number is before the least age, reached in {expected}.",
    ),
    NipWarning.ENTRY_DIFFERS: (
        "Nomor induk menyebut TMT CPNS {actual}, data lain {expected}; cocokkan dengan SK CPNS.",
        "The number says entered in {actual}, other data {expected}; compare with the decree of entry.",
    ),
    NipWarning.SEX: (
        "Angka jenis kelamin {actual} pada nomor induk bukan 1 (laki-laki) atau 2 (perempuan).",
        "The digit of the sex is {actual}, neither 1 (male) nor 2 (female).",
    ),
    NipWarning.SEX_DIFFERS: (
        "Angka jenis kelamin pada nomor induk {actual}, menurut data lain {expected} (1 laki-laki, 2 perempuan).",
        "The digit of the sex is {actual}, by other data {expected} (1 male, 2 female).",
    ),
    NipWarning.SERIAL: (
        "Nomor urut {actual} pada nomor induk tidak ada; yang terkecil {expected}.",
        "There is no serial {actual}; the least is {expected}.",
    ),
}


def _finding(item: OddDigits, rules: RuleSet) -> Finding:
    """Dates in the Indonesian message are written out; everywhere else they are ISO."""
    words, words_en = _WORDS[item.code]
    expected, actual = (tanggal(f) if isinstance(f, date) else f for f in (item.expected, item.actual))
    return found(
        rules,
        _RULES.get(item.code, "nip.pattern"),
        "nip",
        words.format(expected=expected, actual=actual),
        words_en.format(expected=item.expected, actual=item.actual),
        severity=Enforcement.WARN,
        expected=item.expected,
        actual=item.actual,
    )
