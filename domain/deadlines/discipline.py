"""Deadlines of the discipline track, which is separate from performance (PP 94/2021)."""

from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import Calendar, day_zero
from domain.deadlines.due import Due, in_months, in_working_days
from domain.rulebook import applies
from domain.rules import RuleSet


@applies("discipline.summons_max_working_days")
def examination(calendar: Calendar, summoned: date, rules: RuleSet) -> Due:
    """The last day on which a summons may set the examination: working days after its date (PP 94/2021 Pasal 26)."""
    return in_working_days(calendar, summoned, "discipline.summons_max_working_days", rules)


@applies("discipline.second_summons_working_days")
def second_summons(calendar: Calendar, set_for: date, rules: RuleSet) -> Due:
    """By when an absent official is summoned again: working days after the first date set (PP 94/2021 Pasal 26)."""
    return in_working_days(calendar, set_for, "discipline.second_summons_working_days", rules)


@applies("discipline.delivery_working_days")
def penalty_delivered(calendar: Calendar, decided: date, rules: RuleSet) -> Due:
    """By when the penalty reaches the official: working days after it is set (PP 94/2021 Pasal 37)."""
    return in_working_days(calendar, decided, "discipline.delivery_working_days", rules)


@applies("discipline.effective_day_after_receipt")
def penalty_in_force(received: date, rules: RuleSet) -> date:
    """The local date from which a penalty is in force: a calendar day after its receipt (PP 94/2021 Pasal 38)."""
    return day_zero(received, rules) + timedelta(days=rules.integer("discipline.effective_day_after_receipt"))


class Force(StrEnum):
    """What a penalty is on a day."""

    PENDING = "pending"  # not in force yet
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"  # an appeal was filed; its outcome decides


@applies("discipline.effective_day_after_receipt")
def force_on(day: date, received: date, rules: RuleSet, *, appealed: date | None = None) -> Force:
    """What a penalty is on a local date, while no appeal is decided (PP 94/2021 Pasal 38).

    The day of force (calendar) can come before the last day to appeal (working days, PP 79/2021): a penalty already in
    force is suspended from the day on which the appeal is filed.
    """
    if appealed is not None and day >= appealed:
        return Force.SUSPENDED
    return Force.IN_FORCE if day >= penalty_in_force(received, rules) else Force.PENDING


@applies("discipline.demotion_months")
def demotion_ends(calendar: Calendar, since: date, rules: RuleSet) -> Due:
    """When a heavy penalty of a lower post ends: months after it took force (PP 94/2021 Pasal 8)."""
    return in_months(calendar, since, "discipline.demotion_months", rules)
