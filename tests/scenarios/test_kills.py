"""Parts killed at chosen points of the story: it ends as it does in peace. Longer campaigns: `bench/chaos.py`."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.trouble.campaign import Setting, Told, tell
from bench.trouble.points import POINT
from bench.trouble.schedule import Kill, Phase
from records import migrate
from tests.conftest import INITDB, KINDS
from tests.postgres import Postgres

pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).parents[2]
UNTIL = "windows_close"
# A step is the story's n-th writing request: 36 to 45 draft the round, 46 publishes it, 47 moves the clock to the day
# its window opens, 48 to 137 are accounts and applications, 138 moves it past the window's last second, midnight's.
KILLS = [
    Kill(38, "api", Phase.AFTER_WRITE, about="assign_role"),  # the record has it, the client does not know
    Kill(46, "worker", Phase.AFTER_WRITE, about="publish"),  # the record has the act, Temporal does not know
    Kill(46, "worker", Phase.IN_PRESS, about="announcement"),  # files without their row
    Kill(47, "temporal", Phase.DURING, 50),  # while the clock is moved
    Kill(60, "worker", Phase.MAILED),  # between the mail server's 250 and our mark
    Kill(75, "postgres", Phase.DURING, 20),
    Kill(90, "api", Phase.IN_WRITE, about="submit_application"),  # a receipt that nobody got is no receipt
    Kill(100, "api", Phase.AFTER_WRITE, about="submit_application"),
    Kill(138, "postgres", Phase.DURING, 80),  # what falls due is counted from its time, recorded however late
]


def setting() -> Setting:
    """On PostgreSQL where there is one."""
    return Setting("postgres" if INITDB else "sqlite", until=UNTIL)


async def story(folder: Path, schedule: list[Kill]) -> Told:
    """Told in that folder, under the kills that this machine can do."""
    return await tell(folder, setting(), [k for k in schedule if k.part in setting().parts], lambda _: None)


async def test_killed_at_chosen_points_the_story_ends_as_in_peace(tmp_path: Path) -> None:
    peace = await story(tmp_path / "peace", [])
    assert peace.wrong == []
    assert peace.ending.doubles == 0
    told = await story(tmp_path / "trouble", KILLS)
    assert told.wrong == []
    assert peace.ending.normal.differences(told.ending.normal) == []
    assert Counter(k.part for k in told.kills) == Counter(k.part for k in KILLS if k.part in setting().parts)
    assert told.ending.doubles == 1


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database("template1") as url:
        yield url


def test_a_migration_that_was_killed_is_done_by_the_next(empty_url: str, tmp_path: Path) -> None:
    point = tmp_path / "point"
    point.write_text("in-migration 20\n", encoding="utf-8")
    env = {
        POINT: str(point),
        "SELTER_DATA_DIR": str(tmp_path),
        "SELTER_DATABASE_URL": empty_url,
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-P", str(ROOT / "bench/trouble/points.py"), "migrate"]
    killed = subprocess.run(command, cwd=tmp_path, env=env, check=False, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert migrate.current(empty_url) is None
    migrate.upgrade(empty_url)
    assert migrate.differences(empty_url) == []
