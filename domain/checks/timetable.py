"""The timetable: order and overlap of stages, and stages on days off (PP 11/2017 Pasal 113 and 120 ayat (5))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.calendar import Calendar
from domain.checks.finding import Finding, found, not_checked
from domain.labels import tanggal
from domain.plan import Plan, PlannedStage, PlanStage
from domain.rules import Enforcement, RuleSet

_PHASE: Final = {
    PlanStage.SCREENING_RESULT: 1,
    PlanStage.ASSESSMENT: 2,
    PlanStage.PAPER: 2,
    PlanStage.INTERVIEW: 3,
    PlanStage.FINAL_RESULT: 4,
    PlanStage.INAUGURATION: 5,
}
_REQUIRED: Final = {
    "admin_and_track_record": (PlanStage.SCREENING_RESULT,),
    "competency": (PlanStage.ASSESSMENT, PlanStage.PAPER),
    "final_interview": (PlanStage.INTERVIEW,),
}


@dataclass(frozen=True)
class _Step:
    """A stage with both dates and its place in the plan."""

    path: str
    stage: PlanStage
    start: date
    end: date

    @property
    def phase(self) -> int:
        return _PHASE[self.stage]


def check_timetable(plan: Plan, rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    """Everything about the stages that the plan states."""
    if plan.stages is None:
        yield not_checked(rules, "stages.order", "stages")
        return
    yield from _missing(plan.stages, rules)
    steps = []
    for index, planned in enumerate(plan.stages):
        path = f"stages[{index}]"
        if planned.start is None or planned.end is None:
            yield not_checked(rules, "stages.order", path, "Tahap ini belum bertanggal.", "This stage has no date.")
        elif planned.end < planned.start:
            yield _backwards(path, planned.start, planned.end, rules)
        else:
            steps.append(_Step(path, planned.stage, planned.start, planned.end))
    yield from _against_window(steps, plan, rules)
    yield from _against_each_other(steps, rules)
    for step in steps:
        yield from _days_off(step, rules, calendar)


def _missing(stages: Sequence[PlannedStage], rules: RuleSet) -> Iterator[Finding]:
    """A plan may state any subset; what the law requires and the plan omits is information."""
    stated = {planned.stage for planned in stages}
    missing = [
        name
        for name in rules.items("stages.required")
        if name in _REQUIRED and not stated.intersection(_REQUIRED[name])
    ]
    if missing:
        yield found(
            rules,
            "stages.required",
            "stages",
            f"Jadwal belum memuat tahap wajib: {', '.join(missing)}.",
            f"The timetable does not show the required stages {', '.join(missing)}.",
            severity=Enforcement.INFO,
            expected=", ".join(rules.items("stages.required")),
            actual=", ".join(sorted(stage.value for stage in stated)),
        )


def _backwards(path: str, start: date, end: date, rules: RuleSet) -> Finding:
    return found(
        rules,
        "stages.order",
        f"{path}.end",
        f"Akhir tahap {tanggal(end)} mendahului awalnya {tanggal(start)}.",
        f"The stage ends on {end}, before it starts on {start}.",
        expected=f">= {start}",
        actual=end,
    )


def _against_window(steps: Sequence[_Step], plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Applications close before anything is decided about them; on the closing day itself they still come in."""
    closes = plan.announcement.closes if plan.announcement else None
    if closes is None:
        return
    for step in steps:
        if step.start <= closes:
            yield found(
                rules,
                "stages.order",
                step.path,
                f"Tahap {step.stage.value} dimulai {tanggal(step.start)}, sebelum pelamaran selesai {tanggal(closes)}.",
                f"Stage {step.stage.value} starts on {step.start}, before applications end on {closes}.",
                severity=Enforcement.WARN if step.start == closes else Enforcement.BLOCK,
                expected=f"> {closes}",
                actual=step.start,
            )


def _against_each_other(steps: Sequence[_Step], rules: RuleSet) -> Iterator[Finding]:
    """Compare every two stages; where a stage is repeated, each occurrence belongs to its own round."""
    for first_index, one in enumerate(steps):
        for other in steps[first_index + 1 :]:
            earlier, later = (one, other) if one.phase <= other.phase else (other, one)
            if _repeated_round(earlier, later, steps):
                continue
            if earlier.phase < later.phase and later.start < earlier.start:
                yield _out_of_order(earlier, later, rules)
            elif one.stage is not other.stage and one.start <= other.end and other.start <= one.end:
                yield from _overlapping(earlier, later, rules)


def _repeated_round(earlier: _Step, later: _Step, steps: Sequence[_Step]) -> bool:
    """Whether the later stage stands before the earlier one only because the earlier one was repeated."""
    return later.start < earlier.start and any(
        step.stage is earlier.stage and step is not earlier and step.start <= later.start for step in steps
    )


def _out_of_order(earlier: _Step, later: _Step, rules: RuleSet) -> Finding:
    before, after = tanggal(later.start), tanggal(earlier.start)
    return found(
        rules,
        "stages.order",
        later.path,
        f"Tahap {later.stage.value} ({before}) mendahului {earlier.stage.value} ({after}).",
        f"Stage {later.stage.value} ({later.start}) comes before {earlier.stage.value} ({earlier.start}).",
        expected=f">= {earlier.end}",
        actual=later.start,
    )


def _overlapping(earlier: _Step, later: _Step, rules: RuleSet) -> Iterator[Finding]:
    """Sharing only one boundary day, or the same phase, is common and mere information."""
    touches = later.start == earlier.end or earlier.start == later.end or earlier.phase == later.phase
    yield found(
        rules,
        "selter.stages.overlap",
        later.path,
        f"Tahap {later.stage.value} bertumpang tindih dengan {earlier.stage.value} sejak {tanggal(later.start)}.",
        f"Stage {later.stage.value} overlaps {earlier.stage.value} from {later.start}.",
        severity=Enforcement.INFO if touches else Enforcement.WARN,
        expected=f"> {earlier.end}",
        actual=later.start,
    )


def _days_off(step: _Step, rules: RuleSet, calendar: Calendar) -> Iterator[Finding]:
    """Look at the first and the last day of a stage."""
    for day in sorted({step.start, step.end}):
        if not calendar.covers(day):
            why, why_en = f"Kalender tidak memuat tahun {day.year}.", f"The calendar does not cover {day.year}."
            yield not_checked(rules, "selter.stages.holiday", step.path, why, why_en)
        elif calendar.is_holiday(day):
            yield _day_off("selter.stages.holiday", "hari libur atau cuti bersama", "a holiday", step, day, rules)
        elif calendar.is_weekend(day):
            yield _day_off("selter.stages.weekend", "akhir pekan", "a weekend day", step, day, rules)


def _day_off(rule: str, what: str, what_en: str, step: _Step, day: date, rules: RuleSet) -> Finding:
    return found(
        rules,
        rule,
        step.path,
        f"Tahap {step.stage.value} jatuh pada {what}, {tanggal(day)}.",
        f"Stage {step.stage.value} falls on {what_en}, {day}.",
        expected="hari kerja",
        actual=day,
    )
