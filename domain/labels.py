"""Indonesian words for codes, and dates as sentences write them; for evidence and reasons that people read."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from domain.words import Component, Rating

_MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

POSITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "jpt_utama": "JPT utama",
        "jpt_madya": "JPT madya",
        "jpt_pratama": "JPT pratama",
        "administrator": "administrator",
        "pengawas": "pengawas",
        "jf_ahli_utama": "JF ahli utama",
        "jf_ahli_madya": "JF ahli madya",
        "jf_ahli_muda": "JF ahli muda",
        "jf_ahli_pertama": "JF ahli pertama",
        "other": "jabatan lain",
    }
)

RATINGS: Final[Mapping[Rating, str]] = MappingProxyType(
    {
        Rating.VERY_GOOD: "sangat baik",
        Rating.GOOD: "baik",
        Rating.NEEDS_IMPROVEMENT: "butuh perbaikan",
        Rating.POOR: "kurang",
        Rating.VERY_POOR: "sangat kurang",
    }
)

COMPONENTS: Final[Mapping[Component, str]] = MappingProxyType(
    {
        Component.TRACK_RECORD: "rekam jejak",
        Component.ASSESSMENT: "asesmen kompetensi",
        Component.PAPER: "makalah",
        Component.INTERVIEW: "wawancara akhir",
    }
)


def tanggal(day: date) -> str:
    """A date in Indonesian: "3 Februari 2027"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
