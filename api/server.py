"""The API process of a production installation."""

import uvicorn

from api.app import create_app
from api.services import Services
from records.database import Database
from records.files import FileStore
from runtime.clock import Clock
from runtime.engine import Engine, connect
from runtime.settings import Settings


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished."""
    database = Database(settings.database_url)
    client = await connect(settings)
    services = Services(
        database=database,
        clock=Clock(database, movable=not settings.production),
        files=FileStore(settings.data_dir / "files"),
        engine=Engine(client),
        settings=settings,
    )
    config = uvicorn.Config(
        create_app(services), host=settings.api.host, port=settings.api.port, log_config=None, access_log=False
    )
    await uvicorn.Server(config).serve()
    database.close()
