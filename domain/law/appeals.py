"""Remedies against decisions on officials: which is open, to whom, within what terms, and what follows (PP 79/2021).

The terms as dates are in `domain.deadlines.appeals`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.rulebook import applies
from domain.rules import RuleSet


class Decision(StrEnum):
    """What was decided on an official."""

    APPOINTMENT = "appointment"
    MOVE = "move"  # to a post of the same level
    DEMOTION = "demotion"  # to a lower post, on performance or as a heavy penalty
    DISCIPLINE = "discipline"  # any other penalty that keeps him in service
    DISMISSAL = "dismissal"  # as PNS, or the end of a PPPK's contract


class Decider(StrEnum):
    """Who decided."""

    PPK = "PPK"
    OFFICIAL = "official"  # another official with the authority (Pejabat)


class Kind(StrEnum):
    """The administrative remedies (upaya administratif)."""

    OBJECTION = "keberatan"
    APPEAL = "banding_administratif"


class Outcome(StrEnum):
    """What may become of the decision."""

    CONFIRMED = "confirmed"
    LIGHTENED = "lightened"
    AGGRAVATED = "aggravated"
    CHANGED = "changed"
    REVOKED = "revoked"
    ANNULLED = "annulled"


_TO_SUPERIOR: Final = "atasan Pejabat"


@dataclass(frozen=True)
class Remedy:
    """A way to challenge a decision; terms in working days, from receipt, from the question, from filing.

    Attributes:
        forum: who decides on it.
        respond: within how many days the one who decided answers; None where no answer is asked.
        next_forum: where one may go afterwards.
        rule: the parameter of the first term, whose article is cited.
    """

    kind: Kind
    forum: str
    file: int
    respond: int | None
    decide: int
    next_forum: str
    rule: str


@applies(
    "appeal.banding.only_for",
    "appeal.banding.forum",
    "appeal.banding.forum_after",
    "appeal.keberatan.forum_after",
)
def remedy(decision: Decision, decider: Decider, rules: RuleSet) -> Remedy:
    """What is open against a decision (PP 79/2021).

    A dismissal is appealed to the BPASN. Every other decision of the PPK is objected to before the PPK himself, another
    official's before his superior: a demotion never goes to the BPASN.

    Raises:
        KeyError: the rule set is older than PP 79/2021 and knows no remedy.
    """
    if decision == rules.text("appeal.banding.only_for"):
        return _appeal(rules)
    return _objection(rules) if decider is Decider.PPK else _objection_to_superior(rules)


def _appeal(rules: RuleSet) -> Remedy:
    return Remedy(
        Kind.APPEAL,
        forum=rules.text("appeal.banding.forum"),
        file=rules.integer("appeal.banding.file_working_days"),
        respond=rules.integer("appeal.banding.respond_working_days"),
        decide=rules.integer("appeal.banding.decide_working_days"),
        next_forum=rules.text("appeal.banding.forum_after"),
        rule="appeal.banding.file_working_days",
    )


def _objection(rules: RuleSet) -> Remedy:
    return Remedy(
        Kind.OBJECTION,
        forum=Decider.PPK.value,
        file=rules.integer("appeal.keberatan.file_working_days"),
        respond=None,
        decide=rules.integer("appeal.keberatan.decide_working_days"),
        next_forum=rules.text("appeal.keberatan.forum_after"),
        rule="appeal.keberatan.file_working_days",
    )


def _objection_to_superior(rules: RuleSet) -> Remedy:
    return Remedy(
        Kind.OBJECTION,
        forum=_TO_SUPERIOR,
        file=rules.integer("appeal.superior.file_working_days"),
        respond=rules.integer("appeal.superior.respond_working_days"),
        decide=rules.integer("appeal.superior.decide_working_days"),
        next_forum=rules.text("appeal.keberatan.forum_after"),
        rule="appeal.superior.file_working_days",
    )


@applies("appeal.may_aggravate")
def possible_outcomes(rules: RuleSet) -> tuple[Outcome, ...]:
    """What may become of a decision that is objected to; that it may be aggravated is told beforehand (PP 79/2021)."""
    may = rules.flag("appeal.may_aggravate")
    return tuple(outcome for outcome in Outcome if may or outcome is not Outcome.AGGRAVATED)


@applies("appeal.general.silence_grants")
def silence_grants(rules: RuleSet) -> bool:
    """Whether an objection under the general law counts as granted when its term passes (UU 30/2014 Pasal 77-78)."""
    return rules.flag("appeal.general.silence_grants")


@applies("appeal.general.suspends_execution")
def suspends_execution(rules: RuleSet) -> bool:
    """Whether a decision under the general law waits while a remedy is pending (UU 30/2014 Pasal 75 ayat (3))."""
    return rules.flag("appeal.general.suspends_execution")
