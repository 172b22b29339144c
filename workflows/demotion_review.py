"""DemotionReviewWorkflow: gate after gate; time only reminds and closes windows, it never decides."""

from collections.abc import Callable
from dataclasses import dataclass, field

from temporalio import workflow

from workflows.journal import CaseWorkflow, Outbox
from workflows.waiting import keep_deadlines

with workflow.unsafe.imports_passed_through():
    from domain.review import ReviewState
    from domain.words import CaseKind


@dataclass(frozen=True)
class ReviewStart:
    """Where a run begins: a new review, a continued one, or one rebuilt from the record."""

    state: ReviewState
    outbox: Outbox = field(default_factory=Outbox)


@workflow.defn(name="DemotionReviewWorkflow")
class DemotionReviewWorkflow(CaseWorkflow):
    """A review after a bad final rating (PP 11/2017 Pasal 142)."""

    @workflow.init
    def __init__(self, start: ReviewStart) -> None:
        self.open_with(CaseKind.REVIEW, start.state, start.outbox)

    @workflow.run
    async def run(self, start: ReviewStart) -> str:
        """Six months to improve; retest, opinion and proposal; hearing; decision; objection; the move, or none."""
        if not await self.conduct(self._review()):
            self.go_on(ReviewStart(self.review_state, self.outbox))
        return self.review_state.outcome or self.review_state.stage

    @property
    def review_state(self) -> ReviewState:
        """The state, as what it is."""
        assert isinstance(self.state, ReviewState)
        return self.state

    async def _review(self) -> None:
        await self._until(lambda s: s.improvement_until is not None)  # notified, and the letter delivered
        await self._until(lambda s: s.improved is not None)  # six months, coached, evaluated
        await self._until(lambda s: s.outcome is not None)  # retested, proposed, heard, cleared, decided
        await self._until(lambda s: s.objection_until is not None)  # delivered within its term
        await self._until(lambda s: s.closed_at is not None)  # objection and execution, in either order

    async def _until(self, reached: Callable[[ReviewState], bool]) -> None:
        """Run the deadlines until that point, or the review's end."""
        await keep_deadlines(self, until=lambda: self._over() or reached(self.review_state))

    def _over(self) -> bool:
        return self.state.closed_at is not None
