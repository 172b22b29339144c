"""The API as a process of its own."""

from typing import Final

import uvicorn
from anyio import to_thread

from api.app import create_app
from api.services import Services
from records.database import Database
from records.files import FileStore
from runtime.clock import Clock
from runtime.engine import Engine, connect
from runtime.settings import Settings
from runtime.simulation import Simulation
from runtime.telemetry import API, Telemetry, watched
from runtime.timeskip import TimeMover

_THREADS: Final = 16


def serve_few_at_once() -> None:
    """Serve no more requests at once than the database has connections, so that none waits for one in vain.

    More would not be served sooner, and the running loop, which notes when a request came in, would have to wait for
    its turn among their threads.
    """
    to_thread.current_default_thread_limiter().total_tokens = _THREADS


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished."""
    with watched(settings, API, "port") as telemetry:
        await _serve(settings, telemetry)


async def _serve(settings: Settings, telemetry: Telemetry) -> None:
    database = Database(settings.database_url)
    client = telemetry.client(await connect(settings, lazy=True))
    clock = Clock(database, movable=not settings.production)
    services = Services(
        database=database,
        clock=clock,
        files=FileStore(settings.data_dir / "files"),
        engine=Engine(client),
        settings=settings,
        simulation=Simulation(database, clock, TimeMover(client)) if clock.movable else None,
    )
    config = uvicorn.Config(
        create_app(services), host=settings.api.host, port=settings.api.port, log_config=None, access_log=False
    )
    serve_few_at_once()
    await uvicorn.Server(config).serve()
    database.close()
