"""Records the histories that `test_replay.py` replays: run `python -m tests.histories.record` once a release.

It tells the demo's story on a real server and keeps one history of each kind of workflow. Old files stay: a case that
was opened under an earlier release must replay on this one.
"""

import asyncio
import os
import socket
import tempfile
from pathlib import Path
from typing import Final

from sqlmodel import col, select

from demo.cast import Cast
from demo.client import Client
from demo.round import Round
from demo.story import years_of
from demo.telling import Narrator, Telling
from records import journal
from records.tables import Case
from runtime.engine import connect
from runtime.settings import Mode, load
from stack import Stack, embedded

FOLDER: Final = Path(__file__).parent
RELEASE: Final = "0.1"


async def main() -> None:
    """Tell the story and keep its histories."""
    settings = load(
        mode=Mode.DEMO,
        data_dir=Path(tempfile.mkdtemp(prefix="selter-histories-")),
        log_level="ERROR",
        api={"port": 0},
        temporal={"port": 0},
        passwords={"time_cost": 1, "memory_kib": 1024, "parallelism": 1},
    )
    async with embedded(settings) as stack:
        telling = Telling(stack, Client(stack.base_url), Narrator(print))
        telling.say.now = lambda: telling.today
        cast = Cast(telling.client)
        await cast.assemble(stack)
        round_ = Round(telling, cast)
        for chapter in round_.chapters():
            await chapter()
        for chapter in (await years_of(telling, cast, round_)).chapters():
            await chapter()
        await stack.mailer.settled()
        await keep(stack)
        await telling.client.close()


async def keep(stack: Stack) -> None:
    """The longest journal of each kind, as its workflow's history."""
    client = await connect(stack.settings, stack.temporal_address)
    for kind, case_key in longest(stack).items():
        history = await client.get_workflow_handle(case_key).fetch_history()
        text = history.to_json().replace(f"{os.getpid()}@{socket.gethostname()}", "worker")  # no machine's name
        (FOLDER / f"{RELEASE}-{kind}.json").write_text(text, encoding="utf-8")
        print(f"{kind}: {case_key}, {len(history.events)} events")  # a script


def longest(stack: Stack) -> dict[str, str]:
    """The case with the most entries, by kind."""
    found: dict[str, tuple[int, str]] = {}
    with stack.services.database.read() as session:
        for case in session.exec(select(Case).order_by(col(Case.key))):
            count = len(journal.entries_of(session, case.key))
            found[case.kind] = max(found.get(case.kind, (0, "")), (count, case.key))
    return {kind: key for kind, (_, key) in found.items()}


if __name__ == "__main__":
    asyncio.run(main())
