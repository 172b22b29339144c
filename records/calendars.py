"""Calendars of Indonesia from the library `holidays`, corrected by an agency's override rows.

Public holidays (libur nasional) and collective leave (the library's category `government`, cuti bersama) are both
non-working (rules `calendar.*`). Later decrees, election days and local holidays come as overrides with their number.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import holidays

from domain.calendar import Calendar
from domain.rules import canonical_json

_CATEGORIES: Final = ("public", "government")
_VERSION_LENGTH: Final = 12


@dataclass(frozen=True)
class Override:
    """A date that a decree makes working or non-working, whatever the library says."""

    day: date
    working: bool
    decree: str


def build_calendar(zone: str, years: Iterable[int], overrides: Iterable[Override] = ()) -> Calendar:
    """The calendar of those years in an IANA zone; `version` is a short hash of its whole content.

    Raises:
        ValueError: an override names no decree, or two overrides of one date disagree.
    """
    covered = tuple(sorted(set(years)))
    chosen = _chosen(overrides)
    known = set(holidays.country_holidays("ID", years=covered, categories=_CATEGORIES))
    non_working = (known | {day for day, working in chosen.items() if not working}) - _working(chosen)
    extra = tuple(sorted(_working(chosen)))
    return Calendar(
        version=_version(zone, covered, non_working, extra),
        zone=zone,
        non_working=tuple(sorted(non_working)),
        extra_working=extra,
        years=covered,
    )


def _chosen(overrides: Iterable[Override]) -> dict[date, bool]:
    """The override of each date."""
    chosen: dict[date, bool] = {}
    for row in overrides:
        if not row.decree.strip():
            raise ValueError(f"the override of {row.day} names no decree")
        if chosen.setdefault(row.day, row.working) is not row.working:
            raise ValueError(f"two overrides of {row.day} disagree")
    return chosen


def _working(chosen: dict[date, bool]) -> set[date]:
    return {day for day, working in chosen.items() if working}


def _version(zone: str, years: Iterable[int], non_working: Iterable[date], extra: Iterable[date]) -> str:
    content = {
        "zone": zone,
        "years": list(years),
        "non_working": [day.isoformat() for day in sorted(non_working)],
        "extra_working": [day.isoformat() for day in extra],
    }
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()[:_VERSION_LENGTH]
