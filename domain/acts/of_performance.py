"""The acts on an office term, a performance contract and a demotion review, in the order of the process."""

from functools import partial
from typing import Final

from domain.acts.act import Act
from domain.words import CaseKind, Role

S, P = Role.SECRETARIAT, Role.PPK
_term = partial(Act, case=CaseKind.TERM)
_contract = partial(Act, case=CaseKind.CONTRACT)
_review = partial(Act, case=CaseKind.REVIEW)

TERM: Final = (
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
CONTRACT: Final = (
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

REVIEW: Final = (
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
