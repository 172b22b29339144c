"""What the API works with, made once by whoever wires the installation and kept on the application's state."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from records.database import Database
from records.files import FileStore
from runtime.clock import Clock
from runtime.engine import Engine
from runtime.health import Health
from runtime.settings import Settings


@dataclass
class Services:
    """The parts of a running installation. `simulation` moves time in the demo; none elsewhere."""

    database: Database
    clock: Clock
    files: FileStore
    engine: Engine
    settings: Settings
    simulation: object | None = None
    health: Health | None = None  # made when it is first asked for, and kept: it remembers since when

    def healthy(self) -> Health:
        """The health of the parts."""
        if self.health is None:
            self.health = Health(self.database, self.engine, self.clock, self.settings)
        return self.health


def services_of(request: Request) -> Services:
    """The services of the application that serves this request."""
    services: Services = request.app.state.services
    return services


Parts = Annotated[Services, Depends(services_of)]
"""The services, as a parameter of a route."""
