"""The demo's people: entered by the admin and the secretariat, signed up by themselves."""

from dataclasses import dataclass, field

from demo import sample
from demo.client import PASSWORD, Client
from demo.sample import Applicant, Someone
from records.accounts import Passwords
from records.bootstrap import create_admin
from stack import Stack

ADMIN = "pengelola@tirtawening.example"


@dataclass
class Cast:
    """Who is who: person ids and mail addresses by key."""

    client: Client
    agency: str = ""
    _ids: dict[str, str] = field(default_factory=dict)
    _mails: dict[str, str] = field(default_factory=dict)

    def person(self, key: str) -> str:
        """A person's id."""
        return self._ids[key]

    def mail(self, key: str) -> str:
        """A person's mail address, by which he signs in."""
        return self._mails[key]

    async def assemble(self, stack: Stack) -> None:
        """The admin's account by the operator; everything else by the admin, through the API."""
        cost = stack.settings.passwords
        passwords = Passwords(cost.time_cost, cost.memory_kib, cost.parallelism)
        with stack.services.database.write() as writer:
            create_admin(
                writer, passwords, name="Pengelola Sistem", mail=ADMIN, password=PASSWORD, at=stack.services.clock.now()
            )
        await self.enter_all()

    async def enter_all(self) -> None:
        """The agency, its people and their offices, entered by the admin."""
        await self.client.sign_in(ADMIN)
        made = await self.client.send("POST", "/agencies", ADMIN, json=dict(sample.AGENCY))
        self.agency = made["id"]
        for someone in (*sample.OFFICE, *sample.COMMITTEE, sample.SUBSTITUTE, *sample.ASSESSORS):
            await self._enter(someone)
        post = {"title": "Sekretaris Dinas Sosial", "unit": "Dinas Sosial", "kind": "other", "level": "administrator"}
        made = await self.client.send("POST", f"/agencies/{self.agency}/posts", ADMIN, json=post)
        self._ids["lower_post"] = made["id"]

    async def _enter(self, someone: Someone) -> None:
        body = {
            "name": someone.name,
            "mail": someone.mail,
            "nip": someone.nip or None,
            "rank": someone.rank,
            "position": someone.position,
            "password": PASSWORD,
        }
        made = await self.client.send("POST", "/people", ADMIN, json=body)
        self._ids[someone.key], self._mails[someone.key] = made["id"], someone.mail
        for role in someone.roles:
            await self._assign(someone, role, "agency", self.agency)
        await self.client.sign_in(someone.mail)

    async def _assign(self, someone: Someone, role: str, scope_kind: str, scope_id: str) -> None:
        body = {
            "person_id": self._ids[someone.key],
            "role": role,
            "scope_kind": scope_kind,
            "scope_id": scope_id,
            "kind": "definitive",
            "element": someone.element if role == "committee" else "",
            "position": someone.seat if role == "committee" else "",
            "basis": "800.1.2.6/101/KEP/2026",
        }
        await self.client.send("POST", f"/agencies/{self.agency}/assignments", ADMIN, json=body)

    async def seat_committee(self, selection_id: str) -> None:
        """The committee of a round, and its assessors."""
        for someone in sample.COMMITTEE:
            await self._assign(someone, "committee", "selection", selection_id)
        for someone in sample.ASSESSORS:
            await self._assign(someone, "assessor", "selection", selection_id)

    async def sign_up(self, applicant: Applicant) -> None:
        """A candidate makes his own account and signs in."""
        body = {
            "nip": applicant.nip,
            "name": applicant.name,
            "mail": applicant.mail,
            "birth_date": applicant.birth_date,
            "password": PASSWORD,
            "agency_id": self.agency,
        }
        await self.client.send("POST", "/accounts", json=body)
        self._ids[applicant.key] = await self.client.sign_in(applicant.mail)
        self._mails[applicant.key] = applicant.mail
