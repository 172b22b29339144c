"""SelectionWorkflow: `run` is the story of a round, one lane per vacancy through the stages."""

import asyncio
from dataclasses import dataclass, field

from temporalio import workflow

from workflows.journal import CaseWorkflow, Outbox
from workflows.waiting import keep_deadlines

with workflow.unsafe.imports_passed_through():
    from domain.case import Deadline
    from domain.selection import SelectionState
    from domain.words import CaseKind, Stage


@dataclass(frozen=True)
class SelectionStart:
    """Where a run begins: a new round, a continued one, or one rebuilt from the record."""

    state: SelectionState
    outbox: Outbox = field(default_factory=Outbox)


@workflow.defn(name="SelectionWorkflow")
class SelectionWorkflow(CaseWorkflow):
    """A round of open selection (seleksi terbuka)."""

    @workflow.init
    def __init__(self, start: SelectionStart) -> None:
        self.open_with(CaseKind.SELECTION, start.state, start.outbox)

    @workflow.run
    async def run(self, start: SelectionStart) -> str:
        """A draft is published; each vacancy goes through its stages; the round ends when all lanes have."""
        if not await self.conduct(self._round()):
            self.go_on(SelectionStart(self.round_state, self.outbox))
        return self.round_state.outcome or ""

    @property
    def round_state(self) -> SelectionState:
        """The state, as what it is."""
        assert isinstance(self.state, SelectionState)
        return self.state

    async def _round(self) -> None:
        await workflow.wait_condition(lambda: bool(self.round_state.lanes) or self._over())
        await asyncio.gather(*(self._lane(vacancy_id) for vacancy_id in self.round_state.lanes))
        await workflow.wait_condition(self._over)

    async def _lane(self, vacancy_id: str) -> None:
        """One vacancy: stage after stage, until it is filled or closed; a repeated stage comes round again."""
        while not self._over() and (stage := self._stage(vacancy_id)) is not Stage.CLOSED:
            await self._conduct(vacancy_id, stage)

    async def _conduct(self, vacancy_id: str, stage: Stage) -> None:
        """A stage runs its deadlines until an act leads out of it.

        announcement: the window closes, with one reminder; then the committee advances, extends or closes.
        screening, assessment, interview: the published timetable reminds; the committee decides and advances.
        appointment: the choice, the clearance, the decree and the inauguration each have their term.
        """

        def mine(deadline: Deadline) -> bool:
            return deadline.subject == vacancy_id

        def left() -> bool:
            return self._over() or self._stage(vacancy_id) is not stage

        await keep_deadlines(self, until=left, mine=mine)

    def _stage(self, vacancy_id: str) -> Stage:
        return self.round_state.lanes[vacancy_id].stage

    def _over(self) -> bool:
        return self.state.closed_at is not None
