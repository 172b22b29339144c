"""The installation that the tests of pairs and crowds share: its people, its rounds, and what its record has."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from bench.trouble.checks import Ending, ending
from bench.trouble.client import Careful
from bench.trouble.crowd import Pressed
from bench.trouble.installation import Installation
from bench.trouble.story import Remote
from demo import papers
from demo.cast import Cast
from demo.round import Round
from domain.words import DocumentKind
from records.database import Database
from records.files import FileStore
from records.selections import case_key, state_of
from records.tables import Application, AuditEntry, Document, JournalEntry, OutboundMail
from records.verify import verify

COMPONENTS = ("track_record", "assessment", "paper")


@dataclass
class Site:
    """A running installation with its people, and a teller whose every write is repeated at the other API."""

    installation: Installation
    database: Database
    telling: Remote
    cast: Cast

    @property
    def files(self) -> FileStore:
        return FileStore(self.installation.settings.data_dir / "files")

    async def round(self) -> Round:
        """A round of two vacancies, drafted."""
        made = Round(self.telling, self.cast)
        await made.draft()
        return made

    async def careful(self, *keys: str) -> Careful:
        """A client of both APIs, for people of the cast."""
        client = Careful(self.installation.base_url, base_urls=self.installation.base_urls)
        for key in keys:
            await client.sign_in(self.cast.mail(key))
        return client

    async def close_windows(self, round_: Round) -> None:
        await self.telling.move_to(self.telling.calendar.end_of_day(round_.closes) + timedelta(seconds=1))

    def written(self, round_: Round) -> tuple[int, int, int]:
        """Journal entries, documents and mails of a round."""
        key = case_key(round_.id)
        with self.database.read() as session:
            entries = session.exec(select(JournalEntry).where(JournalEntry.case_key == key)).all()
            documents = session.exec(select(Document).where(Document.case_key == key)).all()
            mails = session.exec(select(OutboundMail).where(OutboundMail.case_key == key)).all()
        return len(entries), len(documents), len(mails)

    def audited(self, subject: str, act: str) -> Counter[str]:
        """The results of an act as the audit chain has them."""
        query = select(AuditEntry.result).where(AuditEntry.subject == subject, AuditEntry.act == act)
        with self.database.read() as session:
            return Counter(session.exec(query))

    async def sound(self, client: Careful) -> Ending:
        """Everything is done, and the record, the engine and the post agree."""
        found = await ending(self.installation, client.answered, stop=False)
        assert found.wrong == []
        assert client.incidents == []
        return found


async def check_all(client: Careful, round_: Round, verifiers: list[str]) -> None:
    """The verifiers look at every requirement of every application."""
    for mail in verifiers:
        listed = await client.get(f"{round_.path}/screening", mail)
        for application in listed["applications"]:
            checks = {row["requirement"]: papers.opinion(row) for row in application["requirements"]}
            path = f"/applications/{application['application_id']}/checks"
            await client.send("PUT", path, mail, json={"checks": checks})


async def to_assessment(site: Site, client: Careful, round_: Round) -> None:
    """The round's first post, whose window is over, goes on to its sheets."""
    chair, office, only = site.cast.mail("sekda"), site.cast.mail("sekretariat"), [round_.vacancies["health"]]
    await client.act(f"{round_.path}/stages/announcement/advance", chair, vacancy_ids=only)
    await check_all(client, round_, [office, site.cast.mail("sekretariat2")])
    await client.act(f"{round_.path}/stages/screening/announce-result", chair, vacancy_ids=only)
    for assessor in ("asesor1", "asesor2"):
        for component in COMPONENTS:
            body = {"component": component, "assessor_id": site.cast.person(assessor), "vacancy_ids": only}
            await client.act(f"{round_.path}/assign", office, **body)
    await client.act(f"{round_.path}/stages/screening/advance", chair, vacancy_ids=only)


def summary(sent: list[Pressed], ahead: timedelta, over: datetime) -> str:
    """Counts, and how far the second at which a request was judged lies behind the one at which it was sent."""
    received = [p for p in sent if p.response.status_code == 200]
    lags = [datetime.fromisoformat(p.response.json()["submitted_at"]) - p.sent - ahead for p in received]
    missed = sum(p.sent + ahead < over for p in sent) - len(received)
    last = max(p.answered for p in sent) - min(p.sent for p in sent)
    return (
        f"{len(received)} of {len(sent)} received, {missed} of the others had been sent in time; all answered in "
        f"{last}; judged up to {max(lags, default='-')} after they were sent; tries {Counter(p.tries for p in sent)}"
    )


def check_the_crowd(site: Site, round_: Round, vacancy: str, received: dict[str, Any], late: dict[str, Any]) -> None:
    """The record has each receipt that was given and no other, and counts as many applicants."""
    last = site.telling.calendar.end_of_day(round_.closes)
    with site.database.snapshot() as session:
        applications = session.exec(select(Application).where(Application.vacancy_id == vacancy)).all()
        numbers = {d.id: d.number for d in session.exec(select(Document).where(Document.kind == DocumentKind.RECEIPT))}
        query = select(AuditEntry.subject).where(AuditEntry.result == "refused:window-closed")
        refused_ones = Counter(session.exec(query))
        lane = state_of(session, round_.id).lanes[vacancy]
        report = verify(session, site.files)
    submitted = {a.id: a.receipt_id for a in applications if a.submitted_at is not None}
    assert submitted == {key: receipt["receipt_id"] for key, receipt in received.items()}
    assert all(a.submitted_at < last + timedelta(seconds=1) for a in applications if a.submitted_at is not None)
    assert [a.id for a in applications if a.receipt_id is not None and a.id in late] == []
    assert {key: numbers[receipt["receipt_id"]] for key, receipt in received.items()} == {
        key: receipt["number"] for key, receipt in received.items()
    }
    given: dict[str, set[int]] = {}
    for _, number, year in (text.split("/") for text in numbers.values()):
        given.setdefault(year, set()).add(int(number))
    assert all(of_year == set(range(1, len(of_year) + 1)) for of_year in given.values())
    assert sum(map(len, given.values())) == len(numbers)
    assert all(refused_ones[f"application/{key}"] == 1 for key in late)
    assert lane.applicants == len(received)
    assert report.breaks == ()
