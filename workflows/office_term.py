"""OfficeTermWorkflow: one contract a year, the watch over five years and the retirement age, until a person ends it."""

from dataclasses import dataclass, field

from temporalio import workflow

from workflows.journal import CaseWorkflow, Outbox
from workflows.waiting import keep_deadlines

with workflow.unsafe.imports_passed_through():
    from domain.term import TermState
    from domain.words import CaseKind


@dataclass(frozen=True)
class TermStart:
    """Where a run begins: a new term, a continued one, or one rebuilt from the record."""

    state: TermState
    outbox: Outbox = field(default_factory=Outbox)


@workflow.defn(name="OfficeTermWorkflow")
class OfficeTermWorkflow(CaseWorkflow):
    """An official in a post (masa jabatan)."""

    @workflow.init
    def __init__(self, start: TermStart) -> None:
        self.open_with(CaseKind.TERM, start.state, start.outbox)

    @workflow.run
    async def run(self, start: TermStart) -> str:
        """Each year begins its contract; five years and the retirement age demand an act; only an act ends the term."""
        if not await self.conduct(self._years()):
            self.go_on(TermStart(self.term_state, self.outbox))
        return self.term_state.ground or ""

    @property
    def term_state(self) -> TermState:
        """The state, as what it is."""
        assert isinstance(self.state, TermState)
        return self.state

    async def _years(self) -> None:
        await keep_deadlines(self, until=lambda: self.state.closed_at is not None)
