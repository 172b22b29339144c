"""How dates, instants, amounts and codes read in Indonesian: the filters that templates may use.

A filter never changes what it does not understand, except for dates and instants: those are ours, so a malformed one is
an error and not a letter with a wrong date.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

_LOCALE = "id"
_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}
_EXACT = r"-?\d{1,18}(?:\.\d{1,12})?"
_NUMBER = re.compile(_EXACT)
_MEASURE = re.compile(rf"({_EXACT})(\s?\D.*)?", re.DOTALL)
_RANGE = re.compile(rf"({_EXACT})\.\.({_EXACT})(\s?[^\d.].*)?", re.DOTALL)
_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")

# Codes of domain.words as a letter says them; a text that is no code stays as it is.
TERMS: Mapping[str, str] = MappingProxyType(
    {
        "draft": "persiapan",
        "announcement": "pengumuman dan pelamaran",
        "screening": "seleksi administrasi",
        "assessment": "seleksi kompetensi",
        "paper": "makalah",
        "track_record": "rekam jejak",
        "interview": "wawancara akhir",
        "appointment": "penetapan dan pengangkatan",
        "closed": "selesai",
        "not_filled": "tidak terisi",
        "cancelled": "dibatalkan",
        "regulator_hold": "penghentian sementara atas permintaan instansi pengawas",
        "complaint": "pengaduan yang sedang diperiksa",
        "outage": "gangguan sistem",
        "very_good": "Sangat Baik",
        "good": "Baik",
        "needs_improvement": "Butuh Perbaikan",
        "poor": "Kurang",
        "very_poor": "Sangat Kurang",
        "stay": "tetap dalam jabatan",
        "lateral_move": "dipindahkan ke jabatan lain yang setara",
        "lower_post": "ditempatkan pada jabatan yang lebih rendah",
        "granted": "dikabulkan",
        "granted_in_part": "dikabulkan sebagian",
        "rejected": "ditolak",
    }
)
_COMPONENTS = {**TERMS, "assessment": "asesmen kompetensi"}


def tanggal(value: str) -> str:
    """An ISO date, or the date of an ISO instant: "23 November 2026"."""
    return format_date(_date(value), "d MMMM y", locale=_LOCALE)


def hari(value: str) -> str:
    """With the day of the week: "Senin, 23 November 2026"."""
    return format_date(_date(value), "EEEE, d MMMM y", locale=_LOCALE)


def instan(value: str) -> str:
    """An ISO instant with offset: "23 November 2026 pukul 14.05 WIB"."""
    moment = _instant(value)
    return f"{format_date(moment, 'd MMMM y', locale=_LOCALE)} pukul {moment:%H.%M} {_zone(moment)}"


def waktu(value: str) -> str:
    """An instant or a date, with the day of the week."""
    if "T" not in value:
        return hari(value)
    moment = _instant(value)
    return f"{hari(value)} pukul {moment:%H.%M} {_zone(moment)}"


def rentang(start: str, end: str = "") -> str:
    """From a date or instant to another, without saying the same month, year or day twice."""
    if not end or start == end:
        return waktu(start)
    if "T" in start and "T" in end and start[:10] == end[:10]:
        first, last = _instant(start), _instant(end)
        return f"{hari(start)} pukul {first:%H.%M}\N{EN DASH}{last:%H.%M} {_zone(last)}"
    if "T" in start or "T" in end:
        return f"{waktu(start)} s.d. {waktu(end)}"
    first_day, last_day = _date(start), _date(end)
    if (first_day.year, first_day.month) == (last_day.year, last_day.month):
        return f"{first_day.day}\N{EN DASH}{tanggal(end)}"
    pattern = "d MMMM" if first_day.year == last_day.year else "d MMMM y"
    return f"{format_date(first_day, pattern, locale=_LOCALE)} \N{EN DASH} {tanggal(end)}"


def tanggal_terbilang(value: str) -> str:
    """As minutes begin: "Senin, tanggal dua puluh tiga, bulan November, tahun dua ribu dua puluh enam"."""
    day = _date(value)
    weekday, month = format_date(day, "EEEE", locale=_LOCALE), format_date(day, "MMMM", locale=_LOCALE)
    return f"{weekday}, tanggal {terbilang(day.day)}, bulan {month}, tahun {terbilang(day.year)}"


def terbilang(number: int) -> str:
    """A whole number below a million in words."""
    if number < 12:
        return _ONES[number]
    for size, word in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= size and not (size == 10 and number < 20):
            count, rest = divmod(number, size)
            head = f"se{word}" if count == 1 else f"{terbilang(count)} {word}"
            return f"{head} {terbilang(rest)}" if rest else head
    return f"{terbilang(number - 10)} belas"


def angka(value: str) -> str:
    """A number as Indonesians write it; a unit may follow, `80..90` is a range, `absent` says so, other text stays."""
    if value == "absent":
        return "tidak hadir"
    if span := _RANGE.fullmatch(value):
        return f"{_decimal(span[1])}\N{EN DASH}{_decimal(span[2])}{span[3] or ''}"
    measure = _MEASURE.fullmatch(value)
    if measure is None or (measure[2] or "").lstrip()[:1] in {".", ",", "-", "/", ":"}:
        return value
    return _decimal(measure[1]) + (measure[2] or "")


def rupiah(value: str) -> str:
    """An amount of money: "Rp12.500.000"; other text stays."""
    if not _NUMBER.fullmatch(value):
        return value
    amount = Decimal(value)
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{format_decimal(abs(amount), format=pattern, locale=_LOCALE)}"


def jumlah(values: Iterable[str]) -> str:
    """The exact sum of number strings, as a number string; empty when one of them is no number."""
    numbers = list(values)
    return str(sum(map(Decimal, numbers), Decimal(0))) if all(map(_NUMBER.fullmatch, numbers)) else ""


def istilah(value: str) -> str:
    """A code in words; other text stays."""
    return TERMS.get(value, value)


def komponen(value: str) -> str:
    """The code of a scored component in words, beginning with a capital; other text stays."""
    if value not in _COMPONENTS:
        return value
    word = _COMPONENTS[value]
    return word[0].upper() + word[1:]


def huruf(index: int) -> str:
    """1 is a, 26 is z, 27 is aa: the letter of a list's item."""
    letters = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def ujung(value: str, last: bool) -> str:
    """An item of a legal list with its closing mark: a semicolon, after the last a full stop."""
    return value.rstrip(" ;.,\n") + ("." if last else ";")


def kalimat(value: str) -> str:
    """A sentence with its full stop, whether or not the text brought one."""
    text = value.rstrip()
    return text if not text or text[-1] in ".?!" else f"{text}."


def kelompok(rows: Iterable[Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    """Neighbouring rows with an equal value, numbered: [{"nomor": 1, "baris": [...]}, ...]."""
    groups = groupby(rows, key=lambda row: row[key])
    return [{"nomor": number, "baris": list(members)} for number, (_, members) in enumerate(groups, 1)]


def _date(value: str) -> date:
    return date.fromisoformat(value[:10]) if "T" in value else date.fromisoformat(value)


def _instant(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.utcoffset() is None:
        raise ValueError(f"an instant needs its offset: {value!r}")
    return moment


def _zone(moment: datetime) -> str:
    return _ZONES.get(moment.utcoffset() or timedelta(0), f"UTC{moment:%z}")


def _decimal(value: str) -> str:
    places = len(value.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(Decimal(value), format=pattern, locale=_LOCALE)


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        filter_.__name__: filter_
        for filter_ in (
            *(tanggal, hari, instan, waktu, rentang, tanggal_terbilang, terbilang, angka, rupiah, jumlah),
            *(istilah, komponen, huruf, ujung, kalimat, kelompok),
        )
    }
)
