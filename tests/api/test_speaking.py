"""Sentences for people name instants in the installation's zone; the facts beside them stay ISO 8601."""

from zoneinfo import ZoneInfo

import pytest

from api.speaking import spoken


@pytest.mark.parametrize(
    ("zone", "language", "expected"),
    [
        ("Asia/Jakarta", "id", "9 Desember 2026 pukul 23.59.59 WIB"),
        ("Asia/Makassar", "id", "10 Desember 2026 pukul 00.59.59 WITA"),
        ("Asia/Jayapura", "en", "10 December 2026 01:59:59 WIT"),
    ],
)
def test_an_instant_is_said_in_the_local_zone(zone: str, language: str, expected: str) -> None:
    facts = {"until": "2026-12-09T16:59:59+00:00", "applicants": "3"}
    assert spoken(facts, language, ZoneInfo(zone)) == {"until": expected, "applicants": "3"}


def test_what_is_no_instant_stays() -> None:
    facts = {"date": "2026-12-09", "stage": "screening"}
    assert spoken(facts, "id", ZoneInfo("Asia/Jakarta")) == facts
