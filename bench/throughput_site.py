"""What `throughput.py` measures: Temporal, worker and API as processes, and cases that are copied in the record.

One round is drafted and published through the API. Each measured run gets fresh copies of it, so that every run begins
at the third journal entry; the chair recuses judges from applicants, an act that leaves the stage as it is.
"""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import httpx
from sqlmodel import SQLModel, col, select
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed
from trouble.story import Remote, telling_of

from activities.starter import start_case
from api.app import create_app
from api.services import Services
from demo.cast import ADMIN, Cast
from demo.client import PASSWORD, Client
from demo.round import Round
from records.accounts import Passwords
from records.bootstrap import create_admin
from records.database import Database
from records.files import FileStore
from records.migrate import upgrade
from records.tables import (
    ActKey,
    Application,
    Assignment,
    Case,
    JournalEntry,
    Person,
    Selection,
    Statement,
    Vacancy,
    Window,
    new_id,
)
from runtime.clock import Clock, real_now
from runtime.embedded import HOST, EmbeddedTemporal, free_port
from runtime.engine import Engine, connect
from runtime.settings import Mode, Settings, load

_ROOT: Final = Path(__file__).parents[1]
_APPLICANTS: Final = 29  # with seven judges: 203 recusals a case
_JUDGES: Final = ("sekda", "asisten", "dinasprov", "akademisi1", "akademisi2", "asesor1", "asesor2")
_CHEAP: Final = {"time_cost": 1, "memory_kib": 1024, "parallelism": 1}
_ID: Final = re.compile(r"(?<![0-9a-z])[0-9a-z]{13}(?![0-9a-z])")


@dataclass(frozen=True)
class Subject:
    """A case to act on: who chairs it by which assignment, the stored reason, and the recusals still to be had."""

    key: str
    chair: str
    assignment: str
    statement: str
    recusals: tuple[tuple[str, str], ...]  # judge, application

    @property
    def path(self) -> str:
        """The case's path in the API."""
        return f"/selections/{self.key.partition('/')[2]}"


class InMemory(EmbeddedTemporal):
    """The embedded server without its file."""

    def _command(self, binary: Path, data_dir: Path, port: int, namespace: str) -> list[str]:
        command = super()._command(binary, data_dir, port, namespace)
        place = command.index("--db-filename")
        return command[:place] + command[command.index("--disable-config-file") :]


@dataclass
class Site:
    """A running installation, and the published round whose copies are acted on."""

    settings: Settings
    database: Database
    services: Services  # of the API in this process
    asgi: httpx.AsyncClient
    client: Client
    cast: Cast
    pids: Mapping[str, int]
    round: str = ""

    @property
    def token(self) -> str:
        """The chair's."""
        return self.client._tokens[self.cast.mail("sekda")]

    async def subjects(self, count: int) -> list[Subject]:
        """Fresh copies of the round, running."""
        made = await asyncio.to_thread(self._copies, count)
        for subject in made:
            await start_case(self.database, self.services.engine, subject.key)
        return made

    async def retire(self, subjects: Iterable[Subject]) -> None:
        """Let their committees' terms end, so that nobody holds hundreds of assignments."""
        ids = [subject.key.partition("/")[2] for subject in subjects]
        with self.database.write() as writer:
            for row in writer.session.exec(select(Assignment).where(col(Assignment.scope_id).in_(ids))):
                row.until = real_now()

    def _copies(self, count: int) -> list[Subject]:
        with self.database.write() as writer:
            session = writer.session
            key = f"selection/{self.round}"
            vacancies = list(session.exec(select(Vacancy).where(col(Vacancy.selection_id) == self.round)))
            rows: list[SQLModel] = [
                session.get_one(Selection, self.round),
                *vacancies,
                *session.exec(select(Window).where(col(Window.vacancy_id).in_([v.id for v in vacancies]))),
                *session.exec(select(Assignment).where(col(Assignment.scope_id) == self.round)),
                *session.exec(select(Application).where(col(Application.selection_id) == self.round)),
                session.get_one(Case, key),
                *session.exec(select(JournalEntry).where(col(JournalEntry.case_key) == key)),
                *session.exec(select(ActKey).where(col(ActKey.case_key) == key)),
            ]
            made = []
            for _ in range(count):
                ids = {row.id: new_id() for row in rows if not isinstance(row, Case) and hasattr(row, "id")}
                for row in rows:
                    session.add(_copied(row, ids))
                    session.flush()
                made.append(self._subject(session, ids))
            return made

    def _subject(self, session: Any, ids: Mapping[str, str]) -> Subject:
        selection_id, chair = ids[self.round], self.cast.person("sekda")
        statement = Statement(
            agency_id=self.cast.agency, author_id=chair, text="Pernah menjadi atasan langsung.", at=real_now()
        )
        session.add(statement)
        mine = select(Assignment.id).where(col(Assignment.scope_id) == selection_id, Assignment.person_id == chair)
        applications = session.exec(select(Application.id).where(col(Application.selection_id) == selection_id)).all()
        pairs = tuple((self.cast.person(judge), found) for found in applications for judge in _JUDGES)
        session.flush()
        return Subject(f"selection/{selection_id}", chair, session.exec(mine).one(), statement.id, pairs)


def _copied(row: SQLModel, ids: Mapping[str, str]) -> SQLModel:
    """The row with other ids, wherever they stand in it."""
    return type(row)(**_renamed(row.model_dump(), ids))


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _ID.sub(lambda found: ids.get(found[0], found[0]), value)
    if isinstance(value, Mapping):
        return {_renamed(name, ids): _renamed(item, ids) for name, item in value.items()}
    return [_renamed(item, ids) for item in value] if isinstance(value, list) else value


@asynccontextmanager
async def running(*, in_memory: bool = False) -> AsyncIterator[Site]:
    """Everything, in a folder of its own; gone afterwards."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="selter-bench-")))
        server = InMemory() if in_memory else EmbeddedTemporal()
        stack.push_async_callback(server.stop)
        address = await server.start(folder, port=0)
        settings = _settings(folder, address)
        upgrade(settings.database_url)
        database = Database(settings.database_url)
        stack.callback(database.close)
        passwords = Passwords(**_CHEAP)
        with database.write() as writer:
            create_admin(writer, passwords, name="Pengelola Sistem", mail=ADMIN, password=PASSWORD, at=real_now())
        pids = {"temporal": server.pid or 0}
        for name, command in (
            (
                "bare worker",
                ["bench/throughput_bare.py", address, settings.temporal.namespace, str(folder / "bare.db")],
            ),
            ("worker", ["cli.py", "worker"]),
            ("api", ["cli.py", "api"]),
        ):
            program = [str(_ROOT / command[0]), *command[1:]]
            pids[name] = stack.enter_context(_process(program, folder, _environment(settings)))
        site = await _site(stack, settings, database, address, pids)
        await _furnish(site)
        yield site


def _settings(folder: Path, address: str) -> Settings:
    return load(
        mode=Mode.DEMO,
        data_dir=folder,
        log_level="WARNING",
        api={"port": free_port()},
        temporal={"address": address, "encrypt": True},
        smtp={"host": HOST, "port": free_port(), "starttls": False},
        passwords=_CHEAP,
    )


@contextmanager
def _process(command: list[str], folder: Path, env: Mapping[str, str]) -> Iterator[int]:
    """The id of a process that is killed with the block: a bench needs no graceful drain."""
    name = "-".join(Path(word).stem for word in command[:2])
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, *command], cwd=folder, env=env, stdout=log, stderr=log)
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def _environment(settings: Settings) -> dict[str, str]:
    """The same settings for the processes."""
    ours = {
        "MODE": settings.mode.value,
        "DATA_DIR": str(settings.data_dir),
        "LOG_LEVEL": settings.log_level,
        "API_PORT": str(settings.api.port),
        "TEMPORAL_ADDRESS": settings.temporal.address,
        "TEMPORAL_ENCRYPT": "true",
        "SMTP_HOST": HOST,
        "SMTP_PORT": str(settings.smtp.port),
        "SMTP_STARTTLS": "false",
        **{f"PASSWORDS_{name.upper()}": str(value) for name, value in _CHEAP.items()},
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SELTER_")}
    return {**kept, "PYTHONPATH": str(_ROOT), **{f"SELTER_{name}": value for name, value in ours.items()}}


async def _site(
    stack: AsyncExitStack, settings: Settings, database: Database, address: str, pids: Mapping[str, int]
) -> Site:
    engine = Engine(await connect(settings, address))
    clock = Clock(database, movable=True)
    services = Services(database, clock, FileStore(settings.data_dir / "files"), engine, settings)
    transport = httpx.ASGITransport(app=create_app(services))
    asgi = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://asgi", timeout=60))
    client = Client(f"http://{HOST}:{settings.api.port}")
    stack.push_async_callback(client.close)
    return Site(settings, database, services, asgi, client, Cast(client), pids)


async def _furnish(site: Site) -> None:
    """People, a published round, and its applicants."""
    async for attempt in AsyncRetrying(
        retry=retry_if_exception_type(httpx.HTTPError), wait=wait_fixed(0.1), stop=stop_after_delay(60), reraise=True
    ):
        with attempt:
            (await site.client.http.get("/health/ready")).raise_for_status()
    await site.cast.enter_all()
    telling: Remote = telling_of(site.client, [])
    round_ = Round(telling, site.cast)
    await round_.draft()
    await site.client.act(f"{round_.path}/publish", site.cast.mail("sekretariat"))
    site.round = round_.id
    with site.database.write() as writer:
        vacancy = writer.session.get_one(Vacancy, next(iter(round_.vacancies.values())))
        for number in range(_APPLICANTS):
            person = Person(
                name=f"Calon {number}",
                mail=f"{new_id()}@pelamar.example",
                birth_date=date(1978, 4, 11),
                created_at=real_now(),
            )
            writer.session.add(person)
            writer.session.flush()
            writer.session.add(
                Application(
                    agency_id=site.cast.agency,
                    selection_id=site.round,
                    vacancy_id=vacancy.id,
                    person_id=person.id,
                    created_at=real_now(),
                    submitted_at=real_now(),
                )
            )
