"""The second half of the story: contract years, a review, and the vacancy that it leaves."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo import sample
from demo.cast import Cast
from demo.round import Round
from demo.sample import Goal
from demo.telling import Chapter, Telling

_DAY = timedelta(days=1)


@dataclass
class Tenure:
    """One official's years in post."""

    telling: Telling
    cast: Cast
    key: str  # the official
    superior: str
    goals: tuple[Goal, ...]
    term: str

    def contract(self, year: int) -> str:
        """The path of a contract year."""
        return f"/contracts/{self.term}-{year}"

    @property
    def official(self) -> str:
        """The official's mail address."""
        return self.cast.mail(self.key)

    @property
    def boss(self) -> str:
        """The superior's mail address."""
        return self.cast.mail(self.superior)

    async def agree(self, year: int) -> None:
        """Draft, document, both signatures."""
        client, path = self.telling.client, self.contract(year)
        version = (await client.appears(path, self.official))["version"]
        body = {"indicators": [_indicator(g) for g in self.goals], "budget": list(sample.BUDGET)}
        await client.send("PUT", f"{path}/draft", self.official, json=body, headers={"If-Match": f'"{version}"'})
        await client.send("POST", f"{path}/issue", self.official)
        version = (await client.get(path, self.official))["versions"][-1]
        for party in (self.official, self.boss):
            await client.act(f"{path}/sign", party, version=version["number"], sha256=version["sha256"])

    async def report(self, year: int, quarter: int, values: tuple[str, ...]) -> Any:
        """A quarter's actuals by the official, verified by the superior."""
        client, path = self.telling.client, self.contract(year)
        shown = await client.get(path, self.official)
        actuals = [
            {"indicator_id": i["id"], "value": v, "evidence": "Laporan kinerja triwulan"}
            for i, v in zip(shown["versions"][-1]["indicators"], values, strict=True)
        ]
        check_in = f"{path}/check-ins/{year}-Q{quarter}"
        await client.send("PUT", check_in, self.official, json={"actuals": actuals})
        rating = "as_expected" if values == tuple(g.good[quarter - 1] for g in self.goals) else "below"
        return await client.act(f"{path}/verify-check-in", self.boss, quarter=quarter, rating=rating)

    async def year(self, year: int, first_quarter: int, *, good: bool) -> None:
        """A contract year, quarter by quarter, to its rating."""
        for quarter in range(first_quarter, 5):
            end = date(year + quarter // 4, quarter % 4 * 3 + 1, 5)
            await self.telling.move_to_day(end)
            values = tuple((g.good if good else g.poor)[quarter - 1] for g in self.goals)
            await self.report(year, quarter, values)

    async def rate(self, year: int, results: str, behaviour: str, reason: str) -> None:
        """The superior rates the year."""
        await self.telling.client.act(
            f"{self.contract(year)}/rate", self.boss, results=results, behaviour=behaviour, reason=reason
        )

    async def finalise(self, year: int) -> None:
        """The rating becomes final when nobody objects in time, or when the objection is decided."""
        await self.telling.client.act(f"{self.contract(year)}/finalise", self.boss)


def _indicator(goal: Goal) -> dict[str, Any]:
    return {
        "objective": goal.objective,
        "name": goal.name,
        "unit": goal.unit,
        "polarity": goal.polarity,
        "target": goal.target,
        "quarterly": list(goal.quarterly),
        "weight": goal.weight,
        "data_source": "Laporan perangkat daerah",
        "previous_actual": goal.previous_actual,
    }


@dataclass
class Years:
    """Both officials' years, and the review of one."""

    telling: Telling
    cast: Cast
    round: Round
    health: Tenure
    transport: Tenure
    first_year: int

    def chapters(self) -> tuple[Chapter, ...]:
        """The steps, in order; the installation may stop and start between any two."""
        return (self.first, self.second, self.improvement, self.retest, self.decision, self.execution)

    async def first(self) -> None:
        """The first, partial year: a bad one is an early warning, no more."""
        say = self.telling.say
        say.chapter("Perjanjian kinerja tahun pertama", "The first contract")
        year, quarter = self.first_year, self._first_quarter()
        for tenure in (self.health, self.transport):
            await tenure.agree(year)
        say.line("Perjanjian kinerja dibuat, dikirim dan ditandatangani kedua pihak.", "Contracts signed.")
        for q in range(quarter, 5):
            await self.telling.move_to_day(date(year + q // 4, q % 4 * 3 + 1, 5))
            await self.health.report(year, q, tuple(g.poor[q - 1] for g in self.health.goals))
            await self.transport.report(year, q, tuple(g.good[q - 1] for g in self.transport.goals))
        say.line("Capaian Dinas Kesehatan jauh di bawah target: peringatan dini terkirim.", "An early warning is sent.")
        await self._close_year(year, objected=False)
        say.line("Tahun pertama belum dua belas bulan: tidak ada evaluasi jabatan yang dibuka.", "No review opens.")

    def _first_quarter(self) -> int:
        """Check-ins are only for quarters begun in post."""
        today = self.telling.today
        begun = (today.month - 1) // 3 + 1
        return begun if (today.month, today.day) == (begun * 3 - 2, 1) else begun + 1

    async def second(self) -> None:
        """The second, whole year is missed as well; the official objects and is heard."""
        say = self.telling.say
        year = self.first_year + 1
        say.chapter("Tahun kedua", "The second year")
        for tenure in (self.health, self.transport):
            await tenure.agree(year)
        for q in range(1, 5):
            await self.telling.move_to_day(date(year + q // 4, q % 4 * 3 + 1, 5))
            await self.health.report(year, q, tuple(g.poor[q - 1] for g in self.health.goals))
            await self.transport.report(year, q, tuple(g.good[q - 1] for g in self.transport.goals))
        await self._close_year(year, objected=True)
        for tenure in (self.health, self.transport):
            await tenure.agree(year + 1)

    async def _close_year(self, year: int, *, objected: bool) -> None:
        client, say = self.telling.client, self.telling.say
        await self.health.rate(year, "below", "as_expected", "Sebagian besar target tidak tercapai.")
        await self.transport.rate(year, "as_expected", "as_expected", "Target tercapai.")
        if objected:
            await client.act(
                f"{self.health.contract(year)}/object",
                self.health.official,
                reason="Target stunting dipengaruhi keterlambatan anggaran provinsi.",
            )
            say.line("Pejabat mengajukan keberatan atas penilaian.", "The official objects to the rating.")
            await self.telling.move_by(5 * _DAY)
            await client.act(
                f"{self.health.contract(year)}/decide-objection",
                self.cast.mail("bupati"),
                outcome="rejected",
                reason="Data pendukung menunjukkan anggaran tersedia sejak Februari.",
            )
            say.line(
                "Keberatan diputus atasan pejabat penilai: ditolak, dengan alasan tertulis.",
                "It is rejected, with reasons.",
            )
        await self.telling.move_by(15 * _DAY)
        for tenure in (self.health, self.transport):
            await tenure.finalise(year)

    # -- the review ----------------------------------------------------------------------------------------------

    @property
    def _path(self) -> str:
        return f"/reviews/{self.health.term}-{self.first_year + 1}"

    async def _deliver(self, kind: str) -> None:
        """A letter reaches the official; clocks start here."""
        office = self.cast.mail("sekretariat")
        listed = await self.telling.client.get(
            f"/documents?case=review/{self.health.term}-{self.first_year + 1}", office
        )
        document = next(d for d in listed["items"] if d["kind"] == kind)
        await self.telling.client.act(
            f"{self._path}/confirm-delivery",
            office,
            document_id=document["id"],
            method="hand",
            delivered_on=self.telling.today.isoformat(),
            refused=False,
            proof="Tanda terima 417/2029",
        )

    async def improvement(self) -> None:
        """Gates 4 to 6: the notice, the plan, six months of coaching, the evaluation."""
        self.telling.say.chapter("Evaluasi jabatan", "The review")
        client, say = self.telling.client, self.telling.say
        say.refusal(
            await client.refused(
                "POST",
                f"{self._path}/decide",
                self.cast.mail("bupati"),
                outcome="lower_post",
                target_post_id=self.cast.person("lower_post"),
                reason="Langsung diturunkan.",
            )
        )
        await client.act(f"{self._path}/notify", self.health.boss)
        await self._deliver("improvement_notice")
        plan = await client.send(
            "POST",
            f"{self._path}/plan",
            self.health.boss,
            json={"text": "Pendampingan mingguan intervensi stunting dan percepatan akreditasi puskesmas."},
        )
        today = self.telling.today
        dates = [self._next_month(today, n) for n in range(1, 6)]
        await client.act(
            f"{self._path}/set-plan",
            self.health.boss,
            plan_id=plan["plan_id"],
            coaching_dates=[d.isoformat() for d in dates],
        )
        say.line(
            "Masa perbaikan enam bulan dimulai sejak surat diterima.", "Six months of improvement begin at delivery."
        )
        for day in dates:
            await self.telling.move_to_day(day)
            await client.send(
                "PUT",
                f"{self._path}/check-ins/{day.year}-{day.month:02d}",
                self.health.boss,
                json={"note": "Capaian bulan ini belum bergerak.", "feedback": "Perkuat kader posyandu."},
            )
        say.refusal(
            await client.refused(
                "POST", f"{self._path}/evaluate", self.health.boss, improved=False, reason="Belum waktunya."
            )
        )
        await self.telling.move_to_day(self._next_month(today, 6) + 3 * _DAY)
        await client.act(f"{self._path}/evaluate", self.health.boss, improved=False, reason="Indikator tidak membaik.")
        say.line("Enam bulan berlalu: tidak membaik.", "Six months on: no improvement.")

    @staticmethod
    def _next_month(day: date, count: int) -> date:
        month = day.month - 1 + count
        return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))

    async def retest(self) -> None:
        """Gates 7 and 8: the retest, the team's opinion, the PyB's proposal."""
        client, office = self.telling.client, self.cast.mail("sekretariat")
        await self.telling.move_by(10 * _DAY)
        await client.act(
            f"{self._path}/record-retest",
            office,
            accreditation="AKR-0457/BKN/2027",
            held_on=self.telling.today.isoformat(),
            fit_for_post=False,
            score="61.50",
        )
        await client.act(
            f"{self._path}/record-opinion",
            self.cast.mail("timkinerja"),
            number="700/88/TPK/2029",
            opinion="lower_post",
            reason="Kompetensi sesuai jabatan administrator.",
        )
        await client.act(
            f"{self._path}/propose",
            self.cast.mail("sekda"),
            number="800.1.3/19/SETDA/2029",
            proposal="lower_post",
            alternatives=["stay", "lateral_move"],
            reason="Dua pilihan lain dipertimbangkan dan tidak sesuai hasil uji.",
        )
        self.telling.say.line(
            "Uji kompetensi, pertimbangan tim, usul PyB dengan pilihan lain yang ditimbang.",
            "Retest, opinion, proposal.",
        )

    async def decision(self) -> None:
        """Gates 9 to 11: notice and hearing, clearance, the PPK's decision."""
        client, office, say = self.telling.client, self.cast.mail("sekretariat"), self.telling.say
        hearing = self.telling.calendar.add_working_days(self.telling.today, 7)
        hearing_at = self.telling.calendar.start_of_day(hearing) + timedelta(hours=9)
        await client.act(f"{self._path}/notice-hearing", office, hearing_at=hearing_at.isoformat())
        await self._deliver("hearing_notice")
        await self.telling.move_to_day(hearing, 12)
        await client.act(
            f"{self._path}/record-hearing",
            office,
            held_on=hearing.isoformat(),
            attended=True,
            reason="Pejabat hadir dan menyampaikan tanggapan; berita acara terlampir.",
        )
        await client.act(
            f"{self._path}/record-clearance",
            office,
            kind="replacement",
            number="B-9912/R-AK.02.03/SD/F/2029",
            issued_on=self.telling.today.isoformat(),
        )
        say.refusal(
            await client.refused(
                "POST",
                f"{self._path}/decide",
                self.cast.mail("bupati"),
                outcome="lower_post",
                target_post_id=self.cast.person("lower_post"),
                reason="Sebelum sepuluh hari kerja.",
            )
        )
        earliest = self.telling.calendar.add_working_days(hearing, 5)
        await self.telling.move_to_day(earliest)
        await client.act(
            f"{self._path}/decide",
            self.cast.mail("bupati"),
            outcome="lower_post",
            target_post_id=self.cast.person("lower_post"),
            reason="Target dua tahun tidak tercapai dan tidak membaik.",
        )
        say.line(
            "PPK menetapkan: jabatan setingkat lebih rendah, dengan alasan dan semua bukti.",
            "The PPK decides: a lower post.",
        )
        await self._deliver("review_decision")

    async def execution(self) -> None:
        """The decision is carried out, and the post it leaves opens the next round."""
        client, office, say = self.telling.client, self.cast.mail("sekretariat"), self.telling.say
        await self.telling.move_by(25 * _DAY)
        await client.act(f"{self._path}/execute", office, effective_on=self.telling.today.isoformat())
        say.line("Keputusan dilaksanakan; tidak ada hari tanpa jabatan.", "Carried out; not a day without a post.")
        listed = await client.get("/selections", office)
        draft = next(s for s in listed["items"] if s["stage"] == "draft")
        say.line(
            f"Jabatan yang lowong melahirkan rancangan seleksi baru: {draft['title']}.",
            f"A new draft: {draft['title']}.",
        )
