"""What must be true when the killing is over."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from domain.contract import ContractState
from domain.review import ReviewState
from domain.selection import SelectionState
from domain.term import TermState
from domain.words import CaseKind
from records import journal
from records.database import Database
from records.files import FileStore
from records.tables import Application, Document, JournalEntry, NumberSeries, OutboundMail
from records.verify import verify
from runtime.engine import Engine, connect

from .client import Answered
from .installation import Installation
from .normal import Normal, normal_form

_SETTLES_WITHIN: Final = 300.0
_MARK: Final = 3.0  # seconds: a mail is marked that soon after its 250, or its sender or the database was killed
STATES: Final[dict[str, Any]] = {
    CaseKind.SELECTION: SelectionState,
    CaseKind.TERM: TermState,
    CaseKind.CONTRACT: ContractState,
    CaseKind.REVIEW: ReviewState,
}


@dataclass
class Ending:
    """How a story ended: its record in normal form, and what is wrong with it by itself."""

    normal: Normal
    wrong: list[str] = field(default_factory=list)
    doubles: int = 0
    mails: int = 0
    documents: int = 0
    audit_entries: int = 0


async def ending(installation: Installation, answered: Iterable[Answered], *, stop: bool = True) -> Ending:
    """Wait until everything that was caused is done, then look at the record, the engine and the post.

    Our own processes are stopped before that, unless they are needed for more.
    """
    database = Database(installation.settings.database_url)
    try:
        wrong = [*await _settled(database), *await _states(installation, database)]
        if stop:
            installation.stop("api", "worker")
        with database.read() as session:
            found = Ending(normal_form(session), wrong)
            found.wrong += [*_numbers(session), *_answered(session, answered)]
            _verified(session, installation, found)
        _post(installation, found)
    finally:
        database.close()
    return found


async def _settled(database: Database) -> list[str]:
    """Every document pressed, every mail sent."""
    give_up = time.monotonic() + _SETTLES_WITHIN
    waiting = ["the database does not answer"]
    while waiting and time.monotonic() < give_up:
        await asyncio.sleep(0.5)
        try:
            waiting = await asyncio.to_thread(_waiting, database)
        except SQLAlchemyError:
            continue
    return waiting


def _waiting(database: Database) -> list[str]:
    with database.read() as session:
        documents = session.exec(select(Document.number).where(col(Document.pressed_at).is_(None)))
        mails = session.exec(select(OutboundMail).where(col(OutboundMail.sent_at).is_(None)))
        return [
            *(f"document {number} was never pressed" for number in documents),
            *(f"mail {m.template} was never sent: attempt {m.attempts}, {m.last_error}" for m in mails),
        ]


async def _states(installation: Installation, database: Database) -> list[str]:
    """Each running case's workflow has the state that the record projects."""
    engine = Engine(await connect(installation.settings))
    with database.read() as session:
        cases = journal.open_cases(session)
        states = journal.states_of(session, cases)
    wrong = []
    for case in cases:
        if not await engine.running(case.key):
            wrong.append(f"{case.key} is open and does not run")
        elif await engine.state(case.key, STATES[case.kind]) != states[case.key]:
            wrong.append(f"the workflow of {case.key} is not in the state that its journal gives")
    return wrong


def _numbers(session: Session) -> list[str]:
    """No document number twice or skipped: each series as long as its last number, each agency's numbers distinct."""
    numbers = Counter((d.agency_id, d.number) for d in session.exec(select(Document)))
    twice = [f"document number {number} was given {n} times" for (_, number), n in numbers.items() if n > 1]
    given = sum(row.last for row in session.exec(select(NumberSeries)))
    return twice if given == numbers.total() else [*twice, f"{given} numbers given, {numbers.total()} documents"]


def _answered(session: Session, answered: Iterable[Answered]) -> list[str]:
    """Whatever was answered with success is in the record."""
    wrong = []
    for answer in answered:
        body = answer.body or {}
        if answer.path.endswith("/submit") and answer.path.startswith("/applications/"):
            application = session.get(Application, answer.path.split("/")[2])
            if application is None or application.receipt_id is None:
                wrong.append(f"a submission that was answered is lost: {answer.path}")
        elif {"case", "seq", "act"} <= body.keys():
            entry = session.get(JournalEntry, (body["case"], body["seq"]))
            if entry is None or entry.act != body["act"]:
                wrong.append(f"an act that was answered is lost: {body['case']}#{body['seq']} {body['act']}")
    return wrong


def _verified(session: Session, installation: Installation, found: Ending) -> None:
    """What `selter verify` does: it finds nothing altered."""
    report = verify(session, FileStore(installation.settings.data_dir / "files"))
    found.documents, found.audit_entries = report.documents, report.entries
    found.wrong += [f"verify: {broken}" for broken in report.breaks]


def _post(installation: Installation, found: Ending) -> None:
    """Every mail of the record reached the server, none that is not of the record, and twice only for a kill."""
    taken = {key for key, _ in installation.receiver.taken}
    found.mails = len(taken)
    found.wrong += [f"mail {found.normal.mail_ids[key]} never arrived" for key in found.normal.mail_ids.keys() - taken]
    found.wrong += [f"mail {key} arrived and is not in the record" for key in taken - found.normal.mail_ids.keys()]
    kills = installation.killed_at("worker", "postgres")
    for key, times in installation.receiver.doubles.items():
        found.doubles += len(times) - 1
        for at in times[:-1]:
            if not any(at - 0.05 <= kill <= at + _MARK for kill in kills):
                found.wrong.append(f"mail {found.normal.mail_ids.get(key, key)} arrived twice, and nothing was killed")
