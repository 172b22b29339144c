"""The window of applications: fifteen calendar days before the closing date (PP 11/2017 Pasal 117 ayat (2)).

What the announcement says is in `announcement`, how the window is extended in `extensions`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.checks.finding import Finding, found, not_checked
from domain.labels import tanggal
from domain.plan import Plan, PlanStage
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet

_RULE: Final = "announcement.min_calendar_days"


class CountMode(StrEnum):
    """How the days before the closing date are counted."""

    INCLUSIVE = "inclusive"  # with the day of publication, as practice does
    STRICT = "strict"


@applies("announcement.min_calendar_days")
def earliest_closing(opens: date, rules: RuleSet) -> date:
    """The first day on which applications may close in every reading of the law.

    So many calendar days (holidays count) lie between the day of publication and this one that no reading objects
    (PP 11/2017 Pasal 117 ayat (2)).
    """
    return opens + timedelta(days=rules.integer(_RULE))


@applies("announcement.count_mode")
def counts_first_day(rules: RuleSet) -> bool:
    """Whether the day of publication may be counted: then one day less is lawful, with a warning (practice)."""
    return CountMode(rules.text("announcement.count_mode")) is CountMode.INCLUSIVE


def last_closing(plan: Plan) -> date | None:
    """The last day of applications; for a single post that of its last extension."""
    closes = plan.closes
    if closes is None or len(plan.vacancies or ()) > 1:
        return closes
    return max((closes, *extended_to(plan)))


def extended_to(plan: Plan) -> tuple[date, ...]:
    """The closing days to which the plan extends applications, the earliest first, each once."""
    steps = [s.end for s in plan.stages or () if s.stage is PlanStage.EXTENSION and s.end is not None]
    return tuple(sorted({*(plan.extensions or ()), *steps}))


def check_window(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Compare the window with the rule, in the count mode of the rule set; calendar days, holidays count."""
    if plan.announcement is None:
        yield not_checked(rules, _RULE, "announcement")
        return
    opens, closes = plan.announcement.opens, plan.announcement.closes
    if opens is None or closes is None:
        yield not_checked(rules, _RULE, f"announcement.{'opens' if opens is None else 'closes'}")
        return
    yield from window_too_short(opens, closes, rules)


@applies("announcement.min_calendar_days", "announcement.count_mode")
def window_too_short(opens: date, closes: date, rules: RuleSet) -> Iterator[Finding]:
    """Fewer calendar days than the law asks lie between publication and closing date.

    One day less warns where the day of publication may be counted, and blocks where it may not.
    """
    earliest, length = earliest_closing(opens, rules), (closes - opens).days
    if closes >= earliest:
        return
    needed = (earliest - opens).days
    one_short = length == needed - 1
    message, message_en = _backwards(opens, closes) if length < 0 else _counted(length, needed, tolerated=one_short)
    yield found(
        rules,
        _RULE,
        "announcement.closes",
        message,
        message_en,
        severity=Enforcement.WARN if one_short and counts_first_day(rules) else Enforcement.BLOCK,
        expected=f"closes >= {earliest}",
        actual=closes.isoformat(),
    )


def _backwards(opens: date, closes: date) -> tuple[str, str]:
    return (
        f"Penutupan {tanggal(closes)} mendahului pengumuman {tanggal(opens)}.",
        f"The window closes on {closes}, before it opens on {opens}.",
    )


def _counted(length: int, needed: int, *, tolerated: bool) -> tuple[str, str]:
    remark = "; sah hanya bila hari pengumuman ikut dihitung" if tolerated else ""
    remark_en = "; lawful only when the day of publication is counted" if tolerated else ""
    return (
        f"Pengumuman paling singkat {needed} hari kalender sebelum penutupan; rencana ini {length} hari{remark}.",
        f"At least {needed} calendar days must lie before the closing date; the plan has {length}{remark_en}.",
    )
