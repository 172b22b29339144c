"""Deadlines of administrative remedies: objection and appeal by PP 79/2021, and those of the general law."""

from datetime import date

from domain.calendar import Calendar
from domain.deadlines.due import Due, in_working_days
from domain.rulebook import applies
from domain.rules import RuleSet

# -- keberatan to the PPK himself, against his own decision (PP 79/2021 Pasal 3-6) -------------------------------


@applies("appeal.keberatan.file_working_days")
def objection_filed(calendar: Calendar, received: date, rules: RuleSet) -> Due:
    """Until when one may object to a decision of the PPK: working days after its receipt (PP 79/2021 Pasal 4)."""
    return in_working_days(calendar, received, "appeal.keberatan.file_working_days", rules)


@applies("appeal.keberatan.decide_working_days")
def objection_decided(calendar: Calendar, filed: date, rules: RuleSet) -> Due:
    """By when the PPK decides; silence beyond it opens the way to the court (PP 79/2021 Pasal 5)."""
    return in_working_days(calendar, filed, "appeal.keberatan.decide_working_days", rules)


# -- keberatan to the superior of another official (PP 79/2021 Pasal 7-9) ----------------------------------------


@applies("appeal.superior.file_working_days")
def superior_objection_filed(calendar: Calendar, received: date, rules: RuleSet) -> Due:
    """Until when one may object to another official's decision: working days after its receipt."""
    return in_working_days(calendar, received, "appeal.superior.file_working_days", rules)


@applies("appeal.superior.respond_working_days")
def superior_objection_answered(calendar: Calendar, asked: date, rules: RuleSet) -> Due:
    """By when the official answers the objection: working days after he is asked."""
    return in_working_days(calendar, asked, "appeal.superior.respond_working_days", rules)


@applies("appeal.superior.decide_working_days")
def superior_objection_decided(calendar: Calendar, filed: date, rules: RuleSet) -> Due:
    """By when the official's superior decides the objection: working days after its filing."""
    return in_working_days(calendar, filed, "appeal.superior.decide_working_days", rules)


# -- banding to the BPASN, against a dismissal (PP 79/2021 Pasal 10-18) ------------------------------------------


@applies("appeal.banding.file_working_days")
def appeal_filed(calendar: Calendar, received: date, rules: RuleSet) -> Due:
    """Until when one may appeal against a dismissal: working days after its receipt."""
    return in_working_days(calendar, received, "appeal.banding.file_working_days", rules)


@applies("appeal.banding.respond_working_days")
def appeal_answered(calendar: Calendar, asked: date, rules: RuleSet) -> Due:
    """By when the PPK answers the appeal: working days after he is asked."""
    return in_working_days(calendar, asked, "appeal.banding.respond_working_days", rules)


@applies("appeal.banding.decide_working_days")
def appeal_decided(calendar: Calendar, filed: date, rules: RuleSet) -> Due:
    """By when the BPASN decides: working days after the filing."""
    return in_working_days(calendar, filed, "appeal.banding.decide_working_days", rules)


# -- the general law, for applicants and others (UU 30/2014 Pasal 75-78) -----------------------------------------


@applies("appeal.general.objection_file_working_days")
def general_objection_filed(calendar: Calendar, announced: date, rules: RuleSet) -> Due:
    """Until when one may object to a decision: working days after its announcement."""
    return in_working_days(calendar, announced, "appeal.general.objection_file_working_days", rules)


@applies("appeal.general.objection_decide_working_days")
def general_objection_decided(calendar: Calendar, filed: date, rules: RuleSet) -> Due:
    """By when the objection is decided: working days after its filing; silence grants it."""
    return in_working_days(calendar, filed, "appeal.general.objection_decide_working_days", rules)


@applies("appeal.general.appeal_file_working_days")
def general_appeal_filed(calendar: Calendar, decided: date, rules: RuleSet) -> Due:
    """Until when one may appeal against the decision on an objection: working days after its receipt."""
    return in_working_days(calendar, decided, "appeal.general.appeal_file_working_days", rules)


@applies("appeal.general.appeal_decide_working_days")
def general_appeal_decided(calendar: Calendar, filed: date, rules: RuleSet) -> Due:
    """By when the appeal is decided: working days after its filing; silence grants it."""
    return in_working_days(calendar, filed, "appeal.general.appeal_decide_working_days", rules)


@applies("appeal.general.issue_working_days")
def general_decision_issued(calendar: Calendar, granted: date, rules: RuleSet) -> Due:
    """By when the decision that was granted is issued: working days after the grant or the silence."""
    return in_working_days(calendar, granted, "appeal.general.issue_working_days", rules)
