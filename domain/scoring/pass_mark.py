"""Pass marks and the cut: who goes on, by the system that was published before anybody knew a score.

The system says what the marks do (PP 11/2017 Pasal 115 and the elucidation of Pasal 114 ayat (1): the mechanism that
sets an applicant's status at each stage). Marks are points from 0 to 100, of a component or of the total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from domain.ranking import Ranked, Ranking
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.scoring import ScoringError
from domain.switches import Switch

TOTAL: Final = "total"
ABSENT: Final = "absent"


class PassSystem(StrEnum):
    """What missing a mark does."""

    KNOCKOUT = "knockout"  # sistem gugur: one component below its mark, and the candidate is out
    CUMULATIVE = "cumulative"  # sistem kumulatif: only the total counts; a component below its mark is told


class PassMarkError(ScoringError):
    """A mark is out of range or of an unknown component."""


@dataclass(frozen=True)
class PassMarks:
    """The least scores as published, by component, and of the total; None or missing means no mark."""

    components: Mapping[str, Decimal]
    total: Decimal | None = None
    system: PassSystem = PassSystem.KNOCKOUT


@dataclass(frozen=True)
class Passing:
    """Whether a candidate goes on; `missed` names components, `total` or `absent` that were not enough."""

    candidate: str
    passed: bool
    missed: tuple[str, ...] = ()


@applies("pass_mark.system")
def pass_system(rules: RuleSet) -> PassSystem:
    """The system where a round publishes no other; a set from before this rule knows the knock-out only (P-11)."""
    return PassSystem(rules.text("pass_mark.system")) if rules.has("pass_mark.system") else PassSystem.KNOCKOUT


@applies("pass_mark.fixed_before")
def fixed_in_time(fixed_at: datetime, announced_at: datetime, opened_at: datetime | None, rules: RuleSet) -> bool:
    """Whether marks were fixed before the event that the rule names: the announcement, or the opening of the seals.

    Instants are aware UTC; at the very instant of the event is too late. `opened_at` is None while the seals are
    closed. A set from before this rule asks for the announcement (P-11: published beforehand).
    """
    late = rules.text("pass_mark.fixed_before") if rules.has("pass_mark.fixed_before") else "announcement"
    event = announced_at if late == "announcement" else opened_at
    return event is None or fixed_at < event


@applies("cut.to_interview")
def cut_to_interview(rules: RuleSet) -> int | None:
    """How many of the best go on to the interview, one at least; None for all who passed (practice, W-07).

    A set pinned before the switch `selection.whole-law` cuts nobody.
    """
    if rules.rule("cut.to_interview").value is None or not rules.switched(Switch.WHOLE_SELECTION):
        return None
    return max(rules.integer("cut.to_interview"), 1)


def below(scores: Mapping[str, Decimal | None], marks: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The components whose score is lower than its mark, in the order of the scores; an absent one is not below."""
    return tuple(c for c, score in scores.items() if c in marks and score is not None and score < marks[c])


def judge(ranked: Ranked, marks: PassMarks) -> Passing:
    """Whether a ranked candidate reached what the published system asks; who was absent did not."""
    if ranked.total is None:
        return Passing(ranked.candidate, passed=False, missed=(ABSENT,))
    missed = below(ranked.components, marks.components)
    short = marks.total is not None and ranked.total < marks.total
    passed = not short and (marks.system is PassSystem.CUMULATIVE or not missed)
    return Passing(ranked.candidate, passed, (*missed, TOTAL) if short else missed)


def judged(ranking: Ranking, marks: PassMarks) -> tuple[Passing, ...]:
    """Everybody's result, in the order of the ranking.

    Raises:
        PassMarkError: a mark lies outside 0 to 100, or no candidate has a score for its component.
    """
    known = set(ranking.ranking[0].components) if ranking.ranking else set(marks.components)
    for component, mark in marks.components.items():
        if component not in known:
            raise PassMarkError(f"{component} has a pass mark and no scores")
        _require_points(component, mark)
    if marks.total is not None:
        _require_points(TOTAL, marks.total)
    return tuple(judge(ranked, marks) for ranked in ranking.ranking)


def goes_on(ranking: Ranking, passings: Sequence[Passing], cut: int | None) -> tuple[str, ...]:
    """The candidates of the next stage in order of rank: all who passed, or the best `cut` of them.

    Whoever did not pass takes no place. Those who share the last place all go on: nobody is cut by the alphabet.
    A cut is one at least.
    """
    passed = {p.candidate for p in passings if p.passed}
    places = [r for r in ranking.ranking if r.candidate in passed and r.rank is not None]
    if cut is not None and cut < len(places):
        places = [r for index, r in enumerate(places, start=1) if index <= cut or r.rank == places[cut - 1].rank]
    return tuple(r.candidate for r in places)


def _require_points(name: str, mark: Decimal) -> None:
    if not (mark.is_finite() and 0 <= mark <= 100):
        raise PassMarkError(f"the pass mark of {name}, {mark}, is not between 0 and 100")
