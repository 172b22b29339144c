"""Extensions of the window: how many there are and how long each is (practice; no regulation at hand says)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from domain.calendar import Calendar
from domain.checks.finding import Finding, found
from domain.checks.window import extended_to
from domain.deadlines.selection import extension_closes
from domain.labels import tanggal
from domain.law.announcement import most_extensions
from domain.plan import Plan
from domain.rules import Enforcement, RuleSet

_DAYS: Final = "extension.days"
_TIMES: Final = "extension.max_times"
_ONE_DAY: Final = timedelta(days=1)


def check_extensions(plan: Plan, rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    """Each closing day to which the plan extends applications, against the one before it; calendar days."""
    extended = extended_to(plan)
    if len(extended) > most_extensions(rules):
        yield found(
            rules,
            _TIMES,
            "extensions",
            f"Pendaftaran diperpanjang paling banyak {most_extensions(rules)} kali; rencana ini {len(extended)}.",
            f"Applications are extended at most {most_extensions(rules)} times; the plan has {len(extended)}.",
            expected=f"<= {most_extensions(rules)}",
            actual=len(extended),
        )
    if plan.closes is not None:
        for before, until in zip((plan.closes, *extended), extended, strict=False):
            usual = extension_closes(calendar, before, rules).day
            length, wanted = (until - before) // _ONE_DAY, (usual - before) // _ONE_DAY
            if length == wanted:
                continue
            yield found(
                rules,
                _DAYS,
                "extensions",
                f"Perpanjangan sampai {tanggal(until)} berlangsung {length} hari; lazimnya {wanted} hari.",
                f"The extension to {until} lasts {length} days; {wanted} are usual.",
                severity=Enforcement.WARN if length > 0 else None,
                expected=usual,
                actual=until,
            )
