"""A real PostgreSQL for tests: one server a test session, one database a test, migrated once into a template."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from records import migrate

_TEMPLATE = "selter_template"
_NOT_ROOT = "postgres"
_QUICK = "-F -c listen_addresses='' -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def find_initdb() -> str | None:
    """Where PostgreSQL's programs are, if they are."""
    found = shutil.which("initdb")
    if found is None:
        found = next((str(p) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    return found


class Postgres:
    """A running server on a unix socket, with a template database at the newest schema."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_TEMPLATE)))
        migrate.upgrade(self.url(_TEMPLATE))

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://selter@/{name}?host={self._folder}"

    @contextmanager
    def database(self, template: str = _TEMPLATE) -> Iterator[str]:
        """A fresh database out of a template, gone afterwards; its URL."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        identifier = sql.Identifier(name)
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(identifier, sql.Identifier(template)))
        try:
            yield self.url(name)
        finally:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))

    def _execute(self, statement: sql.Composed) -> None:
        conninfo = f"host={self._folder} user=selter dbname=postgres"
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running(initdb: str) -> Iterator[Postgres]:
    """Start a server as somebody who is not root, and stop it in the end."""
    folder = Path(tempfile.mkdtemp(prefix="selter-pg-"))
    folder.chmod(0o755)
    run = _runner(folder)
    data, programs = folder / "data", Path(initdb).resolve().parent
    try:
        run(initdb, "-D", str(data), "-U", "selter", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        options = f"{_QUICK} -c unix_socket_directories={folder}"
        run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Postgres(folder)
        finally:
            run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _runner(folder: Path):
    prefix: list[str] = []
    if os.geteuid() == 0:
        user = pwd.getpwnam(_NOT_ROOT)
        os.chown(folder, user.pw_uid, user.pw_gid)
        prefix = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def run(*command: str) -> None:
        subprocess.run(
            [*prefix, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60
        )

    return run
