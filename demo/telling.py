"""How the story is told: plain sentences, and time that moves from deadline to deadline."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date

from demo.client import Client
from domain.calendar import Calendar
from records.calendars import build_calendar
from stack import Stack

Chapter = Callable[[], Awaitable[None]]


@dataclass
class Narrator:
    """Says what happens, in Indonesian or English."""

    out: Callable[[str], Any]
    language: str = "id"
    now: Callable[[], date] = field(default=lambda: date.min)

    def chapter(self, indonesian: str, english: str) -> None:
        """A heading with the virtual date."""
        title = english if self.language == "en" else indonesian
        self.out(f"\n{format_date(self.now(), 'd MMMM y', locale='id_ID'):>18}  ▸ {title}")

    def line(self, indonesian: str, english: str) -> None:
        """A sentence."""
        self.out(f"{'':>20}{english if self.language == 'en' else indonesian}")

    def refusal(self, problem: dict[str, Any]) -> None:
        """What was refused, under which rule."""
        cited = f" [{problem['citation']}]" if problem.get("citation") else ""
        self.out(f"{'':>20}✗ {problem['detail']}{cited}")


@dataclass
class Telling:
    """The stack, the client and the narrator together."""

    stack: Stack
    client: Client
    say: Narrator

    async def go_on(self, stack: Stack) -> None:
        """Go on with a stack that was started again on the same data."""
        await self.client.close()
        self.stack = stack
        self.client.base_url = stack.base_url

    @property
    def now(self) -> datetime:
        """The installation's now."""
        return self.stack.services.clock.now()

    @property
    def calendar(self) -> Calendar:
        """The working-day calendar around now."""
        return build_calendar("Asia/Jakarta", range(self.now.year - 1, self.now.year + 3))

    @property
    def today(self) -> date:
        """The local date."""
        return self.calendar.local_date(self.now)

    def tanggal(self, day: date) -> str:
        """A date in Indonesian."""
        return format_date(day, "d MMMM y", locale="id_ID")

    async def move_to(self, instant: datetime) -> None:
        """Go on in virtual time; every deadline on the way happens."""
        await self.stack.simulation.move_to(instant)

    async def move_by(self, duration: timedelta) -> None:
        """Go on by a duration."""
        await self.stack.simulation.move_by(duration)

    async def move_to_day(self, day: date, hour: int = 9) -> None:
        """Go on to a local hour of a day, if it still lies ahead."""
        await self.move_to(self.calendar.start_of_day(day) + timedelta(hours=hour))
