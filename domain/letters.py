"""The inputs of every document, frozen when it is issued: what a template may use, and nothing else.

Dates are ISO 8601 dates, numbers are strings already in their exact form; the renderer writes both in Indonesian.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """Kop surat: who sends it."""

    agency: str  # "Pemerintah Kabupaten Contoh"
    unit: str  # "Panitia Seleksi Terbuka Jabatan Pimpinan Tinggi Pratama"
    address: str
    contact: str  # telephone and mail of the secretariat
    place: str  # where letters are dated


@dataclass(frozen=True)
class Signatory:
    """A signature block. `nip` is empty for who has none (a head of region)."""

    title: str  # "Ketua Panitia Seleksi"
    name: str
    rank: str = ""
    nip: str = ""
    signed_on: str = ""  # ISO date of the authenticated signing act, empty while unsigned


@dataclass(frozen=True)
class Letter:
    """What every document has."""

    letterhead: Letterhead
    number: str
    date: str
    signatories: tuple[Signatory, ...]
    verification: str  # short code printed at the foot, by which the document can be checked


@dataclass(frozen=True)
class TimetableRow:
    """One line of the published timetable."""

    step: str
    start: str
    end: str


@dataclass(frozen=True)
class PostOnOffer:
    """A vacant post in the announcement."""

    title: str
    unit: str
    requirements: tuple[str, ...]
    competencies: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True)
class WeightRow:
    """A scored component and its weight in percent."""

    component: str
    weight: str


@dataclass(frozen=True)
class Announcement(Letter):
    """Pengumuman seleksi terbuka; contents of PP 11/2017 Pasal 117 ayat (4)."""

    posts: tuple[PostOnOffer, ...]
    opens: str
    closes: str
    closing_time: str  # "23.59 WIB"
    timetable: tuple[TimetableRow, ...]
    weights: tuple[WeightRow, ...]
    scheme: str  # the "sistem": how each stage sets an applicant's status
    portal: str


@dataclass(frozen=True)
class Person:
    """A person as a letter names him."""

    name: str
    nip: str = ""
    rank: str = ""
    position: str = ""


@dataclass(frozen=True)
class ReceiptItem:
    """An uploaded file on a receipt."""

    document: str
    file_name: str
    size: str  # "412 KB"
    sha256: str


@dataclass(frozen=True)
class Receipt(Letter):
    """Tanda terima lamaran."""

    applicant: Person
    post: str
    received_at: str  # ISO instant with offset
    deadline: str  # ISO instant with offset
    items: tuple[ReceiptItem, ...]
    audit_hash: str  # head of the audit chain when it was received


@dataclass(frozen=True)
class RequirementRow:
    """One requirement with its verdict (MS or TMS), the reason and the article."""

    requirement: str
    verdict: str
    reason: str
    citation: str


@dataclass(frozen=True)
class ScreeningResult(Letter):
    """Pemberitahuan hasil seleksi administrasi, to one applicant."""

    applicant: Person
    post: str
    passed: bool
    requirements: tuple[RequirementRow, ...]
    next_step: str  # what comes next, or how to object
    objection_until: str  # ISO date, empty where there is no objection window


@dataclass(frozen=True)
class Invitation(Letter):
    """Undangan to a stage."""

    candidate: Person
    post: str
    stage: str
    sessions: tuple[TimetableRow, ...]
    venue: str
    bring: tuple[str, ...]


@dataclass(frozen=True)
class ScoreRow:
    """A candidate in the score table; decimals with a point, `absent` where he was absent."""

    rank: str
    name: str
    scores: tuple[str, ...]  # in the order of `Minutes.components`
    total: str


@dataclass(frozen=True)
class Minutes(Letter):
    """Berita acara with the score table of one vacancy."""

    post: str
    stage: str
    held_on: str
    members: tuple[Signatory, ...]
    components: tuple[WeightRow, ...]
    rows: tuple[ScoreRow, ...]
    notes: tuple[str, ...]  # recusals, absences, ties and how they were broken
    ranking_sha256: str
    audit_hash: str


@dataclass(frozen=True)
class ShortlistLetter(Letter):
    """Surat penyampaian tiga nama, alphabetically and without scores (law.md W-10)."""

    addressee: str  # "Bupati Contoh selaku Pejabat Pembina Kepegawaian"
    through: str  # "Sekretaris Daerah selaku Pejabat yang Berwenang"
    post: str
    candidates: tuple[Person, ...]
    minutes_number: str


@dataclass(frozen=True)
class Decree(Letter):
    """Keputusan pengangkatan, or pemindahan ke jabatan lain after a review."""

    subject: str  # "Pengangkatan dalam Jabatan Pimpinan Tinggi Pratama"
    issuer: str  # "BUPATI CONTOH"
    considering: tuple[str, ...]  # Menimbang
    recalling: tuple[str, ...]  # Mengingat
    noting: tuple[str, ...]  # Memperhatikan: minutes, clearance numbers
    person: Person
    former_post: str
    new_post: str
    effective_on: str
    remedy: str  # how and until when one may object
    copies: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of the contract's annex."""

    objective: str
    indicator: str
    target: str


@dataclass(frozen=True)
class BudgetRow:
    """One programme of the contract's annex; rupiah."""

    programme: str
    amount: str
    note: str


@dataclass(frozen=True)
class PerformanceContract(Letter):
    """Perjanjian kinerja with annex in the form of law.md K-01 to K-05; left signs pihak kedua, right pihak pertama."""

    year: str
    version: str
    first_party: Person
    second_party: Person
    period_start: str
    period_end: str
    indicators: tuple[IndicatorRow, ...]
    budget: tuple[BudgetRow, ...]
    budget_total: str


@dataclass(frozen=True)
class ShortfallRow:
    """A missed indicator: target, actual and capped achievement in percent."""

    indicator: str
    target: str
    actual: str
    achievement: str


@dataclass(frozen=True)
class ImprovementNotice(Letter):
    """Pemberitahuan masa perbaikan enam bulan (PP 11/2017 Pasal 142 ayat (2))."""

    official: Person
    post: str
    year: str
    rating: str
    shortfalls: tuple[ShortfallRow, ...]
    starts_on: str
    ends_on: str
    rights: tuple[str, ...]


@dataclass(frozen=True)
class HearingNotice(Letter):
    """Pemberitahuan rencana keputusan dan undangan didengar (UU 30/2014 Pasal 46-47)."""

    official: Person
    post: str
    grounds: tuple[str, ...]
    hearing_at: str  # ISO instant with offset
    venue: str
    earliest_decision_on: str
    rights: tuple[str, ...]


@dataclass(frozen=True)
class GateRow:
    """A gate of the review with what proves it."""

    gate: str
    proof: str
    date: str


@dataclass(frozen=True)
class ReviewDecision(Letter):
    """Keputusan PPK on a review: stay, lateral move or lower post, with reasons."""

    issuer: str
    official: Person
    post: str
    outcome: str
    target_post: str
    reasons: tuple[str, ...]
    gates: tuple[GateRow, ...]
    recalling: tuple[str, ...]
    effective_on: str
    remedy: str


@dataclass(frozen=True)
class ObjectionDecision(Letter):
    """Keputusan atas keberatan."""

    objector: Person
    against: str  # the decision objected to: its number and date
    filed_on: str
    considering: tuple[str, ...]
    decision: str  # granted, granted in part, rejected: in Indonesian
    result: str  # what changes
    remedy: str
    issuer: str = ""  # the first signatory's title where none is given
    recalling: tuple[str, ...] = ()  # Mengingat
