"""Invented inputs of every document, complete: no person, office or number in them is real."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from domain import letters as l
from domain.words import DocumentKind

KOP = l.Letterhead(
    agency="Pemerintah Kabupaten Tirta Wening",
    unit="Panitia Seleksi Terbuka Jabatan Pimpinan Tinggi Pratama",
    address="Jalan Telaga Bening Nomor 17, Tirta Wening 00000",
    contact="Telepon (0200) 555-0117  ·  surel sekretariat@tirtawening.example",
    place="Tirta Wening",
)
KOP_HEAD = replace(KOP, unit="Bupati Tirta Wening")
KOP_BKPSDM = replace(KOP, unit="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia")

CHAIR = l.Signatory("Ketua Panitia Seleksi", "Dr. Ratnasari Wibisono, M.Si.", "Pembina Utama Madya (IV/d)", "196804121993032004")
REGENT = l.Signatory("Bupati Tirta Wening", "Gunawan Adiprana")
SECRETARY = l.Signatory(
    "Sekretaris Daerah", "Ir. Bambang Sulistyo, M.T.", "Pembina Utama Madya (IV/d)", "196907081995031003"
)
OFFICIAL = l.Person(
    "dr. Siti Nurhayati Pramono, M.Kes.",
    "197605142003122005",
    "Pembina Tingkat I (IV/b)",
    "Sekretaris Dinas Kesehatan Kabupaten Tirta Wening",
)
POST = "Kepala Dinas Kesehatan Kabupaten Tirta Wening"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LAWS = (
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
    "Peraturan Pemerintah Nomor 11 Tahun 2017 tentang Manajemen Pegawai Negeri Sipil sebagaimana telah diubah dengan "
    + "Peraturan Pemerintah Nomor 17 Tahun 2020",
)
REMEDY = (
    "Terhadap Keputusan ini dapat diajukan keberatan secara tertulis kepada Pejabat Pembina Kepegawaian paling lambat 14 "
    "(empat belas) hari kerja sejak Keputusan ini diterima"
)
RIGHTS = (
    "memperoleh penjelasan tertulis mengenai setiap indikator yang dinilai belum tercapai;",
    "melihat seluruh bukti dan catatan dialog kinerja;",
    "didampingi oleh atasan langsung dalam menyusun rencana perbaikan.",
)

_HEAD: dict[str, Any] = {"letterhead": KOP, "date": "2026-11-23", "verification": "TW7K-QM4P"}
_NAMES = (
    "Adhitya Wirakusuma", "Bening Larasati", "Cahyo Prasetyawan", "Dewi Anggraini Putri", "Eko Wahyudianto",
    "Farida Hanum Lestari", "Galih Rakasiwi", "Hesti Purnamasari", "Indra Mahendrata", "Joko Santosa Wibawa",
    "Kartika Sekarningrum", "Lukman Hakim Nasirudin", "Maya Kusumawardani", "Nugroho Adi Pambudi", "Oktavia Rahmadani",
    "Prabowo Setyadi", "Qonita Zahratunnisa", "Rahmat Hidayatullah", "Sekar Ayu Widuri", "Teguh Imanuel Siregar",
)  # fmt: skip

ANNOUNCEMENT = l.Announcement(
    **_HEAD,
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
                "sedang atau pernah menduduki jabatan administrator atau fungsional ahli madya paling singkat dua tahun.",
            ),
            ("kompetensi manajerial dan sosial kultural jenjang 4;", "kompetensi teknis pengelolaan sistem kesehatan daerah."),
            ("surat lamaran;", "daftar riwayat hidup;", "keputusan jabatan terakhir;", "penilaian kinerja dua tahun terakhir."),
        ),
        l.PostOnOffer(
            "Kepala Badan Perencanaan Pembangunan, Penelitian, dan Pengembangan Daerah",
            "Badan Perencanaan Pembangunan, Penelitian, dan Pengembangan Daerah",
            ("berstatus pegawai negeri sipil dengan pangkat paling rendah Pembina (IV/a);", "berusia paling tinggi 56 tahun."),
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
        "Setiap tahapan bersifat menggugurkan. Pelamar yang memenuhi seluruh persyaratan administrasi mengikuti seleksi "
        "kompetensi; lima peserta dengan nilai tertinggi mengikuti wawancara akhir. Nilai akhir adalah jumlah nilai setiap "
        "komponen dikalikan bobotnya. Nilai yang sama diurutkan berdasarkan wawancara, kemudian asesmen."
    ),
    portal="https://seleksi.tirtawening.example",
)

RECEIPT = l.Receipt(
    **{**_HEAD, "date": "2026-12-09"},
    number="TT/0042/PANSEL-JPTP/2026",
    signatories=(replace(CHAIR, title="Sekretaris Panitia Seleksi", name="Nurul Fitriani, S.Sos.", nip="198003152006042011"),),
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
    **{**_HEAD, "date": "2026-12-15"},
    number="800.1.2.6/031/PANSEL-JPTP/2026",
    signatories=(CHAIR,),
    applicant=OFFICIAL,
    post=POST,
    passed=False,
    requirements=(
        l.RequirementRow("Pangkat paling rendah Pembina (IV/a)", "MS", "", "PP 11/2017 Pasal 107"),
        l.RequirementRow("Berusia paling tinggi 56 tahun", "MS", "Usia pada tanggal acuan: 50 tahun.", "PP 11/2017 Pasal 107"),
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
    **{**_HEAD, "date": "2026-12-18"},
    number="005/052/PANSEL-JPTP/2026",
    signatories=(replace(CHAIR, signed_on="2026-12-18"),),
    candidate=OFFICIAL,
    post=POST,
    stage="assessment",
    sessions=(
        l.TimetableRow("Pengarahan dan tes psikologi", "2026-12-28T08:00:00+07:00", "2026-12-28T12:00:00+07:00"),
        l.TimetableRow("Diskusi kelompok dan wawancara kompetensi", "2026-12-28T13:00:00+07:00", "2026-12-28T16:30:00+07:00"),
        l.TimetableRow("Penulisan makalah", "2026-12-29", "2026-12-29"),
    ),
    venue="Gedung Asesmen Lantai 2, Jalan Telaga Bening Nomor 21, Tirta Wening",
    bring=("kartu tanda penduduk asli", "surat undangan ini", "pakaian kerja rapi"),
)

MEMBERS = (
    CHAIR,
    l.Signatory("Sekretaris merangkap anggota", "Nurul Fitriani, S.Sos.", "Pembina (IV/a)", "198003152006042011", "2027-02-02"),
    l.Signatory("Anggota", "Prof. Dr. Hendarto Kusumo"),
    l.Signatory("Anggota", "Dr. Melati Sasongko, S.H., M.Hum.", "Pembina Utama Muda (IV/c)", "197011231996032002"),
    l.Signatory("Anggota", "Yohanes Baskoro, S.E., M.M.", "Pembina Utama Muda (IV/c)", "197202081998031006"),
)


def score_rows(count: int) -> tuple[l.ScoreRow, ...]:
    """So many candidates; the last of a long list was absent."""
    rows = [
        l.ScoreRow(
            str(number),
            f"{_NAMES[(number * 7) % 20]}, {'S.Sos., M.Si.' if number % 3 else 'S.K.M.'}",
            tuple(f"{92 - number * 0.61 - shift:.2f}" for shift in (0.0, 3.25, 1.5, 2.75)),
            f"{90.125 - number * 0.61:.2f}",
        )
        for number in range(1, count + 1)
    ]
    if count > 5:
        rows[-1] = replace(rows[-1], rank="", scores=("71.00", "absent", "absent", "absent"), total="absent")
    return tuple(rows)


MINUTES = l.Minutes(
    **{**_HEAD, "date": "2027-02-02"},
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
    **{**_HEAD, "date": "2027-02-02"},
    number="800.1.2.6/077/PANSEL-JPTP/2026",
    signatories=(CHAIR,),
    addressee="Bupati Tirta Wening selaku Pejabat Pembina Kepegawaian",
    through="Sekretaris Daerah selaku Pejabat yang Berwenang",
    post=POST,
    candidates=(
        OFFICIAL,
        l.Person("Eko Wahyudianto, S.K.M., M.P.H.", "197703112002121003", "Pembina Tingkat I (IV/b)", "Direktur RSUD Telaga Bening"),
        l.Person("Bening Larasati, S.Sos., M.Si.", "197908222005012007", "Pembina (IV/a)", "Kepala Bagian Organisasi"),
    ),
    minutes_number="BA/007/PANSEL-JPTP/2026",
)

DECREE = l.Decree(
    **{**_HEAD, "date": "2027-02-08", "letterhead": KOP_HEAD},
    number="800.1.3.3/112/TAHUN 2027",
    signatories=(REGENT,),
    subject="Pengangkatan dalam Jabatan Pimpinan Tinggi Pratama",
    issuer="Bupati Tirta Wening",
    considering=(
        "bahwa untuk mengisi jabatan yang lowong perlu mengangkat Pegawai Negeri Sipil yang memenuhi syarat dan terpilih "
        + "melalui seleksi terbuka",
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
    copies=("Kepala Badan Kepegawaian Negara", "Inspektur Kabupaten Tirta Wening", "Kepala BKPSDM Kabupaten Tirta Wening"),
)


def indicator_rows(count: int) -> tuple[l.IndicatorRow, ...]:
    """So many indicators, three to an objective."""
    texts = (
        ("Meningkatnya derajat kesehatan masyarakat", "Angka kematian ibu per 100.000 kelahiran hidup", "85.5"),
        ("Meningkatnya derajat kesehatan masyarakat", "Prevalensi tengkes pada anak balita", "14.2%"),
        ("Meningkatnya derajat kesehatan masyarakat", "Persentase bayi dengan imunisasi dasar lengkap", "95%"),
        ("Meningkatnya mutu layanan kesehatan", "Persentase puskesmas terakreditasi paripurna", "72.5%"),
        ("Meningkatnya mutu layanan kesehatan", "Indeks kepuasan masyarakat atas layanan puskesmas", "86.75"),
        ("Meningkatnya mutu layanan kesehatan", "Persentase rumah sakit dengan layanan rujukan terpadu dan rekam medis", "80..90"),
        ("Meningkatnya akuntabilitas kinerja", "Nilai akuntabilitas kinerja perangkat daerah", "BB"),
    )
    return tuple(
        l.IndicatorRow(objective if index < 7 else f"{objective} tahap lanjut", indicator, target)
        for index, (objective, indicator, target) in ((i, texts[i % 7]) for i in range(count))
    )


PERFORMANCE_CONTRACT = l.PerformanceContract(
    **{**_HEAD, "date": "2027-02-20", "letterhead": replace(KOP, unit="Dinas Kesehatan")},
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

IMPROVEMENT_NOTICE = l.ImprovementNotice(
    **{**_HEAD, "date": "2028-03-01", "letterhead": KOP_BKPSDM},
    number="800.1.9/021/BKPSDM/2028",
    signatories=(SECRETARY,),
    official=replace(OFFICIAL, position=POST),
    post=POST,
    year="2027",
    rating="needs_improvement",
    shortfalls=(
        l.ShortfallRow("Angka kematian ibu per 100.000 kelahiran hidup", "85.5", "112.4", "68.54"),
        l.ShortfallRow("Prevalensi tengkes pada anak balita", "14.2%", "19.8%", "60.56"),
    ),
    starts_on="2028-03-01",
    ends_on="2028-08-31",
    rights=RIGHTS,
)

HEARING_NOTICE = l.HearingNotice(
    **{**_HEAD, "date": "2028-09-25", "letterhead": KOP_BKPSDM},
    number="800.1.9/088/BKPSDM/2028",
    signatories=(SECRETARY,),
    official=replace(OFFICIAL, position=POST),
    post=POST,
    grounds=(
        "predikat kinerja tahun 2027 Butuh Perbaikan, ditetapkan pada 20 Februari 2028;",
        "evaluasi akhir masa perbaikan tanggal 4 September 2028 menyatakan kinerja belum membaik;",
        "hasil uji kompetensi kembali tanggal 18 September 2028.",
    ),
    hearing_at="2028-10-09T09:30:00+08:00",
    venue="Ruang Rapat Sekretaris Daerah, Jalan Telaga Bening Nomor 17, Tirta Wening",
    earliest_decision_on="2028-10-16",
    rights=("didampingi satu orang pendamping;", "mengajukan dokumen dan saksi;", "menerima salinan berita acara."),
)

REVIEW_DECISION = l.ReviewDecision(
    **{**_HEAD, "date": "2028-10-23", "letterhead": KOP_HEAD},
    number="800.1.3.3/201/TAHUN 2028",
    signatories=(REGENT,),
    issuer="Bupati Tirta Wening",
    official=replace(OFFICIAL, position=POST),
    post=POST,
    outcome="lower_post",
    target_post="Sekretaris Dinas Sosial Kabupaten Tirta Wening",
    reasons=(
        "bahwa target kinerja tahun 2027 tidak tercapai dan tidak membaik setelah masa perbaikan enam bulan;",
        "bahwa hasil uji kompetensi menunjukkan kesesuaian dengan jabatan administrator bidang pelayanan sosial;",
        "bahwa pilihan tetap dalam jabatan dan pemindahan ke jabatan setara telah dipertimbangkan;",
    ),
    gates=(
        l.GateRow("Perjanjian kinerja berlaku; dua belas bulan dalam jabatan", "PK/440/003/2027", "2027-02-20"),
        l.GateRow("Predikat akhir dalam kriteria evaluasi", "Penilaian tahun 2027", "2028-02-20"),
        l.GateRow("Tidak ada keadaan kahar yang diterima", "Penetapan 12/BKPSDM/2028", "2028-01-31"),
        l.GateRow("Pemberitahuan tertulis dan rencana perbaikan", "800.1.9/021/BKPSDM/2028", "2028-03-01"),
        l.GateRow("Enam bulan berlalu dengan pendampingan", "Dialog kinerja I sampai dengan VI", "2028-08-31"),
        l.GateRow("Evaluasi: belum membaik", "Evaluasi 17/BKPSDM/2028", "2028-09-04"),
        l.GateRow("Uji kompetensi kembali", "Laporan asesmen 44/2028", "2028-09-18"),
        l.GateRow("Pertimbangan tim penilai kinerja dan usul PyB", "BA/TPK/05/2028", "2028-09-22"),
        l.GateRow("Pemberitahuan dan kesempatan didengar", "800.1.9/088/BKPSDM/2028", "2028-09-25"),
        l.GateRow("Tidak dalam masa larangan; rekomendasi BKN", "00000/R-AK.02.03/SD/F/2028", "2028-10-12"),
    ),
    recalling=LAWS,
    effective_on="2028-11-01",
    remedy=REMEDY,
)

OBJECTION_DECISION = l.ObjectionDecision(
    **{**_HEAD, "date": "2028-11-27", "letterhead": KOP_HEAD},
    number="800.1.3.3/230/TAHUN 2028",
    signatories=(REGENT,),
    objector=replace(OFFICIAL, position=POST),
    against="Keputusan Bupati Tirta Wening Nomor 800.1.3.3/201/TAHUN 2028 tanggal 23 Oktober 2028",
    filed_on="2028-11-06",
    considering=(
        "bahwa keberatan diajukan dalam jangka waktu 14 (empat belas) hari kerja sejak Keputusan diterima",
        "bahwa penghitungan capaian indikator pertama keliru, tetapi koreksinya tidak mengubah predikat",
    ),
    decision="granted_in_part",
    result="Capaian indikator pertama diperbaiki menjadi 72,10 persen; diktum KESATU Keputusan semula tetap berlaku",
    remedy="Apabila tidak puas, yang bersangkutan dapat mengajukan gugatan ke Pengadilan Tata Usaha Negara",
    recalling=(*LAWS, "Peraturan Pemerintah Nomor 79 Tahun 2021 tentang Upaya Administratif dan Badan Pertimbangan ASN"),
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
