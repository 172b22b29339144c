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


@dataclass(frozen=True, order=True)
class Kill:
    """One kill of the schedule."""

    step: int  # of the story: its n-th writing request
    part: str
    phase: Phase
    jitter: int = 0  # milliseconds

    def to_mapping(self) -> dict[str, Any]:
        """As the summary prints it."""
        return asdict(self)


_PARTS: Final = {"worker": 4, "api": 3, "temporal": 3, "postgres": 3}
_JITTERS: Final = (10, 40, 120, 400, 1500)


def draw(seed: int, kills: int, steps: int, parts: set[str]) -> list[Kill]:
    """A schedule of so many kills over a story of so many steps, the same for the same arguments."""
    drawing = random.Random(f"{seed}/{kills}/{steps}/{sorted(parts)}")
    names = [name for name in _PARTS if name in parts]
    weights = [_PARTS[name] for name in names]
    at = sorted(drawing.sample(range(1, steps + 1), kills))
    return [_kill(drawing, step, drawing.choices(names, weights)[0]) for step in at]


def _kill(drawing: random.Random, step: int, part: str) -> Kill:
    phase = drawing.choices((Phase.BEFORE, Phase.DURING, Phase.ANSWERED, Phase.MAILED), (1, 5, 1, 1))[0]
    if (phase is Phase.MAILED and part != "worker") or (phase is Phase.ANSWERED and part != "api"):
        phase = Phase.DURING
    jitter = drawing.randrange(drawing.choice(_JITTERS)) if phase is Phase.DURING else 0
    return Kill(step, part, phase, jitter)
