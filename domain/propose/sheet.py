"""The sheet on which a timetable is written: each step on the first working day after what comes before it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from domain.calendar import Calendar
from domain.checks.timetable import required_stages
from domain.labels import tanggal
from domain.plan import TITLES, Plan, PlanStage
from domain.propose import pace
from domain.propose.proposal import Proposed
from domain.rules import RuleSet

ORDER: Final = "stages.order"
_ONE_DAY: Final = timedelta(days=1)


class Sheet:
    """The steps so far, and how one is added; methods that place a step return the day on which it is done."""

    def __init__(self, plan: Plan, rules: RuleSet, calendar: Calendar) -> None:
        self.plan, self.rules, self.calendar = plan, rules, calendar
        self.steps: list[Proposed] = []

    def add(self, stage: PlanStage, start: date, end: date, rule_id: str, why: tuple[str, str]) -> date:
        """A step on given days; `why` is the reason in Indonesian and English, without the full stop."""
        rule = self.rules.rule(rule_id)
        reason, reason_en = (f"{text}." for text in why)
        self.steps.append(Proposed(stage.value, start, end, reason, reason_en, rule.id, rule.citation, rule.confidence))
        return end

    def place(
        self, stage: PlanStage, after: date, length: int, rule: str = ORDER, why: tuple[str, str] | None = None
    ) -> date:
        """A step on the first working day after another, for so many working days."""
        start = self.after(after)
        text, text_en = why or (TITLES[stage], stage.value)
        lasts, lasts_en = ("", "") if length == 1 else (f", selama {length} hari kerja", f", for {length} working days")
        first = f"{text}: hari kerja pertama sesudah {tanggal(after)}{lasts}"
        first_en = f"{text_en}: the first working day after {after}{lasts_en}"
        return self.add(stage, start, self.last_of(start, length), rule, (first, first_en))

    def row(self, stage: PlanStage, after: date, required: str = "") -> date:
        """All occurrences of a stage in the plan, one after the other; one where the law requires it."""
        lengths = self.lengths(stage)
        if not lengths and required in required_stages(self.rules):
            lengths = [pace.stage_days(self.rules)]
        for length in lengths:
            after = self.place(stage, after, length)
        return after

    def asked(self, stage: PlanStage, after: date, days: int, rule: str, why: tuple[str, str]) -> date:
        """Something asked of another authority on the next working day, and answered so many working days later."""
        start = self.after(after)
        text, text_en = why
        practice = f"{text}; dalam praktik {days} hari kerja sejak {tanggal(start)}"
        practice_en = f"{text_en}; in practice {days} working days from {start}"
        return self.add(stage, start, self.calendar.add_working_days(start, days), rule, (practice, practice_en))

    def lengths(self, stage: PlanStage) -> list[int]:
        """How many working days each occurrence of a stage lasts in the plan, in the plan's order."""
        return [length for _, length in self.own((stage,))]

    def own(self, stages: Sequence[PlanStage]) -> list[tuple[PlanStage, int]]:
        """The plan's own occurrences of some stages by their dates, undated ones last, with their working days."""
        found = [step for step in self.plan.stages or () if step.stage in stages]
        found.sort(key=lambda step: step.start or date.max)
        return [(step.stage, self._length(step.start, step.end)) for step in found]

    def after(self, day: date) -> date:
        """The first working day after a day."""
        return self.calendar.add_working_days(day, 1)

    def last_of(self, start: date, length: int) -> date:
        """The last of so many working days of which `start` is the first."""
        return self.calendar.add_working_days(start, length - 1)

    def _length(self, start: date | None, end: date | None) -> int:
        if start is None or end is None:
            return pace.stage_days(self.rules)
        return max(1, self.calendar.working_days_between(start - _ONE_DAY, end))
