"""A crowd of applicants: complete drafts put into the record directly, and everybody's button pressed at once."""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import httpx
from sqlmodel import col, func, select

from demo import papers, sample
from records.accounts import TOKEN_LIFE
from records.database import Database
from records.files import FileStore
from records.tables import AccessToken, Account, Application, Person, Selection, Upload, Vacancy, new_id
from runtime.clock import real_now

ARRIVAL_HEADER: Final = "X-Request-Start"
_ANSWERED_WITHIN: Final = 120.0  # seconds for one try; the crowd's last is served long before
_TRIES: Final = 10
_WAIT: Final = frozenset({429, 503})
_PATTERN: Final = sample.APPLICANTS[0]


@dataclass(frozen=True)
class Draft:
    """A complete draft of somebody who is signed in."""

    application_id: str
    token: str


@dataclass(frozen=True)
class Pressed:
    """A button pressed: when the request left, when its answer was there (real time), and the tries it took."""

    draft: Draft
    sent: datetime
    answered: datetime
    response: httpx.Response
    tries: int = 1


def drafts(
    database: Database, files: FileStore, vacancy_id: str, count: int, at: datetime, *, submitted: bool = False
) -> list[Draft]:
    """So many people, each with an account, a token and a complete application, as the API would have written them."""
    with database.write() as writer:
        session = writer.session
        vacancy = session.get_one(Vacancy, vacancy_id)
        agency_id = session.get_one(Selection, vacancy.selection_id).agency_id
        known = session.exec(select(func.count(col(Person.id)))).one()
        people = [_person(known + number, at) for number in range(count)]
        made = [
            Application(
                agency_id=agency_id,
                selection_id=vacancy.selection_id,
                vacancy_id=vacancy_id,
                person_id=person.id,
                profile=papers.profile(_PATTERN),
                created_at=at,
                submitted_at=at if submitted else None,
            )
            for person in people
        ]
        tokens = [secrets.token_urlsafe(32) for _ in people]
        accounts = [
            Account(id=new_id(), person_id=p.id, login=p.mail, password_hash="none", created_at=at) for p in people
        ]
        for rows in (people, accounts, made, _bearers(accounts, tokens), _uploads(files, made, at)):
            session.add_all(rows)
            session.flush()
        return [Draft(application.id, token) for application, token in zip(made, tokens, strict=True)]


def _person(number: int, at: datetime) -> Person:
    """Somebody whose number is laid out as one is, and belongs to nobody."""
    return Person(
        id=new_id(),
        name=f"Calon {number}",
        nip=f"19780411200501{1000 + number:04d}",
        mail=f"calon-{number}@pelamar.example",
        birth_date=date(1978, 4, 11),
        created_at=at,
    )


def _bearers(accounts: Sequence[Account], tokens: Sequence[str]) -> list[AccessToken]:
    ends = real_now() + TOKEN_LIFE
    hashes = (hashlib.sha256(token.encode()).hexdigest() for token in tokens)
    return [AccessToken(sha256=h, account_id=a.id, expires_at=ends) for a, h in zip(accounts, hashes, strict=True)]


def _uploads(files: FileStore, made: Sequence[Application], at: datetime) -> list[Upload]:
    """A file for each document of the list, the same for all."""
    rows = []
    for document in sample.DOCUMENTS:
        name, content, media_type = papers.upload(_PATTERN, document["code"], document["title"])["file"]
        facts: dict[str, Any] = {"file_name": name, "media_type": media_type, "size": len(content)}
        sha256 = files.put(content)
        rows += [
            Upload(application_id=a.id, code=document["code"], sha256=sha256, uploaded_at=at, **facts) for a in made
        ]
    return rows


async def press_all(
    base_urls: Sequence[str], waiting: Sequence[Draft], begin: datetime, within: timedelta
) -> list[Pressed]:
    """Submit every draft, evenly over a stretch of real time: each on a connection of its own, opened before.

    Each request says when it was sent, as the proxy in front of the API would. Whoever is asked to wait does so and
    repeats under his key.

    Raises:
        TimeoutError, OSError: somebody got no answer.
    """
    step = within / max(len(waiting), 1)
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(_press(base_urls[n % len(base_urls)], draft, begin + n * step))
            for n, draft in enumerate(waiting)
        ]
    return [task.result() for task in tasks]


async def _press(base_url: str, draft: Draft, at: datetime) -> Pressed:
    there = httpx.URL(base_url)
    request = (
        f"POST /api/v1/applications/{draft.application_id}/submit HTTP/1.1\r\n"
        f"Host: {there.host}:{there.port}\r\nAuthorization: Bearer {draft.token}\r\n"
        f"Idempotency-Key: {secrets.token_hex(16)}\r\nContent-Length: 0\r\nConnection: close\r\n"
    ).encode("ascii")
    sent, response = await _exchange(there, request, at)
    tries = 1
    while response.status_code in _WAIT and tries < _TRIES:
        again = real_now() + timedelta(seconds=int(response.headers["Retry-After"]))
        _, response = await _exchange(there, request, again)
        tries += 1
    return Pressed(draft, sent, real_now(), response, tries)


async def _exchange(there: httpx.URL, request: bytes, at: datetime) -> tuple[datetime, httpx.Response]:
    """Connect now, send at an instant of real time, and read until the other side closes."""
    async with asyncio.timeout((at - real_now()).total_seconds() + _ANSWERED_WITHIN):
        reader, writer = await asyncio.open_connection(there.host, there.port)
        await asyncio.sleep((at - real_now()).total_seconds())
        sent = real_now()
        writer.write(request + f"{ARRIVAL_HEADER}: {int(sent.timestamp() * 1000)}\r\n\r\n".encode("ascii"))
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name: value for name, _, value in (line.partition(": ") for line in lines)}
    return sent, httpx.Response(int(status.split()[1]), headers=headers, content=body)
