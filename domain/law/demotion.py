"""What a demotion on performance needs (PP 11/2017 Pasal 142, PP 30/2019 Pasal 57, UU 30/2014 Pasal 46-48).

`missing_gates` judges any demotion, also one that was not run by Selter, by what is on record about it. Times are
local dates; nothing is proved by silence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from domain.calendar import Calendar
from domain.dates import add_months
from domain.deadlines.demotion import earliest_decision, improvement
from domain.gates import GATES, Gate
from domain.rating import triggers_review
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.words import Clearance, Rating, ReviewOutcome, Role

_ONE_DAY: Final = timedelta(days=1)
_ROLES: Final = {"PPK": Role.PPK, "PyB": Role.PYB, "tim_penilai_kinerja": Role.PERFORMANCE_TEAM}


# -- what opens a review -----------------------------------------------------------------------------------------


@applies("demotion.min_time_in_post_months")
def long_enough_in_post(inaugurated_on: date, period_end: date, rules: RuleSet) -> bool:
    """Whether the rated period's last day completes the months in the post that a review needs.

    PP 11/2017 Pasal 142 ayat (2) says one year in the post; that it is full at the period's end is [derived].
    """
    months = rules.integer("demotion.min_time_in_post_months")
    return add_months(inaugurated_on, months) <= period_end + _ONE_DAY


@applies("demotion.force_majeure_exempts")
def exempt(force_majeure: bool | None, rules: RuleSet) -> bool:
    """Whether accepted force majeure keeps a bad year from opening a review; None: none was claimed."""
    return force_majeure is True and rules.flag("demotion.force_majeure_exempts")


# -- what a decision needs ---------------------------------------------------------------------------------------


@applies("demotion.requires_competency_retest")
def needs_retest(rules: RuleSet) -> bool:
    """Whether the official takes the competency test again before anything is decided (Pasal 142 ayat (3))."""
    return rules.flag("demotion.requires_competency_retest")


@applies("demotion.hearing_required")
def needs_hearing(rules: RuleSet) -> bool:
    """Whether a hearing is offered before the decision (UU 30/2014 Pasal 46-48) [derived]."""
    return rules.flag("demotion.hearing_required")


@applies("demotion.automatic")
def needs_person(rules: RuleSet) -> bool:
    """Whether only a person decides: no test demotes by itself (Pasal 142 ayat (4); UU 27/2022 Pasal 10)."""
    return not rules.flag("demotion.automatic")


@applies("demotion.decider")
def decider(rules: RuleSet) -> Role:
    """Who decides on the holder of a JPT pratama (PP 11/2017 Pasal 145)."""
    return _ROLES[rules.text("demotion.decider")]


@applies("demotion.proposer")
def proposer(rules: RuleSet) -> Role:
    """Who proposes the decision (PP 11/2017 Pasal 145)."""
    return _ROLES[rules.text("demotion.proposer")]


@applies("demotion.adviser")
def adviser(rules: RuleSet) -> Role:
    """Who gives an opinion before the proposal (PP 30/2019 Pasal 47-48)."""
    return _ROLES[rules.text("demotion.adviser")]


@applies("demotion.outcomes")
def outcomes(rules: RuleSet) -> tuple[ReviewOutcome, ...]:
    """What may be decided, the mildest first (PP 11/2017 Pasal 142 ayat (4) and explanation)."""
    return tuple(ReviewOutcome(name) for name in rules.items("demotion.outcomes"))


@applies("demotion.outcomes")
def milder_than(outcome: ReviewOutcome, rules: RuleSet) -> tuple[ReviewOutcome, ...]:
    """The outcomes that a proposal must have weighed before this one.

    Raises:
        ValueError: the rule set does not allow the outcome at all.
    """
    order = outcomes(rules)
    return order[: order.index(outcome)]


# -- a whole demotion --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DemotionRecord:
    """What is on record about a demotion; what is left out is not proved.

    Attributes:
        period_end: the last day of the rated year.
        force_majeure: whether it was accepted; None where none was claimed.
        accreditation: the number of the assessors of the retest.
        decision_notice_on: when the notice of the decision to come was delivered.
        needs: the consents that this agency needs (an acting or new head of region, the supervisor).
        decided_by: the role of the person who decided.
    """

    contract_in_force: bool = False
    inaugurated_on: date | None = None
    period_end: date | None = None
    rating: Rating | None = None
    rating_final: bool = False
    force_majeure: bool | None = None
    notice_delivered_on: date | None = None
    plan: bool = False
    coached: bool = False
    evaluated_on: date | None = None
    improved: bool | None = None
    accreditation: str = ""
    opinion_by: Role | None = None
    proposed_by: Role | None = None
    decision_notice_on: date | None = None
    heard: bool = False
    needs: tuple[Clearance, ...] = ()
    cleared: tuple[Clearance, ...] = ()
    decided_by: Role | None = None
    decided_on: date | None = None
    outcome: ReviewOutcome | None = None


def missing_gates(record: DemotionRecord, rules: RuleSet, calendar: Calendar) -> tuple[Gate, ...]:
    """The gates (design 6.4) that the record of a demotion does not prove, in order; none: it was lawful."""
    return tuple(gate for gate in GATES if not _PROOFS[gate.number](record, rules, calendar))


def _contract(record: DemotionRecord, rules: RuleSet, _: Calendar) -> bool:
    if record.inaugurated_on is None or record.period_end is None:
        return False
    return record.contract_in_force and long_enough_in_post(record.inaugurated_on, record.period_end, rules)


def _rating(record: DemotionRecord, rules: RuleSet, _: Calendar) -> bool:
    return record.rating_final and record.rating is not None and triggers_review(record.rating, rules)


def _normal(record: DemotionRecord, rules: RuleSet, _: Calendar) -> bool:
    return not exempt(record.force_majeure, rules)


def _noticed(record: DemotionRecord, _rules: RuleSet, _: Calendar) -> bool:
    return record.notice_delivered_on is not None and record.plan


def _given_time(record: DemotionRecord, rules: RuleSet, calendar: Calendar) -> bool:
    if record.notice_delivered_on is None or record.evaluated_on is None:
        return False
    return record.coached and record.evaluated_on > improvement(calendar, record.notice_delivered_on, rules).day


def _retested(record: DemotionRecord, rules: RuleSet, _: Calendar) -> bool:
    return bool(record.accreditation) or not needs_retest(rules)


def _advised(record: DemotionRecord, rules: RuleSet, _: Calendar) -> bool:
    return record.opinion_by is adviser(rules) and record.proposed_by is proposer(rules)


def _announced(record: DemotionRecord, rules: RuleSet, calendar: Calendar) -> bool:
    if record.decision_notice_on is None or record.decided_on is None:
        return False
    in_time = record.decided_on >= earliest_decision(calendar, record.decision_notice_on, rules)
    return in_time and (record.heard or not needs_hearing(rules))


def _decided(record: DemotionRecord, rules: RuleSet, _: Calendar) -> bool:
    by_person = record.decided_by is decider(rules)
    automatic = record.decided_by is None and not needs_person(rules)
    return (by_person or automatic) and record.outcome in outcomes(rules)


_PROOFS: Final[Mapping[int, Callable[[DemotionRecord, RuleSet, Calendar], bool]]] = MappingProxyType(
    {
        1: _contract,
        2: _rating,
        3: _normal,
        4: _noticed,
        5: _given_time,
        6: lambda record, _rules, _: record.improved is False,
        7: _retested,
        8: _advised,
        9: _announced,
        10: lambda record, _rules, _: set(record.needs) <= set(record.cleared),
        11: _decided,
    }
)
