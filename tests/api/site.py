"""An agency behind the real API: people with accounts, a published round, and an engine that writes acts in process."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.app import create_app
from api.services import Services
from domain.case import Entry
from domain.words import CaseKind
from records import journal
from records.accounts import Passwords
from records.acts.commit import ActRequest, commit
from records.bootstrap import create_admin
from records.database import Database
from records.files import FileStore
from runtime.clock import Clock
from runtime.engine import EngineUnavailable
from runtime.settings import Settings
from tests.api.materials import (
    AGENCY,
    CLOSES,
    COST,
    DOCUMENTS,
    OFFICE,
    OPENS,
    PASSWORD,
    PLAN,
    PROFILE,
    REQUIREMENTS,
    SEATS,
    START,
    local,
    pdf,
    picture,
)
from workflows.messages import Answer, Command

with warnings.catch_warnings():  # Starlette announces another HTTP library for its test client
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


class Standing(Clock):
    """A clock that stands where a test puts it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @property
    def movable(self) -> bool:
        return True

    def when(self, real: datetime) -> datetime:
        return self.at

    def offset(self) -> timedelta:
        return timedelta(0)


class InProcess:
    """The engine without Temporal: notes starts, and writes acts through the same commit as the worker's activity."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.started: list[str] = []
        self.down = False

    async def start(self, kind: CaseKind, case_key: str, state: Any, outbox: Mapping[str, Sequence[str]]) -> bool:
        if self.down:
            raise ConnectionError("the engine is down")
        self.started.append(case_key)
        return True

    async def running(self, case_key: str) -> bool:
        return not self.down and case_key in self.started

    async def pollers(self) -> dict[str, int]:
        if self.down:
            raise EngineUnavailable("the engine is down")
        return {"process": 1, "documents": 1}

    async def act(self, case_key: str, command: Command) -> Answer:
        entry, replayed = self.write(case_key, command)
        return Answer(
            case=case_key,
            seq=entry.seq,
            act=entry.act,
            at=entry.at,
            vacancy_ids=entry.vacancy_ids,
            documents=entry.data.get("documents", 0),
            replayed=replayed,
        )

    def write(self, case_key: str, command: Command) -> tuple[Entry, bool]:
        with self.database.write() as writer:
            seq = journal.state_of(writer.session, case_key).seq + 1
            return commit(
                writer,
                ActRequest(
                    case_key,
                    seq,
                    command.intent(),
                    command.request_id,
                    command.payload_sha256,
                    command.keys,
                    command.actor.assignment_id,
                    command.statement_id,
                ),
            )

    def fall_due(self, case_key: str, key: str, at: datetime) -> None:
        """Let a deadline fall due, as the workflow's timer would."""
        name = f"fall_due:{key}:{at.isoformat()}"
        command = Command(
            act="fall_due",
            actor={"person_id": "", "role": "system"},
            at=at,
            request_id=name,
            payload_sha256="",
            keys=(name,),
            vacancy_ids=(key.partition("/")[2],),
            arguments={"key": key},
        )
        self.write(case_key, command)


@dataclass
class Known:
    """What a furnished database holds, outside it: ids and tokens by key."""

    agency: str = ""
    selection: str = ""
    vacancies: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)


class Person:
    """Somebody at a browser."""

    def __init__(self, client: TestClient, token: str | None) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        headers = {**self._headers, **more.pop("headers", {})}
        prefix = "" if path.startswith(("/health", "/static")) else "/api/v1"
        return self._client.request(method, f"{prefix}{path}", json=body, headers=headers, **more)

    def get(self, path: str, **more: Any) -> Any:
        return self("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self("POST", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> Any:
        return self("PUT", path, body, **more)

    def patch(self, path: str, body: Any, version: int | None = None, **more: Any) -> Any:
        headers = {"If-Match": f'"{version}"'} if version is not None else {}
        return self("PATCH", path, body, headers={**headers, **more.pop("headers", {})}, **more)

    def upload(self, application: str, code: str, content: bytes, name: str = "berkas.pdf") -> Any:
        path = f"/applications/{application}/documents/{code}"
        return self("PUT", path, files={"file": (name, content, "application/octet-stream")})


__all__ = [
    "AGENCY",
    "CLOSES",
    "PASSWORD",
    "PLAN",
    "PROFILE",
    "Person",
    "Site",
    "local",
    "ok",
    "pdf",
    "picture",
    "refused",
]

_APPS: list[FastAPI] = []


def _app(services: Services) -> FastAPI:
    """One application a process, on the services of the test at hand: its routes are many and always the same."""
    if not _APPS:
        _APPS.append(create_app(services))
    _APPS[0].state.services = services
    return _APPS[0]


class Site:
    """The running application with its people."""

    def __init__(self, database: Database, folder: Path, known: Known | None = None) -> None:
        self.database = database
        self.clock = Standing(START.astimezone(UTC))
        self.engine = InProcess(database)
        self.files = FileStore(folder / "files")
        settings = Settings(data_dir=folder, passwords=COST, database_url=database.url)
        self.services = Services(database, self.clock, self.files, self.engine, settings)  # type: ignore[arg-type]
        self.client = TestClient(_app(self.services), raise_server_exceptions=False)
        self.known = known or Known()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.known, name)

    def person(self, key: str) -> Person:
        """The person of that key, signed in."""
        return Person(self.client, self.known.tokens[key])

    @property
    def nobody(self) -> Person:
        """Somebody who has not signed in."""
        return Person(self.client, None)

    # -- furnishing ----------------------------------------------------------------------------------------------

    def furnish(self) -> None:
        """An administrator, an agency, its office, a committee and a draft round with one vacancy."""
        with self.database.write() as writer:
            passwords = Passwords(COST.time_cost, COST.memory_kib, COST.parallelism)
            mail = "admin@selter.example"
            made = create_admin(writer, passwords, name="Admin", mail=mail, password=PASSWORD, at=self.clock.now())
        self.known.people["admin"] = made
        self.sign_in("admin", mail)
        self.known.agency = ok(self.person("admin").post("/agencies", AGENCY), 201)["id"]
        for key in (*OFFICE, *SEATS, "assessor1", "assessor2"):
            self.enter(key)
        for key, roles in OFFICE.items():
            for role in roles:
                self.assign(key, role, "agency", self.known.agency)
        self.draft()

    def enter(self, key: str) -> None:
        """A person with an account."""
        body = {"name": f"Orang {key}", "mail": f"{key}@tw.example", "position": key, "password": PASSWORD}
        self.known.people[key] = ok(self.person("admin").post("/people", body), 201)["id"]
        self.sign_in(key, body["mail"])

    def sign_in(self, key: str, mail: str) -> None:
        made = ok(self.nobody.post("/tokens", {"login": mail, "password": PASSWORD}), 201)
        self.known.tokens[key] = made["token"]

    def assign(self, key: str, role: str, kind: str, scope: str, agency: str = "", **more: Any) -> dict[str, Any]:
        body = {"person_id": self.known.people[key], "role": role, "scope_kind": kind, "scope_id": scope}
        body |= {"basis": "800/1/KEP/2026", **more}
        path = f"/agencies/{agency or self.known.agency}/assignments"
        return ok(self.person("admin").post(path, body), 201)

    def draft(self) -> None:
        """A draft that lint has nothing against."""
        vacancy = {"title": "Kepala Dinas Kesehatan", "unit": "Dinas Kesehatan", "kind": "head_of_agency"}
        body = {"title": "Seleksi Terbuka 2027", "vacancies": [vacancy]}
        made = ok(self.person("secretariat").post("/selections", body), 201)
        self.known.selection, self.known.vacancies = made["id"], [v["id"] for v in made["vacancies"]]
        for key, (element, position) in SEATS.items():
            self.assign(key, "committee", "selection", made["id"], element=element, position=position)
        for key in ("assessor1", "assessor2"):
            self.assign(key, "assessor", "selection", made["id"])
        given = {"id": self.known.vacancies[0], "requirements": REQUIREMENTS, "documents": DOCUMENTS}
        plan = {**PLAN, "vacancies": [{**given, "competencies": ["Manajerial tingkat 4"]}]}
        ok(self.person("secretariat").patch(self.path, plan, 1))

    # -- the way of a round --------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        return f"/selections/{self.known.selection}"

    @property
    def case(self) -> str:
        return f"selection/{self.known.selection}"

    @property
    def vacancy(self) -> str:
        return str(self.known.vacancies[0])

    def publish(self) -> None:
        """Announced; and it is the first day of the window."""
        ok(self.person("secretariat").post(f"{self.path}/publish"))
        self.clock.at = local(f"{OPENS}T10:00:00")

    def sign_up(self, key: str, number: int) -> None:
        """A candidate's own account."""
        body = {
            "nip": f"19750{number % 9 + 1}15200003{number % 2 + 1}{number:03d}",
            "name": f"Pelamar {key}",
            "mail": f"{key}@tw.example",
            "birth_date": f"1975-0{number % 9 + 1}-15",
            "password": PASSWORD,
        }
        body["nip"] = body["birth_date"].replace("-", "") + "200003" + "1" + f"{number:03d}"
        self.known.people[key] = ok(self.nobody.post("/accounts", body), 201)["person_id"]
        self.sign_in(key, body["mail"])

    def begin(self, key: str, number: int, **profile: Any) -> str:
        """A draft application with everything it needs."""
        self.sign_up(key, number)
        path = f"/vacancies/{self.vacancy}/applications"
        made = ok(self.person(key).post(path, {"profile": {**PROFILE, **profile}}), 201)
        ok(self.person(key).upload(made["id"], "ppk_recommendation", pdf(key)))
        return str(made["id"])

    def apply(self, key: str, number: int, **profile: Any) -> str:
        """A submitted application."""
        application = self.begin(key, number, **profile)
        ok(self.person(key).post(f"/applications/{application}/submit"))
        return application

    def close_window(self) -> None:
        self.clock.at = local(f"{CLOSES}T23:59:59") + timedelta(seconds=1)
        self.engine.fall_due(self.case, f"window/{self.vacancy}", self.clock.at)

    def chair(self, act: str, **body: Any) -> Any:
        return ok(self.person("chair").post(f"{self.path}/{act}", body))

    def to_screening(self, count: int = 4) -> list[str]:
        """Four applicants, and the lane in screening; their application ids."""
        self.publish()
        found = [self.apply(f"p{n}", n) for n in range(1, count + 1)]
        self.close_window()
        self.chair("stages/announcement/advance")
        return found

    def verify(self, key: str, application: str, **verdicts: dict[str, str]) -> None:
        """One verifier confirms what was computed, but for the verdicts given."""
        listed = ok(self.person(key).get(f"{self.path}/screening"))["applications"]
        rows = next(a for a in listed if a["application_id"] == application)["requirements"]
        checks = {r["requirement"]: {"verdict": r["computed"]} for r in rows}
        ok(self.person(key).put(f"/applications/{application}/checks", {"checks": {**checks, **verdicts}}))

    def to_assessment(self, count: int = 4) -> list[str]:
        """Everybody passed screening; two assessors on duty for each component."""
        found = self.to_screening(count)
        for application in found:
            for key in ("secretariat", "chair"):
                self.verify(key, application)
        self.chair("stages/screening/announce-result")
        for key in ("assessor1", "assessor2"):
            for component in ("track_record", "assessment", "paper"):
                self.chair("assign", component=component, assessor_id=self.known.people[key])
        self.chair("stages/screening/advance")
        return found

    def seal(self, key: str, application: str, component: str, score: str = "80") -> Any:
        """Declare and seal."""
        person = self.person(key)
        person.post(f"/applications/{application}/conflict-declarations", {"none": True})
        return person.put(f"/applications/{application}/sheets/{component}", {"score": score})


def ok(answer: Any, status: int = 200) -> dict[str, Any]:
    """The body of a good answer."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    body: dict[str, Any] = answer.json()
    return body


def refused(answer: Any, code: str, status: int) -> dict[str, Any]:
    """The problem of a refused call."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body: dict[str, Any] = answer.json()
    assert (body["code"], answer.status_code) == (code, status), body
    assert body["type"] == f"urn:selter:{code}"
    assert "[" not in body["detail"], body["detail"]
    return body
