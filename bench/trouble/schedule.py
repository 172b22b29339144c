"""When something is killed: after so many writing requests of the story, in a phase of one, some milliseconds later.

How far a seed replays: the same seed, database and number of kills give the same schedule, so each kill comes at the
same request of the story. What the killed process is doing in that very millisecond depends on the machine; `jitter`
spreads the kills over it. A failure is replayed by its seed, several times where it does not show at once.
"""

import random
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final


class Phase(StrEnum):
    """Where in a request the kill comes."""

    BEFORE = "before"  # killed, then asked
    DURING = "during"  # asked, killed `jitter` milliseconds later, whatever has been answered by then
    ANSWERED = "answered"  # the answer is lost: killed when it had been given, and asked again
    MAILED = "mailed"  # killed between the mail server's 250 and our mark, at the next mail
    IN_WRITE = "in-write"  # these are points inside our own processes, see `points`
    AFTER_WRITE = "after-write"
    IN_PRESS = "in-press"
    AFTER_START = "after-start"


@dataclass(frozen=True, order=True)
class Kill:
    """One kill of the schedule."""

    step: int  # of the story: its n-th writing request
    part: str
    phase: Phase
    jitter: int = 0  # milliseconds
    about: str = "*"  # of a point: the act, the kind of document or of case

    def to_mapping(self) -> dict[str, Any]:
        """As the summary prints it."""
        return asdict(self)


_PARTS: Final = {"worker": 4, "api": 3, "temporal": 3, "postgres": 3}
_PHASES: Final = {
    "worker": (
        Phase.BEFORE,
        *[Phase.DURING] * 5,
        Phase.MAILED,
        Phase.IN_WRITE,
        Phase.AFTER_WRITE,
        Phase.IN_PRESS,
        Phase.AFTER_START,
    ),
    "api": (Phase.BEFORE, *[Phase.DURING] * 4, Phase.ANSWERED, Phase.IN_WRITE, Phase.AFTER_WRITE),
    "temporal": (Phase.BEFORE, *[Phase.DURING] * 5),
    "postgres": (Phase.BEFORE, *[Phase.DURING] * 5),
}
POINTS: Final = frozenset({Phase.IN_WRITE, Phase.AFTER_WRITE, Phase.IN_PRESS, Phase.AFTER_START})
_JITTERS: Final = (10, 40, 120, 400, 1500)


def draw(seed: int, kills: int, steps: int, parts: set[str]) -> list[Kill]:
    """A schedule of so many kills over a story of so many steps, the same for the same arguments."""
    drawing = random.Random(f"{seed}/{kills}/{steps}/{sorted(parts)}")
    names = [name for name in _PARTS if name in parts]
    weights = [_PARTS[name] for name in names]
    at = sorted(drawing.sample(range(1, steps + 1), kills))
    return [_kill(drawing, step, drawing.choices(names, weights)[0]) for step in at]


def _kill(drawing: random.Random, step: int, part: str) -> Kill:
    phase = drawing.choice(_PHASES[part])
    jitter = drawing.randrange(drawing.choice(_JITTERS)) if phase is Phase.DURING else 0
    return Kill(step, part, phase, jitter)
