"""Deadlines of a demotion review: the time to improve, and the notice before the decision."""

from datetime import date

from domain.calendar import Calendar, day_zero
from domain.deadlines.due import Due, in_months
from domain.rulebook import applies
from domain.rules import RuleSet


@applies("demotion.improvement_months")
def improvement(calendar: Calendar, delivered: date, rules: RuleSet) -> Due:
    """Until when the official may improve: months after the notice is delivered (PP 11/2017 Pasal 142 ayat (2))."""
    return in_months(calendar, delivered, "demotion.improvement_months", rules)


@applies("demotion.notice_working_days")
def notice_working_days(rules: RuleSet) -> int:
    """How many working days lie at least between the notice and a burdening decision (UU 30/2014 Pasal 46-47)."""
    return rules.integer("demotion.notice_working_days")


@applies("demotion.notice_working_days")
def earliest_decision(calendar: Calendar, delivered: date, rules: RuleSet) -> date:
    """The first local date on which a decision may follow a notice delivered on that day.

    UU 30/2014 Pasal 46-47 says "paling lama" ten working days before; the safe reading is "at least".
    """
    return calendar.add_working_days(day_zero(delivered, rules), notice_working_days(rules))
