"""The window of applications: fifteen calendar days before the closing date (PP 11/2017 Pasal 117 ayat (2))."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from domain.checks.finding import Finding, found, not_checked
from domain.labels import tanggal
from domain.plan import Plan
from domain.rules import Enforcement, RuleSet

_RULE: Final = "announcement.min_calendar_days"


def check_window(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Compare the window with the rule, in the count mode of the rule set; calendar days, holidays count."""
    if plan.announcement is None:
        yield not_checked(rules, _RULE, "announcement")
        return
    opens, closes = plan.announcement.opens, plan.announcement.closes
    if opens is None or closes is None:
        yield not_checked(rules, _RULE, f"announcement.{'opens' if opens is None else 'closes'}")
        return
    yield from _too_short(opens, closes, rules)


def _too_short(opens: date, closes: date, rules: RuleSet) -> Iterator[Finding]:
    needed, length = rules.integer(_RULE), (closes - opens).days
    if length >= needed:
        return
    one_short = length == needed - 1
    inclusive = rules.text("announcement.count_mode") == "inclusive"
    message, message_en = _backwards(opens, closes) if length < 0 else _counted(length, needed, tolerated=one_short)
    yield found(
        rules,
        _RULE,
        "announcement.closes",
        message,
        message_en,
        severity=Enforcement.WARN if one_short and inclusive else Enforcement.BLOCK,
        expected=f"closes >= {opens + timedelta(days=needed)}",
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
