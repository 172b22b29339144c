"""What a selection plan holds, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.eligibility.record import CivilStatus, PositionKind
from domain.grades import Education
from domain.words import CommitteePosition, Component, Element, Rating, VacancyKind


class PlanError(ValueError):
    """A plan cannot be read; `path` names the place and `message` what is wrong there."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class AgencyKind(StrEnum):
    """A kind of agency; the first three have a head of region."""

    KABUPATEN = "kabupaten"
    KOTA = "kota"
    PROVINSI = "provinsi"
    KEMENTERIAN = "kementerian"
    LEMBAGA = "lembaga"

    @property
    def regional(self) -> bool:
        """Whether a head of region leads it."""
        return self in (AgencyKind.KABUPATEN, AgencyKind.KOTA, AgencyKind.PROVINSI)


class Level(StrEnum):
    """The level of the vacant posts (PP 11/2017 Pasal 107)."""

    UTAMA = "utama"
    MADYA = "madya"
    PRATAMA = "pratama"


class FillingRoute(StrEnum):
    """How the posts are filled; only the first is an open selection."""

    SELTER = "selter"  # seleksi terbuka
    TALENTA = "talenta"  # manajemen talenta (PP 11/2017 Pasal 134)
    MUTASI_UKOM = "mutasi_ukom"  # mutasi melalui uji kompetensi (Pasal 131-132)
    PENATAAN = "penataan"  # penataan organisasi (Pasal 130)


class Scope(StrEnum):
    """From where applicants may come."""

    NATIONAL = "national"
    PROVINCE = "province"  # the province and its kabupaten and kota
    REGION = "region"  # the kabupaten or kota alone
    AGENCY = "agency"  # one's own instansi alone


class Medium(StrEnum):
    """Where the announcement is published (PP 11/2017 Pasal 117 ayat (1))."""

    PRINT = "print"  # media cetak nasional
    ELECTRONIC = "electronic"
    NOTICE_BOARD = "notice_board"


class Relation(StrEnum):
    """What binds a committee member to somebody; step and adopted relatives count as the others do."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"  # a spouse's sibling, a sibling's spouse
    PARENT_SIBLING = "parent_sibling"  # paman, bibi
    SIBLING_CHILD = "sibling_child"  # kemenakan: the same tie seen from the other end
    COUSIN = "cousin"
    OTHER = "other"


class PlanStage(StrEnum):
    """A dated step of the timetable, roughly in the order of the process; `domain.checks.order` says what is fixed."""

    PLAN_APPROVAL = "plan_approval"
    HOME_AFFAIRS_CONSENT = "home_affairs_consent"
    ANNOUNCEMENT = "announcement"
    REGISTRATION = "registration"
    EXTENSION = "extension"
    DOCUMENT_CHECK = "document_check"
    TRACK_RECORD = "track_record"
    SCREENING_RESULT = "screening_result"
    ASSESSMENT = "assessment"
    ASSESSMENT_RESULT = "assessment_result"
    PAPER = "paper"
    HEALTH = "health"
    PSYCH_TEST = "psych_test"
    INTERVIEW = "interview"
    OBJECTION = "objection"
    TOP_THREE = "top_three"
    SUPERVISOR_REPORT = "supervisor_report"
    FINAL_RESULT = "final_result"
    PPK_REPORT = "ppk_report"
    CHOICE = "choice"
    CONSULTATION = "consultation"
    RECOMMENDATION = "recommendation"
    DECREE = "decree"
    INAUGURATION = "inauguration"
    OTHER = "other"


TITLES: Final[Mapping[PlanStage, str]] = MappingProxyType(
    {
        PlanStage.PLAN_APPROVAL: "Persetujuan rencana seleksi",
        PlanStage.HOME_AFFAIRS_CONSENT: "Persetujuan Menteri Dalam Negeri",
        PlanStage.ANNOUNCEMENT: "Pengumuman",
        PlanStage.REGISTRATION: "Pendaftaran",
        PlanStage.EXTENSION: "Perpanjangan pendaftaran",
        PlanStage.DOCUMENT_CHECK: "Pemeriksaan berkas",
        PlanStage.TRACK_RECORD: "Penelusuran rekam jejak",
        PlanStage.SCREENING_RESULT: "Pengumuman hasil seleksi administrasi",
        PlanStage.ASSESSMENT: "Asesmen kompetensi",
        PlanStage.ASSESSMENT_RESULT: "Pengumuman hasil asesmen",
        PlanStage.PAPER: "Penulisan makalah",
        PlanStage.HEALTH: "Tes kesehatan",
        PlanStage.PSYCH_TEST: "Tes kejiwaan",
        PlanStage.INTERVIEW: "Wawancara akhir",
        PlanStage.OBJECTION: "Masa sanggah",
        PlanStage.TOP_THREE: "Penetapan tiga besar",
        PlanStage.SUPERVISOR_REPORT: "Penyampaian tiga nama kepada pengawas",
        PlanStage.FINAL_RESULT: "Pengumuman hasil akhir",
        PlanStage.PPK_REPORT: "Penyampaian tiga nama kepada PPK",
        PlanStage.CHOICE: "Pemilihan satu nama oleh PPK",
        PlanStage.CONSULTATION: "Koordinasi dan konsultasi",
        PlanStage.RECOMMENDATION: "Rekomendasi pelantikan",
        PlanStage.DECREE: "Penetapan keputusan pengangkatan",
        PlanStage.INAUGURATION: "Pelantikan",
        PlanStage.OTHER: "Tahap lain",
    }
)
"""What Indonesian letters and pages call a step."""


@dataclass(frozen=True)
class PlannedVacancy:
    """A vacant post."""

    title: str
    kind: VacancyKind = VacancyKind.OTHER


@dataclass(frozen=True)
class PlannedAnnouncement:
    """The window of applications and what is published: `opens` is the day of publication, `closes` the last day.

    Attributes:
        scope: from where applicants may come.
        contents: the parts of PP 11/2017 Pasal 117 ayat (4) that the announcement holds.
        signer: who signs, as in the rule `announcement.signers`.
        media: where it is published.
    """

    opens: date | None = None
    closes: date | None = None
    scope: Scope | None = None
    contents: tuple[str, ...] | None = None
    signer: str | None = None
    media: tuple[Medium, ...] | None = None


@dataclass(frozen=True)
class PlannedStage:
    """A step with its first and last day; None where the plan leaves them open."""

    stage: PlanStage
    start: date | None
    end: date | None


@dataclass(frozen=True)
class PlannedKin:
    """A tie to somebody; without a relation it counts as forbidden."""

    of: str
    relation: Relation | None = None


@dataclass(frozen=True)
class PlannedMember:
    """A committee member; None where the plan does not say."""

    name: str
    element: Element
    role: CommitteePosition | None = None
    party_member: bool | None = None
    kin_of: tuple[PlannedKin, ...] = ()
    supervisor_staff: bool | None = None


@dataclass(frozen=True)
class PlannedRequirements:
    """What applicants must fulfil; None where the plan does not say."""

    max_age: int | None = None
    age_reference: date | None = None
    min_rank: str | None = None
    experience_years: int | None = None
    feeder_years: int | None = None
    education: Education | None = None
    feeder_posts: tuple[PositionKind, ...] | None = None
    open_to: tuple[CivilStatus, ...] | None = None
    min_rating: Rating | None = None
    clean_discipline_years: int | None = None
    min_remaining_service_months: int | None = None
    documents: tuple[str, ...] | None = None  # codes of those that applicants must upload


@dataclass(frozen=True)
class PlannedResults:
    """What is done with the results; None where the plan does not say."""

    cross_use: bool | None = None
    names_per_post: int | None = None


@dataclass(frozen=True)
class Approvals:
    """Numbers of the letters; `stated` holds the keys that the plan has, be it with null."""

    plan_approval: str | None = None
    home_affairs_consent: str | None = None
    supervisor_consideration: str | None = None
    talent_approval: str | None = None
    governor_coordination: str | None = None
    dprd_consultation: str | None = None
    stated: frozenset[str] = frozenset()

    def number(self, key: str) -> str | None:
        """The number of the letter of that key; None where there is none, or no such key."""
        return getattr(self, key) or None if key in self.stated else None


@dataclass(frozen=True)
class Context:
    """Who heads the region and since when: it decides whether a restriction window applies."""

    acting_head: bool = False
    head_inaugurated_on: date | None = None
    next_candidacy_determination: date | None = None


@dataclass(frozen=True)
class Plan:
    """A selection plan; parts that are absent are None."""

    agency: str | None = None
    agency_kind: AgencyKind | None = None
    level: Level | None = None
    ruleset: str | None = None
    filling_route: FillingRoute | None = None
    vacancies: tuple[PlannedVacancy, ...] | None = None
    announcement: PlannedAnnouncement | None = None
    extensions: tuple[date, ...] | None = None
    stages: tuple[PlannedStage, ...] | None = None
    weights: Mapping[Component, Decimal] | None = None
    committee: tuple[PlannedMember, ...] | None = None
    requirements: PlannedRequirements | None = None
    applicants_minimum: int | None = None
    results: PlannedResults | None = None
    approvals: Approvals | None = None
    context: Context | None = None

    @property
    def opens(self) -> date | None:
        """The day of publication, on which the rule set depends."""
        return self.announcement.opens if self.announcement else None

    @property
    def closes(self) -> date | None:
        """The last day of applications as first announced."""
        return self.announcement.closes if self.announcement else None

    @property
    def governing_day(self) -> date | None:
        """The day whose law governs the plan: that of publication, or the first one known."""
        return self.opens or min(self.dates(), default=None)

    def dates(self) -> tuple[date, ...]:
        """Every date of the window, its extensions and the timetable."""
        window = (self.opens, self.closes, *(self.extensions or ()))
        steps = [day for step in self.stages or () for day in (step.start, step.end)]
        return tuple(day for day in (*window, *steps) if day is not None)
