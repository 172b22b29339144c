"""The first half of the story: a round for two posts, from the draft to two inaugurations."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from demo import papers, sample
from demo.cast import Cast
from demo.sample import Applicant
from demo.telling import Chapter, Telling

_FEW: Final = 4  # requests of independent people at once


@dataclass
class Round:
    """The selection while it is told."""

    telling: Telling
    cast: Cast
    id: str = ""
    vacancies: dict[str, str] = field(default_factory=dict)  # health, transport: vacancy id
    applications: dict[str, str] = field(default_factory=dict)  # applicant key: application id
    closes: date = date.min

    @property
    def path(self) -> str:
        """The selection's path."""
        return f"/selections/{self.id}"

    def chapters(self) -> tuple[Chapter, ...]:
        """The steps, in order; the installation may stop and start between any two."""
        return (
            self.draft,
            self.publish,
            self.first_applications,
            self.windows_close,
            self.extension,
            self.screening,
            self.assessment,
            self.interview,
            self.shortlist,
            self.appointment,
        )

    # -- the plan ------------------------------------------------------------------------------------------------

    async def draft(self) -> None:
        """The secretariat drafts the round; lint says what the law forbids before anything is published."""
        say, client, office = self.telling.say, self.telling.client, self.cast.mail("sekretariat")
        say.chapter("Rencana seleksi", "The plan")
        opens, self.closes = sample.window(self.telling.calendar, self.telling.today)
        vacancies = [
            {
                **post,
                "requirements": sample.requirements(self.closes),
                "documents": list(sample.DOCUMENTS),
                "superior_id": self.cast.person("sekda"),
            }
            for post in (sample.HEALTH, sample.TRANSPORT)
        ]
        made = await client.send(
            "POST",
            "/selections",
            office,
            json={"title": f"Seleksi Terbuka JPT Pratama Kabupaten Tirta Wening {opens.year}", "vacancies": vacancies},
        )
        self.id = made["id"]
        self.vacancies = {
            key: next(v["id"] for v in made["vacancies"] if v["title"] == post["title"])
            for key, post in (("health", sample.HEALTH), ("transport", sample.TRANSPORT))
        }
        await self.cast.seat_committee(self.id)
        short = {"opens": opens.isoformat(), "closes": (opens + timedelta(days=9)).isoformat()}
        plan: dict[str, Any] = {
            "announcement": short,
            "timetable": sample.timetable(self.telling.calendar, self.closes),
            "weights": sample.WEIGHTS,
            "pass_marks": {"assessment": "68"},
            "tie_break": ["interview", "assessment", "paper", "track_record"],
            "applicants_minimum": 4,
            "approvals": {"plan_approval": "B-31415/R-AK.02.03/SD/K/2026"},
            "context": {"acting_head": False, "head_inaugurated_on": "2025-02-20"},
            "venue": "Aula Badan Kepegawaian, Jalan Pandan Arum Nomor 7",
        }
        edited = await self._edit(plan)
        for finding in (f for f in edited["findings"] if f["severity"] == "block"):
            say.line(f"lint: {finding['message']} [{finding['citation']}]", f"lint: {finding['message_en']}")
        plan["announcement"] = {"opens": opens.isoformat(), "closes": self.closes.isoformat()}
        edited = await self._edit(plan)
        blocks = [f for f in edited["findings"] if f["severity"] == "block"]
        say.line(
            f"Jadwal diperbaiki; temuan yang menghalangi: {len(blocks)}.", f"Mended; blocking findings: {len(blocks)}."
        )

    async def _edit(self, plan: dict[str, Any]) -> Any:
        client, office = self.telling.client, self.cast.mail("sekretariat")
        version = (await client.get(self.path, office))["version"]
        return await client.send("PATCH", self.path, office, json=plan, headers={"If-Match": f'"{version}"'})

    async def publish(self) -> None:
        """The announcement goes out."""
        await self.telling.client.act(f"{self.path}/publish", self.cast.mail("sekretariat"))
        self.telling.say.line(
            f"Diumumkan untuk dua jabatan; pendaftaran ditutup {self.telling.tanggal(self.closes)} pukul 23.59 WIB.",
            f"Announced for two posts; applications close on {self.closes}.",
        )
        opening = self.telling.calendar.start_of_day(sample.window(self.telling.calendar, self.telling.today)[0])
        await self.telling.move_to(opening + timedelta(hours=2))

    # -- applications --------------------------------------------------------------------------------------------

    async def first_applications(self) -> None:
        """Those who apply in the first window; one withdraws, one only leaves a draft."""
        say = self.telling.say
        say.chapter("Lamaran", "Applications")
        first = [a for a in sample.APPLICANTS if a.fate != "after_extension"]
        await self._together([self._apply(a, submit=a.fate != "late") for a in first])
        say.line(
            f"{len(first) - 1} lamaran masuk dengan tanda terima; satu masih konsep.", f"{len(first) - 1} submitted."
        )
        gone = next(a for a in first if a.fate == "withdraws")
        await self.telling.client.send("POST", f"/applications/{self.applications[gone.key]}/withdraw", gone.mail)
        say.line(f"{gone.name} menarik diri.", f"{gone.name} withdraws.")
        problem = await self.telling.client.refused(
            "POST",
            f"{self.path}/stages/announcement/advance",
            self.cast.mail("sekda"),
            vacancy_ids=[self.vacancies["health"]],
        )
        say.refusal(problem)

    async def _apply(self, applicant: Applicant, *, submit: bool = True) -> None:
        client = self.telling.client
        await self.cast.sign_up(applicant)
        vacancy = self.vacancies[applicant.post]
        made = await client.send(
            "POST", f"/vacancies/{vacancy}/applications", applicant.mail, json={"profile": papers.profile(applicant)}
        )
        self.applications[applicant.key] = made["id"]
        for document in sample.DOCUMENTS:
            file = papers.upload(applicant, document["code"], document["title"])
            await client.send(
                "PUT", f"/applications/{made['id']}/documents/{document['code']}", applicant.mail, files=file
            )
        if submit:
            await client.send("POST", f"/applications/{made['id']}/submit", applicant.mail)

    async def windows_close(self) -> None:
        """The window runs out on the workflow's clock; who comes late is told the deadline and the server's time."""
        say = self.telling.say
        await self.telling.move_to(self.telling.calendar.end_of_day(self.closes) + timedelta(seconds=1))
        late = next(a for a in sample.APPLICANTS if a.fate == "late")
        say.refusal(
            await self.telling.client.refused("POST", f"/applications/{self.applications[late.key]}/submit", late.mail)
        )
        round_ = await self.telling.client.get(self.path, self.cast.mail("sekretariat"))
        for lane in round_["lanes"]:
            say.line(
                f"{lane['title']}: {lane['applicants']} pelamar.", f"{lane['title']}: {lane['applicants']} applicants."
            )

    async def extension(self) -> None:
        """One post has too few applicants: it is extended, while the other goes on to screening."""
        say, client, chair = self.telling.say, self.telling.client, self.cast.mail("sekda")
        transport, health = self.vacancies["transport"], self.vacancies["health"]
        say.refusal(
            await client.refused("POST", f"{self.path}/stages/announcement/advance", chair, vacancy_ids=[transport])
        )
        await client.act(
            f"{self.path}/extend-vacancy",
            chair,
            vacancy_ids=[transport],
            reason="Jumlah pelamar belum mencapai jumlah minimal yang diumumkan.",
        )
        await client.act(f"{self.path}/stages/announcement/advance", chair, vacancy_ids=[health])
        say.line(
            "Dinas Perhubungan diperpanjang; Dinas Kesehatan lanjut ke seleksi administrasi.",
            "One extended, one goes on.",
        )
        late_ones = [a for a in sample.APPLICANTS if a.fate == "after_extension"]
        await self._together([self._apply(a) for a in late_ones])
        await client.act(
            f"{self.path}/suspend",
            self.cast.mail("sekretariat"),
            vacancy_ids=[transport],
            ground="outage",
            reason="Gangguan jaringan di pusat data kabupaten.",
        )
        await self.telling.move_by(timedelta(days=2))
        await client.act(f"{self.path}/resume", self.cast.mail("sekretariat"), vacancy_ids=[transport])
        say.line(
            "Dua hari gangguan jaringan: batas pendaftaran bergeser dua hari, semua diberi tahu.", "Two days' outage."
        )
        due = await self._window(transport)
        await self.telling.move_to(due + timedelta(seconds=1))
        await client.act(f"{self.path}/stages/announcement/advance", chair, vacancy_ids=[transport])

    async def _window(self, vacancy_id: str) -> datetime:
        round_ = await self.telling.client.get(self.path, self.cast.mail("sekretariat"))
        key = f"window/{vacancy_id}"
        return datetime.fromisoformat(next(d["due"] for d in round_["deadlines"] if d["key"] == key))

    # -- screening -----------------------------------------------------------------------------------------------

    async def screening(self) -> None:
        """Every requirement is computed with its article; two people confirm each; each applicant gets his reasons."""
        say, client, chair = self.telling.say, self.telling.client, self.cast.mail("sekda")
        say.chapter("Seleksi administrasi", "Screening")
        for verifier in ("sekretariat", "sekretariat2"):
            await self._verify(self.cast.mail(verifier))
        await client.act(f"{self.path}/stages/screening/announce-result", chair)
        for key in ("p05", "p06", "p14"):
            await self._tell_refused(key)
        await client.act(
            f"{self.path}/recuse",
            self.cast.mail("dinasprov"),
            person_id=self.cast.person("dinasprov"),
            application_id=self.applications["p02"],
            ground="family",
            reason="Hubungan semenda derajat kedua.",
        )
        say.line(
            "Seorang anggota panitia mundur untuk satu peserta karena hubungan keluarga.", "A member recuses himself."
        )
        for assessor in ("asesor1", "asesor2"):
            for component in ("track_record", "assessment", "paper"):
                await client.act(
                    f"{self.path}/assign",
                    self.cast.mail("sekretariat"),
                    component=component,
                    assessor_id=self.cast.person(assessor),
                )
        await client.act(f"{self.path}/stages/screening/advance", chair)

    async def _verify(self, verifier: str) -> None:
        """One verifier looks at everything; what the rules cannot compute, a person decides from the papers."""
        listed = await self.telling.client.get(f"{self.path}/screening", verifier)
        for application in listed["applications"]:
            checks = {row["requirement"]: papers.opinion(row) for row in application["requirements"]}
            path = f"/applications/{application['application_id']}/checks"
            await self.telling.client.send("PUT", path, verifier, json={"checks": checks})

    async def _tell_refused(self, key: str) -> None:
        applicant = next(a for a in sample.APPLICANTS if a.key == key)
        tracking = await self.telling.client.get(f"/applications/{self.applications[key]}/tracking", applicant.mail)
        for reason in papers.reasons(tracking):
            self.telling.say.line(f"{applicant.name} tidak lulus: {reason}", f"{applicant.name} failed: {reason}")

    # -- scores --------------------------------------------------------------------------------------------------

    async def assessment(self) -> None:
        """Sealed sheets of two assessors for each component; the seals open together."""
        say = self.telling.say
        say.chapter("Seleksi kompetensi", "Assessment")
        await self.telling.client.act(
            f"{self.path}/replace-member",
            self.cast.mail("bupati"),
            outgoing_id=self.cast.person("akademisi2"),
            incoming_id=self.cast.person("akademisi3"),
            element="expert",
            basis="800.1.2.6/412/KEP/2026",
            reason="Anggota lama ditugaskan di luar negeri.",
        )
        await self._to_step("assessment")
        await self._score(("asesor1",), first=True)
        say.refusal(
            await self.telling.client.refused(
                "POST", f"{self.path}/stages/assessment/open-seals", self.cast.mail("sekda")
            )
        )
        await self._score(("asesor2",))
        await self._finish_stage("assessment")

    async def interview(self) -> None:
        """The five members' sealed sheets."""
        self.telling.say.chapter("Wawancara akhir", "Interview")
        await self._to_step("interview")
        await self._score(("sekda", "asisten", "dinasprov", "akademisi1", "akademisi3"))
        await self._finish_stage("interview")

    async def _to_step(self, step: str) -> None:
        """Go on to the published date of a step."""
        shown = await self.telling.client.get(self.path, self.cast.mail("sekretariat"))
        planned = next(r for r in shown["timetable"] if r["step"] == step)
        await self.telling.move_to_day(date.fromisoformat(planned["start"]))

    async def _finish_stage(self, stage: str) -> None:
        client, chair = self.telling.client, self.cast.mail("sekda")
        for act in ("open-seals", "announce-result", "advance"):
            await client.act(f"{self.path}/stages/{stage}/{act}", chair)
        self.telling.say.line("Segel dibuka bersama, hasil diumumkan kepada setiap peserta.", "Seals opened together.")

    async def _score(self, judges: tuple[str, ...], *, first: bool = False) -> None:
        for judge in judges:
            mail = self.cast.mail(judge)
            sheets = await self.telling.client.get("/me/sheets", mail)
            spread = 1 if first else -1
            shift = spread if judge.startswith("ase") else len(judge) % 3 - 1
            for duty in (s for s in sheets["sheets"] if not s["recused"] and not s["sealed"]):
                await self._seal(mail, duty, shift)

    async def _seal(self, judge: str, duty: dict[str, Any], shift: int) -> None:
        key = next(k for k, v in self.applications.items() if v == duty["application_id"])
        applicant = next(a for a in sample.APPLICANTS if a.key == key)
        place = list(sample.WEIGHTS).index(duty["component"])
        path = f"/applications/{duty['application_id']}"
        if not duty["declared"]:
            await self.telling.client.send("POST", f"{path}/conflict-declarations", judge, json={"none": True})
        body = {"score": f"{applicant.scores[place] + shift}.50"}
        await self.telling.client.send("PUT", f"{path}/sheets/{duty['component']}", judge, json=body)

    # -- the post ------------------------------------------------------------------------------------------------

    async def shortlist(self) -> None:
        """Minutes signed by all, three names to the PPK."""
        say, client = self.telling.say, self.telling.client
        say.chapter("Tiga besar", "The three names")
        round_ = await client.get(self.path, self.cast.mail("sekda"))
        for lane in round_["lanes"]:
            minutes = await client.get(f"/documents/{lane['minutes']}", self.cast.mail("sekda"))
            for member in ("sekda", "asisten", "dinasprov", "akademisi1", "akademisi3"):
                await client.act(
                    f"{self.path}/sign-minutes",
                    self.cast.mail(member),
                    vacancy_ids=[lane["vacancy_id"]],
                    document_id=minutes["id"],
                    sha256=minutes["inputs_sha256"],
                )
        await client.act(f"{self.path}/submit-shortlist", self.cast.mail("sekda"))
        say.line(
            "Berita acara ditandatangani kelima anggota; tiga nama disampaikan lewat PyB kepada PPK.",
            "Signed by all five.",
        )

    async def appointment(self) -> None:
        """The choice, the clearance, the decree and the inauguration, twice."""
        client, ppk, office = self.telling.client, self.cast.mail("bupati"), self.cast.mail("sekretariat")
        say = self.telling.say
        say.chapter("Pengangkatan", "Appointment")
        say.refusal(
            await client.refused(
                "POST",
                f"{self.path}/choose",
                ppk,
                vacancy_ids=[self.vacancies["health"]],
                application_id=self.applications["p04"],
                reason="Pilihan di luar tiga nama.",
            )
        )
        for post, key in (("health", "p01"), ("transport", "p09")):
            await client.act(
                f"{self.path}/choose",
                ppk,
                vacancy_ids=[self.vacancies[post]],
                application_id=self.applications[key],
                reason="Nilai tertinggi dan pengalaman memimpin unit sejenis.",
            )
        say.refusal(
            await client.refused("POST", f"{self.path}/issue-decree", ppk, vacancy_ids=[self.vacancies["health"]])
        )
        await self.telling.move_to_day(self.telling.calendar.add_working_days(self.telling.today, 5), hour=10)
        await client.act(
            f"{self.path}/record-clearance",
            office,
            kind="appointment",
            number="B-27182/R-AK.02.03/SD/F/2027",
            issued_on=self.telling.today.isoformat(),
        )
        for post, key in (("health", "p01"), ("transport", "p09")):
            await self._appoint(post, key)

    async def _appoint(self, post: str, key: str) -> None:
        client = self.telling.client
        vacancy = self.vacancies[post]
        await client.act(f"{self.path}/issue-decree", self.cast.mail("bupati"), vacancy_ids=[vacancy])
        await client.act(
            f"{self.path}/record-inauguration",
            self.cast.mail("sekretariat"),
            vacancy_ids=[vacancy],
            inaugurated_on=self.telling.today.isoformat(),
            officiant_id=self.cast.person("bupati"),
            witness_ids=[self.cast.person("asisten"), self.cast.person("dinasprov")],
            oath="islam",
        )
        applicant = next(a for a in sample.APPLICANTS if a.key == key)
        self.telling.say.line(f"{applicant.name} dilantik.", f"{applicant.name} is inaugurated.")

    async def _together(self, steps: list[Any]) -> None:
        gate = asyncio.Semaphore(_FEW)

        async def one(step: Any) -> None:
            async with gate:
                await step

        async with asyncio.TaskGroup() as group:
            for step in steps:
                group.create_task(one(step))
