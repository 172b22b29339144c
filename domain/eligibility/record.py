"""What screening reads and what it says: an applicant's record, a vacancy's requirements, a result for each."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from domain.grades import Education
from domain.nip import Sex
from domain.rules import Confidence
from domain.words import Rating, VacancyKind, Verdict


class PositionKind(StrEnum):
    """A kind of position that counts, or does not, as a feeder (PP 11/2017 Pasal 107)."""

    JPT_UTAMA = "jpt_utama"
    JPT_MADYA = "jpt_madya"
    JPT_PRATAMA = "jpt_pratama"
    ADMINISTRATOR = "administrator"  # eselon III
    PENGAWAS = "pengawas"  # eselon IV
    JF_AHLI_UTAMA = "jf_ahli_utama"
    JF_AHLI_MADYA = "jf_ahli_madya"
    JF_AHLI_MUDA = "jf_ahli_muda"
    JF_AHLI_PERTAMA = "jf_ahli_pertama"
    OTHER = "other"


class CivilStatus(StrEnum):
    """On what footing somebody applies (PP 11/2017 Pasal 106-111 and 147-159)."""

    PNS = "pns"
    NON_PNS = "non_pns"  # PPPK among them
    TNI_POLRI_RESIGNED = "tni_polri_resigned"
    TNI_POLRI_ACTIVE = "tni_polri_active"


class Training(IntEnum):
    """Leadership training (pelatihan kepemimpinan) in order; the older name stands equal to the newer."""

    PKP = 1  # PIM IV
    PKA = 2  # PIM III
    PKN_II = 3  # PIM II
    PKN_I = 4  # PIM I

    @property
    def label(self) -> str:
        """As announcements write it, under both names."""
        return _TRAININGS[self]


_TRAININGS: Final = {
    Training.PKP: "PKP/Diklatpim IV",
    Training.PKA: "PKA/Diklatpim III",
    Training.PKN_II: "PKN tingkat II/Diklatpim II",
    Training.PKN_I: "PKN tingkat I/Diklatpim I",
}


@dataclass(frozen=True)
class Position:
    """A position held from a date to another, both included; `until` is None while it is held.

    An acting position (plt, plh) is not definitive and does not count. `related` says whether it belongs to the field
    of the vacant post; None where nobody said.
    """

    kind: PositionKind
    held_from: date
    held_until: date | None = None
    definitive: bool = True
    related: bool | None = None

    @property
    def is_reversed(self) -> bool:
        """Whether it ends before it begins, so that one of its dates must be wrong."""
        return self.held_until is not None and self.held_until < self.held_from

    def held_on(self, day: date) -> bool:
        """Whether it was held on that local date."""
        return self.held_from <= day and (self.held_until is None or day <= self.held_until)


@dataclass(frozen=True)
class Discipline:
    """A disciplinary penalty: its level (`ringan`, `sedang`, `berat`), its date, whether the case is still open."""

    level: str
    decided_on: date | None = None
    pending: bool = False


@dataclass(frozen=True)
class Standing:
    """What somebody who is no PNS must state (PP 11/2017 Pasal 108); None means not stated.

    `party_left_on` is the day on which he ceased to be a member or officer of a political party.
    """

    party_member: bool | None = None
    party_left_on: date | None = None
    imprisoned: bool | None = None
    dishonourably_dismissed: bool | None = None


@dataclass(frozen=True)
class CandidateRecord:
    """What an applicant or a registry states; None and empty mean not stated."""

    birth_date: date | None = None
    education: Education | None = None
    rank: str | None = None
    experience_years: int | None = None
    experience_months: int = 0
    positions: tuple[Position, ...] = ()
    ratings: tuple[tuple[int, Rating], ...] = ()  # year, annual rating
    discipline: tuple[Discipline, ...] | None = None  # None: not stated; empty: stated that there is none
    nip: str = ""
    sex: Sex | None = None
    entered_on: date | None = None  # TMT CPNS
    status: CivilStatus | None = None
    standing: Standing = Standing()
    trainings: tuple[Training, ...] | None = None  # None: not stated; empty: stated that there is none
    asks_waiver: bool = False


@dataclass(frozen=True)
class Requirements:
    """What a vacancy asks for; None and false mean that it does not ask.

    Attributes:
        kind: what post it is; a regional secretary's has an age limit of its own.
        age_reference: the date on which ages are counted, where the announcement names one.
        as_of: the closing date of applications.
        inauguration: the planned day of inauguration.
        feeder_posts: the posts that count, where the announcement names fewer than the law.
        open_to: who may apply, where the announcement names them.
        clean_discipline_years: years without a penalty, where the announcement asks for others than practice.
        documents: codes of the documents that applicants must upload; `lhkpn`, `spt` and `ppk_recommendation` have
            rules of their own.
    """

    level: str = "pratama"
    max_age: int | None = None
    age_reference: date | None = None
    min_rank: str | None = None
    experience_years: int | None = None
    feeder_years: int | None = None
    education: Education | None = None
    min_rating: Rating | None = None
    clean_discipline: bool = True
    as_of: date | None = None
    documents: tuple[str, ...] = ()
    kind: VacancyKind = VacancyKind.OTHER
    inauguration: date | None = None
    feeder_posts: tuple[PositionKind, ...] = ()
    open_to: tuple[CivilStatus, ...] = ()
    clean_discipline_years: int | None = None
    min_training: Training | None = None
    min_remaining_service_months: int | None = None

    @property
    def reference(self) -> date | None:
        """The date on which service is counted: the closing date, or the reference date of the age."""
        return self.as_of or self.age_reference


@dataclass(frozen=True)
class RequirementResult:
    """One requirement: the verdict with its arithmetic (Indonesian), its rule, and what would satisfy it."""

    requirement: str
    verdict: Verdict
    evidence: str
    rule: str
    citation: str
    confidence: Confidence
    would_satisfy: str = ""
