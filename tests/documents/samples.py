"""Invented inputs of every document, complete: no person, office or number in them is real."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from domain import letters as l
from domain.words import DocumentKind

from .sample_cast import CHAIR, HASH, HEAD, KOP, KOP_HEAD, LAWS, NAMES, OFFICIAL, POST, REGENT, REMEDY
from .sample_reviews import HEARING_NOTICE, IMPROVEMENT_NOTICE, OBJECTION_DECISION, REVIEW_DECISION

ANNOUNCEMENT = l.Announcement(
    **HEAD,
    number="800.1.2.6/014/PANSEL-JPTP/2026",
    signatories=(CHAIR,),
    posts=(
        l.PostOnOffer(
            "Kepala Dinas Kesehatan",
            "Dinas Kesehatan",
            (
                "berstatus pegawai negeri sipil dengan pangkat paling rendah Pembina (IV/a);",
                "berusia paling tinggi 56 tahun pada saat pelantikan;",
                "berpendidikan paling rendah sarjana atau diploma IV;",
                "pernah menduduki jabatan terkait bidang kesehatan secara kumulatif paling singkat lima tahun;",
                "sedang atau pernah menduduki jabatan administrator atau ahli madya paling singkat dua tahun.",
            ),
            (
                "kompetensi manajerial dan sosial kultural jenjang 4;",
                "kompetensi teknis pengelolaan sistem kesehatan daerah.",
            ),
            (
                "surat lamaran;",
                "daftar riwayat hidup;",
                "keputusan jabatan terakhir;",
                "penilaian kinerja dua tahun terakhir.",
            ),
        ),
        l.PostOnOffer(
            "Kepala Badan Perencanaan Pembangunan, Penelitian, dan Pengembangan Daerah",
            "Badan Perencanaan Pembangunan, Penelitian, dan Pengembangan Daerah",
            (
                "berstatus pegawai negeri sipil dengan pangkat paling rendah Pembina (IV/a);",
                "berusia paling tinggi 56 tahun.",
            ),
            ("kompetensi manajerial dan sosial kultural jenjang 4;", "kompetensi teknis perencanaan pembangunan."),
            ("surat lamaran;", "daftar riwayat hidup;", "keputusan jabatan terakhir."),
        ),
    ),
    opens="2026-11-24",
    closes="2026-12-09",
    closing_time="23.59 WIB",
    timetable=(
        l.TimetableRow("Pengumuman dan pelamaran", "2026-11-24", "2026-12-09"),
        l.TimetableRow("Seleksi administrasi", "2026-12-10", "2026-12-14"),
        l.TimetableRow("Pengumuman hasil seleksi administrasi", "2026-12-15", "2026-12-15"),
        l.TimetableRow("Asesmen kompetensi dan penulisan makalah", "2026-12-28", "2027-01-04"),
        l.TimetableRow("Wawancara akhir", "2027-01-28", "2027-02-02"),
    ),
    weights=(
        l.WeightRow("Rekam jejak", "20"),
        l.WeightRow("Asesmen kompetensi", "25"),
        l.WeightRow("Makalah", "20"),
        l.WeightRow("Wawancara akhir", "35"),
    ),
    scheme=(
        "Setiap tahapan bersifat menggugurkan. Pelamar yang memenuhi seluruh persyaratan administrasi mengikuti "
        "seleksi kompetensi; lima peserta dengan nilai tertinggi mengikuti wawancara akhir. Nilai akhir adalah "
        "jumlah nilai setiap komponen dikalikan bobotnya. Nilai yang sama diurutkan berdasarkan wawancara, kemudian "
        "asesmen."
    ),
    portal="https://seleksi.tirtawening.example",
)

RECEIPT = l.Receipt(
    **{**HEAD, "date": "2026-12-09"},
    number="TT/0042/PANSEL-JPTP/2026",
    signatories=(
        replace(CHAIR, title="Sekretaris Panitia Seleksi", name="Nurul Fitriani, S.Sos.", nip="198003152006042011"),
    ),
    applicant=OFFICIAL,
    post=POST,
    received_at="2026-12-09T21:47:03+07:00",
    deadline="2026-12-09T23:59:59+07:00",
    items=tuple(
        l.ReceiptItem(document, f"{index:02d}-{file}.pdf", size, HASH)
        for index, (document, file, size) in enumerate(
            (
                ("Surat lamaran", "surat-lamaran", "212 KB"),
                ("Daftar riwayat hidup", "daftar-riwayat-hidup", "388 KB"),
                ("Keputusan jabatan terakhir", "sk-jabatan-terakhir-sekretaris-dinas-kesehatan", "1.204 KB"),
                ("Penilaian kinerja dua tahun terakhir", "penilaian-kinerja", "640 KB"),
                ("Ijazah dan transkrip", "ijazah", "902 KB"),
            ),
            1,
        )
    ),
    audit_hash=HASH,
)

SCREENING_RESULT = l.ScreeningResult(
    **{**HEAD, "date": "2026-12-15"},
    number="800.1.2.6/031/PANSEL-JPTP/2026",
    signatories=(CHAIR,),
    applicant=OFFICIAL,
    post=POST,
    passed=False,
    requirements=(
        l.RequirementRow("Pangkat paling rendah Pembina (IV/a)", "MS", "", "PP 11/2017 Pasal 107"),
        l.RequirementRow(
            "Berusia paling tinggi 56 tahun", "MS", "Usia pada tanggal acuan: 50 tahun.", "PP 11/2017 Pasal 107"
        ),
        l.RequirementRow(
            "Pengalaman jabatan terkait paling singkat lima tahun",
            "TMS",
            "Pengalaman yang dapat dibuktikan 4 tahun 2 bulan; keputusan jabatan tahun 2019 tidak dilampirkan.",
            "PP 11/2017 Pasal 107 huruf c angka 4",
        ),
    ),
    next_step="Dengan hasil ini Saudara belum dapat mengikuti tahapan berikutnya.",
    objection_until="2026-12-18",
)

INVITATION = l.Invitation(
    **{**HEAD, "date": "2026-12-18"},
    number="005/052/PANSEL-JPTP/2026",
    signatories=(replace(CHAIR, signed_on="2026-12-18"),),
    candidate=OFFICIAL,
    post=POST,
    stage="assessment",
    sessions=(
        l.TimetableRow("Pengarahan dan tes psikologi", "2026-12-28T08:00:00+07:00", "2026-12-28T12:00:00+07:00"),
        l.TimetableRow(
            "Diskusi kelompok dan wawancara kompetensi", "2026-12-28T13:00:00+07:00", "2026-12-28T16:30:00+07:00"
        ),
        l.TimetableRow("Penulisan makalah", "2026-12-29", "2026-12-29"),
    ),
    venue="Gedung Asesmen Lantai 2, Jalan Telaga Bening Nomor 21, Tirta Wening",
    bring=("kartu tanda penduduk asli", "surat undangan ini", "pakaian kerja rapi"),
)

MEMBERS = (
    CHAIR,
    l.Signatory(
        "Sekretaris merangkap anggota", "Nurul Fitriani, S.Sos.", "Pembina (IV/a)", "198003152006042011", "2027-02-02"
    ),
    l.Signatory("Anggota", "Prof. Dr. Hendarto Kusumo"),
    l.Signatory("Anggota", "Dr. Melati Sasongko, S.H., M.Hum.", "Pembina Utama Muda (IV/c)", "197011231996032002"),
    l.Signatory("Anggota", "Yohanes Baskoro, S.E., M.M.", "Pembina Utama Muda (IV/c)", "197202081998031006"),
)


def score_rows(count: int) -> tuple[l.ScoreRow, ...]:
    """So many candidates; the last of a long list was absent."""
    rows = [
        l.ScoreRow(
            str(number),
            f"{NAMES[(number * 7) % 20]}, {'S.Sos., M.Si.' if number % 3 else 'S.K.M.'}",
            tuple(f"{92 - number * 0.61 - shift:.2f}" for shift in (0.0, 3.25, 1.5, 2.75)),
            f"{90.125 - number * 0.61:.2f}",
        )
        for number in range(1, count + 1)
    ]
    if count > 5:
        rows[-1] = replace(rows[-1], rank="", scores=("71.00", "absent", "absent", "absent"), total="absent")
    return tuple(rows)


MINUTES = l.Minutes(
    **{**HEAD, "date": "2027-02-02"},
    number="BA/007/PANSEL-JPTP/2026",
    signatories=MEMBERS,
    post=POST,
    stage="interview",
    held_on="2027-02-02",
    members=MEMBERS,
    components=(
        l.WeightRow("Rekam jejak", "20"),
        l.WeightRow("Asesmen kompetensi", "25"),
        l.WeightRow("Makalah", "20"),
        l.WeightRow("Wawancara akhir", "35"),
    ),
    rows=score_rows(5),
    notes=(
        "Prof. Dr. Hendarto Kusumo tidak menilai satu peserta karena hubungan keluarga dan telah digantikan.",
        "Tidak terdapat nilai yang sama.",
    ),
    ranking_sha256=HASH,
    audit_hash=HASH[::-1],
)

SHORTLIST_LETTER = l.ShortlistLetter(
    **{**HEAD, "date": "2027-02-02"},
    number="800.1.2.6/077/PANSEL-JPTP/2026",
    signatories=(CHAIR,),
    addressee="Bupati Tirta Wening selaku Pejabat Pembina Kepegawaian",
    through="Sekretaris Daerah selaku Pejabat yang Berwenang",
    post=POST,
    candidates=(
        OFFICIAL,
        l.Person(
            "Eko Wahyudianto, S.K.M., M.P.H.",
            "197703112002121003",
            "Pembina Tingkat I (IV/b)",
            "Direktur RSUD Telaga Bening",
        ),
        l.Person("Bening Larasati, S.Sos., M.Si.", "197908222005012007", "Pembina (IV/a)", "Kepala Bagian Organisasi"),
    ),
    minutes_number="BA/007/PANSEL-JPTP/2026",
)

DECREE = l.Decree(
    **{**HEAD, "date": "2027-02-08", "letterhead": KOP_HEAD},
    number="800.1.3.3/112/TAHUN 2027",
    signatories=(REGENT,),
    subject="Pengangkatan dalam Jabatan Pimpinan Tinggi Pratama",
    issuer="Bupati Tirta Wening",
    considering=(
        (
            "bahwa untuk mengisi jabatan yang lowong perlu mengangkat Pegawai Negeri Sipil yang memenuhi syarat dan "
            "terpilih melalui seleksi terbuka"
        ),
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Keputusan Bupati;",
    ),
    recalling=LAWS,
    noting=(
        "Berita Acara Panitia Seleksi Nomor BA/007/PANSEL-JPTP/2026 tanggal 2 Februari 2027",
        "Rekomendasi Kepala Badan Kepegawaian Negara Nomor 00000/R-AK.02.03/SD/F/2027",
    ),
    person=OFFICIAL,
    former_post=OFFICIAL.position,
    new_post=POST,
    effective_on="2027-02-15",
    remedy=REMEDY,
    copies=(
        "Kepala Badan Kepegawaian Negara",
        "Inspektur Kabupaten Tirta Wening",
        "Kepala BKPSDM Kabupaten Tirta Wening",
    ),
)


def indicator_rows(count: int) -> tuple[l.IndicatorRow, ...]:
    """So many indicators, three to an objective."""
    texts = (
        ("Meningkatnya derajat kesehatan masyarakat", "Angka kematian ibu per 100.000 kelahiran hidup", "85.5"),
        ("Meningkatnya derajat kesehatan masyarakat", "Prevalensi tengkes pada anak balita", "14.2%"),
        ("Meningkatnya derajat kesehatan masyarakat", "Persentase bayi dengan imunisasi dasar lengkap", "95%"),
        ("Meningkatnya mutu layanan kesehatan", "Persentase puskesmas terakreditasi paripurna", "72.5%"),
        ("Meningkatnya mutu layanan kesehatan", "Indeks kepuasan masyarakat atas layanan puskesmas", "86.75"),
        (
            "Meningkatnya mutu layanan kesehatan",
            "Persentase rumah sakit dengan layanan rujukan terpadu dan rekam medis",
            "80..90",
        ),
        ("Meningkatnya akuntabilitas kinerja", "Nilai akuntabilitas kinerja perangkat daerah", "BB"),
    )
    return tuple(
        l.IndicatorRow(objective if index < 7 else f"{objective} tahap lanjut", indicator, target)
        for index, (objective, indicator, target) in ((i, texts[i % 7]) for i in range(count))
    )


PERFORMANCE_CONTRACT = l.PerformanceContract(
    **{**HEAD, "date": "2027-02-20", "letterhead": replace(KOP, unit="Dinas Kesehatan")},
    number="PK/440/003/2027",
    signatories=(l.Signatory("Pihak pertama", OFFICIAL.name, OFFICIAL.rank, OFFICIAL.nip, "2027-02-20"),),
    year="2027",
    version="1",
    first_party=replace(OFFICIAL, position=POST),
    second_party=l.Person("Gunawan Adiprana", position="Bupati Tirta Wening"),
    period_start="2027-02-15",
    period_end="2027-12-31",
    indicators=indicator_rows(7),
    budget=(
        l.BudgetRow("Program Pemenuhan Upaya Kesehatan Perorangan dan Masyarakat", "48250000000", "APBD"),
        l.BudgetRow("Program Peningkatan Kapasitas Sumber Daya Manusia Kesehatan", "3125500000", "APBD"),
        l.BudgetRow("Program Pemberdayaan Masyarakat Bidang Kesehatan", "1890000000", "DAK nonfisik"),
    ),
    budget_total="53265500000",
)

LETTERS: Mapping[DocumentKind, l.Letter] = {
    DocumentKind.ANNOUNCEMENT: ANNOUNCEMENT,
    DocumentKind.RECEIPT: RECEIPT,
    DocumentKind.SCREENING_RESULT: SCREENING_RESULT,
    DocumentKind.INVITATION: INVITATION,
    DocumentKind.MINUTES: MINUTES,
    DocumentKind.SHORTLIST_LETTER: SHORTLIST_LETTER,
    DocumentKind.DECREE: DECREE,
    DocumentKind.PERFORMANCE_CONTRACT: PERFORMANCE_CONTRACT,
    DocumentKind.IMPROVEMENT_NOTICE: IMPROVEMENT_NOTICE,
    DocumentKind.HEARING_NOTICE: HEARING_NOTICE,
    DocumentKind.REVIEW_DECISION: REVIEW_DECISION,
    DocumentKind.OBJECTION_DECISION: OBJECTION_DECISION,
}


def inputs(letter: l.Letter) -> dict[str, Any]:
    """A letter as the record keeps it: through JSON."""
    frozen: dict[str, Any] = json.loads(json.dumps(asdict(letter)))
    return frozen


def sample(kind: DocumentKind) -> dict[str, Any]:
    """The complete inputs of a kind."""
    return inputs(LETTERS[kind])


def long_minutes() -> dict[str, Any]:
    """Forty candidates, one of them absent."""
    return inputs(replace(MINUTES, rows=score_rows(40)))


def long_contract() -> dict[str, Any]:
    """Fifteen indicators."""
    return inputs(replace(PERFORMANCE_CONTRACT, indicators=indicator_rows(15)))
