"""The `selter` command. Exit codes: 0 fine, 1 findings, 2 usage. With `--json` stdout ends in one object."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

import typer

from domain.refusals import Refused
from runtime.law.achievement import achievement
from runtime.law.command import FINDINGS, FINE, USAGE, AsJson
from runtime.law.files import FileError, Row, read_rows
from runtime.law.lint import lint
from runtime.law.rank import rank
from runtime.law.rules import rules_diff, rules_list, rules_show

if TYPE_CHECKING:  # imported where they are used: the law's commands start without the engine, in a second
    from records.accounts import Passwords
    from records.audit import Writer
    from records.database import Database
    from runtime.settings import Settings
    from stack import Stack

_P = ParamSpec("_P")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Seleksi terbuka JPT dan perjanjian kinerja.",
)
admin = typer.Typer(no_args_is_help=True, help="What an operator does by hand.")
rules = typer.Typer(no_args_is_help=True, help="The rule sets.")
app.add_typer(admin, name="admin")
app.add_typer(rules, name="rules")


def _exiting(function: Callable[_P, int]) -> Callable[_P, None]:
    """A command of the law, whose answer is an exit code."""

    @wraps(function)
    def run(*args: _P.args, **options: _P.kwargs) -> None:
        raise typer.Exit(function(*args, **options))

    return run


def main() -> None:
    """Run the command line; what an operator can mend is one clear line, not a trace."""
    try:
        app()
    except Refused as refused:
        typer.echo(f"selter: {refused}", err=True)
        sys.exit(FINDINGS)
    except Exception as error:
        code = _exit_code(error)
        if code is None:
            raise
        typer.echo(f"selter: {error}", err=True)
        sys.exit(code)


def _exit_code(error: Exception) -> int | None:
    """Which exit code an error means; none for a defect of ours."""
    from demo.client import DemoError
    from runtime.embedded import EmbeddedError
    from runtime.engine import EngineUnavailable
    from runtime.settings import SettingsError

    if isinstance(error, SettingsError | EmbeddedError | FileError):
        return USAGE
    return FINDINGS if isinstance(error, DemoError | EngineUnavailable) else None


def _settings(**overrides: Any) -> Settings:
    from runtime import logs
    from runtime.settings import load

    settings = load(**overrides)
    logs.configure(settings)
    return settings


def _database(settings: Settings) -> Database:
    """The installation's database at the newest schema; production is migrated knowingly, by `selter migrate`."""
    from records.database import Database
    from records.migrate import current, head, upgrade
    from runtime.settings import SettingsError

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if current(settings.database_url) != head():
        if settings.production:
            raise SettingsError(["the database is not at this release's schema: run `selter migrate`"])
        upgrade(settings.database_url)
    return Database(settings.database_url)


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def passwords(settings: Settings) -> Passwords:
    """The hasher at the installation's cost."""
    from records.accounts import Passwords

    cost = settings.passwords
    return Passwords(cost.time_cost, cost.memory_kib, cost.parallelism)


# -- the whole installation ------------------------------------------------------------------------------------------


@app.command()
def up() -> None:
    """Start the embedded installation and print its addresses; Ctrl-C drains it, and the next start goes on."""
    asyncio.run(_up(_settings()))


async def _up(settings: Settings) -> None:
    from stack import embedded

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with embedded(settings) as stack:
        _print_addresses(stack)
        await stop.wait()
        typer.echo("Stopping: finishing what is under way …")
    typer.echo(f"Stopped. Everything is kept in {settings.data_dir}; `selter up` goes on from here.")


def _print_addresses(stack: Stack) -> None:
    mail = f"kept in {stack.settings.data_dir / 'mail'}" if stack.catcher else stack.settings.smtp.host
    typer.echo(
        f"Selter is running.\n"
        f"  pages      {stack.base_url}/\n"
        f"  API        {stack.base_url}/api/v1   (documentation: {stack.base_url}/docs)\n"
        f"  mail       {mail}   (page: {stack.base_url}/surat)\n"
        f"  Temporal   {stack.temporal_address}   (namespace {stack.settings.temporal.namespace})\n"
        f"  data       {stack.settings.data_dir}"
    )
    if stack.restarted:
        typer.echo(f"  started again from the record: {', '.join(stack.restarted)}")
    typer.echo("First time here? In another terminal: selter admin create-admin. Ctrl-C stops.")


@app.command()
def demo(
    as_json: AsJson = False,
    folder: Annotated[Path | None, typer.Option(help="where to keep what it makes; default: a fresh folder")] = None,
) -> None:
    """Run the whole main job on sample data, through the HTTP API and the real engine, in virtual time."""
    from demo.story import tell
    from runtime.settings import Mode

    target = folder or Path(tempfile.mkdtemp(prefix="selter-demo-"))
    settings = _settings(
        mode=Mode.DEMO,
        data_dir=target,
        log_level="WARNING",
        api={"port": 0},
        temporal={"port": 0},
        passwords={"time_cost": 1, "memory_kib": 1024, "parallelism": 1},
    )
    say = (lambda text: typer.echo(text, err=True)) if as_json else typer.echo
    summary = asyncio.run(tell(settings, say))
    if as_json:
        _print_json(summary)
    raise typer.Exit(FINE if summary["verified"] else FINDINGS)


# -- the law on its own ----------------------------------------------------------------------------------------------


app.command("lint")(_exiting(lint))
app.command("rank")(_exiting(rank))
app.command("achievement")(_exiting(achievement))
rules.command("list")(_exiting(rules_list))
rules.command("show")(_exiting(rules_show))
rules.command("diff")(_exiting(rules_diff))


# -- the record ------------------------------------------------------------------------------------------------------


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Recompute the audit chains, the rankings and the documents; exit 1 when anything was altered."""
    from records.files import FileStore
    from records.verify import verify as verify_record

    settings = _settings()
    database = _database(settings)
    with database.read() as session:
        report = verify_record(session, FileStore(settings.data_dir / "files"))
    if as_json:
        _print_json(report.to_mapping())
    else:
        typer.echo(f"{report.entries} audit entries, {report.rankings} rankings, {report.documents} documents checked.")
        for found in report.breaks:
            typer.echo(f"  BROKEN  {found}")
        typer.echo("Nothing was altered." if not report.breaks else f"{len(report.breaks)} breaks.")
    raise typer.Exit(FINDINGS if report.breaks else FINE)


@app.command()
def rebuild(as_json: AsJson = False) -> None:
    """Start from the record every workflow that should be running and is not (a worker must run to carry them on)."""
    started = asyncio.run(_rebuild(_settings()))
    if as_json:
        _print_json({"started": started})
    else:
        typer.echo(f"{len(started)} workflows started." + "".join(f"\n  {key}" for key in started))


async def _rebuild(settings: Settings) -> list[str]:
    from activities.rebuild import rebuild as rebuild_cases
    from runtime.engine import Engine, connect

    client = await connect(settings, _address(settings))
    return await rebuild_cases(_database(settings), Engine(client))


def _address(settings: Settings) -> str:
    return settings.temporal.address or f"127.0.0.1:{settings.temporal.port}"


@app.command()
def migrate(check: Annotated[bool, typer.Option(help="only say whether a migration is due")] = False) -> None:
    """Bring the database to the newest schema."""
    from records.migrate import current, head, upgrade

    settings = _settings()
    if check:
        present, newest = current(settings.database_url), head()
        typer.echo(f"database {present or 'empty'}, newest {newest}")
        raise typer.Exit(FINE if present == newest else FINDINGS)
    upgrade(settings.database_url)
    typer.echo(f"The database is at {current(settings.database_url)}.")


# -- the parts, for production -----------------------------------------------------------------------------------------


@app.command()
def worker() -> None:
    """Run the worker: workflows, activities and the mail dispatcher; SIGTERM drains it."""
    from worker import run

    settings = _settings()
    settings.temporal.address = _address(settings)
    asyncio.run(run(settings))


@app.command()
def api() -> None:
    """Run the API and the pages."""
    from api.server import serve

    settings = _settings()
    settings.temporal.address = _address(settings)
    asyncio.run(serve(settings))


# -- by hand -----------------------------------------------------------------------------------------------------------


@admin.command("create-admin")
def create_admin(
    name: Annotated[str, typer.Option(prompt="Nama")],
    mail: Annotated[str, typer.Option(prompt="Surel")],
    password: Annotated[str, typer.Option(prompt="Kata sandi", hide_input=True, confirmation_prompt=True)],
) -> None:
    """Make an account that may enter agencies, people and assignments, and nothing else."""
    from records.bootstrap import create_admin as create_first_admin
    from runtime.clock import real_now

    settings = _settings()
    with _database(settings).write() as writer:
        create_first_admin(writer, passwords(settings), name=name, mail=mail, password=password, at=real_now())
    typer.echo(f"{mail} may sign in.")


@admin.command("import-officials")
def import_officials(file: Path, agency: Annotated[str, typer.Option(help="agency id")]) -> None:
    """Enter officials already in post from a table (CSV or XLSX); past deadlines are recorded, not mailed."""
    settings = _settings()
    database = _database(settings)
    rows = read_rows(file)

    with database.write() as writer:
        keys = [_import(writer, agency, row) for row in rows]
    typer.echo(f"{len(keys)} office terms entered; `selter rebuild` or the next `selter up` starts them.")


def _import(writer: Writer, agency: str, row: Row) -> str:
    """One row; the first that is wrong is named, and then nothing is entered."""
    from records import terms
    from runtime.clock import real_now

    try:
        return terms.import_official(writer, agency_id=agency, row=row, at=real_now())
    except Refused as refused:
        typer.echo(f"selter: {row.place}: {refused}; nothing was entered", err=True)
        raise typer.Exit(FINDINGS) from None


if __name__ == "__main__":
    main()
