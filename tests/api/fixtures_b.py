"""An official in office on a furnished site, with a contract year that has begun; for tests of contracts and pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from records import journal, terms
from records.audit import Author
from records.tables import Document
from tests.api.site import Person, Site, local, ok
from workflows.messages import Command

INDICATORS: list[dict[str, Any]] = [
    {
        "objective": "Meningkatnya derajat kesehatan",
        "name": "Cakupan imunisasi dasar lengkap",
        "unit": "persen",
        "polarity": "maximize",
        "target": "90",
        "quarterly": ["20", "45", "70", "90"],
        "weight": "60",
    },
    {
        "objective": "Meningkatnya akuntabilitas",
        "name": "Penyerapan anggaran",
        "unit": "persen",
        "polarity": "maximize",
        "target": "95",
        "quarterly": ["15", "40", "70", "95"],
        "weight": "40",
    },
]
BUDGET = [{"programme": "Program Pelayanan Kesehatan", "amount": "12500000000", "note": "APBD"}]
DRAFT = {"indicators": INDICATORS, "budget": BUDGET}


@dataclass
class Office:
    """A post with its official and superior, and the ids of term and contract."""

    site: Site
    term: str
    contract: str

    @property
    def path(self) -> str:
        return f"/contracts/{self.contract}"

    @property
    def case(self) -> str:
        return f"contract/{self.term}/2027"

    def person(self, key: str) -> Person:
        return self.site.person(key)

    def shown(self, key: str = "official") -> dict[str, Any]:
        return ok(self.person(key).get(self.path))

    def draft(self, key: str = "official", body: dict[str, Any] = DRAFT, **more: Any) -> Any:
        headers = {"If-Match": f'"{self.shown()["version"]}"'}
        return self.person(key).put(f"{self.path}/draft", body, headers=headers, **more)

    def sign(self) -> None:
        """Drafted, issued and signed by both."""
        ok(self.draft())
        ok(self.person("official").post(f"{self.path}/issue"), 201)
        sha256 = self.shown()["versions"][0]["sha256"]
        for key in ("official", "superior"):
            ok(self.person(key).post(f"{self.path}/sign", {"version": 1, "sha256": sha256}))

    def report(self, quarter: int, *values: str, key: str = "official", **more: Any) -> Any:
        indicators = self.shown()["versions"][0]["indicators"]
        actuals = [{"indicator_id": i["id"], "value": v} for i, v in zip(indicators, values, strict=False)]
        path = f"{self.path}/check-ins/2027-Q{quarter}"
        return self.person(key).put(path, {"actuals": actuals, "note": "Sesuai data dinas"}, **more)

    def fall_due(self, case_key: str, key: str, at: datetime) -> None:
        """What the workflow's timer would do."""
        fall_due(self.site, case_key, key, at)


def fall_due(site: Site, case_key: str, key: str, at: datetime) -> None:
    """Let a deadline fall due."""
    name = f"fall_due:{key}:{at.isoformat()}"
    actor = {"person_id": "", "role": "system"}
    site.engine.write(
        case_key,
        Command(
            act="fall_due",
            actor=actor,
            at=at,
            request_id=name,
            payload_sha256="",
            keys=(name,),
            arguments={"key": key},
        ),
    )


@pytest.fixture
def office(site: Site) -> Office:
    """An official in post since 2025, in February 2027: the year's contract is to be drafted."""
    return official_in_post(site, "Kepala Dinas Kesehatan", "Dinas Kesehatan", "2027-02-01T09:00:00")


def official_in_post(site: Site, title: str, unit: str, now: str) -> Office:
    """An official in post since 2025 with a superior, and the contract of 2027 begun at a local time of that year."""
    for key in ("official", "superior"):
        site.enter(key)
    site.clock.at = local(now)
    post = {"title": title, "unit": unit, "kind": "head_of_agency"}
    post_id = ok(site.person("secretariat").post(f"/agencies/{site.agency}/posts", post), 201)["id"]
    with site.database.write() as writer:
        key = terms.enter_official(
            writer,
            Author(),
            site.clock.now(),
            agency_id=site.agency,
            post_id=post_id,
            person_id=site.people["official"],
            superior_id=site.people["superior"],
            inaugurated_on=date(2025, 6, 2),
            decree_number="800.1.3.3/001/KEP/2025",
            first_year=2027,
        )
    fall_due(site, key, "contract/2027", site.clock.now())
    term = key.partition("/")[2]
    return Office(site, term, f"{term}-2027")


def pressed(site: Site, case_key: str, content: bytes = b"PK\x03\x04 letter") -> str:
    """Give a case's announcement or contract its file, as the press would; its id."""
    sha256 = site.files.put(content)
    with site.database.write() as writer:
        query = select(Document).where(col(Document.case_key) == case_key, col(Document.kind) != "receipt")
        document = writer.session.exec(query).first()
        assert document is not None
        document.docx_sha256, document.pressed_at = sha256, site.clock.now()
        writer.session.add(document)
        return document.id


def deadline(site: Site, case_key: str, key: str) -> datetime:
    """When an open deadline is due."""
    with site.database.read() as session:
        found = journal.state_of(session, case_key).deadline(key)
    assert found is not None, key
    due: datetime = found.due
    return due
