"""The embedded installation in one process: Temporal server, database, worker, API and pages, and a mail catcher."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

import uvicorn

from activities.mailer import Mailer
from activities.rebuild import rebuild
from api.app import create_app
from api.server import serve_few_at_once
from api.services import Services
from records.database import Database
from records.files import FileStore
from records.migrate import upgrade
from runtime.clock import Clock
from runtime.embedded import EmbeddedTemporal, free_port, require_free
from runtime.engine import Engine, connect
from runtime.settings import Settings
from runtime.simulation import Simulation
from runtime.smtp_catcher import SmtpCatcher
from runtime.telemetry import EMBEDDED, watched
from runtime.timeskip import TimeMover
from worker import working


@dataclass
class Stack:
    """A running embedded installation."""

    settings: Settings
    services: Services
    simulation: Simulation
    mailer: Mailer
    catcher: SmtpCatcher | None
    temporal_address: str
    restarted: list[str]  # cases whose workflow had to be started again

    @property
    def base_url(self) -> str:
        """Where the API and the pages are."""
        return f"http://{self.settings.api.host}:{self.settings.api.port}"


@asynccontextmanager
async def embedded(settings: Settings) -> AsyncIterator[Stack]:
    """Start everything, in order; stop it in the opposite order, draining the worker.

    Raises:
        PortTaken: a port is in use; the error names it and its setting.
    """
    settings = settings.model_copy(deep=True)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if settings.api.port == 0:
        settings.api.port = free_port()
        settings.public_base_url = f"http://{settings.api.host}:{settings.api.port}"
    require_free(settings.api.port, "SELTER_API_PORT")
    async with AsyncExitStack() as stack:
        telemetry = stack.enter_context(watched(settings, EMBEDDED, "port"))
        catcher = stack.enter_context(_mail_catcher(settings))
        server = EmbeddedTemporal(ui_port=settings.temporal.ui_port)
        address = await server.start(settings.data_dir, settings.temporal.port, settings.temporal.namespace)
        stack.push_async_callback(server.stop)
        await stack.enter_async_context(_kept(server))
        await asyncio.to_thread(upgrade, settings.database_url)
        database = Database(settings.database_url)
        stack.callback(database.close)
        client = telemetry.client(await connect(settings, address))
        clock = Clock(database, movable=not settings.production)
        files = FileStore(settings.data_dir / "files")
        engine = Engine(client)
        mover = TimeMover(client)
        mailer = await stack.enter_async_context(working(client, database, files, settings, mover))
        restarted = await rebuild(database, engine)
        simulation = Simulation(database, clock, mover)
        if restarted and clock.movable and clock.offset():
            await simulation.move_to(clock.now())  # they were born at real time
        services = Services(database, clock, files, engine, settings, simulation)
        await stack.enter_async_context(_serving(services, settings))
        yield Stack(settings, services, simulation, mailer, catcher, address, restarted)


@asynccontextmanager
async def _kept(server: EmbeddedTemporal) -> AsyncIterator[None]:
    """Start the server again whenever it ends by itself, as a service manager would."""
    keeping = asyncio.create_task(server.keep())
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


@contextmanager
def _mail_catcher(settings: Settings) -> Iterator[SmtpCatcher | None]:
    """Where no mail server is set, a catcher on loopback keeps every mail and sends nothing anywhere."""
    if settings.smtp.host:
        yield None
        return
    with SmtpCatcher(port=settings.smtp.catcher_port, folder=settings.data_dir / "mail") as catcher:
        settings.smtp.host, settings.smtp.port, settings.smtp.starttls = "127.0.0.1", catcher.port, False
        yield catcher


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: whoever started the stack stops it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the caller."""
        yield


@asynccontextmanager
async def _serving(services: Services, settings: Settings) -> AsyncIterator[None]:
    config = uvicorn.Config(
        create_app(services), host=settings.api.host, port=settings.api.port, log_config=None, access_log=False
    )
    server = _Server(config)
    serve_few_at_once()
    task = asyncio.create_task(server.serve())
    while not server.started and not task.done():  # noqa: ASYNC110  # uvicorn offers a flag, no event
        await asyncio.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        await task
