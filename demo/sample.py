"""Invented people and places for the demo; timetable, weights and requirements are shaped like published rounds.

Nobody here exists. Registration numbers follow the layout of a NIP and belong to nobody.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from domain.calendar import Calendar

AGENCY: Final = {
    "name": "Pemerintah Kabupaten Tirta Wening",
    "kind": "kabupaten",
    "head_title": "Bupati Tirta Wening",
    "unit": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "address": "Jalan Pandan Arum Nomor 7, Tirta Wening 59999",
    "contact": "Telepon (0299) 555 0147, surel seleksi@tirtawening.example",
    "place": "Tirta Wening",
    "zone": "Asia/Jakarta",
}


@dataclass(frozen=True)
class Someone:
    """A person with an account: who he is and what he holds."""

    key: str
    name: str
    rank: str = ""
    position: str = ""
    nip: str = ""
    roles: tuple[str, ...] = ()  # in the agency
    element: str = ""  # of the committee
    seat: str = ""  # chair, secretary or member of the committee

    @property
    def mail(self) -> str:
        """His mail address, in a domain that cannot exist."""
        return f"{self.key}@tirtawening.example"


OFFICE: Final = (
    Someone(
        "sekretariat", "Wulandari Kusumastuti", "III/d", "Kepala Bidang Mutasi", "198204152006042017", ("secretariat",)
    ),
    Someone("sekretariat2", "Yoga Adiputra", "III/c", "Analis Kepegawaian", "199006212014031009", ("secretariat",)),
    Someone("bupati", "Raden Arya Bimantara", "", "Bupati Tirta Wening", "", ("ppk",)),
    Someone("timkinerja", "Galuh Anindita", "IV/a", "Inspektur Pembantu", "197903082003122004", ("performance_team",)),
    Someone("pengawas", "Danu Prabaswara", "IV/a", "Auditor Manajemen ASN", "197711192002121006", ("observer",)),
)

COMMITTEE: Final = (
    Someone(
        "sekda", "Bagaskara Wirayudha", "IV/d", "Sekretaris Daerah", "196908121994031005", ("pyb",), "internal", "chair"
    ),
    Someone(
        "asisten",
        "Ratna Dewayani",
        "IV/c",
        "Asisten Administrasi Umum",
        "197105231996032008",
        (),
        "internal",
        "secretary",
    ),
    Someone(
        "dinasprov",
        "Hendra Lesmana Putra",
        "IV/c",
        "Kepala Biro Organisasi Provinsi",
        "197009171995031011",
        (),
        "related_agency",
        "member",
    ),
    Someone("akademisi1", "Paramitha Sekarwangi", "", "Guru Besar Administrasi Publik", "", (), "expert", "member"),
    Someone("akademisi2", "Teguh Samudra Jati", "", "Pakar Kebijakan Kesehatan", "", (), "expert", "member"),
)
SUBSTITUTE: Final = Someone("akademisi3", "Larasati Widyaningrum", "", "Pakar Transportasi", "", (), "expert", "member")

ASSESSORS: Final = (
    Someone("asesor1", "Fajar Nugraheni", "III/d", "Asesor SDM Aparatur", "198512032010122013", ()),
    Someone("asesor2", "Intan Pramesti", "IV/a", "Asesor SDM Aparatur", "198301272008012006", ()),
)

HEALTH: Final = {
    "title": "Kepala Dinas Kesehatan",
    "unit": "Dinas Kesehatan",
    "kind": "head_of_agency",
    "competencies": ["Manajerial tingkat 4", "Sosial kultural tingkat 4", "Teknis: kebijakan kesehatan"],
}
TRANSPORT: Final = {
    "title": "Kepala Dinas Perhubungan",
    "unit": "Dinas Perhubungan",
    "kind": "head_of_agency",
    "competencies": ["Manajerial tingkat 4", "Sosial kultural tingkat 4", "Teknis: transportasi"],
}
DOCUMENTS: Final[tuple[dict[str, Any], ...]] = (
    {"code": "application_letter", "title": "Surat lamaran", "required": True},
    {"code": "ppk_recommendation", "title": "Surat rekomendasi PPK", "required": True},
    {"code": "decree_last_post", "title": "SK jabatan terakhir", "required": True},
    {"code": "photo", "title": "Pas foto", "required": True},
)
WEIGHTS: Final = {"track_record": "20", "assessment": "25", "paper": "20", "interview": "35"}


@dataclass(frozen=True)
class Applicant:
    """An applicant: what he states, the scores he will get, and what happens to him."""

    key: str
    name: str
    nip: str
    birth_date: str
    post: str  # health | transport
    rank: str = "IV/b"
    education: str = "S2"
    feeder_from: str = "2019-02-01"
    experience_years: int = 12
    scores: tuple[int, int, int, int] = (75, 75, 75, 75)
    fate: str = ""  # too_old | too_junior | late | withdraws | after_extension
    ratings: dict[str, str] = field(default_factory=lambda: {"2024": "good", "2025": "good"})

    @property
    def mail(self) -> str:
        """His mail address, in a domain that cannot exist."""
        return f"{self.key}@pelamar.example"


APPLICANTS: Final = (
    Applicant("p01", "Kirana Mahadewi", "197804112003122003", "1978-04-11", "health", "IV/b", scores=(84, 81, 78, 86)),
    Applicant("p02", "Satrio Wibawanto", "197609302002121004", "1976-09-30", "health", "IV/b", scores=(80, 83, 80, 79)),
    Applicant(
        "p03", "Ayudia Prameswari", "198001052005012010", "1980-01-05", "health", "IV/a", scores=(77, 79, 84, 80)
    ),
    Applicant("p04", "Bimo Adhyaksa", "197512242000031005", "1975-12-24", "health", "IV/b", scores=(79, 72, 74, 73)),
    Applicant("p05", "Candra Wijayakusuma", "196804172001121002", "1968-04-17", "health", "IV/c", fate="too_old"),
    Applicant(
        "p06",
        "Dyah Puspaningtyas",
        "198807192012032006",
        "1988-07-19",
        "health",
        "IV/a",
        feeder_from="2026-01-05",
        fate="too_junior",
    ),
    Applicant("p07", "Endah Sulistyorini", "197702142002122005", "1977-02-14", "health", "IV/b", fate="withdraws"),
    Applicant("p08", "Farhan Kertapati", "197910102005011012", "1979-10-10", "health", "IV/a", fate="late"),
    Applicant(
        "p09", "Gilang Ramaditya", "197803252003121006", "1978-03-25", "transport", "IV/b", scores=(82, 80, 79, 84)
    ),
    Applicant(
        "p10", "Hesti Wulansari", "198105162006042011", "1981-05-16", "transport", "IV/a", scores=(76, 78, 75, 77)
    ),
    Applicant(
        "p11", "Ilham Baskoro Aji", "197611032001121003", "1976-11-03", "transport", "IV/b", scores=(78, 76, 81, 80)
    ),
    Applicant(
        "p12",
        "Jenar Kusumaningsih",
        "198208282007012007",
        "1982-08-28",
        "transport",
        "IV/a",
        scores=(74, 73, 77, 72),
        fate="after_extension",
    ),
    Applicant(
        "p13",
        "Krisna Atmajaya",
        "197707072002121008",
        "1977-07-07",
        "transport",
        "IV/b",
        scores=(73, 77, 70, 75),
        fate="after_extension",
    ),
    Applicant(
        "p14",
        "Lintang Maheswara",
        "199011222015031004",
        "1990-11-22",
        "transport",
        "III/d",
        education="S1",
        feeder_from="2025-09-01",
        fate="after_extension",
    ),
)


def requirements(closes: date) -> dict[str, Any]:
    """What both posts ask for, with the age counted on the expected inauguration date."""
    return {
        "max_age": 56,
        "age_reference": (closes + timedelta(days=75)).isoformat(),
        "min_rank": "IV/a",
        "experience_years": 5,
        "feeder_years": 2,
        "education": "S1",
    }


def timetable(calendar: Calendar, closes: date) -> list[dict[str, str]]:
    """A timetable of working days after the window, with room for one extension."""
    day = closes
    rows = []
    for step, wait, length in (
        ("screening_result", 9, 1),
        ("assessment", 3, 2),
        ("paper", 1, 1),
        ("interview", 5, 2),
        ("final_result", 4, 1),
        ("inauguration", 15, 1),
    ):
        start = calendar.add_working_days(day, wait)
        end = calendar.add_working_days(start, length - 1) if length > 1 else start
        rows.append({"step": step, "start": start.isoformat(), "end": end.isoformat()})
        day = end
    return rows


def window(calendar: Calendar, today: date) -> tuple[date, date]:
    """Opening on the second working day from now, closing 15 calendar days later or on the working day after."""
    opens = calendar.add_working_days(today, 2)
    return opens, calendar.next_working_day(opens + timedelta(days=15))


@dataclass(frozen=True)
class Goal:
    """An indicator of the contract year, with the actuals of its quarters."""

    objective: str
    name: str
    unit: str
    polarity: str
    target: str
    quarterly: tuple[str, ...]
    weight: str
    good: tuple[str, ...]
    poor: tuple[str, ...]
    previous_actual: str = ""


HEALTH_GOALS: Final = (
    Goal(
        "Meningkatnya derajat kesehatan masyarakat",
        "Persentase balita stunting",
        "persen",
        "minimize",
        "14",
        ("17", "16", "15", "14"),
        "40",
        ("16.5", "15.5", "14.6", "13.8"),
        ("20", "20.5", "21", "21.4"),
        "18",
    ),
    Goal(
        "Meningkatnya mutu pelayanan kesehatan",
        "Puskesmas terakreditasi paripurna",
        "unit",
        "maximize",
        "20",
        ("8", "12", "16", "20"),
        "35",
        ("9", "13", "17", "21"),
        ("5", "7", "9", "11"),
        "10",
    ),
    Goal(
        "Meningkatnya akuntabilitas keuangan",
        "Persentase penyerapan anggaran",
        "persen",
        "maximize",
        "95",
        ("20", "45", "70", "95"),
        "25",
        ("22", "48", "72", "96"),
        ("12", "28", "44", "61"),
        "93",
    ),
)
TRANSPORT_GOALS: Final = (
    Goal(
        "Meningkatnya keselamatan lalu lintas",
        "Jumlah kecelakaan di ruas kabupaten",
        "kejadian",
        "minimize",
        "120",
        ("30", "60", "90", "120"),
        "50",
        ("28", "55", "84", "112"),
        ("40", "82", "130", "171"),
        "131",
    ),
    Goal(
        "Meningkatnya akuntabilitas keuangan",
        "Persentase penyerapan anggaran",
        "persen",
        "maximize",
        "95",
        ("20", "45", "70", "95"),
        "50",
        ("23", "49", "73", "97"),
        ("12", "28", "44", "61"),
        "92",
    ),
)
BUDGET: Final = (
    {"programme": "Program pemenuhan upaya kesehatan masyarakat", "amount": "48750000000", "note": "APBD"},
    {"programme": "Program penunjang urusan pemerintahan daerah", "amount": "12300000000", "note": "APBD"},
)
