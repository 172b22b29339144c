"""PerformanceContractWorkflow: `run` is the story of a contract year."""

from dataclasses import dataclass, field

from temporalio import workflow

from workflows.journal import CaseWorkflow, Outbox
from workflows.waiting import keep_deadlines

with workflow.unsafe.imports_passed_through():
    from domain.contract import ContractState
    from domain.words import CaseKind, ContractStage


@dataclass(frozen=True)
class ContractStart:
    """Where a run begins: a new contract, a continued one, or one rebuilt from the record."""

    state: ContractState
    outbox: Outbox = field(default_factory=Outbox)


@workflow.defn(name="PerformanceContractWorkflow")
class PerformanceContractWorkflow(CaseWorkflow):
    """A performance contract (perjanjian kinerja) of one calendar year."""

    @workflow.init
    def __init__(self, start: ContractStart) -> None:
        self.open_with(CaseKind.CONTRACT, start.state, start.outbox)

    @workflow.run
    async def run(self, start: ContractStart) -> str:
        """Both parties sign; the quarters are checked in; the year is rated; after the objection it is final."""
        if not await self.conduct(self._year()):
            self.go_on(ContractStart(self.contract_state, self.outbox))
        return str(self.contract_state.stage)

    @property
    def contract_state(self) -> ContractState:
        """The state, as what it is."""
        assert isinstance(self.state, ContractState)
        return self.state

    async def _year(self) -> None:
        await self._while(ContractStage.DRAFT)
        await self._while(ContractStage.IN_FORCE)
        await self._while(ContractStage.RATING)
        await self._while(ContractStage.OBJECTION)

    async def _while(self, stage: ContractStage) -> None:
        """A stage runs its deadlines until an act, or the calendar, leads out of it.

        draft: both parties sign in time. in force: each quarter is reported and verified. rating: the superior decides
        within the window. objection: the window closes, or the objection is decided; then the result is made final.
        """
        await keep_deadlines(self, until=lambda: self.contract_state.stage is not stage)
