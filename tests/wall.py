"""The machine's wall clock as tests set it: what an NTP correction or a resumed machine does to all of a process."""

import time
from datetime import datetime, timedelta, tzinfo
from types import SimpleNamespace

import pytest

from runtime import clock


class Wall:
    """Real time plus what the clock was set ahead or back; every reader in the process goes through `runtime.clock`."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ahead = timedelta(0)
        self.waited = timedelta(0)
        wall = self

        class Stepped(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.now(tz) + wall.ahead

        steady = SimpleNamespace(monotonic=lambda: time.monotonic() + self.waited.total_seconds())
        patch.setattr(clock, "datetime", Stepped)
        patch.setattr(clock, "time", steady)

    def step(self, by: timedelta) -> None:
        """Set the clock ahead, or back where negative."""
        self.ahead += by

    def wait(self, duration: timedelta) -> None:
        """Let time pass, on the steady clock too."""
        self.ahead += duration
        self.waited += duration

    def set(self, instant: datetime) -> None:
        """Set the clock to an instant; it runs on from there."""
        self.ahead += instant - clock.real_now()
