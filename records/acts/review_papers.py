"""The letters of a demotion review: improvement notice, hearing notice, decision, and the decree that follows it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from domain import letters
from domain.deadlines.demotion import earliest_decision, improvement, notice_working_days
from domain.deadlines.selection import decision_delivered
from domain.gates import GATES
from domain.law.appeals import Decider, Decision, Remedy
from domain.law.appeals import remedy as remedy_against
from domain.review import ReviewState
from domain.words import DocumentKind, Rating, ReviewOutcome, Role
from records.acts.acting import Acting, signature, tanggal
from records.acts.common import Incumbency, cite, local, reason
from records.acts.proofs import proofs_of
from records.acts.rating import latest_result
from records.documents import DECREES, SECRETARIAT
from records.tables import Contract, Document, GateProof, Post

_FULL: Final = Decimal(100)
_RATINGS: Final = {
    Rating.VERY_GOOD: "Sangat Baik",
    Rating.GOOD: "Baik",
    Rating.NEEDS_IMPROVEMENT: "Butuh Perbaikan",
    Rating.POOR: "Kurang",
    Rating.VERY_POOR: "Sangat Kurang",
}
_RECALLING: Final = (
    "Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan;",
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara;",
    "Peraturan Pemerintah Nomor 11 Tahun 2017 jo. Nomor 17 Tahun 2020 tentang Manajemen Pegawai Negeri Sipil;",
    "Peraturan Pemerintah Nomor 30 Tahun 2019 tentang Penilaian Kinerja Pegawai Negeri Sipil;",
)


def improvement_notice(acting: Acting, people: Incumbency) -> Document:
    """The written notice with what was missed; its six months run from delivery, which the letter says."""
    contract = acting.session.get_one(Contract, acting.case.id)
    result = latest_result(acting, contract.id)
    until = improvement(acting.calendar, acting.today, acting.rules)
    return acting.issue(
        DocumentKind.IMPROVEMENT_NOTICE,
        f"Pemberitahuan masa perbaikan kinerja tahun {contract.year}",
        SECRETARIAT,
        [signature(people.superior.position or "Atasan langsung", people.superior)],
        letters.ImprovementNotice,
        subject_id=people.official.id,
        wants_pdf=True,
        official=people.addressee(),
        post=people.post.title,
        year=str(contract.year),
        rating=str(result.rating),
        shortfalls=tuple(_shortfall(row) for row in result.computed["indicators"] if _missed(row)),
        starts_on=acting.today.isoformat(),
        ends_on=until.day.isoformat(),
        rights=(
            f"masa perbaikan {until.count} bulan dihitung sejak surat ini Saudara terima;",
            "didampingi atasan melalui dialog kinerja selama masa perbaikan;",
            "mengikuti uji kompetensi kembali sebelum ada keputusan, apabila kinerja belum membaik;",
            "didengar sebelum ada keputusan dan mengajukan keberatan atas keputusan.",
        ),
    )


def _missed(row: dict[str, Any]) -> bool:
    return row["capped"] is not None and Decimal(row["capped"]) < _FULL


def _shortfall(row: dict[str, Any]) -> letters.ShortfallRow:
    return letters.ShortfallRow(row["indicator"], row["target"], row["actual"], row["capped"])


def hearing_notice(acting: Acting, people: Incumbency, hearing_at: datetime) -> Document:
    """The notice of the decision to come with the invitation to be heard (UU 30/2014 Pasal 46-47)."""
    days = notice_working_days(acting.rules)
    ppk = acting.one(Role.PPK)
    return acting.issue(
        DocumentKind.HEARING_NOTICE,
        "Pemberitahuan rencana keputusan dan undangan didengar",
        SECRETARIAT,
        [signature(acting.agency.head_title, ppk)],
        letters.HearingNotice,
        subject_id=people.official.id,
        wants_pdf=True,
        official=people.addressee(),
        post=people.post.title,
        grounds=_grounds(acting),
        hearing_at=local(acting, hearing_at),
        venue=f"{acting.agency.unit}, {acting.agency.place}",
        earliest_decision_on=earliest_decision(acting.calendar, acting.today, acting.rules).isoformat(),
        rights=(
            f"keputusan diambil paling cepat {days} hari kerja setelah surat ini Saudara terima;",
            "melihat dokumen dan data yang menjadi dasar;",
            "menyampaikan penjelasan secara lisan atau tertulis, dan didampingi;",
        ),
    )


def _grounds(acting: Acting) -> tuple[str, ...]:
    proofs = {p.gate: p for p in proofs_of(acting)}
    rating = Rating(proofs[2].proof["rating"])
    retest = proofs[7].proof
    fit = "memenuhi" if retest["fit_for_post"] else "belum memenuhi"
    found = "tidak diikuti" if retest["absent"] else f"{fit} kompetensi jabatan"
    return (
        f"predikat kinerja tahunan {_RATINGS[rating]} yang sudah final;",
        f"evaluasi masa perbaikan tanggal {tanggal(proofs[6].proof['evaluated_on'])}: kinerja belum membaik;",
        f"uji kompetensi kembali tanggal {tanggal(retest['held_on'])}: {found};",
        "pertimbangan tim penilai kinerja dan usul Pejabat yang Berwenang.",
    )


def decision(acting: Acting, people: Incumbency, outcome: ReviewOutcome, target: Post | None) -> Document:
    """The PPK's decision with its reasons and the proof of every gate."""
    return acting.issue(
        DocumentKind.REVIEW_DECISION,
        f"Keputusan hasil evaluasi jabatan {people.post.title}",
        DECREES,
        [signature(acting.agency.head_title, acting.one(Role.PPK))],
        letters.ReviewDecision,
        subject_id=people.official.id,
        wants_pdf=True,
        issuer=acting.agency.head_title.upper(),
        official=people.addressee(),
        post=people.post.title,
        outcome=outcome.value,
        target_post=target.title if target else "",
        reasons=(reason(acting),),
        gates=_gate_rows(acting),
        recalling=_RECALLING,
        effective_on=decision_delivered(acting.calendar, acting.today, acting.rules).day.isoformat(),
        remedy=remedy(acting),
    )


def _gate_rows(acting: Acting) -> tuple[letters.GateRow, ...]:
    titles = {gate.number: gate.title for gate in GATES}
    return tuple(
        letters.GateRow(titles[p.gate], shown_proof(acting, p), acting.calendar.local_date(p.at).isoformat())
        for p in proofs_of(acting)
    )


def shown_proof(acting: Acting, proof: GateProof) -> str:
    """A proof in a few words: a letter's number, or what was found."""
    facts = proof.proof
    number = facts.get("number") or facts.get("accreditation")
    if number:
        return f"Nomor {number}"
    if proof.document_id:
        return acting.session.get_one(Document, proof.document_id).number
    if proof.gate == 1:
        return f"Perjanjian kinerja versi {facts['version']}; dilantik {tanggal(facts['inaugurated_on'])}"
    if proof.gate == 2:
        return f"Predikat {_RATINGS[Rating(facts['rating'])]}"
    return {
        3: "Tidak ada keadaan kahar yang diterima",
        4: "Rencana perbaikan",
        5: f"{facts.get('check_ins', 0)} dialog kinerja",
        6: "Belum membaik",
        9: "Hadir dan didengar" if facts.get("attended") else "Tidak hadir",
    }.get(proof.gate, "Tercatat")


def remedy(acting: Acting) -> str:
    """How one may object to the PPK's decision."""
    way = open_to(acting)
    return (
        f"Keberatan diajukan tertulis kepada Pejabat Pembina Kepegawaian paling lama {way.file} hari kerja sejak "
        f"keputusan ini diterima dan diputus paling lama {way.decide} hari kerja; apabila tidak diputus atau tidak "
        f"puas, dapat digugat ke {way.next_forum} ({cite(acting, way.rule)})."
    )


def open_to(acting: Acting) -> Remedy:
    """What is open against the PPK's decision, be it a move or a demotion."""
    return remedy_against(Decision.DEMOTION, Decider.PPK, acting.rules)


def decree(acting: Acting, people: Incumbency, target: Post, effective_on: date) -> Document:
    """The decree that ends the old holding and begins the new one."""
    state: ReviewState = acting.state
    decided = acting.session.get_one(Document, state.decision)
    clearances = [p.proof["number"] for p in proofs_of(acting) if p.gate == 10]
    lowered = state.outcome is ReviewOutcome.LOWER_POST
    return acting.issue(
        DocumentKind.DECREE,
        f"Keputusan pemindahan ke {target.title}",
        DECREES,
        [signature(acting.agency.head_title, acting.one(Role.PPK))],
        letters.Decree,
        subject_id=people.official.id,
        wants_pdf=True,
        subject="Penempatan dalam Jabatan yang Lebih Rendah" if lowered else "Pemindahan ke Jabatan Lain yang Setara",
        issuer=acting.agency.head_title.upper(),
        considering=(
            f"bahwa Keputusan Nomor {decided.number} tentang hasil evaluasi jabatan perlu dilaksanakan;",
            "bahwa setiap tahapan yang diwajibkan telah dipenuhi dan dibuktikan sebelum keputusan tersebut;",
        ),
        recalling=_RECALLING,
        noting=tuple(f"Surat Nomor {number};" for number in clearances),
        person=people.addressee(),
        former_post=people.post.title,
        new_post=target.title,
        effective_on=effective_on.isoformat(),
        remedy=remedy(acting),
        copies=("Badan Kepegawaian Negara", acting.agency.unit),
    )
