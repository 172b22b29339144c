"""An emergency change of a workflow, right and wrong: what `test_changes.py` replays stored histories on.

Both stand for a later release of the office term that asks the starter for something new at the beginning. The one
without a patch breaks every open case; the patched one lets them go on as they were.
"""

from datetime import timedelta

from temporalio import workflow

from workflows.office_term import OfficeTermWorkflow, TermStart

PATCH = "2027-01-announce-term"


async def _announce() -> None:
    await workflow.sleep(timedelta(minutes=1), summary="the term is announced")


@workflow.defn(name="OfficeTermWorkflow")
class Unpatched(OfficeTermWorkflow):
    """The change as one would first write it."""

    @workflow.init
    def __init__(self, start: TermStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: TermStart) -> str:
        """The term, with something new before it."""
        await _announce()
        return await super().run(start)


@workflow.defn(name="OfficeTermWorkflow")
class Patched(OfficeTermWorkflow):
    """The same for new cases only."""

    @workflow.init
    def __init__(self, start: TermStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: TermStart) -> str:
        """The term; what is new happens where it was not yet past."""
        if workflow.patched(PATCH):
            await _announce()
        return await super().run(start)
