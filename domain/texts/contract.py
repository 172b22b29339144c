"""Refusals of acts on a performance contract."""

from typing import Final

from domain.texts.row import RefusalText

ROWS: Final[dict[str, RefusalText]] = {
    # -- text and signatures
    "annex-incomplete": RefusalText(
        409,
        "Lampiran belum dapat diterbitkan ({count} temuan); yang pertama di {path}: {finding}.",
        "The annex cannot be issued yet ({count} findings); the first, at {path}: {finding}.",
    ),
    "already-issued": RefusalText(
        409,
        "Perjanjian kinerja sudah diterbitkan untuk ditandatangani.",
        "The contract has been issued for signature already.",
    ),
    "not-issued": RefusalText(
        409,
        "Versi {version} belum diterbitkan untuk ditandatangani.",
        "Version {version} has not been issued for signature.",
    ),
    "nothing-to-sign": RefusalText(
        409, "Versi {version} tidak menunggu tanda tangan.", "Version {version} waits for no signature."
    ),
    "already-signed": RefusalText(
        409, "Versi {version} sudah ditandatangani pihak ini.", "Version {version} was already signed by this party."
    ),
    "wrong-version": RefusalText(
        409,
        "Perubahan berikutnya adalah versi {needed}, bukan {version}.",
        "The next amendment is version {needed}, not {version}.",
    ),
    "draft-missing": RefusalText(
        409,
        "Naskah versi {version} belum disimpan; simpan dahulu lampirannya.",
        "There is no draft of version {version}; save its annex first.",
    ),
    "unlawful-ground": RefusalText(
        422,
        "Perjanjian kinerja hanya dapat diubah atas tiga alasan; {ground} bukan salah satunya.",
        "A contract may be amended on three grounds only; {ground} is none of them.",
    ),
    "period-over": RefusalText(
        409, "Masa perjanjian sudah berakhir pada {until}.", "The contract's period ended on {until}."
    ),
    "not-in-force": RefusalText(
        409,
        "Perjanjian kinerja belum ditandatangani kedua pihak.",
        "The contract is not signed by both parties yet.",
    ),
    # -- check-ins
    "no-such-quarter": RefusalText(
        422,
        "Triwulan {quarter} tidak dihitung; yang dihitung: {quarters}.",
        "Quarter {quarter} does not count; those that do: {quarters}.",
    ),
    "quarter-not-begun": RefusalText(
        409,
        "Triwulan {quarter} baru dimulai pada {since}.",
        "Quarter {quarter} begins on {since}.",
    ),
    "check-in-verified": RefusalText(
        409,
        "Laporan triwulan {quarter} sudah diperiksa dan tidak dapat diubah.",
        "The report of quarter {quarter} is verified and stands.",
    ),
    "check-in-missing": RefusalText(
        409,
        "Laporan triwulan {quarter} belum disampaikan; tanpa laporan baru dapat diperiksa setelah {due}.",
        "Quarter {quarter} is not reported yet; without a report it can be verified after {due}.",
    ),
    "unknown-indicator": RefusalText(
        422,
        "Indikator {indicator} tidak ada dalam perjanjian yang berlaku.",
        "Indicator {indicator} is not in the contract in force.",
    ),
    "actual-missing": RefusalText(
        422,
        "Realisasi indikator {indicator} belum diisi untuk triwulan {quarter}.",
        "There is no actual of indicator {indicator} for quarter {quarter}.",
    ),
    "actual-unreadable": RefusalText(
        422,
        "Realisasi {value} pada indikator {indicator} tidak terbaca.",
        "The actual {value} of indicator {indicator} cannot be read.",
    ),
    # -- rating and objection
    "force-majeure-late": RefusalText(
        409,
        "Keadaan kahar diputuskan sebelum penilaian; predikat sudah ditetapkan.",
        "Force majeure is decided before the rating; the year is rated already.",
    ),
    "force-majeure-decided": RefusalText(
        409, "Keadaan kahar sudah diputuskan.", "Force majeure has been decided already."
    ),
    "rating-too-early": RefusalText(
        409,
        "Penilaian tahunan baru dibuka pada {since}.",
        "The year may be rated from {since} on.",
    ),
    "check-ins-open": RefusalText(
        409,
        "Triwulan berikut belum diperiksa: {quarters}.",
        "These quarters are not verified yet: {quarters}.",
    ),
    "already-rated": RefusalText(409, "Predikat sudah ditetapkan.", "The year has been rated already."),
    "not-rated": RefusalText(409, "Predikat belum ditetapkan.", "The year has not been rated yet."),
    "already-objected": RefusalText(409, "Keberatan sudah diajukan.", "An objection has been filed already."),
    "objection-late": RefusalText(
        409,
        "Keberatan tidak dapat diterima: tenggang waktu berakhir pada {until}.",
        "The objection is not admissible: its term ended at {until}.",
    ),
    "no-objection": RefusalText(409, "Tidak ada keberatan yang diajukan.", "No objection has been filed."),
    "objection-decided": RefusalText(409, "Keberatan sudah diputus.", "The objection has been decided already."),
    "objection-without-effect": RefusalText(
        422,
        "Keputusan {outcome} tidak sesuai isinya: yang dikabulkan mengubah penilaian, yang ditolak tidak.",
        "{outcome} does not fit: a granted objection changes results or behaviour, a rejected one does not.",
    ),
    "own-rating": RefusalText(
        403,
        "Keberatan diputus atasan pejabat penilai, bukan oleh yang menilai.",
        "An objection is decided above the one who rated, not by him.",
    ),
    "objection-undecided": RefusalText(409, "Keberatan belum diputus.", "The objection is not decided yet."),
    "objection-open": RefusalText(
        409,
        "Tenggang keberatan masih berjalan sampai {until}.",
        "The objection window is open until {until}.",
    ),
}
