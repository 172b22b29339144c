"""Refusals of acts on a demotion review."""

from typing import Final

from domain.texts.row import RefusalText

ROWS: Final[dict[str, RefusalText]] = {
    "gate-open": RefusalText(
        409,
        "Tahapan {gate} belum terpenuhi: {title}.",
        "Gate {gate} is not proved yet: {title}.",
    ),
    "already-done": RefusalText(409, "Tindakan {act} sudah dicatat.", "The act {act} has been recorded already."),
    "no-such-letter": RefusalText(
        409,
        "Surat {document} tidak menunggu penyerahan dalam evaluasi ini.",
        "Letter {document} does not wait for delivery in this review.",
    ),
    "improvement-running": RefusalText(
        409,
        "Masa perbaikan masih berjalan sampai {until} (tahapan {gate}).",
        "The improvement period runs until {until} (gate {gate}).",
    ),
    "plan-after-period": RefusalText(
        422,
        "Dialog kinerja {date} melewati masa perbaikan yang berakhir {until}.",
        "The coaching on {date} lies after the improvement period, which ends on {until}.",
    ),
    "coaching-missing": RefusalText(
        409,
        "Baru {held} dari {planned} dialog kinerja yang direncanakan terlaksana.",
        "Only {held} of the {planned} planned coaching check-ins were held.",
    ),
    "retest-result": RefusalText(
        422,
        "Hasil uji kompetensi harus berisi nilai, atau dicatat tidak hadir tanpa nilai dan tanpa dinyatakan memenuhi.",
        "A retest has a score, or is recorded as absent without a score and without a verdict of fitness.",
    ),
    "alternatives-missing": RefusalText(
        422,
        "Pilihan yang lebih ringan belum dipertimbangkan: {missing}.",
        "Milder outcomes were not weighed: {missing}.",
    ),
    "hearing-in-past": RefusalText(
        422, "Waktu didengar {at} sudah lewat.", "The time of the hearing, {at}, has passed."
    ),
    "hearing-to-come": RefusalText(
        409,
        "Ketidakhadiran baru dapat dicatat setelah waktu didengar ({at}).",
        "Absence can be recorded only after the time of the hearing ({at}).",
    ),
    "notice-running": RefusalText(
        409,
        "Keputusan paling cepat diambil pada {since}: tenggang pemberitahuan belum lewat (tahapan {gate}).",
        "The decision may be taken from {since} on: the term of the notice has not passed (gate {gate}).",
    ),
    "target-post": RefusalText(
        422,
        "Pemindahan menyebut jabatan tujuan; keputusan tetap dalam jabatan tidak.",
        "A move names the target post; a decision to stay does not.",
    ),
    "target-level": RefusalText(
        422,
        "Jabatan tujuan berjenjang {level} tidak sesuai dengan keputusan {outcome}.",
        "A target post of level {level} does not fit the decision {outcome}.",
    ),
    "decision-undelivered": RefusalText(
        409,
        "Keputusan belum diserahkan kepada yang bersangkutan.",
        "The decision has not been delivered to the official.",
    ),
    "nothing-to-object": RefusalText(
        409,
        "Keputusan tetap dalam jabatan tidak merugikan; tidak ada yang dikeberatani.",
        "A decision to stay burdens nobody; there is nothing to object to.",
    ),
    "objection-whole": RefusalText(
        422,
        "Keberatan atas keputusan ini dikabulkan seluruhnya atau ditolak.",
        "An objection to this decision is granted as a whole or rejected.",
    ),
    "nothing-to-execute": RefusalText(
        409,
        "Pejabat tetap dalam jabatannya; tidak ada yang dilaksanakan.",
        "The official stays; there is nothing to carry out.",
    ),
    "not-in-post": RefusalText(
        409, "Pejabat sudah tidak memegang jabatan ini.", "The official does not hold this post any more."
    ),
}
