"""Calendars of Indonesia from the library `holidays`, corrected by an agency's override rows.

Public holidays (libur nasional) and collective leave (the library's category `government`, cuti bersama) are both
non-working unless the rules `calendar.*` say otherwise. Later decrees, election days and local holidays come as
overrides with their number. A year without collective leave in the library has not been decreed: its holidays are
expected dates, some of them estimates, and the calendar does not claim to cover it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import holidays

from domain.calendar import Calendar, Conventions, Source
from domain.rules import canonical_json

_CATEGORIES: Final = {Source.PUBLIC: "public", Source.COLLECTIVE_LEAVE: "government"}
_USUAL: Final = Conventions()
_VERSION_LENGTH: Final = 12


@dataclass(frozen=True)
class Override:
    """A date that a decree makes working or non-working, whatever the library says."""

    day: date
    working: bool
    decree: str


def build_calendar(
    zone: str, years: Iterable[int], overrides: Iterable[Override] = (), conventions: Conventions = _USUAL
) -> Calendar:
    """The calendar of those years in an IANA zone; `version` is a short hash of its whole content.

    Raises:
        ValueError: an override names no decree, or two overrides of one date disagree.
    """
    asked = tuple(sorted(set(years)))
    chosen = _chosen(overrides) if Source.OVERRIDES in conventions.sources else {}
    working = {day for day, is_working in chosen.items() if is_working}
    known = {day for source in _CATEGORIES if source in conventions.sources for day in _dates(source, asked)}
    non_working = tuple(sorted((known | set(chosen)) - working))
    content = {
        "zone": zone,
        "years": list(asked),
        "non_working": [day.isoformat() for day in non_working],
        "extra_working": [day.isoformat() for day in sorted(working)],
        # Left out where it is the usual one, so that calendars of older releases keep their version.
        **({} if conventions.weekend == _USUAL.weekend else {"weekend": list(conventions.weekend)}),
    }
    return Calendar(
        version=hashlib.sha256(canonical_json(content).encode()).hexdigest()[:_VERSION_LENGTH],
        zone=zone,
        non_working=non_working,
        weekend=conventions.weekend,
        extra_working=tuple(sorted(working)),
        years=_decreed(asked),
    )


@cache
def _dates(source: Source, years: tuple[int, ...]) -> frozenset[date]:
    """The library's dates of one kind."""
    return frozenset(holidays.country_holidays("ID", years=years, categories=(_CATEGORIES[source],)))


def _decreed(years: tuple[int, ...]) -> tuple[int, ...]:
    """The years whose decree the library knows: those with collective leave."""
    with_leave = {day.year for day in _dates(Source.COLLECTIVE_LEAVE, years)}
    return tuple(year for year in years if year in with_leave)


def _chosen(overrides: Iterable[Override]) -> dict[date, bool]:
    """The override of each date."""
    chosen: dict[date, bool] = {}
    for row in overrides:
        if not row.decree.strip():
            raise ValueError(f"the override of {row.day} names no decree")
        if chosen.setdefault(row.day, row.working) is not row.working:
            raise ValueError(f"two overrides of {row.day} disagree")
    return chosen
