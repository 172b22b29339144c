"""What the tests of the law share: the rule set in force and a real calendar."""

from typing import Any

import pytest
from sample_plan import LAWFUL

import regulations
from domain.calendar import Calendar
from domain.lint import Finding, lint
from domain.plan import plan_from_mapping
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


@pytest.fixture
def find_all(rules: RuleSet, calendar: Calendar) -> Any:
    """Lint the lawful plan with some parts changed; a part set to `...` is absent."""

    def run(chosen: RuleSet = rules, /, **change: object) -> list[Finding]:
        mapping = {key: value for key, value in (LAWFUL | change).items() if value is not ...}
        return list(lint(plan_from_mapping(mapping), chosen, calendar))

    return run


@pytest.fixture
def find(find_all: Any) -> Any:
    """As `find_all`, without what lint says of every plan without health tests and without an announcement's form."""

    def run(*chosen: RuleSet, **change: object) -> list[Finding]:
        return [f for f in find_all(*chosen, **change) if (f.rule, f.severity.value) not in UNSTATED]

    return run


UNSTATED = {("stages.required", "info"), ("announcement.required_fields", "info")}
