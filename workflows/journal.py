"""The lock-and-write path that every case shares: an act takes the lock, is written once, then changes the state."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from temporalio import workflow
from temporalio.common import RawValue, SearchAttributeKey
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from pydantic import ValidationError

    from domain.case import CaseState, Entry
    from domain.laws import LAWS
    from domain.refusals import Refused
    from domain.words import CaseKind
    from workflows import ports
    from workflows.messages import Actor, Answer, Command

AGENCY: Final = SearchAttributeKey.for_keyword("AgencyId")
STAGE: Final = SearchAttributeKey.for_keyword("Stage")
DUE: Final = SearchAttributeKey.for_datetime("DueAt")

_SYSTEM: Final = Actor(person_id="", role="system")


@dataclass
class Outbox:
    """What recorded acts have caused and is not done yet: documents to press, cases to start or to end."""

    documents: list[int] = field(default_factory=list)  # seqs of the entries that issued them
    starts: list[str] = field(default_factory=list)
    lapses: list[str] = field(default_factory=list)


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
        LAWS[self.kind].check(self.state, self._command(name, args).intent())

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

    async def happen(self, act: str, key: str) -> bool:
        """Write what happens by itself: `remind`, `fall_due`. False when the record refuses it."""
        async with self._lock:
            deadline = self.state.deadline(key)
            if deadline is None or deadline.passed:
                return True
            request_id = f"{act}:{key}:{deadline.due.isoformat()}"
            command = Command(
                act=act,
                actor=_SYSTEM,
                at=max(workflow.now(), deadline.next_at or deadline.due),
                request_id=request_id,
                payload_sha256="",
                keys=(request_id,),
                vacancy_ids=(deadline.subject,) if deadline.subject else (),
                arguments={"key": key},
            )
            try:
                await self._write(command)
            except ActivityError:
                workflow.logger.exception("the record refused %s", act)
                return False
            return True

    async def _write(self, command: Command) -> ports.Committed:
        LAWS[self.kind].check(self.state, command.intent()) if command.actor.role != "system" else None
        committed = await ports.commit(ports.CommitRequest(self.case_key, self.state.seq + 1, command))
        if committed.entry.seq == self.state.seq + 1:
            self._take(committed.entry)
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
        """Run the story beside the outbox until it ends (true), or until the history is long enough (false)."""
        self._show()
        task = asyncio.create_task(story)
        while True:
            await workflow.wait_condition(lambda: task.done() or self._has_work() or self._full())
            if self._has_work():
                await self._work()
            elif task.done():
                await task
                await workflow.wait_condition(workflow.all_handlers_finished)
                if not self._has_work():
                    return True
            elif self._full():
                task.cancel()
                return False

    def _has_work(self) -> bool:
        return bool(self.outbox.documents or self.outbox.starts or self.outbox.lapses)

    def _full(self) -> bool:
        quiet = not self._lock.locked() and workflow.all_handlers_finished()
        return quiet and workflow.info().is_continue_as_new_suggested()

    async def _work(self) -> None:
        """Do the oldest of the outbox; a case is started before a document is pressed."""
        if self.outbox.starts:
            batch = list(self.outbox.starts)
            await ports.start(batch)
            del self.outbox.starts[: len(batch)]
            return
        if self.outbox.lapses:
            ended = list(self.outbox.lapses)
            await ports.lapse(ended)
            del self.outbox.lapses[: len(ended)]
            return
        batch = tuple(self.outbox.documents)
        try:
            await ports.press(ports.PressRequest(self.case_key, batch))
        except ActivityError:
            # The dispatcher presses what is still open when its mail leaves; a person sees what it cannot press.
            workflow.logger.exception("documents could not be pressed")
        del self.outbox.documents[: len(batch)]
