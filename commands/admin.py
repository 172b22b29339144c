"""`selter admin`: what an operator does by hand. The work is in `operating.py`."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.installation import database_of, passwords_of, print_json, settings_of
from domain.refusals import Refused
from runtime.law.command import FINDINGS, FINE, USAGE, AsJson
from runtime.law.files import Row, read_rows

if TYPE_CHECKING:  # imported where they are used: the law's commands start without the engine, in a second
    from commands.operating import CaseLine, CaseReport
    from records.audit import Writer
    from runtime.inspecting import Run

admin = typer.Typer(no_args_is_help=True, help="What an operator does by hand.")


# -- people and agencies ---------------------------------------------------------------------------------------------


@admin.command("create-admin")
def create_admin(
    name: Annotated[str, typer.Option(prompt="Nama")],
    mail: Annotated[str, typer.Option(prompt="Surel")],
    password: Annotated[str, typer.Option(prompt="Kata sandi", hide_input=True, confirmation_prompt=True)],
    as_json: AsJson = False,
) -> None:
    """Make an account that may enter agencies, people and assignments, and nothing else."""
    from records.bootstrap import create_admin as create_first_admin
    from runtime.clock import real_now

    settings = settings_of()
    hasher = passwords_of(settings)
    with database_of(settings).write() as writer:
        person = create_first_admin(writer, hasher, name=name, mail=mail, password=password, at=real_now())
    _say(as_json, {"person": person, "login": mail.lower()}, f"{mail} may sign in.")


@admin.command("add-agency")
def add_agency(
    name: Annotated[str, typer.Option(prompt="Nama instansi")],
    kind: Annotated[str, typer.Option(prompt="Jenis (kabupaten, kota, provinsi, kementerian, lembaga)")],
    head_title: Annotated[str, typer.Option(prompt="Jabatan PPK, misalnya Bupati Tirta Wening")],
    unit: Annotated[str, typer.Option(prompt="Unit kepegawaian")],
    address: Annotated[str, typer.Option(prompt="Alamat")],
    contact: Annotated[str, typer.Option(prompt="Kontak")],
    place: Annotated[str, typer.Option(prompt="Tempat surat")],
    zone: Annotated[str, typer.Option(help="Asia/Jakarta, Asia/Pontianak, Asia/Makassar or Asia/Jayapura")] = (
        "Asia/Jakarta"
    ),
    as_json: AsJson = False,
) -> None:
    """Enter an agency; its people and their roles are entered by the admin through the API."""
    from commands import operating

    try:
        agency = operating.add_agency(
            settings_of(),
            name=name,
            kind=kind,
            head_title=head_title,
            unit=unit,
            address=address,
            contact=contact,
            place=place,
            zone=zone,
        )
    except ValueError as error:
        typer.echo(f"selter: {error}", err=True)
        raise typer.Exit(USAGE) from None
    _say(as_json, {"agency": agency}, f"{name} is entered: {agency}")


@admin.command("import-officials")
def import_officials(
    file: Path, agency: Annotated[str, typer.Option(help="agency id")], as_json: AsJson = False
) -> None:
    """Enter officials already in post from a table (CSV or XLSX); past deadlines are recorded, not mailed."""
    database = database_of(settings_of())
    rows = read_rows(file)
    with database.write() as writer:
        keys = [_import(writer, agency, row) for row in rows]
    told = f"{len(keys)} office terms entered; `selter rebuild` or the next `selter up` starts them."
    _say(as_json, {"terms": keys}, told)


def _import(writer: Writer, agency: str, row: Row) -> str:
    """One row; the first that is wrong is named, and then nothing is entered."""
    from records import terms
    from runtime.clock import real_now

    try:
        return terms.import_official(writer, agency_id=agency, row=row, at=real_now())
    except Refused as refused:
        typer.echo(f"selter: {row.place}: {refused}; nothing was entered", err=True)
        raise typer.Exit(FINDINGS) from None


# -- cases -----------------------------------------------------------------------------------------------------------


@admin.command("cases")
def cases(
    stuck: Annotated[bool, typer.Option("--stuck", help="only those that stand still")] = False,
    as_json: AsJson = False,
) -> None:
    """List the open cases: stage, next deadline, and whether the workflow runs and keeps up; exit 1 if one does not."""
    from commands import operating

    found = asyncio.run(operating.cases(settings_of()))
    shown = [line for line in found if line.problem] if stuck else found
    lines = [_case_line(line) for line in shown]
    summary = f"{len(found)} open cases, {sum(bool(line.problem) for line in found)} stand still."
    _say(as_json, {"cases": [asdict(line) for line in shown]}, *lines, summary)
    raise typer.Exit(FINDINGS if any(line.problem for line in found) else FINE)


def _case_line(line: CaseLine) -> str:
    waits = f"{line.deadline} {_when(line.due)}" if line.due else "no deadline"
    return f"{line.case}  {line.stage}  {waits}" + (f"\n  STUCK  {line.problem}" if line.problem else "")


@admin.command("case")
def case(key: Annotated[str, typer.Argument(metavar="KEY")], as_json: AsJson = False) -> None:
    """Show one case: state, last entries, its workflow, and what stands still and why; exit 1 if something does."""
    from commands import operating

    report = asyncio.run(operating.case(settings_of(), key))
    _say(as_json, asdict(report), *_case_text(report))
    raise typer.Exit(FINDINGS if report.problems else FINE)


def _case_text(report: CaseReport) -> list[str]:
    shown = {name: value for name, value in report.state.items() if value not in (None, "", (), {}, [])}
    return [
        _case_line(report.line).partition("\n")[0],
        f"  entries    {report.line.entries} in the record",
        *(f"    {entry['seq']:>4}  {_when(entry['at'])}  {entry['act']}" for entry in report.tail),
        f"  workflow   {_run_text(report.run)}",
        f"  state      {shown}",
        *(f"  STUCK      {problem}" for problem in report.problems),
    ]


def _run_text(run: Run | None) -> str:
    if run is None:
        return "unknown: Temporal cannot be reached"
    if run.status == "NONE":
        return "none"
    build = f", build {run.build}" if run.build else ""
    return f"{run.status}, run {run.run_id} since {_when(run.since)}, {run.events} events{build}"


@admin.command("unblock")
def unblock(
    keys: Annotated[list[str] | None, typer.Argument(metavar="KEY…")] = None,
    everything: Annotated[bool, typer.Option("--all", help="every open case")] = False,
    reason: Annotated[str, typer.Option(help="why; kept in the audit, so name no person")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    as_json: AsJson = False,
) -> None:
    """End a case's workflow and start another from the record; the record keeps everything, Temporal's history ends."""
    from commands import operating

    if bool(keys) == everything:
        typer.echo("selter: name the cases, or say --all", err=True)
        raise typer.Exit(USAGE)
    if not yes:
        what = "every open case" if everything else ", ".join(keys or ())
        typer.confirm(f"Start {what} anew from the record?", abort=True, err=True)
    done = asyncio.run(operating.unblock(settings_of(), keys or (), reason))
    _say(as_json, {"unblocked": done}, *(f"{key} goes on from the record." for key in done))


# -- mail ------------------------------------------------------------------------------------------------------------


@admin.command("mails")
def mails(as_json: AsJson = False) -> None:
    """Count the mails that have not been sent; exit 1 when some were given up."""
    from commands import operating

    found = operating.mails(settings_of())
    lines = [
        f"{found.waiting} wait, {found.retrying} were tried in vain and will be again, {found.dead} were given up."
    ]
    lines += [f"The oldest is of {_when(found.oldest)}."] if found.oldest else []
    lines += [f"  {number} x {error}" for error, number in found.errors.items()]
    _say(as_json, asdict(found), *lines)
    raise typer.Exit(FINDINGS if found.dead else FINE)


@admin.command("retry-mails")
def retry_mails(as_json: AsJson = False) -> None:
    """Let every mail that was tried in vain or given up be tried again at once."""
    from commands import operating

    number = operating.retry_mails(settings_of())
    _say(as_json, {"retried": number}, f"{number} mails will be tried again.")


# -- keys and builds -------------------------------------------------------------------------------------------------


@admin.command("keys")
def keys(
    retire: Annotated[str, typer.Option(help="a key id: exit 1 while an open case needs it")] = "",
    as_json: AsJson = False,
) -> None:
    """Show which keys the histories of open cases need: how far a rotation is."""
    from commands import operating

    found = asyncio.run(operating.keys(settings_of()))
    needed = found.cases.get(retire, []) if retire else []
    if retire and retire == found.current:
        needed = ["whatever is written from now on", *needed]
    lines = [
        f"{key_id or 'not encrypted'}: {len(cases)} open cases" + (" (current)" if key_id == found.current else "")
        for key_id, cases in sorted(found.cases.items())
    ]
    if retire:
        lines += [f"{retire} is needed by {case}" for case in needed] or [f"No open case needs {retire}."]
    _say(as_json, asdict(found) | ({"retire": retire, "needed_by": needed} if retire else {}), *lines)
    raise typer.Exit(FINDINGS if needed else FINE)


@admin.command("builds")
def builds(as_json: AsJson = False) -> None:
    """List the builds of the worker: which is current, and which may be stopped."""
    from commands import operating

    found, on = asyncio.run(operating.builds(settings_of()))
    shown = [asdict(build) | {"cases": on.get(build.build, [])} for build in found]
    lines = [
        f"{item['build']}: {len(item['cases'])} open cases"
        + (
            ", current"
            if item["current"]
            else ", nothing is left on it: its workers may stop"
            if item["drained"]
            else ""
        )
        for item in shown
    ]
    _say(as_json, {"builds": shown}, *(lines or ["Worker versions are not in use."]))


@admin.command("make-current")
def make_current(build: Annotated[str, typer.Argument(metavar="BUILD")], as_json: AsJson = False) -> None:
    """Let new cases begin on a build, and open ones move to it at their next quiet point."""
    from commands import operating

    asyncio.run(operating.make_current(settings_of(), build))
    _say(as_json, {"current": build}, f"{build} is current.")


# -- telling ---------------------------------------------------------------------------------------------------------


def _say(as_json: bool, value: dict[str, Any], *lines: str) -> None:
    if as_json:
        print_json(value)
    else:
        typer.echo("\n".join(lines))


def _when(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC" if instant else "-"
