"""The timetable: what it must show, order and overlap of steps, and steps on days off (PP 11/2017 Pasal 113, 120).

All dates are local dates; a step covers its first and its last day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from domain.calendar import Calendar
from domain.checks.finding import Finding, found, not_checked
from domain.checks.order import Order
from domain.checks.window import last_closing
from domain.labels import tanggal
from domain.plan import Plan, PlannedStage, PlanStage
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet
from domain.switches import Switch

_ORDER: Final = "stages.order"
_WEEKEND: Final = "selter.stages.weekend"
_HOLIDAY: Final = "selter.stages.holiday"
_OVERLAP: Final = "selter.stages.overlap"
_REQUIRED: Final = {
    "admin_and_track_record": (PlanStage.SCREENING_RESULT, PlanStage.DOCUMENT_CHECK, PlanStage.TRACK_RECORD),
    "competency": (PlanStage.ASSESSMENT, PlanStage.PAPER),
    "final_interview": (PlanStage.INTERVIEW,),
    "health_and_psych": (PlanStage.HEALTH, PlanStage.PSYCH_TEST),
}
_HEALTH: Final = "health_and_psych"
_LETTERS: Final = (PlanStage.PLAN_APPROVAL, PlanStage.HOME_AFFAIRS_CONSENT)
_WINDOW: Final = (PlanStage.ANNOUNCEMENT, PlanStage.REGISTRATION, PlanStage.EXTENSION)
_DESK_WORK: Final = (PlanStage.DOCUMENT_CHECK, PlanStage.TRACK_RECORD)  # may begin while applications come in
_IN_CALENDAR_DAYS: Final = (*_WINDOW, PlanStage.OBJECTION)
_SITTINGS: Final = (
    PlanStage.ASSESSMENT,
    PlanStage.PAPER,
    PlanStage.HEALTH,
    PlanStage.PSYCH_TEST,
    PlanStage.INTERVIEW,
)
_APART: Final = (
    *_SITTINGS,
    PlanStage.DOCUMENT_CHECK,
    PlanStage.SCREENING_RESULT,
    PlanStage.ASSESSMENT_RESULT,
    PlanStage.TOP_THREE,
    PlanStage.FINAL_RESULT,
    PlanStage.CHOICE,
    PlanStage.DECREE,
    PlanStage.INAUGURATION,
)


@dataclass(frozen=True)
class Step:
    """A stage with both dates and its place in the plan."""

    path: str
    stage: PlanStage
    start: date
    end: date


def check_timetable(plan: Plan, rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    """Everything about the stages that the plan states."""
    if plan.stages is None:
        yield not_checked(rules, _ORDER, "stages")
        return
    yield from missing_stages(plan.stages, rules)
    for index, planned in enumerate(plan.stages):
        path = f"stages[{index}]"
        if planned.start is None or planned.end is None:
            yield not_checked(rules, _ORDER, path, "Tahap ini belum bertanggal.", "This stage has no date.")
        elif planned.end < planned.start:
            yield _backwards(path, planned.start, planned.end, rules)
    steps = dated_steps(plan.stages)
    yield from outside_window(steps, plan, rules)
    yield from out_of_order(steps, rules)
    for step in steps:
        yield from on_day_off(step, rules, calendar)


def dated_steps(stages: Sequence[PlannedStage]) -> list[Step]:
    """The stages that have both dates, the first not after the last, with their paths."""
    return [
        Step(f"stages[{index}]", planned.stage, planned.start, planned.end)
        for index, planned in enumerate(stages)
        if planned.start is not None and planned.end is not None and planned.start <= planned.end
    ]


@applies("stages.required")
def missing_stages(stages: Sequence[PlannedStage], rules: RuleSet) -> Iterator[Finding]:
    """What the law requires and the timetable omits (PP 11/2017 Pasal 120 ayat (5)); a plan may state any subset.

    Only information: the stage may be planned elsewhere. Where the health tests may follow the three names, the
    message says so.
    """
    stated = {planned.stage for planned in stages}
    missing = [name for name in required_stages(rules) if not stated.intersection(_REQUIRED[name])]
    if not missing:
        return
    after = _HEALTH in missing and rules.flag("stages.health.may_be_after_top3")
    remark = "; tes kesehatan dan kejiwaan boleh sesudah tiga besar" if after else ""
    remark_en = "; the health and psychological tests may follow the three names" if after else ""
    yield found(
        rules,
        "stages.required",
        "stages",
        f"Jadwal belum memuat tahap wajib: {', '.join(missing)}{remark}.",
        f"The timetable does not show the required stages {', '.join(missing)}{remark_en}.",
        severity=Enforcement.INFO,
        expected=", ".join(rules.items("stages.required")),
        actual=", ".join(sorted(stage.value for stage in stated)),
    )


@applies("stages.required")
def required_stages(rules: RuleSet) -> tuple[str, ...]:
    """The stages that every selection needs, as far as a timetable can show them (PP 11/2017 Pasal 120 ayat (5))."""
    whole = rules.switched(Switch.WHOLE_PLAN)
    return tuple(name for name in rules.items("stages.required") if name in _REQUIRED and (whole or name != _HEALTH))


def steps_that_show(required: str) -> tuple[PlanStage, ...]:
    """The steps of a timetable that show a required stage; any of them does."""
    return _REQUIRED[required]


def _backwards(path: str, start: date, end: date, rules: RuleSet) -> Finding:
    return found(
        rules,
        _ORDER,
        f"{path}.end",
        f"Akhir tahap {tanggal(end)} mendahului awalnya {tanggal(start)}.",
        f"The stage ends on {end}, before it starts on {start}.",
        expected=f">= {start}",
        actual=end,
    )


@applies("stages.order")
def outside_window(steps: Sequence[Step], plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Applications close before anything is decided about them; on the closing day itself they still come in.

    Files and track records may be examined while applications come in, but not be done with before the last one. Of a
    single post an extension moves the end; of several posts the others go on.
    """
    opens, closes = plan.opens, last_closing(plan)
    for step in steps:
        if step.stage is PlanStage.REGISTRATION and opens is not None and step.start < opens:
            yield _too_early(step, step.start, opens, rules, ("sebelum pengumuman", "before the announcement"), ">=")
        if closes is None or step.stage in (*_LETTERS, *_WINDOW, PlanStage.OTHER):
            continue
        day = step.end if step.stage in _DESK_WORK else step.start
        if day <= closes and not _of_an_earlier_round(step, steps, closes):
            last_day = day == closes
            where = "pada hari terakhir pelamaran" if last_day else "sebelum pelamaran selesai"
            where_en = "on the last day of applications" if last_day else "before applications end"
            yield _too_early(step, day, closes, rules, (where, where_en), ">")


def _of_an_earlier_round(step: Step, steps: Sequence[Step], closes: date) -> bool:
    """Whether the same stage is held again after an extension that came later than this one."""
    extended = any(s.stage is PlanStage.EXTENSION and step.start < s.start for s in steps)
    return extended and any(s.stage is step.stage and s.start > closes for s in steps)


def _too_early(step: Step, day: date, limit: date, rules: RuleSet, where: tuple[str, str], relation: str) -> Finding:
    verb, verb_en = ("berakhir", "ends") if step.stage in _DESK_WORK else ("dimulai", "starts")
    return found(
        rules,
        _ORDER,
        step.path,
        f"Tahap {step.stage.value} {verb} {tanggal(day)}, {where[0]} {tanggal(limit)}.",
        f"Stage {step.stage.value} {verb_en} on {day}, {where[1]} on {limit}.",
        severity=Enforcement.WARN if day == limit else Enforcement.BLOCK,
        expected=f"{relation} {limit}",
        actual=day,
    )


def out_of_order(steps: Sequence[Step], rules: RuleSet) -> Iterator[Finding]:
    """Compare every two stages; where a stage is repeated, each occurrence belongs to its own round."""
    order = Order.of(rules)
    for one, other in combinations(steps, 2):
        earlier, later = (other, one) if order.precedes(other.stage, one.stage) else (one, other)
        if not _repeated_round(earlier, later, steps):
            yield from _compared(earlier, later, order, rules)


def _repeated_round(earlier: Step, later: Step, steps: Sequence[Step]) -> bool:
    """Whether the later stage stands before the earlier one only because the earlier one was repeated."""
    return later.start < earlier.start and any(
        step.stage is earlier.stage and step is not earlier and step.start <= later.start for step in steps
    )


def _compared(earlier: Step, later: Step, order: Order, rules: RuleSet) -> Iterator[Finding]:
    fixed = order.precedes(earlier.stage, later.stage)
    if fixed and later.start < earlier.start:
        yield _reversed(earlier, later, rules)
    elif earlier.stage is not later.stage and earlier.start <= later.end and later.start <= earlier.end:
        yield from overlapping(earlier, later, rules, fixed=fixed)


def _reversed(earlier: Step, later: Step, rules: RuleSet) -> Finding:
    before, after = tanggal(later.start), tanggal(earlier.start)
    return found(
        rules,
        _ORDER,
        later.path,
        f"Tahap {later.stage.value} ({before}) mendahului {earlier.stage.value} ({after}).",
        f"Stage {later.stage.value} ({later.start}) comes before {earlier.stage.value} ({earlier.start}).",
        expected=f">= {earlier.end}",
        actual=later.start,
    )


@applies("selter.stages.overlap")
def overlapping(earlier: Step, later: Step, rules: RuleSet, *, fixed: bool) -> Iterator[Finding]:
    """Two stages share days (Selter's choice). Sharing one boundary day is common and mere information.

    `fixed` says that the first must come before the second. Sittings whose order is open may share days when
    candidates come in groups: information. Work that nobody attends (letters, the window, track records, reports) may
    run beside anything.
    """
    noteworthy = _APART if fixed else _SITTINGS
    if not rules.flag(_OVERLAP) or earlier.stage not in noteworthy or later.stage not in noteworthy:
        return
    touches = later.start == earlier.end or earlier.start == later.end or not fixed
    yield found(
        rules,
        _OVERLAP,
        later.path,
        f"Tahap {later.stage.value} bertumpang tindih dengan {earlier.stage.value} sejak {tanggal(later.start)}.",
        f"Stage {later.stage.value} overlaps {earlier.stage.value} from {later.start}.",
        severity=Enforcement.INFO if touches else None,
        expected=f"> {earlier.end}",
        actual=later.start,
    )


@applies("selter.stages.weekend", "selter.stages.holiday")
def on_day_off(step: Step, rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    """The first or the last day of a stage is no working day (Selter's choice); windows count calendar days."""
    if step.stage in _IN_CALENDAR_DAYS:
        return
    for day in sorted({step.start, step.end}):
        if not calendar.covers(day):
            why, why_en = f"Kalender tidak memuat tahun {day.year}.", f"The calendar does not cover {day.year}."
            yield not_checked(rules, _HOLIDAY, step.path, why, why_en)
        elif calendar.is_holiday(day):
            if rules.flag(_HOLIDAY):
                yield _day_off(_HOLIDAY, "hari libur atau cuti bersama", "a holiday", step, day, rules)
        elif calendar.is_weekend(day) and rules.flag(_WEEKEND):
            yield _day_off(_WEEKEND, "akhir pekan", "a weekend day", step, day, rules)


def _day_off(rule: str, what: str, what_en: str, step: Step, day: date, rules: RuleSet) -> Finding:
    return found(
        rules,
        rule,
        step.path,
        f"Tahap {step.stage.value} jatuh pada {what}, {tanggal(day)}.",
        f"Stage {step.stage.value} falls on {what_en}, {day}.",
        expected="hari kerja",
        actual=day,
    )
