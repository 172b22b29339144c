"""The one table of acts: who may do what, when, under which natural key, what it records and what it sends.

Routes, authorisation, the inbox and the documentation are generated from it. An act that happens by itself (a deadline
falling due) has no role.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.words import CaseKind, CommitteePosition, Role, Stage

C, S, P = Role.COMMITTEE, Role.SECRETARIAT, Role.PPK
_CHAIRS: Final = (CommitteePosition.CHAIR, CommitteePosition.SECRETARY)
_SCORED: Final = (Stage.ASSESSMENT, Stage.INTERVIEW)
_RUNNING: Final = (Stage.ANNOUNCEMENT, Stage.SCREENING, Stage.ASSESSMENT, Stage.INTERVIEW, Stage.APPOINTMENT)


@dataclass(frozen=True)
class Act:
    """One act of process.

    `key` is the natural key: two commands with the same key are the same act. Its places are `{act}`, `{vacancy}`,
    `{stage}`, `{repeat}`, `{extension}`, `{person}` (who acts) and the act's own arguments. `positions` narrows the
    committee role. `stages` are the lane's (or contract's) stages in which the act is possible; empty means any.
    """

    name: str
    case: CaseKind
    roles: tuple[Role, ...]
    title: str
    records: str
    key: str = "{act}"
    stages: tuple[str, ...] = ()
    positions: tuple[CommitteePosition, ...] = ()
    per_vacancy: bool = False
    reason: bool = False
    birth: bool = False
    letters: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The last part of the act's route."""
        return self.name.replace("_", "-")


def _selection(name: str, roles: tuple[Role, ...], title: str, records: str, **more: object) -> Act:
    return Act(name, CaseKind.SELECTION, roles, title, records, **more)  # type: ignore[arg-type]  # keyword table


def _contract(name: str, roles: tuple[Role, ...], title: str, records: str, **more: object) -> Act:
    return Act(name, CaseKind.CONTRACT, roles, title, records, **more)  # type: ignore[arg-type]  # keyword table


def _term(name: str, roles: tuple[Role, ...], title: str, records: str, **more: object) -> Act:
    return Act(name, CaseKind.TERM, roles, title, records, **more)  # type: ignore[arg-type]  # keyword table


def _review(name: str, roles: tuple[Role, ...], title: str, records: str, **more: object) -> Act:
    return Act(name, CaseKind.REVIEW, roles, title, records, **more)  # type: ignore[arg-type]  # keyword table


_LANE_STAGE: Final = "{act}:{vacancy}:{stage}:{repeat}"
_LANE: Final = "{act}:{vacancy}:{repeat}"

_SELECTION: Final = (
    _selection("open", (S,), "Membuka seleksi", "the round with its vacancies, as a draft", birth=True),
    _selection(
        "publish",
        (S,),
        "Mengumumkan seleksi",
        "windows, pinned rules, the announcement",
        stages=(Stage.DRAFT,),
        letters=("announcement", "committee_notice"),
    ),
    _selection(
        "extend_vacancy",
        (C,),
        "Memperpanjang pendaftaran",
        "a longer window",
        key="{act}:{vacancy}:{extension}",
        stages=(Stage.ANNOUNCEMENT,),
        per_vacancy=True,
        reason=True,
        letters=("window_extended",),
    ),
    _selection(
        "close_vacancy",
        (C,),
        "Menutup jabatan tanpa hasil",
        "the lane's end without an appointment",
        key="{act}:{vacancy}",
        stages=_RUNNING,
        positions=_CHAIRS,
        per_vacancy=True,
        reason=True,
        letters=("vacancy_closed",),
    ),
    _selection(
        "replace_member",
        (P,),
        "Mengganti anggota panitia",
        "the end of one membership and the start of another",
        key="{act}:{outgoing_id}",
        reason=True,
        letters=("committee_notice",),
    ),
    _selection(
        "recuse",
        (C, Role.ASSESSOR),
        "Mundur karena benturan kepentingan",
        "a recusal for one application",
        key="{act}:{person_id}:{application_id}",
        reason=True,
    ),
    _selection(
        "assign",
        (S, C),
        "Menugaskan penilai",
        "who scores which component of a vacancy",
        key="{act}:{vacancy}:{component}:{assessor_id}:{repeat}",
        stages=(Stage.SCREENING, *_SCORED),
        per_vacancy=True,
    ),
    _selection(
        "open_seals",
        (C,),
        "Membuka segel nilai",
        "all sheets of the stage opened together",
        key=_LANE_STAGE,
        stages=_SCORED,
        positions=_CHAIRS,
        per_vacancy=True,
    ),
    _selection(
        "announce_result",
        (C,),
        "Mengumumkan hasil tahap",
        "the stage's decisions, announced to each",
        key=_LANE_STAGE,
        stages=(Stage.SCREENING, *_SCORED),
        positions=_CHAIRS,
        per_vacancy=True,
        letters=("screening_result", "stage_result"),
    ),
    _selection(
        "advance",
        (C,),
        "Melanjutkan ke tahap berikutnya",
        "the lane's next stage",
        key=_LANE_STAGE,
        stages=(Stage.ANNOUNCEMENT, Stage.SCREENING, *_SCORED),
        positions=_CHAIRS,
        per_vacancy=True,
        letters=("stage_invitation", "minutes"),
    ),
    _selection(
        "suspend",
        (C, S),
        "Menghentikan sementara",
        "a suspension and its ground",
        key="{act}:{vacancy}:{stage}:{repeat}:{suspensions}",
        stages=_RUNNING,
        per_vacancy=True,
        reason=True,
        letters=("selection_suspended",),
    ),
    _selection(
        "resume",
        (C, S),
        "Melanjutkan kembali",
        "the end of a suspension; deadlines move",
        key="{act}:{vacancy}:{stage}:{repeat}:{suspensions}",
        stages=_RUNNING,
        per_vacancy=True,
        letters=("selection_resumed",),
    ),
    _selection("cancel", (P,), "Membatalkan seleksi", "the round's end", reason=True, letters=("selection_cancelled",)),
    _selection(
        "repeat_stage",
        (C,),
        "Mengulang tahap",
        "a new repeat of an earlier stage; nothing is deleted",
        key=_LANE_STAGE,
        stages=(Stage.ASSESSMENT, Stage.INTERVIEW, Stage.APPOINTMENT),
        positions=_CHAIRS,
        per_vacancy=True,
        reason=True,
    ),
    _selection(
        "sign_minutes",
        (C,),
        "Menandatangani berita acara",
        "a member's signature on the minutes' hash",
        key="{act}:{vacancy}:{repeat}:{person}",
        stages=(Stage.APPOINTMENT,),
        per_vacancy=True,
    ),
    _selection(
        "submit_shortlist",
        (C,),
        "Menyampaikan tiga nama",
        "the three names sent through the PyB to the PPK",
        key=_LANE,
        stages=(Stage.APPOINTMENT,),
        positions=_CHAIRS,
        per_vacancy=True,
        letters=("shortlist_letter", "shortlist_submitted"),
    ),
    _selection(
        "record_clearance",
        (S,),
        "Mencatat persetujuan instansi lain",
        "number and date of another authority's letter",
        key="{act}:{vacancy}:{repeat}:{kind}",
        stages=(Stage.APPOINTMENT,),
        per_vacancy=True,
        letters=("shortlist_published",),
    ),
    _selection(
        "choose",
        (P,),
        "Memilih satu nama",
        "the PPK's choice with a reason",
        key=_LANE,
        stages=(Stage.APPOINTMENT,),
        per_vacancy=True,
        reason=True,
        letters=("chosen",),
    ),
    _selection(
        "issue_decree",
        (P,),
        "Menetapkan keputusan pengangkatan",
        "the numbered decree",
        key=_LANE,
        stages=(Stage.APPOINTMENT,),
        per_vacancy=True,
        letters=("decree", "decree_issued"),
    ),
    _selection(
        "record_inauguration",
        (S,),
        "Mencatat pelantikan",
        "inauguration, holding and office term",
        key=_LANE,
        stages=(Stage.APPOINTMENT,),
        per_vacancy=True,
        letters=("inaugurated", "not_chosen"),
    ),
    _selection(
        "adopt_rules", (P,), "Mengadopsi aturan baru", "another pinned rule set", key="{act}:{sha256}", reason=True
    ),
    _selection(
        "calendar_changed",
        (S,),
        "Menerapkan perubahan kalender",
        "deadlines recomputed on a new calendar",
        key="{act}:{version}",
    ),
)

_TERM: Final = (
    _term("open_term", (), "Memulai masa jabatan", "the term", birth=True),
    _term(
        "extend_term",
        (P,),
        "Memperpanjang masa jabatan",
        "an extension on performance, fit and need",
        key="{act}:{until}",
        reason=True,
    ),
    _term("end_term", (P,), "Mengakhiri masa jabatan", "the term's end and its ground", reason=True),
    _term(
        "replace_superior",
        (S,),
        "Mengganti atasan penilai",
        "another superior from a date",
        key="{act}:{superior_id}:{since}",
    ),
)

_PARTIES: Final = (Role.OFFICIAL, Role.SUPERIOR)
_CONTRACT: Final = (
    _contract("open_contract", (), "Memulai perjanjian kinerja", "the contract year", birth=True),
    _contract(
        "sign",
        _PARTIES,
        "Menandatangani perjanjian kinerja",
        "a party's signature on the version's hash",
        key="{act}:{version}:{person}",
        letters=("contract_signed",),
    ),
    _contract(
        "amend",
        _PARTIES,
        "Mengubah perjanjian kinerja",
        "a new version, in force once both have signed",
        key="{act}:{version}",
        reason=True,
        letters=("performance_contract", "contract_to_sign"),
    ),
    _contract(
        "verify_check_in",
        (Role.SUPERIOR,),
        "Memeriksa laporan triwulan",
        "the quarter's verified actuals and periodic rating",
        key="{act}:{quarter}",
        letters=("early_warning",),
    ),
    _contract(
        "decide_force_majeure",
        (P,),
        "Memutuskan keadaan kahar",
        "whether force majeure is accepted for the period",
        reason=True,
    ),
    _contract(
        "rate",
        (Role.SUPERIOR,),
        "Menetapkan predikat",
        "results, behaviour and rating",
        reason=True,
        letters=("contract_rated",),
    ),
    _contract(
        "object",
        (Role.OFFICIAL,),
        "Mengajukan keberatan atas penilaian",
        "an objection to the rating",
        reason=True,
        letters=("objection_filed",),
    ),
    _contract(
        "decide_objection",
        (P, Role.PYB),
        "Memutuskan keberatan atas penilaian",
        "the final decision on the objection",
        reason=True,
        letters=("objection_decision", "objection_decided"),
    ),
    _contract("finalise", (Role.SUPERIOR, S), "Mengesahkan hasil tahunan", "the final rating"),
)

_REVIEW: Final = (
    _review("open_review", (), "Memulai evaluasi jabatan", "the review", birth=True),
    _review(
        "notify",
        (Role.SUPERIOR,),
        "Memberitahukan masa perbaikan",
        "the written notice (gate 4)",
        letters=("improvement_notice",),
    ),
    _review(
        "confirm_delivery",
        (S,),
        "Mencatat penyerahan surat",
        "how and when a letter reached the official; clocks start here",
        key="{act}:{document_id}",
    ),
    _review("set_plan", (Role.SUPERIOR,), "Menetapkan rencana perbaikan", "the improvement plan (gate 4)"),
    _review(
        "evaluate",
        (Role.SUPERIOR,),
        "Mengevaluasi masa perbaikan",
        "improved or not, after six months (gates 5 and 6)",
        reason=True,
        letters=("review_ended",),
    ),
    _review("record_retest", (S,), "Mencatat uji kompetensi", "the retest's result and accreditation (gate 7)"),
    _review(
        "record_opinion",
        (Role.PERFORMANCE_TEAM, S),
        "Mencatat pertimbangan tim penilai kinerja",
        "the team's opinion (gate 8)",
        reason=True,
    ),
    _review(
        "propose",
        (Role.PYB,),
        "Mengusulkan kepada PPK",
        "the proposal with the alternatives weighed (gate 8)",
        reason=True,
    ),
    _review(
        "notice_hearing",
        (S,),
        "Mengirim pemberitahuan dan undangan didengar",
        "the notice (gate 9)",
        letters=("hearing_notice",),
    ),
    _review("record_hearing", (S,), "Mencatat hasil didengar", "hearing minutes, or absence (gate 9)", reason=True),
    _review(
        "record_clearance",
        (S,),
        "Mencatat persetujuan instansi lain",
        "number and date of another authority's letter (gate 10)",
        key="{act}:{kind}",
    ),
    _review(
        "decide",
        (P,),
        "Menetapkan keputusan",
        "stay, lateral move or lower post, with reasons (gate 11)",
        reason=True,
        letters=("review_decision",),
    ),
    _review(
        "object",
        (Role.OFFICIAL,),
        "Mengajukan keberatan",
        "an objection to the decision",
        reason=True,
        letters=("objection_filed",),
    ),
    _review(
        "decide_objection",
        (P,),
        "Memutuskan keberatan",
        "the decision on the objection",
        reason=True,
        letters=("objection_decision", "objection_decided"),
    ),
    _review(
        "execute",
        (S,),
        "Melaksanakan keputusan",
        "the old holding's end, the new one's start, and the vacancy's draft",
        letters=("decree",),
    ),
)

ACTS: Final[Mapping[tuple[CaseKind, str], Act]] = MappingProxyType(
    {(act.case, act.name): act for act in (*_SELECTION, *_TERM, *_CONTRACT, *_REVIEW)}
)

SYSTEM_ACTS: Final = frozenset({"remind", "fall_due", "lapse"})


def acts_of(case: CaseKind) -> tuple[Act, ...]:
    """The acts of one kind of case, in the order of the process."""
    return tuple(act for act in ACTS.values() if act.case is case)


def act_of(case: CaseKind, name: str) -> Act | None:
    """The act of that name, or none."""
    return ACTS.get((case, name))
