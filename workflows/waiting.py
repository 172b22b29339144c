"""Terms on the workflow's clock: each deadline with one reminder, and then whatever falling due means."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.case import Deadline
    from workflows.journal import CaseWorkflow

_AGAIN_AFTER: Final = timedelta(hours=6)  # what the record refused is tried again; meanwhile other deadlines go on


async def keep_deadlines(
    case: CaseWorkflow, *, until: Callable[[], bool], mine: Callable[[Deadline], bool] = lambda _: True
) -> None:
    """Let reminders and deadlines happen, in order, until `until()` holds.

    A timer stays as it is while the deadline it waits for stays; an act that moves the deadline replaces it.
    """
    terms = _Terms(case, until, mine)
    while not until():
        upcoming = terms.first()
        if upcoming is None:
            await workflow.wait_condition(lambda: until() or terms.first() is not None)
        elif await terms.came(upcoming):
            await terms.happen(upcoming[1])


@dataclass
class _Terms:
    """The deadlines that one wait keeps, and when to try again those that the record refused."""

    case: CaseWorkflow
    until: Callable[[], bool]
    mine: Callable[[Deadline], bool]
    refused: dict[Deadline, datetime] = field(default_factory=dict)

    def first(self) -> tuple[datetime, Deadline] | None:
        """What comes first, and when."""
        state = self.case.state
        if state.closed_at is not None:
            return None
        waiting = [
            (self.refused.get(d, d.next_at), d)
            for d in state.deadlines
            if d.next_at is not None and self.mine(d) and not state.stands_still(d)
        ]
        return min(waiting, key=lambda w: (w[0], w[1].key), default=None)

    async def came(self, upcoming: tuple[datetime, Deadline]) -> bool:
        """Wait for a deadline; false when something changed it, or ended the wait, before it came."""
        when, deadline = upcoming
        remaining = when - workflow.now()
        if remaining <= timedelta(0):
            return True
        summary = f"{deadline.key} ({deadline.rule})"
        try:
            await workflow.wait_condition(
                lambda: self.until() or self.first() != upcoming, timeout=remaining, timeout_summary=summary
            )
        except TimeoutError:
            return True
        return False

    async def happen(self, deadline: Deadline) -> None:
        """Remind, or let it fall due; a reminder that comes too late is left out."""
        reminding = deadline.remind_at is not None and not deadline.reminded and workflow.now() < deadline.due
        if not await self.case.happen("remind" if reminding else "fall_due", deadline):
            again = workflow.now() + _AGAIN_AFTER
            self.refused[deadline] = min(again, deadline.due) if reminding else again
