"""Two agencies with everything in them: a round in assessment, an official under review, letters, mail, people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlmodel import col, select

from domain.words import CaseKind
from records.database import Database
from records.tables import (
    Application,
    Assignment,
    Document,
    Holding,
    OutboundMail,
    Person,
    Post,
    Selection,
    Vacancy,
)
from tests.api.fixtures_b import official_in_post, pressed
from tests.api.materials import AGENCY, OFFICE, SEATS
from tests.api.site import Site, local, ok
from tests.api.test_contracts_api import _reviewed

ROLES: Final[Mapping[str, str]] = {
    "admin": "admin",
    "auditor": "auditor",
    "secretariat": "secretariat",
    "chair": "chair",
    "clerk": "clerk",
    "member": "province",
    "assessor": "assessor1",
    "ppk": "regent",
    "pyb": "deputy",
    "official": "official",
    "superior": "superior",
    "team": "team",
    "observer": "observer",
    "applicant": "p1",
    "rival": "p2",
}
"""The people of the first agency by what they are; `applicant` owns the application, `rival` another one."""


@dataclass
class Agency:
    """An agency's ids by the name of the parameter that takes them."""

    id: str
    ids: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass
class World:
    """Two agencies on one installation, and where its database and files lie."""

    folder: Path
    source: Path
    first: Agency
    second: Agency


class Neighbour(Site):
    """A second agency on the first one's installation, its people under other addresses."""

    def __init__(self, first: Site, folder: Path) -> None:
        super().__init__(first.database, folder)
        self.clock, self.engine, self.files, self.services = first.clock, first.engine, first.files, first.services
        first.client.app.state.services = first.services
        self.known.people["admin"], self.known.tokens["admin"] = first.people["admin"], first.tokens["admin"]

    def furnish(self) -> None:
        agency = {**AGENCY, "name": "Pemerintah Kota Lintang Timur", "unit": "BKPSDM Kota Lintang Timur"}
        self.known.agency = ok(self.person("admin").post("/agencies", agency), 201)["id"]
        for key in (*OFFICE, *SEATS, "assessor1", "assessor2"):
            self.enter(key)
        for key, roles in OFFICE.items():
            for role in roles:
                self.assign(key, role, "agency", self.known.agency)
        self.draft()

    def enter(self, key: str) -> None:
        body = {"name": f"Warga {key}", "mail": f"{key}@lt.example", "position": key, "password": self.password}
        self.known.people[key] = ok(self.person("admin").post("/people", body), 201)["id"]
        self.sign_in(key, body["mail"])

    def sign_up(self, key: str, number: int) -> None:
        super().sign_up(f"lt.{key}", number + 500)
        for held in (self.known.people, self.known.tokens):
            held[key] = held.pop(f"lt.{key}")

    @property
    def password(self) -> str:
        from tests.api.materials import PASSWORD

        return PASSWORD


def build(database: Database, folder: Path) -> tuple[Agency, Agency]:
    """Furnish both agencies; the clock ends in 2028, with a contract year over and its review open."""
    first = Site(database, folder)
    first.furnish()
    neighbour = Neighbour(first, folder)
    neighbour.furnish()
    neighbour.publish()
    first.publish()
    for site in (first, neighbour):
        site.apply("p1", 1)
        _team(site)
    _assess(first)
    _platform_observer(first)
    return _inventory(first, _office(first, reviewed=True)), _inventory(neighbour, _office(neighbour, reviewed=False))


def _team(site: Site) -> None:
    site.enter("team")
    site.assign("team", "performance_team", "agency", site.known.agency)


def _assess(site: Site) -> None:
    """A round in assessment: four applicants, assessors on duty, one sealed sheet, a pressed announcement."""
    for number in (2, 3, 4):
        site.apply(f"p{number}", number)
    site.close_window()
    site.chair("stages/announcement/advance")
    for row in ok(site.person("chair").get(f"{site.path}/screening"))["applications"]:
        for key in ("secretariat", "chair"):
            site.verify(key, row["application_id"])
    site.chair("stages/screening/announce-result")
    for key in ("assessor1", "assessor2"):
        site.chair("assign", component="paper", assessor_id=site.people[key])
    site.chair("stages/screening/advance")
    ok(site.seal("assessor1", row["application_id"], "paper"), 201)
    pressed(site, site.case)


def _platform_observer(site: Site) -> None:
    site.enter("auditor")
    body = {"person_id": site.people["auditor"], "role": "observer", "basis": "800/9/KEP/2026"}
    ok(site.person("admin").post("/platform/assignments", body), 201)


def _office(site: Site, *, reviewed: bool) -> str:
    """An official, whose bad year opened a review where that is asked for; the term's id."""
    office = official_in_post(site, "Kepala Dinas Pekerjaan Umum", "Dinas PU", "2027-02-15T09:00:00")
    if reviewed:
        _reviewed(office)
    site.clock.at = local("2028-06-01T09:00:00")
    return office.term


def _inventory(site: Site, term: str) -> Agency:
    """Every id of an agency, those that the matrix calls with first."""
    agency = site.known.agency
    with site.database.read() as session:

        def ids(table: Any, *where: Any) -> list[str]:
            return [row.id for row in session.exec(select(table).where(*where).order_by(col(table.id)))]

        rounds = ids(Selection, col(Selection.agency_id) == agency)
        applications = session.exec(
            select(Application).where(col(Application.agency_id) == agency).order_by(col(Application.submitted_at))
        ).all()
        letters = ids(Document, col(Document.agency_id) == agency, col(Document.public).is_(False))
        receipt = ids(Document, col(Document.kind) == "receipt", col(Document.subject_id) == site.people["p1"])
        people = [*site.known.people.values()]
        found = {
            "agency_id": [agency],
            "person_id": [p for p in people if p not in (site.people["admin"], site.people.get("auditor"))],
            "post_id": ids(Post, col(Post.agency_id) == agency),
            "holding_id": ids(Holding, col(Holding.agency_id) == agency),
            "assignment_id": ids(
                Assignment, col(Assignment.agency_id) == agency, col(Assignment.person_id) == site.people["assessor2"]
            ),
            "selection_id": rounds,
            "vacancy_id": ids(Vacancy, col(Vacancy.selection_id).in_(rounds)),
            "application_id": [a.id for a in applications],
            "document_id": [*receipt, *(i for i in letters if i not in receipt)],
            "term_id": [term],
            "contract_id": [f"{term}-2027"],
            "review_id": [f"{term}-2027"],
            "mail_id": ids(OutboundMail, col(OutboundMail.agency_id) == agency),
            "announcement_id": ids(Document, col(Document.case_key) == site.case, col(Document.kind) == "announcement"),
            "superior_id": [site.people["superior"]],
            "assessor_id": [site.people["assessor2"]],
        }
        names = {p.name for p in session.exec(select(Person).where(col(Person.id).in_(found["person_id"])))}
    return Agency(agency, found, dict(site.known.people), dict(site.known.tokens), names)


CASE_PARAMETER: Final = {
    CaseKind.SELECTION: "selection_id",
    CaseKind.TERM: "term_id",
    CaseKind.CONTRACT: "contract_id",
    CaseKind.REVIEW: "review_id",
}
