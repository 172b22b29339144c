"""What `selter admin` does; `admin.py` has the commands."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError
from temporalio.client import Client

from activities.rebuild import replace_case
from api.agencies import AgencyIn
from commands.installation import address_of, database_of
from domain.case import CaseState
from domain.laws import LAWS
from domain.refusals import Refused
from domain.words import CaseKind
from records import journal, people
from records.audit import Author
from records.database import Database
from records.mail import Unsent, tried_in_vain, try_again, unsent
from records.tables import Agency, JournalEntry
from records.watch import count
from runtime import deployments
from runtime.clock import Clock, real_now
from runtime.deployments import Build
from runtime.engine import Engine, EngineUnavailable, connect
from runtime.inspecting import Inspector, Look, Run
from runtime.settings import Settings
from runtime.timeskip import TimeMover

_TAIL: Final = 10  # entries of a journal that are shown
_AT_ONCE: Final = 8


@dataclass(frozen=True)
class CaseLine:
    """An open case: where it stands, what it waits for, and how its workflow does."""

    case: str
    stage: str
    deadline: str
    due: datetime | None
    entries: int
    running: bool | None
    taken: int | None
    problem: str


@dataclass(frozen=True)
class CaseReport:
    """One case in full. `tail` are its last entries, `problems` what stands still and what mends it."""

    line: CaseLine
    state: dict[str, Any]
    tail: list[dict[str, Any]]
    run: Run | None
    problems: list[str]


@dataclass(frozen=True)
class KeyUse:
    """Which keys the histories of open cases need."""

    current: str
    cases: Mapping[str, list[str]]  # by key id; under an empty one those that are not encrypted


# -- cases -----------------------------------------------------------------------------------------------------------


async def cases(settings: Settings) -> list[CaseLine]:
    """Every open case, the next deadline first."""
    database = database_of(settings)
    with database.read() as session:
        states = journal.open_states(session)
        counts = count(session, _clock(database, settings).now())
    looks = await Inspector(await _client(settings)).look_at_all(counts)
    lines = [_line(key, states[key], looks[key]) for key in states if key in looks]
    return sorted(lines, key=lambda line: (line.due is None, line.due, line.case))


async def case(settings: Settings, key: str) -> CaseReport:
    """One open or closed case.

    Raises:
        Refused: `unknown-case`.
    """
    database = database_of(settings)
    with database.read() as session:
        state: CaseState = journal.state_of(session, key)
        tail = journal.entries_of(session, key)[-_TAIL:]
        counts = count(session, _clock(database, settings).now())
    inspector = Inspector(await _client(settings))
    run = await inspector.run_of(key)
    if state.closed_at is not None:
        look = Look(state.seq, run.running if run else None, None, "")
    else:
        alone = replace(counts, journals={key: state.seq})
        look = (await inspector.look_at_all(alone))[key]
    return CaseReport(_line(key, state, look), asdict(state), [_entry(row) for row in tail], run, _problems(look, run))


async def unblock(settings: Settings, keys: Sequence[str], reason: str) -> list[str]:
    """End the workflow of each case, start another from the record, and say so in the audit; every open case if none.

    Raises:
        Refused: `unknown-case`, `case-closed`.
        EngineUnavailable: Temporal cannot be reached.
    """
    database = database_of(settings)
    client = await connect(settings, address_of(settings))
    clock, mover = _clock(database, settings), TimeMover(client)
    with database.read() as session:
        agencies = {case.key: case.agency_id for case in journal.open_cases(session)}
        for key in keys:
            if key not in agencies:
                journal.case_of(session, key)
                raise Refused("case-closed")
    for key in keys or sorted(agencies):
        await replace_case(database, Engine(client), key, reason or "selter admin unblock")
        with database.write() as writer:
            payload = {"reason": reason, "by": "selter admin unblock"}
            writer.audit(agencies[key], clock.now(), Author(), "unblock_case", f"workflow/{key}", payload)
        if clock.offset():
            await mover.bring_to(key, clock.now())  # it was born at real time
    return list(keys or sorted(agencies))


def _line(key: str, state: CaseState, look: Look) -> CaseLine:
    upcoming = state.next_deadline()
    stage = LAWS[CaseKind(key.partition("/")[0])].stage(state)
    return CaseLine(
        case=key,
        stage=stage,
        deadline=upcoming.key if upcoming else "",
        due=upcoming.due if upcoming else None,
        entries=state.seq,
        running=look.running,
        taken=look.taken,
        problem=look.problem,
    )


def _entry(row: JournalEntry) -> dict[str, Any]:
    """An entry as an operator may see it: who did what, without what it says."""
    return {"seq": row.seq, "act": row.act, "at": row.at, "person": row.person_id or "", "request": row.request_id}


def _problems(look: Look, run: Run | None) -> list[str]:
    found = [look.problem] if look.problem else []
    if run is None or not run.running:
        return found
    if run.task_failure or run.task_tries > 1:
        cause = run.task_failure or "no worker of its build has carried it out in time"
        found.append(f"its workflow task was tried {run.task_tries} times: {cause}; go back a release, or unblock it")
    found += [
        f"{a.activity} was tried {a.tries} times: {a.failure}; mend the cause, it is tried again by itself"
        for a in run.activities
        if a.failure
    ]
    return found


# -- mail ------------------------------------------------------------------------------------------------------------


def mails(settings: Settings) -> Unsent:
    """What has not been sent."""
    with database_of(settings).read() as session:
        return unsent(session)


def retry_mails(settings: Settings) -> int:
    """Let every mail that was tried in vain be tried again at once; how many."""
    database = database_of(settings)
    with database.write() as writer:
        found = tried_in_vain(writer.session)
        for mail in found:
            try_again(writer, mail, real_now(), Author())
    return len(found)


# -- agencies, keys and builds ---------------------------------------------------------------------------------------


def add_agency(settings: Settings, **given: str) -> str:
    """Enter an agency as the API would; its id.

    Raises:
        ValueError: a value is not acceptable; the text names all that are not.
    """
    try:
        body = AgencyIn.model_validate(given)
    except ValidationError as error:
        raise ValueError("; ".join(f"--{_option(e['loc'])}: {e['msg']}" for e in error.errors())) from None
    database = database_of(settings)
    at = _clock(database, settings).now()
    with database.write() as writer:
        agency = Agency(**body.model_dump(mode="json"), created_at=at)
        return people.enter_agency(writer, agency, at, Author()).id


def _option(location: tuple[int | str, ...]) -> str:
    return str(location[0]).replace("_", "-")


async def keys(settings: Settings) -> KeyUse:
    """Which keys the histories of open cases need, run by run.

    Raises:
        EngineUnavailable: Temporal cannot be reached.
    """
    with database_of(settings).read() as session:
        open_keys = [case.key for case in journal.open_cases(session)]
    inspector = Inspector(await connect(settings, address_of(settings)))
    gate = asyncio.Semaphore(_AT_ONCE)

    async def needed(case_key: str) -> frozenset[str]:
        async with gate:
            return await inspector.keys_of(case_key)

    used: dict[str, list[str]] = {}
    for case_key, ids in zip(open_keys, await asyncio.gather(*map(needed, open_keys)), strict=True):
        for key_id in ids or {""}:
            used.setdefault(key_id, []).append(case_key)
    return KeyUse(next(iter(settings.temporal.keys()), ""), used)


async def builds(settings: Settings) -> tuple[list[Build], Mapping[str, list[str]]]:
    """The builds that have served, and which open cases are on each."""
    client = await connect(settings, address_of(settings))
    found = await deployments.builds(client)
    inspector = Inspector(client)
    with database_of(settings).read() as session:
        open_keys = [case.key for case in journal.open_cases(session)] if found else []
    gate = asyncio.Semaphore(_AT_ONCE)

    async def build_of(case_key: str) -> str:
        async with gate:
            return await inspector.build_of(case_key)

    on: dict[str, list[str]] = {}
    for key, build in zip(open_keys, await asyncio.gather(*map(build_of, open_keys)), strict=True):
        on.setdefault(build, []).append(key)
    return found, on


async def make_current(settings: Settings, build: str) -> None:
    """Let new cases begin on a build.

    Raises:
        NotServing: start its workers first.
        EngineUnavailable: Temporal cannot be reached.
    """
    await deployments.make_current(await connect(settings, address_of(settings)), build)


async def _client(settings: Settings) -> Client | None:
    try:
        return await connect(settings, address_of(settings))
    except EngineUnavailable:
        return None


def _clock(database: Database, settings: Settings) -> Clock:
    return Clock(database, movable=not settings.production)
