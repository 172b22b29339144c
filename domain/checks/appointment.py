"""From the three names to the inauguration: who sees them first, what they may be used for, and by when each act comes.

All dates are local dates of the agency.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from domain.calendar import Calendar
from domain.checks.finding import Finding, found
from domain.checks.timetable import Step, dated_steps
from domain.deadlines import selection as deadlines
from domain.labels import tanggal
from domain.law.authority import supervisor
from domain.law.results import may_fill, names_public
from domain.plan import Plan, PlanStage
from domain.ranking import shortlist_size
from domain.rules import RuleSet

_CHOICE: Final = "ppk.decision_working_days"
_INAUGURATION: Final = "inauguration.max_days_after_sk"
_PUBLISH: Final = "result.publish"
_CROSS_USE: Final = "result.cross_use_forbidden"
_NAMES: Final = "result.top_n"


def check_appointment(plan: Plan, rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    """Everything about the final steps and the use of the results that the plan states."""
    steps = dated_steps(plan.stages or ())
    yield from _published_too_early(steps, rules)
    yield from _chosen_too_late(steps, rules, calendar)
    yield from _inaugurated_too_late(steps, rules, calendar)
    yield from _use_of_results(plan, rules)


def _published_too_early(steps: Sequence[Step], rules: RuleSet) -> Iterator[Finding]:
    """The names are announced before the supervisor has them, where it comes first (practice, gate G3)."""
    reported = _last(steps, PlanStage.SUPERVISOR_REPORT)
    announced = _last(steps, PlanStage.FINAL_RESULT)
    if reported is None or announced is None or announced.start >= reported.end:
        return
    if not names_public(rules, submitted=True, cleared=False):
        body = supervisor(rules)
        yield found(
            rules,
            _PUBLISH,
            announced.path,
            f"Hasil akhir diumumkan {tanggal(announced.start)}, sebelum {body} selesai memeriksa "
            f"{tanggal(reported.end)}.",
            f"The final result is announced on {announced.start}, before {body} is done on {reported.end}.",
            expected=f">= {reported.end}",
            actual=announced.start,
        )


def _chosen_too_late(steps: Sequence[Step], rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    """The PPK chooses later than working days after the names reached him, or were announced."""
    chosen = _last(steps, PlanStage.CHOICE)
    received = _last(steps, PlanStage.PPK_REPORT) or _last(steps, PlanStage.FINAL_RESULT)
    if chosen is None or received is None:
        return
    due = deadlines.choice(calendar, received.end, rules).day
    if chosen.end > due:
        yield found(
            rules,
            _CHOICE,
            chosen.path,
            f"PPK memilih paling lambat {tanggal(due)}; rencana ini {tanggal(chosen.end)}.",
            f"The PPK chooses by {due} at the latest; the plan has {chosen.end}.",
            expected=f"<= {due}",
            actual=chosen.end,
        )


def _inaugurated_too_late(steps: Sequence[Step], rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    """The inauguration comes later than calendar days after the decree."""
    decreed, inaugurated = _last(steps, PlanStage.DECREE), _last(steps, PlanStage.INAUGURATION)
    if decreed is None or inaugurated is None:
        return
    due = deadlines.inauguration(calendar, decreed.end, rules).day
    if inaugurated.end > due:
        yield found(
            rules,
            _INAUGURATION,
            inaugurated.path,
            f"Pelantikan paling lambat {tanggal(due)}, dihitung dari keputusan {tanggal(decreed.end)}; rencana ini "
            f"{tanggal(inaugurated.end)}.",
            f"The inauguration is due by {due}, counted from the decree of {decreed.end}; the plan has "
            f"{inaugurated.end}.",
            expected=f"<= {due}",
            actual=inaugurated.end,
        )


def _use_of_results(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Names for this post come from this selection, and as many as the law says (PP 11/2017 Pasal 121, 129)."""
    results = plan.results
    if results is None:
        return
    if results.cross_use and not may_fill("this post", "another post", rules):
        yield found(
            rules,
            _CROSS_USE,
            "results.cross_use",
            "Jabatan tidak boleh diisi dengan calon yang lulus seleksi jabatan lain.",
            "A post may not be filled with a candidate who passed the selection for another post.",
            expected="false",
            actual="true",
        )
    wanted = shortlist_size(rules)
    if results.names_per_post is not None and results.names_per_post != wanted:
        yield found(
            rules,
            _NAMES,
            "results.names_per_post",
            f"Untuk setiap jabatan diusulkan {wanted} nama; rencana ini {results.names_per_post}.",
            f"{wanted} names are proposed for each post; the plan has {results.names_per_post}.",
            expected=wanted,
            actual=results.names_per_post,
        )


def _last(steps: Sequence[Step], stage: PlanStage) -> Step | None:
    """The last occurrence of a stage."""
    return max((step for step in steps if step.stage is stage), key=lambda step: step.start, default=None)
