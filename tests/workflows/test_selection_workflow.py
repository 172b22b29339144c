"""The round on a real Temporal server with the real worker."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col
from temporalio.worker import Replayer

from activities.rebuild import rebuild
from activities.record import RecordActivities
from domain.refusals import Refused
from domain.words import Outcome, Stage
from records.acts import commit as commits
from records.database import Database
from records.tables import Case, Document, JournalEntry, Selection
from runtime import engine as engines
from runtime.embedded import EmbeddedTemporal
from runtime.engine import StillRunning
from tests.acts import selection_road as road
from tests.acts.selection_plan import PUBLISHED
from tests.acts.selection_world import World
from tests.workflows.live import NAMESPACE, Live
from workflows.plugin import RefusalInterceptor, data_converter, sandbox
from workflows.ports import CommitRequest, Committed
from workflows.selection import SelectionWorkflow

pytestmark = pytest.mark.asyncio(loop_scope="session")
DAY = timedelta(days=1)


async def refused(live: Live, name: str, by: str, *vacancies: str, **arguments: Any) -> Refused:
    """The refusal of an act."""
    with pytest.raises(Refused) as caught:
        await live.act(name, by, *vacancies, **arguments)
    return caught.value


def inaugurate(world: World) -> None:
    """The last act of a round."""
    road.decreed(world)
    day = world.calendar().local_date(world.now).isoformat()
    people = world.people
    world.act(
        "record_inauguration",
        "secretariat",
        world.vacancy,
        inaugurated_on=day,
        officiant_id=people["ppk"],
        witness_ids=[people["pyb"], people["clerk"]],
        oath="janji",
    )


async def test_a_round_runs_from_draft_to_inauguration_and_its_history_replays(live: Live) -> None:
    await live.act("publish", "secretariat")
    first = (await live.handle.describe()).run_id
    await live.do(inaugurate)
    assert await live.handle.result() == Outcome.APPOINTED
    documents = await live.do(lambda w: w.rows(Document, col(Document.pressed_by_case)))
    assert [d for d in documents if d.case_key == live.world.key and d.pressed_at is None] == []
    (term,) = await live.do(lambda w: [c.key for c in w.rows(Case) if c.kind == "term"])
    assert await live.engine.running(term)
    assert (await live.handle.describe()).run_id != first
    replayer = Replayer(
        workflows=[SelectionWorkflow],
        workflow_runner=sandbox(),
        data_converter=data_converter,
        interceptors=[RefusalInterceptor()],
    )
    await replayer.replay_workflow(await live.client.get_workflow_handle(live.world.key, run_id=first).fetch_history())
    await replayer.replay_workflow(await live.handle.fetch_history())
    assert (await refused(live, "cancel", "ppk")).code == "case-closed"


async def test_a_refusal_by_the_state_is_typed_and_leaves_no_event_in_history(live: Live) -> None:
    await live.act("publish", "secretariat")
    await live.move(live.clock.now() + timedelta(minutes=1))  # it arrives when nothing is under way any more
    before = (await live.handle.describe()).history_length
    refusal = await refused(live, "advance", "chair", live.world.vacancy, stage="announcement")
    assert (refusal.code, refusal.rule) == ("window-open", "announcement.min_calendar_days")
    assert refusal.citation
    assert refusal.facts["until"]
    assert (await live.handle.describe()).history_length == before


async def test_a_refusal_by_the_record_is_typed_and_uses_no_number(live: Live) -> None:
    await live.do(lambda w: w.change(Selection, w.selection_id, weights={}))
    refusal = await refused(live, "publish", "secretariat")
    assert (refusal.code, refusal.facts["missing"]) == ("plan-incomplete", "weights")
    assert await live.journal() == ["open"]


async def test_two_people_at_the_same_moment_do_an_act_once_and_get_the_same_answer(live: Live) -> None:
    first = await live.prepared("publish", "secretariat")
    second = await live.prepared("publish", "secretariat")
    one, other = await asyncio.gather(live.send(first), live.send(second))
    assert one.seq == other.seq == 2
    assert {one.replayed, other.replayed} == {False, True}
    assert await live.journal() == ["open", "publish"]


async def test_whoever_comes_a_moment_later_gets_the_recorded_answer(live: Live) -> None:
    """Both looked before either acted; the first act has already changed the state when the second arrives."""
    await live.act("publish", "secretariat")
    await live.do(road.window_closed)
    first, second = [
        await live.prepared("advance", by, live.world.vacancy, stage="announcement") for by in ("chair", "clerk")
    ]
    one = await live.send(first)
    other = await live.send(second)
    assert (one.seq, one.replayed) == (other.seq, not other.replayed)


async def test_the_same_act_with_other_content_is_refused_and_names_the_first(live: Live) -> None:
    await live.act("publish", "secretariat")
    first = await live.prepared("suspend", "chair", live.world.vacancy, ground="outage")
    second = await live.prepared("suspend", "secretariat", live.world.vacancy, ground="complaint")
    done = await live.send(first)
    with pytest.raises(Refused) as caught:
        await live.send(second)
    assert (caught.value.code, caught.value.facts["seq"]) == ("different-repeat", str(done.seq))


async def test_deadlines_remind_and_fall_due_to_the_second_in_virtual_time(live: Live) -> None:
    await live.act("publish", "secretariat")
    due = live.world.due("window")
    assert await live.move(due - timedelta(minutes=1)) == 1
    assert await live.journal() == ["open", "publish", "remind"]
    assert await live.move(due) == 1
    closed = await live.do(lambda w: w.rows(JournalEntry, col(JournalEntry.act) == "fall_due")[0])
    assert due <= closed.at < due + timedelta(seconds=1)
    assert (await live.state()).lanes[live.world.vacancy].window_closed
    assert await live.state() == live.world.stored


async def test_a_suspension_stops_the_timer_of_its_lane_while_the_other_goes_on(
    live: Live,
) -> None:
    await live.do(lambda w: w.draft("head_of_agency", "inspector"))
    await live.begin()
    await live.act("publish", "secretariat")
    first, second = live.world.vacancies
    due = live.world.due(f"window/{first}")
    await live.move(due - 5 * DAY)
    await live.act("suspend", "chair", first, ground="complaint")
    await live.move(due + 5 * DAY)
    lanes = (await live.state()).lanes
    assert (lanes[first].window_closed, lanes[second].window_closed) == (False, True)
    await live.act("resume", "chair", first)
    assert live.world.due(f"window/{first}") == due + 10 * DAY
    await live.move(due + 10 * DAY)
    assert (await live.state()).lanes[first].window_closed


async def test_continuing_as_new_keeps_state_timers_and_keys_and_loses_no_act(live: Live) -> None:
    await live.act("publish", "secretariat")
    vacancy, run = live.world.vacancy, (await live.handle.describe()).run_id
    for _ in range(6):
        await live.act("suspend", "chair", vacancy, ground="outage")
        await live.act("resume", "secretariat", vacancy)
    await live.move(live.world.due("window"))
    assert (await live.handle.describe()).run_id != run
    held = await live.state()
    assert held == live.world.stored
    assert held.lanes[vacancy].window_closed
    _, replayed = await live.do(lambda w: w.answer("publish", "secretariat"))
    assert replayed


async def test_acts_that_meet_a_continuation_are_all_written_once(live: Live) -> None:
    await live.act("publish", "secretariat")
    run = (await live.handle.describe()).run_id
    ids = await live.do(road.applied)
    judges = [*road.COMMITTEE, "assessor1", "assessor2"]
    requests = [
        await live.prepared(
            "recuse", name, person_id=live.world.people[name], application_id=application_id, ground="other"
        )
        for name in judges
        for application_id in ids.values()
    ]
    answers = await asyncio.gather(*(live.send(r) for r in requests))
    assert sorted(a.seq for a in answers) == list(range(3, 3 + len(requests)))
    assert not any(a.replayed for a in answers)
    assert (await live.handle.describe()).run_id != run
    assert await live.state() == await live.do(lambda w: w.stored)


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError("x")])
async def test_an_error_of_ours_fails_the_act_and_not_the_case(
    live: Live, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(acting: Any) -> None:
        raise error

    with monkeypatch.context() as patched:
        recorders = {**commits.RECORDERS, (live.world.kind, "publish"): broken}
        patched.setattr(commits, "RECORDERS", recorders)
        refusal = await refused(live, "publish", "secretariat")
    assert refusal.code == "internal"
    assert refusal.facts["incident"]
    await live.act("publish", "secretariat")
    assert await live.journal() == ["open", "publish"]


async def test_a_row_that_the_database_refuses_fails_the_act_and_not_the_case(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(acting: Any) -> None:
        acting.mail("chosen", ["nobody"], {})

    with monkeypatch.context() as patched:
        patched.setattr(commits, "RECORDERS", {**commits.RECORDERS, (live.world.kind, "publish"): broken})
        assert (await refused(live, "publish", "secretariat")).code == "internal"
    await live.act("publish", "secretariat")


async def test_an_act_whose_worker_lost_the_answer_after_the_commit_is_written_once(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, tries = RecordActivities._commit, []

    def forgetful(self: RecordActivities, request: CommitRequest) -> Committed:
        committed = honest(self, request)
        tries.append(committed)
        if len(tries) == 1:
            raise OperationalError("COMMIT", {}, ConnectionError("gone after the commit"))
        return committed

    monkeypatch.setattr(RecordActivities, "_commit", forgetful)
    request = await live.prepared("publish", "secretariat")
    answer = await live.send(request)
    assert (answer.seq, answer.replayed, len(tries)) == (2, False, 2)
    assert await live.journal() == ["open", "publish"]


async def test_an_act_that_arrives_while_the_worker_is_down_is_carried_out_when_it_returns(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live.dismiss()
    monkeypatch.setattr(engines, "_ANSWER_WITHIN", timedelta(seconds=1))
    request = await live.prepared("publish", "secretariat")
    with pytest.raises(StillRunning):
        await live.send(request)
    monkeypatch.undo()
    await live.employ()
    answer = await live.send(request)
    assert (answer.seq, answer.act) == (2, "publish")
    assert await live.journal() == ["open", "publish"]


async def test_a_reminder_that_cannot_be_written_does_not_hold_up_the_deadline(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live.act("publish", "secretariat")
    due = live.world.due("window")

    def broken(acting: Any) -> None:
        raise LookupError("no reminder")

    monkeypatch.setattr(commits, "RECORDERS", {**commits.RECORDERS, (live.world.kind, "remind"): broken})
    await live.move(due)
    assert await live.journal() == ["open", "publish", "fall_due"]


async def test_a_deadline_that_cannot_fall_due_does_not_hold_up_the_time_and_comes_later(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live.act("publish", "secretariat")
    due = live.world.due("window")

    def broken(acting: Any) -> None:
        raise LookupError("not now")

    with monkeypatch.context() as patched:
        patched.setattr(commits, "RECORDERS", {**commits.RECORDERS, (live.world.kind, "fall_due"): broken})
        await live.move(due + timedelta(minutes=1))
        assert not (await live.state()).lanes[live.world.vacancy].window_closed
    await live.move(due + DAY)
    assert (await live.state()).lanes[live.world.vacancy].window_closed


async def test_a_case_that_was_lost_is_rebuilt_from_the_record_at_its_stage_with_its_deadlines(live: Live) -> None:
    await live.act("publish", "secretariat")
    due = live.world.due("window")
    await live.handle.terminate("lost")
    assert await rebuild(live.database, live.engine) == [live.world.key]
    assert await rebuild(live.database, live.engine) == []
    held = await live.state()
    assert held == live.world.stored
    assert held.stage is Stage.ANNOUNCEMENT
    await live.move(due)
    assert (await live.state()).lanes[live.world.vacancy].window_closed


async def test_acts_and_deadlines_that_waited_for_the_worker_leave_one_consistent_journal(live: Live) -> None:
    """A suspension was sent while no worker ran; then the window's last second passed."""
    await live.act("publish", "secretariat")
    vacancy, due = live.world.vacancy, live.world.due("window")
    await live.move(due - timedelta(minutes=5))
    await live.dismiss()
    sending = asyncio.create_task(live.send(await live.prepared("suspend", "chair", vacancy, ground="outage")))
    await live.employ()
    await sending
    await live.move(due + DAY)
    held = await live.state()
    assert held == live.world.stored
    assert (held.lanes[vacancy].suspended_at is not None, held.lanes[vacancy].window_closed) == (True, False)
    await live.act("resume", "chair", vacancy)
    await live.move(due + 2 * DAY)
    assert (await live.state()).lanes[vacancy].window_closed


async def test_a_round_survives_the_loss_of_temporals_own_file(
    sqlite_template: Path, tmp_path: Path, no_office: None
) -> None:
    shutil.copy(sqlite_template, tmp_path / "selter.db")
    database = Database(f"sqlite:///{tmp_path}/selter.db")
    engine_dir = tmp_path / "engine"
    async with EmbeddedTemporal() as server:
        address = await server.start(engine_dir, port=0, namespace=NAMESPACE)
        async with Live.on(address, database, tmp_path) as live:
            await live.do(lambda w: w.draft())
            await live.begin()
            await live.move(PUBLISHED)
            await live.act("publish", "secretariat")
            await live.do(road.screening)
            before, world = await live.state(), live.world
    for file in engine_dir.glob("temporal.db*"):
        file.unlink()
    async with EmbeddedTemporal() as server:
        address = await server.start(engine_dir, port=0, namespace=NAMESPACE)
        async with Live.on(address, database, tmp_path, world) as live:
            assert await rebuild(database, live.engine) == [world.key]
            assert await live.state() == before
            await live.move(world.due("screening"))
            deadline = (await live.state()).deadline(f"screening/{world.vacancy}")
            assert deadline is not None
            assert deadline.passed
    database.close()
