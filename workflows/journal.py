"""The lock-and-write path that every case shares: an act takes the lock, is written once, then changes the state."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NoReturn, TypeVar

from temporalio import workflow
from temporalio.common import RawValue, SearchAttributeKey
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from pydantic import ValidationError

    from domain.case import CaseState, Deadline, Entry
    from domain.laws import LAWS
    from domain.refusals import Refused
    from domain.words import CaseKind
    from workflows import ports
    from workflows.messages import Actor, Answer, Command

AGENCY: Final = SearchAttributeKey.for_keyword("AgencyId")
STAGE: Final = SearchAttributeKey.for_keyword("Stage")
DUE: Final = SearchAttributeKey.for_datetime("DueAt")

_T = TypeVar("_T")
_RECENT: Final = 50
_SYSTEM: Final = Actor(person_id="", role="system")


@dataclass
class Outbox:
    """What recorded acts have caused and is not done yet: documents to press, cases to start or to end."""

    documents: list[int] = field(default_factory=list)  # seqs of the entries that issued them
    starts: list[str] = field(default_factory=list)
    lapses: list[str] = field(default_factory=list)
    recent: list[str] = field(default_factory=list)  # natural keys of the last acts: another may be doing the same


class CaseWorkflow:
    """A case on Temporal: state, lock, outbox, and the one update handler that serves every act of the table."""

    kind: CaseKind
    state: CaseState

    def open_with(self, kind: CaseKind, state: CaseState, outbox: Outbox) -> None:
        """Take up the state; called in `@workflow.init`, because handlers may run before `run` does."""
        self.kind = kind
        self.state = state
        self.outbox = outbox
        self.case_key = workflow.info().workflow_id
        self._lock = asyncio.Lock()
        self._shown: tuple[str, datetime | None] | None = None

    # -- acts of people ------------------------------------------------------------------------------------------

    @workflow.update(dynamic=True)
    async def act(self, name: str, args: Sequence[RawValue]) -> Answer:
        """Any act of the table, by its name."""
        command = self._command(name, args)
        async with self._lock:
            committed = await self._write(command)
        entry = committed.entry
        return Answer(
            case=self.case_key,
            seq=entry.seq,
            act=entry.act,
            at=entry.at,
            vacancy_ids=entry.vacancy_ids,
            documents=entry.data.get("documents", 0),
            replayed=committed.replayed,
        )

    @act.validator
    def check_act(self, name: str, args: Sequence[RawValue]) -> None:
        """Refuse cheaply, leaving no trace in history, what the state alone forbids."""
        self._require_lawful(self._command(name, args))

    def _require_lawful(self, command: Command) -> None:
        """A repeat is not for the state to judge, which the act itself has changed: the record answers it."""
        if command.actor.role != "system" and not set(self.outbox.recent) & set(command.keys):
            LAWS[self.kind].check(self.state, command.intent())

    def _command(self, name: str, args: Sequence[RawValue]) -> Command:
        if len(args) != 1:
            raise Refused("bad-command", act=name)
        try:
            command: Command = workflow.payload_converter().from_payload(args[0].payload, Command)
        except (ValidationError, ValueError, RuntimeError) as error:
            raise Refused("bad-command", act=name) from error
        if command.act != name:
            raise Refused("bad-command", act=name)
        return command

    @workflow.query(name="state")
    def read_state(self) -> Any:
        """The state, for operators; it equals the fold of the journal."""
        return self.state

    # -- acts of time --------------------------------------------------------------------------------------------

    async def happen(self, act: str, deadline: Deadline) -> bool:
        """Write what happens by itself: `remind`, `fall_due`. False when the record refuses it.

        Nothing happens when an act that held the lock has moved, met or stopped the deadline meanwhile.
        """
        async with self._lock:
            if self.state.deadline(deadline.key) != deadline or self.state.stands_still(deadline):
                return True
            request_id = f"{act}:{deadline.key}:{deadline.due.isoformat()}"
            command = Command(
                act=act,
                actor=_SYSTEM,
                at=_when(act, deadline),
                request_id=request_id,
                payload_sha256="",
                keys=(request_id,),
                vacancy_ids=(deadline.subject,) if deadline.subject else (),
                arguments={"key": deadline.key},
            )
            try:
                await self._write(command)
            except ActivityError:
                workflow.logger.exception("the record refused %s", act)
                return False
            return True

    async def _write(self, command: Command) -> ports.Committed:
        self._require_lawful(command)
        committed = await ports.commit(ports.CommitRequest(self.case_key, self.state.seq + 1, command))
        if committed.entry.seq == self.state.seq + 1:
            self._take(committed.entry)
        self.outbox.recent = [*self.outbox.recent, *command.keys][-_RECENT:]
        return committed

    def _take(self, entry: Entry) -> None:
        self.state = LAWS[self.kind].apply(self.state, entry)
        if entry.data.get("documents"):
            self.outbox.documents.append(entry.seq)
        self.outbox.starts.extend(entry.data.get("starts", ()))
        self.outbox.lapses.extend(entry.data.get("lapses", ()))
        self._show()

    def _show(self) -> None:
        """Stage and next deadline, for operators in Temporal's own pages."""
        upcoming = self.state.next_deadline()
        stage = LAWS[self.kind].stage(self.state)
        shown = (stage, upcoming.due if upcoming else None)
        if shown == self._shown:
            return
        self._shown = shown
        workflow.set_current_details(f"stage: {stage}; next: {upcoming.key if upcoming else '-'}")
        updates: list[Any] = [AGENCY.value_set(self.state.agency_id), STAGE.value_set(stage)]
        updates.append(DUE.value_set(shown[1].astimezone(UTC)) if shown[1] else DUE.value_unset())
        workflow.upsert_search_attributes(updates)

    # -- the life of a run ---------------------------------------------------------------------------------------

    async def conduct(self, story: Coroutine[Any, Any, None]) -> bool:
        """Run the story beside the outbox until it ends (true), or until the case moves on to another run (false)."""
        self._show()
        telling = asyncio.create_task(story)
        working = [
            asyncio.create_task(self._work_off(self.outbox.starts, ports.start)),
            asyncio.create_task(self._work_off(self.outbox.lapses, ports.lapse)),
            asyncio.create_task(self._work_off(self.outbox.documents, self._press)),
        ]
        await workflow.wait_condition(lambda: telling.done() or self._moves_on())
        ended = telling.done()
        if ended:
            await telling
            await workflow.wait_condition(lambda: workflow.all_handlers_finished() and not self._has_work())
        for task in (telling, *working):
            task.cancel()
        return ended

    def _has_work(self) -> bool:
        return bool(self.outbox.documents or self.outbox.starts or self.outbox.lapses)

    def go_on(self, start: Any) -> NoReturn:
        """Continue as new, on a newer version of the worker where there is one."""
        newer = workflow.info().is_target_worker_deployment_version_changed()
        behaviour = workflow.ContinueAsNewVersioningBehavior
        workflow.continue_as_new(
            start, initial_versioning_behavior=behaviour.AUTO_UPGRADE if newer else behaviour.UNSPECIFIED
        )

    def _moves_on(self) -> bool:
        """A quiet point at which the run should end: its history is long, or a newer worker waits for the case."""
        info = workflow.info()
        if not (info.is_continue_as_new_suggested() or info.is_target_worker_deployment_version_changed()):
            return False
        return not self._lock.locked() and workflow.all_handlers_finished() and not self._has_work()

    async def _work_off(self, waiting: list[_T], do: Callable[[list[_T]], Awaitable[None]]) -> None:
        """Do what waits in one list of the outbox, whenever something does; no list waits for another.

        What fails for good is left to a person: `selter rebuild` starts and ends cases, an unpressed document shows.
        """
        while True:
            await workflow.wait_condition(lambda: bool(waiting))
            batch = list(waiting)
            try:
                await do(batch)
            except ActivityError:
                workflow.logger.exception("the outbox could not be worked off: %s", batch)
            del waiting[: len(batch)]

    async def _press(self, seqs: list[int]) -> None:
        await ports.press(ports.PressRequest(self.case_key, tuple(seqs)))


def _when(act: str, deadline: Deadline) -> datetime:
    """When it happened: at its time, however late a worker comes to it, because what follows is counted from then."""
    return deadline.due if act == "fall_due" else deadline.next_at or deadline.due
