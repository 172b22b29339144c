"""A campaign: the story undisturbed, then under kills until so many have happened; counts, and what went wrong."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from demo.client import DemoError

from .checks import Ending, ending
from .client import Careful
from .installation import Installation, running
from .schedule import POINTS, Kill, Phase, draw
from .story import chapters, telling_of

Say = Callable[[str], Any]


@dataclass(frozen=True)
class Setting:
    """On what the story is told, and how far."""

    database: str = "sqlite"
    workers: int = 1
    apis: int = 1
    until: str = ""  # the last chapter; empty: the whole story

    @property
    def parts(self) -> set[str]:
        """What can be killed."""
        return {"worker", "api", "temporal"} | ({"postgres"} if self.database == "postgres" else set())


@dataclass
class Told:
    """A story told under a schedule."""

    ending: Ending
    steps: int
    acts: int
    seconds: float
    kills: list[Kill] = field(default_factory=list)  # those that hit a running process
    again: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Killer:
    """Carries out a schedule while the client tells the story."""

    installation: Installation
    schedule: list[Kill]
    say: Say
    done: list[Kill] = field(default_factory=list)
    _later: set[asyncio.Task[None]] = field(default_factory=set)
    _aimed: list[Kill] = field(default_factory=list)
    _mailed: list[Kill] = field(default_factory=list)

    async def trouble(self, step: int, moment: str) -> bool:
        """The client's hook: true when its answer is to be lost."""
        due = [kill for kill in self.schedule if kill.step == step]
        if moment == "answered":
            lost = [kill for kill in due if kill.phase is Phase.ANSWERED]
            for kill in lost:
                await self._strike(kill)
            return bool(lost)
        for kill in due:
            await self._begin(kill)
        return False

    async def _begin(self, kill: Kill) -> None:
        if kill.phase is Phase.BEFORE:
            await self._strike(kill)
        elif kill.phase is Phase.DURING:
            self._soon(kill)
        elif kill.phase is Phase.MAILED:
            self.installation.strike_at_next_mail()
            self._mailed.append(kill)
        elif kill.phase in POINTS:
            self.installation.aim(kill.part, f"{kill.phase} {kill.about}")
            self._aimed.append(kill)

    def _soon(self, kill: Kill) -> None:
        async def strike() -> None:
            await asyncio.sleep(kill.jitter / 1000)
            await self._strike(kill)

        task = asyncio.create_task(strike())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _strike(self, kill: Kill) -> None:
        if await asyncio.to_thread(self.installation.kill, kill.part):
            self._note(kill)

    def _note(self, kill: Kill) -> None:
        self.done.append(kill)
        self.say(f"  step {kill.step}: {kill.part} killed {kill.phase} +{kill.jitter} ms")

    async def finished(self) -> None:
        """Wait for the kills that are still to come, and see which points were reached."""
        await asyncio.gather(*self._later)
        for kill in self._mailed[: len(self._mailed) - self.installation.receiver.strikes_left]:
            self._note(kill)
        left = {part: Counter(self.installation.not_reached(part)) for part in ("api", "worker")}
        for kill in self._aimed:
            point = f"{kill.phase} {kill.about}"
            if left[kill.part][point]:
                left[kill.part][point] -= 1
            else:
                self._note(kill)


async def tell(folder: Path, setting: Setting, schedule: list[Kill], say: Say) -> Told:
    """Tell the story once under a schedule."""
    began = time.monotonic()
    with running(folder, setting.database, setting.workers, setting.apis) as installation:
        killer = Killer(installation, schedule, say)
        client = Careful(installation.base_url, base_urls=installation.base_urls, trouble=killer.trouble)
        broken = await _story(client, setting.until, say)
        await killer.finished()
        await client.close()
        found = await ending(installation, client.answered)
        wrong = [*broken, *found.wrong, *(f"500: {i}" for i in client.incidents)]
        spent = time.monotonic() - began
        return Told(found, client.steps, client.acts, spent, killer.done, client.again, wrong)


async def _story(client: Careful, until: str, say: Say) -> list[str]:
    """The chapters up to `until`; what stopped the story, if anything did."""
    try:
        async for chapter in chapters(telling_of(client, [])):
            say(f"  {chapter}: step {client.steps}")
            if chapter == until:
                break
    except DemoError as error:
        return [f"the story stopped: {error}"]
    return []


@dataclass
class Campaign:
    """Stories under kills, compared with one that was left in peace."""

    folder: Path
    setting: Setting
    say: Say
    told: list[tuple[int, Told, list[str]]] = field(default_factory=list)  # seed, story, what is wrong
    peace: Told | None = None

    async def undisturbed(self) -> Told:
        """The story left in peace: the measure of all others."""
        if self.peace is None:
            self.say("undisturbed")
            self.peace = await tell(self.folder / "peace", self.setting, [], self.say)
            self.say(f"  {self.peace.steps} steps in {self.peace.seconds:.0f} s")
            if self.peace.wrong:
                raise RuntimeError("the undisturbed story is not sound: " + "; ".join(self.peace.wrong))
        return self.peace

    async def under(self, seed: int, kills: int) -> list[str]:
        """The story under a seed's schedule; what is wrong at its end."""
        peace = await self.undisturbed()
        schedule = draw(seed, kills, peace.steps, self.setting.parts)
        self.say(f"seed {seed}: {kills} kills")
        told = await tell(self.folder / f"seed-{seed}", self.setting, schedule, self.say)
        wrong = [*told.wrong, *peace.ending.normal.differences(told.ending.normal)]
        self.told.append((seed, told, wrong))
        for line in wrong:
            self.say(f"  WRONG {line}")
        return wrong

    def summary(self) -> dict[str, Any]:
        """Counts, as the last line of the command prints them."""
        kills = [k for _, told, _ in self.told for k in told.kills]
        return {
            "kills": len(kills),
            "by_part": dict(Counter(k.part for k in kills)),
            "by_phase": dict(Counter(str(k.phase) for k in kills)),
            "stories": len(self.told),
            "database": self.setting.database,
            "workers": self.setting.workers,
            "apis": self.setting.apis,
            "cases": sum(len(told.ending.normal.cases) for _, told, _ in self.told),
            "acts": sum(told.acts for _, told, _ in self.told),
            "mails": sum(told.ending.mails for _, told, _ in self.told),
            "documents": sum(told.ending.documents for _, told, _ in self.told),
            "audit_entries": sum(told.ending.audit_entries for _, told, _ in self.told),
            "mails_twice": sum(told.ending.doubles for _, told, _ in self.told),
            "asked_again": dict(sum((told.again for _, told, _ in self.told), Counter[str]())),
            "undisturbed_seconds": round(self.peace.seconds) if self.peace else 0,
            "seconds": round(sum(told.seconds for _, told, _ in self.told)),
            "wrong": {seed: wrong for seed, _, wrong in self.told if wrong},
        }
