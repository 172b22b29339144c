"""The `selter` command. Exit codes: 0 fine, 1 findings, 2 usage. With `--json` stdout ends in one object."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec

import typer

from commands.admin import admin
from commands.installation import address_of, database_of, print_json, settings_of
from domain.refusals import Refused
from runtime.law.achievement import achievement
from runtime.law.command import FINDINGS, FINE, USAGE, AsJson
from runtime.law.files import FileError
from runtime.law.lint import lint
from runtime.law.rank import rank
from runtime.law.rules import rules_diff, rules_list, rules_show

if TYPE_CHECKING:  # imported where they are used: the law's commands start without the engine, in a second
    from records.verify import Report
    from runtime.backup import Restored
    from runtime.settings import Settings
    from stack import Stack

_P = ParamSpec("_P")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Seleksi terbuka JPT dan perjanjian kinerja.",
)
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
    from runtime.deployments import NotServing
    from runtime.dumps import BackupError
    from runtime.embedded import EmbeddedError
    from runtime.engine import EngineUnavailable
    from runtime.settings import SettingsError

    if isinstance(error, SettingsError | EmbeddedError | FileError):
        return USAGE
    return FINDINGS if isinstance(error, DemoError | EngineUnavailable | NotServing | BackupError) else None


# -- the whole installation ------------------------------------------------------------------------------------------


@app.command()
def up() -> None:
    """Start the embedded installation and print its addresses; Ctrl-C drains it, and the next start goes on."""
    from runtime.settings import SettingsError

    settings = settings_of()
    if settings.production:
        raise SettingsError(
            ["SELTER_MODE: `selter up` is the embedded installation; production runs `worker` and `api`"]
        )
    asyncio.run(_up(settings))


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
    settings = settings_of(
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
        print_json(summary)
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

    settings = settings_of()
    database = database_of(settings)
    with database.snapshot() as session:
        report = verify_record(session, FileStore(settings.data_dir / "files"))
    if as_json:
        print_json(report.to_mapping())
    else:
        _print_report(report)
    raise typer.Exit(FINDINGS if report.breaks else FINE)


def _print_report(report: Report) -> None:
    typer.echo(f"{report.entries} audit entries, {report.rankings} rankings, {report.documents} documents checked.")
    for found in report.breaks:
        typer.echo(f"  BROKEN  {found}")
    typer.echo("Nothing was altered." if not report.breaks else f"{len(report.breaks)} breaks.")


@app.command()
def rebuild(as_json: AsJson = False) -> None:
    """Start from the record every workflow that should be running and is not (a worker must run to carry them on)."""
    started = asyncio.run(_rebuild(settings_of()))
    if as_json:
        print_json({"started": started})
    else:
        typer.echo(f"{len(started)} workflows started." + "".join(f"\n  {key}" for key in started))


async def _rebuild(settings: Settings) -> list[str]:
    from activities.rebuild import rebuild as rebuild_cases
    from runtime.engine import Engine, connect

    client = await connect(settings, address_of(settings))
    return await rebuild_cases(database_of(settings), Engine(client))


@app.command()
def migrate(check: Annotated[bool, typer.Option(help="only say whether a migration is due")] = False) -> None:
    """Bring the database to the newest schema."""
    from records.migrate import current, head, upgrade

    settings = settings_of()
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

    settings = settings_of()
    settings.temporal.address = address_of(settings)
    asyncio.run(run(settings))


@app.command()
def api() -> None:
    """Run the API and the pages."""
    from api.server import serve

    settings = settings_of()
    settings.temporal.address = address_of(settings)
    asyncio.run(serve(settings))


# -- backup ------------------------------------------------------------------------------------------------------------


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="a folder that does or does not exist yet, or a file ending in .tar")],
    with_secrets: Annotated[bool, typer.Option("--with-secrets", help="also the secret key and the keyring")] = False,
    as_json: AsJson = False,
) -> None:
    """Back up the record, the files it names and the embedded engine's state, while everything runs."""
    from runtime.backup import back_up

    made = back_up(settings_of(), target, with_secrets=with_secrets)
    if as_json:
        print_json(made.to_mapping())
    else:
        kept = "with" if with_secrets else "without"
        typer.echo(f"{made.path}: {len(made.manifest.parts)} parts in {made.seconds:.1f} s, {kept} secrets.")
        for sha256 in made.manifest.missing:
            typer.echo(f"  LOST  the record names the file {sha256}; the store does not have it as it was")
    raise typer.Exit(FINDINGS if made.manifest.missing else FINE)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="a backup")],
    check: Annotated[bool, typer.Option("--check", help="only compare the backup with its manifest")] = False,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into an empty installation and verify it; the next start goes on with its cases."""
    from runtime import backup as backups

    if check:
        manifest = backups.check(source)
        told = f"{source} is whole: {len(manifest.parts)} parts of {manifest.made_at:%Y-%m-%d %H:%M} UTC."
        if as_json:
            print_json({"whole": True, "of": manifest.made_at})
        else:
            typer.echo(told)
        return
    restored = backups.restore(source, settings_of())
    if as_json:
        print_json(restored.to_mapping())
    else:
        _print_restored(restored)
    raise typer.Exit(FINDINGS if restored.report.breaks else FINE)


def _print_restored(restored: Restored) -> None:
    typer.echo(f"Restored the backup of {restored.manifest.made_at:%Y-%m-%d %H:%M} UTC in {restored.seconds:.1f} s.")
    for note in restored.notes:
        typer.echo(f"  note: {note}")
    _print_report(restored.report)


if __name__ == "__main__":
    main()
