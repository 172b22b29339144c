"""The words of the field as enums; the law's own Indonesian term stands beside each identifier once."""

from enum import StrEnum


class CaseKind(StrEnum):
    """A kind of long-running case; each is one Temporal workflow."""

    SELECTION = "selection"  # seleksi terbuka
    TERM = "term"  # masa jabatan
    CONTRACT = "contract"  # perjanjian kinerja
    REVIEW = "review"  # evaluasi dan peninjauan jabatan (PP 11/2017 Pasal 142)


class Role(StrEnum):
    """What a person may be in a scope, by a dated assignment."""

    ADMIN = "admin"  # pengelola instalasi; never scores, decides or edits a record
    SECRETARIAT = "secretariat"  # sekretariat panitia (BKPSDM)
    COMMITTEE = "committee"  # panitia seleksi
    ASSESSOR = "assessor"  # tim penilai kompetensi
    CANDIDATE = "candidate"  # pelamar, peserta
    PPK = "ppk"  # pejabat pembina kepegawaian
    PYB = "pyb"  # pejabat yang berwenang
    OFFICIAL = "official"  # pejabat setelah pelantikan
    SUPERIOR = "superior"  # atasan langsung, penilai
    PERFORMANCE_TEAM = "performance_team"  # tim penilai kinerja PNS
    OBSERVER = "observer"  # BKN, Inspektorat, Ombudsman, KPK


class HoldingKind(StrEnum):
    """How an office or role is held."""

    DEFINITIVE = "definitive"
    PLT = "plt"  # pelaksana tugas
    PLH = "plh"  # pelaksana harian
    PJ = "pj"  # penjabat


class CommitteePosition(StrEnum):
    """A member's place in the committee."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class Element(StrEnum):
    """The element a committee member comes from (PP 11/2017 Pasal 114 ayat (5))."""

    INTERNAL = "internal"
    RELATED_AGENCY = "related_agency"
    EXPERT = "expert"


class Stage(StrEnum):
    """A stage of a vacancy's lane, in the order of the process (PP 11/2017 Pasal 113 and 120)."""

    DRAFT = "draft"
    ANNOUNCEMENT = "announcement"  # pengumuman dan pelamaran
    SCREENING = "screening"  # seleksi administrasi
    ASSESSMENT = "assessment"  # seleksi kompetensi
    INTERVIEW = "interview"  # wawancara akhir
    APPOINTMENT = "appointment"  # penetapan dan pengangkatan
    CLOSED = "closed"

    @property
    def following(self) -> "Stage":
        """The stage that comes next; `CLOSED` follows itself."""
        order = list(Stage)
        return order[min(order.index(self) + 1, len(order) - 1)]


class Outcome(StrEnum):
    """How a vacancy's lane ended."""

    APPOINTED = "appointed"
    NOT_FILLED = "not_filled"  # closed for lack of applicants or of three names
    CANCELLED = "cancelled"


class Component(StrEnum):
    """A scored component; the first three belong to the assessment stage."""

    TRACK_RECORD = "track_record"  # rekam jejak
    ASSESSMENT = "assessment"  # asesmen kompetensi
    PAPER = "paper"  # makalah
    INTERVIEW = "interview"  # wawancara akhir

    @property
    def stage(self) -> Stage:
        """The stage in which the component is scored."""
        return Stage.INTERVIEW if self is Component.INTERVIEW else Stage.ASSESSMENT


class Verdict(StrEnum):
    """The result of one requirement or of a whole screening."""

    MET = "met"  # memenuhi syarat (MS)
    NOT_MET = "not_met"  # tidak memenuhi syarat (TMS)
    NEEDS_REVIEW = "needs_review"  # computed only; a person must decide


class VacancyKind(StrEnum):
    """What post it is; some need further consent (PP 11/2017 Pasal 127 ayat (3)-(4))."""

    SEKDA = "sekda"
    SEKWAN = "sekwan"
    INSPECTOR = "inspector"
    HEAD_OF_AGENCY = "head_of_agency"
    ASSISTANT = "assistant"
    STAFF_EXPERT = "staff_expert"
    OTHER = "other"


class Clearance(StrEnum):
    """A letter of another authority that a gate asks for."""

    PLAN = "plan"  # persetujuan rencana seleksi
    APPOINTMENT = "appointment"  # rekomendasi pelantikan
    HOME_AFFAIRS = "home_affairs"  # persetujuan Mendagri
    GOVERNOR = "governor"  # koordinasi Gubernur (sekda kabupaten/kota)
    COUNCIL = "council"  # konsultasi pimpinan DPRD (sekwan)
    REPLACEMENT = "replacement"  # pertimbangan teknis for moving an official


class SuspensionGround(StrEnum):
    """Why a stage stands still."""

    REGULATOR_HOLD = "regulator_hold"
    COMPLAINT = "complaint"
    OUTAGE = "outage"


class RecusalGround(StrEnum):
    """Conflict of interest (PP 11/2017 Pasal 114 ayat (6) huruf d; UU 30/2014 Pasal 43)."""

    FAMILY = "family"
    BUSINESS = "business"
    SUBORDINATE = "subordinate"
    RECOMMENDED = "recommended"
    OTHER = "other"


class ContractStage(StrEnum):
    """Where a contract year stands."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    RATING = "rating"
    OBJECTION = "objection"
    FINAL = "final"
    LAPSED = "lapsed"


class Polarity(StrEnum):
    """Which direction of an indicator is good."""

    MAXIMIZE = "maximize"
    MINIMIZE = "minimize"
    RANGE = "range"
    MILESTONE = "milestone"


class Results(StrEnum):
    """Hasil kerja against expectation."""

    ABOVE = "above"  # di atas ekspektasi
    AS_EXPECTED = "as_expected"  # sesuai ekspektasi
    BELOW = "below"  # di bawah ekspektasi


class Behaviour(StrEnum):
    """Perilaku kerja against expectation."""

    ABOVE = "above"
    AS_EXPECTED = "as_expected"
    BELOW = "below"


class Rating(StrEnum):
    """Predikat kinerja tahunan."""

    VERY_GOOD = "very_good"  # sangat baik
    GOOD = "good"  # baik
    NEEDS_IMPROVEMENT = "needs_improvement"  # butuh perbaikan (cukup)
    POOR = "poor"  # kurang
    VERY_POOR = "very_poor"  # sangat kurang


class AmendmentGround(StrEnum):
    """The only grounds on which a contract may be revised (K-07)."""

    OFFICIAL_CHANGED = "official_changed"
    STRATEGY_PROGRAMME_BUDGET = "strategy_programme_budget"
    PRIORITY_ASSUMPTION = "priority_assumption"


class ReviewOutcome(StrEnum):
    """What the PPK may decide (PP 11/2017 Pasal 142 ayat (4))."""

    STAY = "stay"
    LATERAL_MOVE = "lateral_move"
    LOWER_POST = "lower_post"


class EndGround(StrEnum):
    """Why an office term ended."""

    RESIGNED = "resigned"
    RETIRED = "retired"
    MOVED = "moved"
    LOWER_POST = "lower_post"
    DISMISSED = "dismissed"
    REORGANISED = "reorganised"
    DIED = "died"


class DeliveryMethod(StrEnum):
    """How a letter reached its addressee; clocks start at delivery, never at sending."""

    HAND = "hand"
    REGISTERED_MAIL = "registered_mail"
    ELECTRONIC = "electronic"


class DocumentKind(StrEnum):
    """A document that Selter writes."""

    ANNOUNCEMENT = "announcement"
    RECEIPT = "receipt"
    SCREENING_RESULT = "screening_result"
    INVITATION = "invitation"
    MINUTES = "minutes"
    SHORTLIST_LETTER = "shortlist_letter"
    DECREE = "decree"
    PERFORMANCE_CONTRACT = "performance_contract"
    IMPROVEMENT_NOTICE = "improvement_notice"
    HEARING_NOTICE = "hearing_notice"
    REVIEW_DECISION = "review_decision"
    OBJECTION_DECISION = "objection_decision"
