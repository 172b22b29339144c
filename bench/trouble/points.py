"""A part of ours that dies at a chosen point, once: run in place of `selter`, with the same arguments.

The file named by TROUBLE_POINT has a line for each death: a point and what it is about, or `*`. Whoever reaches one
takes its line out and gets SIGKILL, so that the next life passes. The points lie where chance seldom hits:

    in-write ACT       everything of a transaction is written, and not committed
    after-write ACT    a transaction is committed, and nobody has been told
    in-press KIND      a document's files are stored, and its row does not know them
    after-start KIND   a case's workflow is started, and who had it started does not know
    in-migration N     the n-th table of a migration is made
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, Final

from alembic.ddl.impl import DefaultImpl

from activities import documents, starter
from activities.press import template_sha256
from records.audit import Writer
from records.database import Database

POINT: Final = "TROUBLE_POINT"
_dying = threading.Lock()


def reached(point: str, *about: str) -> None:
    """Die here, if this is a chosen point."""
    place = Path(os.environ[POINT])
    with _dying:
        lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
        for wanted in (f"{point} {what}" for what in (*about, *(["*"] if about else []))):
            if wanted in lines:
                lines.remove(wanted)
                place.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
                os.kill(os.getpid(), signal.SIGKILL)


def _after(function: Callable[..., Any], point: str, about: Callable[..., str]) -> Callable[..., Any]:
    """The function, with a point behind it."""

    @wraps(function)
    def passing(*args: Any, **options: Any) -> Any:
        result = function(*args, **options)
        reached(point, about(*args))
        return result

    return passing


def _around_writes() -> None:
    seal, write = Writer.seal, Database.write

    def sealing(writer: Any) -> None:
        writer.acts = [pending.act for pending in writer._pending]
        seal(writer)
        reached("in-write", *writer.acts)

    @contextmanager
    def writing(database: Database) -> Iterator[Any]:
        with write(database) as writer:
            yield writer
        reached("after-write", *writer.acts)

    Writer.seal, Database.write = sealing, writing


def _around_the_rest() -> None:
    start, made = starter.start_case, count(1)

    async def starting(database: Database, engine: Any, case_key: str) -> bool:
        started = await start(database, engine, case_key)
        reached("after-start", case_key.partition("/")[0])
        return started

    starter.start_case = starting
    documents.press.template_sha256 = _after(template_sha256, "in-press", str)
    DefaultImpl.create_table = _after(DefaultImpl.create_table, "in-migration", lambda *_: str(next(made)))


if __name__ == "__main__":
    import cli

    _around_writes()
    _around_the_rest()
    cli.main()
