"""Terms on the workflow's clock: each deadline with one reminder, and then whatever falling due means."""

from collections.abc import Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.case import Deadline
    from workflows.journal import CaseWorkflow


async def keep_deadlines(
    case: CaseWorkflow, *, until: Callable[[], bool], mine: Callable[[Deadline], bool] = lambda _: True
) -> None:
    """Let reminders and deadlines happen, in order, until `until()` holds.

    A timer stays as it is while the deadline it waits for stays; an act that moves the deadline replaces it.
    """
    refused: Deadline | None = None
    while not until():
        upcoming = _next(case, mine)
        if upcoming is None or upcoming == refused:
            seen = upcoming
            await workflow.wait_condition(lambda: until() or _next(case, mine) != seen)
            continue
        if await _moved_before(case, upcoming, until, mine):
            continue
        reminding = upcoming.remind_at is not None and not upcoming.reminded and upcoming.next_at == upcoming.remind_at
        if not await case.happen("remind" if reminding else "fall_due", upcoming.key):
            refused = upcoming


async def _moved_before(
    case: CaseWorkflow, upcoming: Deadline, until: Callable[[], bool], mine: Callable[[Deadline], bool]
) -> bool:
    """Wait for the deadline; true when something changed it, or ended the wait, before it came."""
    due = upcoming.next_at or upcoming.due
    remaining = due - workflow.now()
    if remaining.total_seconds() <= 0:
        return False
    try:
        await workflow.wait_condition(
            lambda: until() or _next(case, mine) != upcoming,
            timeout=remaining,
            timeout_summary=f"{upcoming.key} ({upcoming.rule})",
        )
    except TimeoutError:
        return False
    return True


def _next(case: CaseWorkflow, mine: Callable[[Deadline], bool]) -> Deadline | None:
    state = case.state
    if state.closed_at is not None:
        return None
    waiting = [d for d in state.deadlines if d.next_at is not None and mine(d) and not state.stands_still(d)]
    return min(waiting, key=lambda d: (d.next_at, d.key), default=None)
