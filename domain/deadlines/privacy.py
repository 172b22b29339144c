"""Terms of the law on personal data: hours to the second, on whatever day they end (UU 27/2022)."""

from datetime import datetime

from domain.calendar import Calendar
from domain.deadlines.due import Due, in_hours
from domain.rulebook import applies
from domain.rules import RuleSet


@applies("privacy.correction_hours")
def corrected(calendar: Calendar, asked: datetime, rules: RuleSet) -> Due:
    """By when wrong data are corrected: hours after the request, an aware instant (UU 27/2022 Pasal 30)."""
    return in_hours(calendar, asked, "privacy.correction_hours", rules)


@applies("privacy.access_hours")
def access_given(calendar: Calendar, asked: datetime, rules: RuleSet) -> Due:
    """By when a person sees his data and who used them: hours after the request (UU 27/2022 Pasal 32)."""
    return in_hours(calendar, asked, "privacy.access_hours", rules)


@applies("privacy.withdrawal_hours")
def processing_stopped(calendar: Calendar, withdrawn: datetime, rules: RuleSet) -> Due:
    """By when processing stops that rested on consent: hours after its withdrawal (UU 27/2022 Pasal 40)."""
    return in_hours(calendar, withdrawn, "privacy.withdrawal_hours", rules)


@applies("privacy.breach_notice_hours")
def breach_told(calendar: Calendar, known: datetime, rules: RuleSet) -> Due:
    """By when a breach is told in writing to the person and the agency: hours after it (UU 27/2022 Pasal 46)."""
    return in_hours(calendar, known, "privacy.breach_notice_hours", rules)
