"""A small agency on SQLite, and a driver that writes acts as the workflows do: entry by entry, deadline by deadline."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from domain.acts import act_of
from domain.annex import Annex, BudgetLine, IndicatorDraft
from domain.case import Entry, Intent, workflow_id
from domain.laws import LAWS
from domain.words import CaseKind, HoldingKind, Role
from records import assignments, contracts, journal, terms
from records.acts.commit import ActRequest, commit
from records.audit import Author, Writer, sha256_of
from records.database import Database
from records.tables import (
    Agency,
    Assignment,
    Case,
    Contract,
    ContractVersion,
    Document,
    GateProof,
    Indicator,
    OutboundMail,
    Person,
    Post,
    Statement,
    new_id,
)

ZONE = ZoneInfo("Asia/Jakarta")
PEOPLE = {
    "official": ("Rukmini Sasmita", "197503142000032001", "IV/b", "Kepala Dinas Kesehatan"),
    "superior": ("Bagas Wirayuda", "196801021993031002", "IV/d", "Sekretaris Daerah"),
    "deputy": ("Sekar Nawangwulan", "196905052994032003", "IV/c", "Asisten Pemerintahan"),
    "head": ("Jagat Pramana", None, "", "Bupati Tirta Wening"),
    "secretary": ("Laras Kinanti", "198006062005012004", "III/d", "Analis Kepegawaian"),
    "team": ("Guntur Aruna", "197007071996031005", "IV/b", "Inspektur"),
    "stranger": ("Wulan Prameswari", "198108082006042006", "III/d", "Sekretaris Dinas"),
}
AGENCY_ROLES = {
    "head": Role.PPK,
    "superior": Role.PYB,
    "secretary": Role.SECRETARIAT,
    "team": Role.PERFORMANCE_TEAM,
}


def at(text: str) -> datetime:
    """A local instant: `2027-03-01` means nine in the morning."""
    moment = datetime.fromisoformat(text if len(text) > 10 else f"{text} 09:00")
    return moment.replace(tzinfo=ZONE).astimezone(UTC)


@dataclass
class World:
    """People, posts and running cases; every act goes through the real `commit`."""

    database: Database
    agency_id: str = ""
    people: dict[str, str] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)

    # -- reading -------------------------------------------------------------------------------------------------

    def state(self, case_key: str) -> Any:
        """The state as the workflow holds it."""
        return self.states[case_key]

    def rows(self, table: type[Any], **where: Any) -> list[Any]:
        """The rows of a table with these values."""
        with self.database.read() as session:
            query = select(table)
            for name, value in where.items():
                query = query.where(col(getattr(table, name)) == value)
            return list(session.exec(query))

    def mails(self, template: str, person: str | None = None) -> list[OutboundMail]:
        """The mails of a template, to one person or to all, in order."""
        found = self.rows(OutboundMail, template=template)
        chosen = [m for m in found if person is None or m.person_id == self.people[person]]
        return sorted(chosen, key=lambda m: m.created_at)

    def awaits(self, case_key: str) -> set[str]:
        """The acts that wait in a case."""
        state = self.state(case_key)
        return {a.act for a in LAWS[_kind(case_key)].awaited(state)}

    def document(self, document_id: str) -> Document:
        """A document's row."""
        return self.rows(Document, id=document_id)[0]

    def proofs(self, review_id: str) -> dict[int, list[GateProof]]:
        """The proofs of a review by gate."""
        found: dict[int, list[GateProof]] = {}
        for row in self.rows(GateProof, review_id=review_id):
            found.setdefault(row.gate, []).append(row)
        return found

    # -- acting --------------------------------------------------------------------------------------------------

    def act(
        self, case_key: str, name: str, who: str, role: Role, when: datetime, *, why: str | None = "", **arguments: Any
    ) -> Entry:
        """Write an act of a person, with a reason where the table asks for one (`why=None`: leave it out)."""
        act = act_of(_kind(case_key), name)
        assert act is not None
        assert role in act.roles
        person_id = self.people[who]
        with self.database.write() as writer:
            statement_id = self.statement(writer, person_id, why or "Alasan tertulis.", when) if act.reason else None
            facts = {"act": name, "person": person_id, **{k: str(v) for k, v in arguments.items()}}
            intent = Intent(name, when, person_id, role.value, (), arguments)
            request = ActRequest(
                case_key,
                self.state(case_key).seq + 1,
                intent,
                new_id(),
                sha256_of(arguments),
                (act.key.format_map(facts),),
                self._assignment(writer, person_id, role, when),
                statement_id if why is not None else None,
            )
            entry, replayed = commit(writer, request)
        return entry if replayed else self._take(case_key, entry)

    def statement(self, writer: Writer, person_id: str, text: str, when: datetime) -> str:
        """Store a text before the act that refers to it."""
        row = Statement(agency_id=self.agency_id, author_id=person_id, text=text, at=when)
        writer.session.add(row)
        writer.session.flush()
        return row.id

    def _assignment(self, writer: Writer, person_id: str, role: Role, when: datetime) -> str:
        held = assignments.held_at(writer.session, when, person_id=person_id, role=role)
        assert held, f"nobody holds {role} then"
        return held[0].id

    def system(self, case_key: str, name: str, when: datetime, request_id: str, **arguments: Any) -> Entry:
        """Write what happens by itself."""
        intent = Intent(name, when, "", "system", (), arguments)
        request = ActRequest(case_key, self.state(case_key).seq + 1, intent, request_id, "", (request_id,))
        with self.database.write() as writer:
            entry, _ = commit(writer, request)
        return self._take(case_key, entry)

    def adopt(self, case_key: str) -> None:
        """Take up a new case, as the starter does."""
        with self.database.read() as session:
            self.states[case_key] = journal.state_of(session, case_key)

    def _take(self, case_key: str, entry: Entry) -> Entry:
        """Apply the entry as the workflow does; the journal must tell the same."""
        self.states[case_key] = LAWS[_kind(case_key)].apply(self.states[case_key], entry)
        with self.database.read() as session:
            assert journal.state_of(session, case_key) == self.states[case_key]
        for key in entry.data.get("starts", ()):
            self.adopt(key)
        for key in entry.data.get("lapses", ()):
            if self.states[key].closed_at is None:
                self.system(key, "lapse", entry.at, f"lapse:{case_key}")
        return entry

    def advance(self, until: datetime) -> None:
        """Let time pass: reminders and deadlines of all cases, in order, up to and including an instant."""
        while True:
            pending = [(d, key) for key, s in self.states.items() if (d := s.next_deadline()) is not None]
            due = [(d.next_at, key, d) for d, key in pending if d.next_at is not None and d.next_at <= until]
            if not due:
                return
            moment, key, deadline = min(due, key=lambda item: (item[0], item[1]))
            reminding = deadline.remind_at is not None and not deadline.reminded and moment == deadline.remind_at
            act = "remind" if reminding else "fall_due"
            when = max(moment, self.states[key].effective_at)
            self.system(key, act, when, f"{act}:{deadline.key}:{deadline.due.isoformat()}", key=deadline.key)

    # -- setting up ----------------------------------------------------------------------------------------------

    def enter_official(self, when: str, inaugurated_on: str, **more: Any) -> str:
        """An official in post with a superior; returns the term's case key."""
        with self.database.write() as writer:
            key = terms.enter_official(
                writer,
                Author(),
                at(when),
                agency_id=self.agency_id,
                post_id=self.posts["health"],
                person_id=self.people["official"],
                superior_id=self.people["superior"],
                inaugurated_on=date.fromisoformat(inaugurated_on),
                decree_number="800.1.3.3/001/KEP/2026",
                **more,
            )
        self.adopt(key)
        return key

    def assign(self, who: str, role: Role, since: str, kind: HoldingKind = HoldingKind.DEFINITIVE) -> None:
        """Give somebody a role in the agency from a day on; who held it before ends."""
        with self.database.write() as writer:
            query = select(Assignment).where(
                col(Assignment.role) == role, col(Assignment.scope_kind) == "agency", col(Assignment.until).is_(None)
            )
            for row in writer.session.exec(query):
                row.until = at(since)
                writer.session.add(row)
            writer.session.add(self._in_agency(who, role, since, kind))

    def _in_agency(self, who: str, role: Role, since: str, kind: HoldingKind = HoldingKind.DEFINITIVE) -> Assignment:
        return Assignment(
            agency_id=self.agency_id,
            person_id=self.people[who],
            role=role,
            scope_kind="agency",
            scope_id=self.agency_id,
            kind=kind,
            since=at(since),
        )

    def furnish(self) -> None:
        """The agency with its people, posts and roles."""
        with self.database.write() as writer:
            agency = Agency(
                name="Pemerintah Kabupaten Tirta Wening",
                kind="kabupaten",
                head_title="Bupati Tirta Wening",
                unit="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
                address="Jalan Alun-Alun Nomor 1",
                contact="bkpsdm@tirtawening.example",
                place="Tirta Wening",
                created_at=at("2020-01-01"),
            )
            writer.session.add(agency)
            writer.session.flush()
            self.agency_id = agency.id
            for key, (name, nip, rank, position) in PEOPLE.items():
                person = Person(
                    name=name,
                    nip=nip,
                    mail=f"{key}@tirtawening.example",
                    rank=rank,
                    position=position,
                    created_at=at("2020-01-01"),
                )
                writer.session.add(person)
                self.people[key] = person.id
            for key, title, level in (
                ("health", "Kepala Dinas Kesehatan", "pratama"),
                ("library", "Kepala Dinas Perpustakaan", "pratama"),
                ("bureau", "Kepala Bagian Umum", "administrator"),
            ):
                post = Post(agency_id=agency.id, title=title, unit=title, kind="head_of_agency", level=level)
                writer.session.add(post)
                self.posts[key] = post.id
            writer.session.flush()
            for who, role in AGENCY_ROLES.items():
                writer.session.add(self._in_agency(who, role, "2024-02-20"))

    # -- a contract year -----------------------------------------------------------------------------------------

    def contract_id(self, term_key: str, year: int) -> str:
        """The id of a term's contract."""
        return f"{term_key.partition('/')[2]}-{year}"

    def contract(self, term_key: str, year: int) -> str:
        """The case key of a term's contract."""
        return workflow_id(CaseKind.CONTRACT, self.contract_id(term_key, year))

    def save_annex(self, contract_id: str, when: datetime, annex: Annex | None = None) -> None:
        """Save the draft's annex on its present version."""
        version = self.rows(Contract, id=contract_id)[0].version
        with self.database.write() as writer:
            author = Author(self.people["official"])
            contracts.save_draft(writer, author, when, contract_id, annex or sample_annex(), version)

    def put_in_force(self, term_key: str, year: int, when: str) -> str:
        """Draft, issue and sign a year's contract; returns its case key."""
        contract_id, key = self.contract_id(term_key, year), self.contract(term_key, year)
        self.save_annex(contract_id, at(when))
        with self.database.write() as writer:
            document = contracts.issue_draft(writer, Author(self.people["official"]), at(when), contract_id)
        for who, role in (("official", Role.OFFICIAL), ("superior", Role.SUPERIOR)):
            self.act(key, "sign", who, role, at(when), version=1, sha256=document.inputs_sha256)
        return key

    def indicators(self, contract_id: str, number: int = 1) -> list[Indicator]:
        """The indicators of a version."""
        version = self.rows(ContractVersion, contract_id=contract_id, number=number)[0]
        return sorted(self.rows(Indicator, version_id=version.id), key=lambda i: i.position)

    def report(self, contract_id: str, quarter: int, when: datetime, values: tuple[str, ...], number: int = 1) -> None:
        """Report a quarter: one value an indicator, in order."""
        actuals = {
            i.id: contracts.Reported(v) for i, v in zip(self.indicators(contract_id, number), values, strict=True)
        }
        with self.database.write() as writer:
            author = Author(self.people["official"])
            contracts.submit_check_in(writer, author, when, contract_id, quarter, actuals)

    def verify(self, contract_key: str, quarter: int, when: datetime, rating: str = "below") -> Entry:
        """The superior verifies a quarter."""
        return self.act(
            contract_key, "verify_check_in", "superior", Role.SUPERIOR, when, quarter=quarter, rating=rating
        )


def sample_annex() -> Annex:
    """Two indicators, one of them on the budget, with targets for each quarter."""
    return Annex(
        (
            IndicatorDraft(
                "Meningkatnya derajat kesehatan",
                "Cakupan imunisasi dasar lengkap",
                "maximize",
                "90",
                "persen",
                ("20", "45", "70", "90"),
                Decimal(60),
            ),
            IndicatorDraft(
                "Meningkatnya akuntabilitas",
                "Penyerapan anggaran",
                "maximize",
                "95",
                "persen",
                ("15", "40", "70", "95"),
                Decimal(40),
            ),
        ),
        (BudgetLine("Program Pelayanan Kesehatan", "12.500.000.000", "APBD"),),
    )


def _kind(case_key: str) -> CaseKind:
    return CaseKind(case_key.partition("/")[0])


def cases_of(world: World, kind: CaseKind) -> list[Case]:
    """The cases of a kind on record."""
    return world.rows(Case, kind=kind)
