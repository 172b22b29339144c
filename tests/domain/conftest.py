"""What the tests of the law share: the rule set in force and a real calendar."""

import pytest

import regulations
from domain.calendar import Calendar
from domain.rules import RuleSet
from records.calendars import build_calendar


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """The rule set in force."""
    return regulations.load("id-pns-2020")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """Working days of 2026 and 2027 in western Indonesia."""
    return build_calendar("Asia/Jakarta", (2025, 2026, 2027))
