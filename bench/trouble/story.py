"""The demo's story over HTTP alone: no part of the installation runs in the process that tells it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from demo.cast import ADMIN, Cast
from demo.client import Client
from demo.round import Round
from demo.story import years_of
from demo.telling import Narrator, Telling
from runtime.clock import real_now


@dataclass
class Remote(Telling):
    """A telling whose time is the installation's clock, read and moved through the API."""

    ahead: timedelta = field(default=timedelta())

    @property
    def now(self) -> datetime:
        """The installation's now, as of its last answer about the clock."""
        return real_now() + self.ahead

    async def move_to(self, instant: datetime) -> None:
        """Move the installation's clock; asked twice, it arrives once."""
        moved = await self.client.send("POST", "/clock/advance", ADMIN, json={"to": instant.isoformat()})
        self.ahead = max(self.ahead, datetime.fromisoformat(moved["now"]) - real_now())

    async def move_by(self, duration: timedelta) -> None:
        """Go on by a duration, as an instant: a repetition must not go twice as far."""
        await self.move_to(self.now + duration)


def telling_of(client: Client, said: list[str]) -> Remote:
    """A teller who notes what is said."""
    nothing: Any = None  # the stack is elsewhere
    telling = Remote(nothing, client, Narrator(said.append))
    telling.say.now = lambda: telling.today
    return telling


async def chapters(telling: Remote) -> AsyncIterator[str]:
    """Tell the story, and name each chapter when it is told; whoever listens may stop after any."""
    cast = Cast(telling.client)
    await cast.enter_all()
    yield "cast"
    round_ = Round(telling, cast)
    for chapter in round_.chapters():
        await chapter()
        yield chapter.__name__
    for chapter in (await years_of(telling, cast, round_)).chapters():
        await chapter()
        yield chapter.__name__
