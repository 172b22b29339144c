"""The main job, whole: through the HTTP API, on the real engine, database and SMTP, in virtual time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from activities import press
from demo.cast import Cast
from demo.client import Client
from demo.round import Round
from demo.story import summarise, years_of
from demo.telling import Narrator, Telling
from domain.contract import ContractState
from domain.review import ReviewState
from domain.selection import SelectionState
from domain.term import TermState
from domain.words import CaseKind, DocumentKind, Outcome, Stage
from records import journal
from records.tables import Case, Document, Holding, OutboundMail
from records.verify import verify
from runtime.settings import Mode, Settings, load
from stack import Stack, embedded
from tests.conftest import INITDB
from tests.postgres import Postgres

pytestmark = pytest.mark.timeout(600)


def settings_for(folder: Path, database_url: str) -> Settings:
    """A demo installation on that database, on free ports, with cheap password hashes."""
    return load(
        mode=Mode.DEMO,
        data_dir=folder,
        database_url=database_url,
        log_level="ERROR",
        api={"port": 0},
        temporal={"port": 0},
        passwords={"time_cost": 1, "memory_kib": 1024, "parallelism": 1},
    )


def telling_on(stack: Stack, said: list[str]) -> Telling:
    """A teller who notes what is said."""
    telling = Telling(stack, Client(stack.base_url), Narrator(said.append))
    telling.say.now = lambda: telling.today
    return telling


def check_the_end(stack: Stack, client: Client, said: list[str]) -> None:
    """What is true at the end of the story, whatever happened on the way."""
    summary = summarise(stack, client, 0)
    assert summary["documents"] >= 12
    assert summary["mails"] >= 30
    with stack.services.database.snapshot() as session:
        assert verify(session, stack.services.files).breaks == ()
        kinds = {d.kind for d in session.exec(select(Document))}
        assert kinds == {kind.value for kind in DocumentKind}
        assert all(d.pressed_at is not None for d in session.exec(select(Document)))
        mails = list(session.exec(select(OutboundMail)))
        assert [m.last_error for m in mails if m.dead_at is not None or m.sent_at is None] == []
        cases = list(session.exec(select(Case).order_by(col(Case.effective_at))))
        states = journal.states_of(session, cases)
        holdings = list(session.exec(select(Holding)))
    selections = [states[c.key] for c in cases if c.kind == CaseKind.SELECTION]
    assert [s.stage for s in selections] == [Stage.CLOSED, Stage.DRAFT]
    assert {lane.outcome for lane in selections[0].lanes.values()} == {Outcome.APPOINTED}
    reviews = [states[c.key] for c in cases if c.kind == CaseKind.REVIEW]
    assert len(reviews) == 1
    assert len({h.person_id for h in holdings if h.until is None}) == 2
    assert any("rancangan seleksi baru" in line for line in said)


def check_the_post(stack: Stack) -> None:
    """Every mail was accepted by the receiving server once, under its own Message-ID."""
    assert stack.catcher is not None
    ids = [str(caught.message["Message-ID"]) for caught in stack.catcher.messages]
    assert len(ids) == len(set(ids))


@pytest.fixture
def server_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """PostgreSQL where there is one; `selter demo` is on SQLite."""
    if INITDB is None:
        yield f"sqlite:///{tmp_path / 'selter.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


async def check_that_the_record_projects_every_workflow(stack: Stack) -> None:
    """`project(journal) == state` for every workflow that runs."""
    kinds: dict[str, Any] = {
        CaseKind.SELECTION: SelectionState,
        CaseKind.TERM: TermState,
        CaseKind.CONTRACT: ContractState,
        CaseKind.REVIEW: ReviewState,
    }
    with stack.services.database.read() as session:
        cases = journal.open_cases(session)
        states = journal.states_of(session, cases)
    assert {c.kind for c in cases} >= {CaseKind.SELECTION, CaseKind.CONTRACT, CaseKind.TERM}
    for case in cases:
        assert await stack.services.engine.state(case.key, kinds[case.kind]) == states[case.key]


def forget_the_engine(folder: Path) -> None:
    """Temporal's store is lost."""
    lost = list(folder.glob("temporal.db*"))
    assert lost
    for file in lost:
        file.unlink()


async def test_though_the_engines_file_is_lost_twice_the_whole_story_ends_with_a_lawful_demotion_and_the_next_draft(
    tmp_path: Path, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In mid-round and in mid-review. Continuous integration tells the story in peace, with PDF, as `selter demo`."""
    monkeypatch.setattr(press, "find_office", lambda: None)
    said: list[str] = []
    folder = tmp_path / "data"
    settings = settings_for(folder, server_url)
    async with embedded(settings) as stack:
        telling = telling_on(stack, said)
        cast = Cast(telling.client)
        await cast.assemble(stack)
        round_ = Round(telling, cast)
        await until(round_.chapters(), "assessment")
        before = open_states(stack)
    forget_the_engine(folder)
    async with embedded(settings) as stack:
        assert stack.restarted == list(before)
        assert open_states(stack) == before
        await telling.go_on(stack)
        await after(round_.chapters(), "assessment")
        years = await years_of(telling, cast, round_)
        await until(years.chapters(), "retest")
        before = open_states(stack)
    forget_the_engine(folder)
    async with embedded(settings) as stack:
        assert set(stack.restarted) == set(before)
        assert any(key.startswith("review/") for key in stack.restarted)
        await telling.go_on(stack)
        await after(years.chapters(), "retest")
        await stack.mailer.settled()
        check_the_end(stack, telling.client, said)
        check_the_post(stack)
        await check_that_the_record_projects_every_workflow(stack)
        await telling.client.close()


def open_states(stack: Stack) -> dict[str, Any]:
    """The states of all open cases."""
    with stack.services.database.read() as session:
        return journal.open_states(session)


async def until(chapters: tuple[Callable[[], Any], ...], name: str) -> None:
    """Tell the chapters before that one."""
    for chapter in chapters:
        if chapter.__name__ == name:  # type: ignore[attr-defined]  # bound methods have names
            return
        await chapter()
    raise AssertionError(f"no chapter {name}")


async def after(chapters: tuple[Callable[[], Any], ...], name: str) -> None:
    """Tell that chapter and all that follow."""
    names = [chapter.__name__ for chapter in chapters]  # type: ignore[attr-defined]  # bound methods have names
    for chapter in chapters[names.index(name) :]:
        await chapter()
