"""Keeps a database in mid-case: `python -m tests.histories.record_database` once a release that migrates.

It tells the demo's story until selections, a term, contracts and a review are open, and writes the SQLite file as SQL
statements. `test_migrating_open_cases.py` brings every kept file to the newest schema and goes on with its cases.
"""

import asyncio
import gzip
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from demo.cast import Cast
from demo.client import Client
from demo.round import Round
from demo.story import years_of
from demo.telling import Narrator, Telling
from runtime.settings import Mode, load
from stack import embedded

FOLDER: Final = Path(__file__).parent
RELEASE: Final = "0.1"
STOPS: Final = {"round": 7, "years": 4}  # chapters told before the file is kept


async def main() -> None:
    """Keep one file in mid-round and one in mid-review."""
    for name in STOPS:
        folder = Path(tempfile.mkdtemp(prefix="selter-record-"))
        await tell(folder, name)
        keep(folder / "selter.db", FOLDER / f"record-{RELEASE}-{name}.sql.gz")


async def tell(folder: Path, until: str) -> None:
    """The story up to the stop of that name."""
    settings = load(
        mode=Mode.DEMO,
        data_dir=folder,
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
        for chapter in round_.chapters()[: STOPS["round"] if until == "round" else None]:
            await chapter()
        if until == "years":
            for chapter in (await years_of(telling, cast, round_)).chapters()[: STOPS["years"]]:
                await chapter()
        await stack.mailer.settled()
        await telling.client.close()


def keep(database: Path, file: Path) -> None:
    """The database as SQL, compressed."""
    with closing(sqlite3.connect(database)) as connection, gzip.open(file, "wt", encoding="utf-8") as out:
        out.writelines(f"{statement}\n" for statement in connection.iterdump())


if __name__ == "__main__":
    asyncio.run(main())
