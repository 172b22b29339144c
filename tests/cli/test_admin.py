"""`selter admin` on a running installation: what stands still is named, and each command mends what it says."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlmodel import col, select
from typer.testing import CliRunner, Result

import cli
from activities import press
from records import journal
from records.tables import Agency, AuditEntry, OutboundMail
from runtime.clock import real_now
from runtime.engine import Engine, connect
from runtime.settings import Mode, load
from stack import Stack, embedded
from tests.acts.selection_plan import PUBLISHED
from tests.workflows.live import Live, LiveWorld
from workflows.ports import PROCESS_QUEUE

pytestmark = pytest.mark.asyncio(loop_scope="module")
AGENCY = (
    "--name", "Pemerintah Kota Contoh", "--kind", "kota", "--head-title", "Wali Kota Contoh", "--unit", "BKPSDM",
    "--address", "Jalan 1", "--contact", "-", "--place", "Contoh",
)  # fmt: skip


@dataclass
class Office:
    """A running installation with a published round, and an operator at its command line."""

    stack: Stack
    live: Live

    @property
    def key(self) -> str:
        """The round's case."""
        return self.live.world.key

    async def selter(self, *words: str, code: int = 0) -> Result:
        """Run a command as the operator does, on the same data folder."""
        folder = self.stack.settings.data_dir
        environment = {
            "SELTER_DATA_DIR": str(folder),
            "SELTER_MODE": "demo",
            "SELTER_TEMPORAL_ADDRESS": self.stack.temporal_address,
            "SELTER_TEMPORAL_KEYRING": self.stack.settings.temporal.keyring.get_secret_value(),
            "SELTER_TEMPORAL_ENCRYPT": "true",
            "SELTER_LOG_LEVEL": "ERROR",
        }
        result = await asyncio.to_thread(CliRunner().invoke, cli.app, list(words), env=environment)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    async def told(self, *words: str, code: int = 0) -> dict[str, Any]:
        """The object in which a command's output ends."""
        result = await self.selter(*words, "--json", code=code)
        found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
        return found

    def audited(self, act: str) -> list[AuditEntry]:
        """The audit entries of an act."""
        with self.stack.services.database.read() as session:
            return list(session.exec(select(AuditEntry).where(col(AuditEntry.act) == act)))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One installation for the module; its histories are encrypted with k1."""
    folder = tmp_path_factory.mktemp("office")
    settings = load(
        mode=Mode.DEMO,
        data_dir=folder,
        log_level="ERROR",
        api={"port": 0},
        temporal={"port": 0, "encrypt": True},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "find_office", lambda: None)
        async with embedded(settings) as stack:
            services = stack.services
            live = await Live.connected(stack.temporal_address, services.database, folder, PROCESS_QUEUE)
            live.client = await connect(stack.settings, stack.temporal_address)
            live.engine = Engine(live.client)
            live.world = await asyncio.to_thread(LiveWorld, services.database, live=live)
            await live.do(lambda world: world.draft())
            await live.begin()
            await live.move(PUBLISHED)
            await live.act("publish", "secretariat")
            yield Office(stack, live)


async def test_open_cases_are_listed_with_stage_deadline_and_workflow(office: Office) -> None:
    (line,) = (await office.told("admin", "cases"))["cases"]
    assert (line["case"], line["stage"], line["running"], line["problem"]) == (office.key, "announcement", True, "")
    assert line["taken"] == line["entries"] == 2
    assert line["deadline"].startswith("window")
    assert "0 stand still" in (await office.selter("admin", "cases")).stdout


async def test_a_case_shows_its_last_entries_and_its_workflow_and_names_nobody(office: Office) -> None:
    report = await office.told("admin", "case", office.key)
    assert [entry["act"] for entry in report["tail"]] == ["open", "publish"]
    assert report["run"]["status"] == "RUNNING"
    assert report["problems"] == []
    shown = (await office.selter("admin", "case", office.key)).stdout
    assert "RUNNING" in shown
    assert "Orang" not in shown + json.dumps(report)


async def test_a_case_whose_workflow_ended_is_stuck_until_it_is_unblocked(office: Office) -> None:
    await office.live.handle.terminate()
    (line,) = (await office.told("admin", "cases", "--stuck", code=1))["cases"]
    assert "does not run" in line["problem"]
    assert "TERMINATED" in (await office.selter("admin", "case", office.key, code=1)).stdout
    assert (await office.told("admin", "unblock", office.key, "--yes", "--reason", "trial"))["unblocked"] == [
        office.key
    ]
    assert (await office.told("admin", "cases"))["cases"][0]["problem"] == ""
    (entry,) = office.audited("unblock_case")
    assert entry.subject == f"workflow/{office.key}"
    await office.live.act("suspend", "chair", office.live.world.vacancy, ground="outage")
    await office.live.act("resume", "chair", office.live.world.vacancy)


async def test_a_case_ahead_of_its_record_is_stuck_and_unblocking_brings_it_back(office: Office) -> None:
    """As after the restore of an older record beside a Temporal service that went on."""
    with office.stack.services.database.read() as session:
        case = journal.case_of(session, office.key)
        state = journal.state_of(session, office.key)
    engine, settings = office.live.engine, office.stack.settings
    await engine.end(office.key, "test")
    ahead = type(state)(**{**vars(state), "seq": state.seq + 3})
    assert await engine.start(case.kind, office.key, ahead, {})
    (line,) = (await office.told("admin", "cases", code=1))["cases"]
    assert "an older one was restored" in line["problem"]
    await office.selter("admin", "unblock", "--all", "--yes")
    assert (await office.told("admin", "cases"))["cases"][0]["taken"] == state.seq
    assert settings.data_dir.is_dir()


async def test_unblocking_asks_first_and_refuses_what_is_no_open_case(office: Office) -> None:
    run = (await office.live.handle.describe()).run_id
    await office.selter("admin", "unblock", office.key, code=1)  # no answer is no
    assert (await office.live.handle.describe()).run_id == run
    await office.selter("admin", "unblock", "--yes", code=2)
    refused = await office.selter("admin", "unblock", "selection/none", "--yes", code=1)
    assert "unknown-case" in str(refused.exception)


async def test_a_rotation_is_done_when_no_open_case_needs_the_old_key(office: Office) -> None:
    settings = office.stack.settings
    old = settings.temporal.keyring.get_secret_value()
    try:
        needed = await office.told("admin", "keys", "--retire", "k1", code=1)
        assert needed["cases"] == {"k1": [office.key]}
        assert needed["current"] == "k1"
        settings.temporal.keyring = type(settings.temporal.keyring)(f"k2={'A1b2' * 10}A1a=,{old}")
        still = await office.told("admin", "keys", "--retire", "k1", code=1)
        assert still["current"] == "k2"
        assert still["needed_by"] == [office.key]
    finally:
        settings.temporal.keyring = type(settings.temporal.keyring)(old)
    unused = await office.told("admin", "keys", "--retire", "k9")
    assert unused["needed_by"] == []


async def test_mails_that_were_given_up_are_tried_again(office: Office) -> None:
    database = office.stack.services.database
    await office.stack.mailer.settled()
    with database.write() as writer:
        mail = writer.session.exec(select(OutboundMail).limit(1)).one()
        mail.sent_at, mail.dead_at, mail.attempts, mail.last_error = None, real_now(), 12, "SMTPConnectError"
        writer.session.add(mail)
    counted = await office.told("admin", "mails", code=1)
    assert (counted["dead"], counted["errors"]) == (1, {"SMTPConnectError": 1})
    assert "1 were given up" in (await office.selter("admin", "mails", code=1)).stdout
    assert (await office.told("admin", "retry-mails"))["retried"] == 1
    await office.stack.mailer.settled()
    assert (await office.told("admin", "mails"))["dead"] == 0
    assert len(office.audited("retry_mail")) == 1


async def test_an_agency_is_entered_once_it_is_described_in_full(office: Office) -> None:
    entered = (await office.told("admin", "add-agency", *AGENCY))["agency"]
    with office.stack.services.database.read() as session:
        assert session.get_one(Agency, entered).head_title == "Wali Kota Contoh"
    assert [entry.agency_id for entry in office.audited("enter_agency")].count(entered) == 1
    wrong = await office.selter("admin", "add-agency", *AGENCY, "--zone", "Europe/Berlin", "--kind", "desa", code=2)
    assert "--zone" in wrong.stderr
    assert "--kind" in wrong.stderr


async def test_builds_are_empty_without_worker_versions_and_an_unknown_one_is_refused(office: Office) -> None:
    assert (await office.told("admin", "builds"))["builds"] == []
    refused = await office.selter("admin", "make-current", "0.9", code=1)
    assert "no worker of build 0.9" in str(refused.exception)


async def test_without_temporal_the_cases_are_still_listed(office: Office, tmp_path: Path) -> None:
    before = office.stack.temporal_address
    office.stack.temporal_address = "127.0.0.1:1"
    try:
        (line,) = (await office.told("admin", "cases", code=1))["cases"]
        assert line["running"] is None
        assert "Temporal cannot be reached" in line["problem"]
        report = await office.told("admin", "case", office.key, code=1)
        assert report["run"] is None
    finally:
        office.stack.temporal_address = before


async def test_a_deadline_that_the_workflow_let_go_by_shows(office: Office) -> None:
    deadline = await office.stack.simulation.next_deadline()
    assert deadline is not None
    await asyncio.to_thread(office.stack.services.clock.move_to, deadline.due + timedelta(hours=1))
    (line,) = (await office.told("admin", "cases", code=1))["cases"]
    assert "let a deadline go by" in line["problem"]
