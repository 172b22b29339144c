"""The papers of a review: masa perbaikan, undangan didengar, keputusan evaluasi, and keputusan atas keberatan."""

from contract_templates.build.paper import Column, Line, Sheet, cell_of
from contract_templates.build.stationery import (
    NUMBER_COLUMN,
    addressee,
    decision_paper,
    decision_title,
    enacted,
    letter_block,
    official_paper,
    preamble,
    ruling,
    signatures,
)

_ISSUER = "{{ issuer or signatories[0].title }}"
_OUTCOME: tuple[Line, ...] = (
    ("Berdasarkan hasil evaluasi, Pegawai Negeri Sipil:", "Isi"),
    ("Nama\t:\t**{{ official.name }}**", "Data"),
    ("{%p if official.nip %}", "Data"),
    ("NIP\t:\t{{ official.nip }}", "Data"),
    ("{%p endif %}", "Data"),
    ("{%p if official.rank %}", "Data"),
    ("Pangkat/golongan\t:\t{{ official.rank }}", "Data"),
    ("{%p endif %}", "Data"),
    ("Jabatan\t:\t{{ post }}", "Data"),
    ("", "Sela"),
    (
        (
            "dinyatakan **{{ outcome | istilah }}**{% if target_post %}, yaitu **{{ target_post }}**{% endif %}, "
            "terhitung mulai tanggal {{ effective_on | tanggal }}."
        ),
        "Isi",
    ),
)


def improvement_notice() -> bytes:
    """Pemberitahuan masa perbaikan enam bulan: what was missed, until when, and the official's rights."""
    sheet = official_paper("Pemberitahuan Masa Perbaikan Kinerja")
    letter_block(sheet, "Pemberitahuan masa perbaikan kinerja", nature="Rahasia")
    addressee(sheet, "official")
    sheet.text(
        "Hasil penilaian kinerja Saudara tahun {{ year }} dalam jabatan **{{ post }}** telah ditetapkan dengan "
        "predikat **{{ rating | istilah }}**. Target berikut belum tercapai."
    )
    columns = (
        NUMBER_COLUMN,
        Column("Indikator kinerja", 7.2, cell_of("{{ row.indicator }}")),
        Column("Target", 2.6, cell_of("{{ row.target | angka }}", "Tabel Angka")),
        Column("Realisasi", 2.6, cell_of("{{ row.actual | angka }}", "Tabel Angka")),
        Column("Capaian (%)", 2.6, cell_of("{{ row.achievement | angka }}", "Tabel Angka")),
    )
    sheet.ruled(columns, "row in shortfalls")
    sheet.text(
        "Sesuai dengan Pasal 142 ayat (2) Peraturan Pemerintah Nomor 11 Tahun 2017 tentang Manajemen Pegawai Negeri "
        "Sipil, Saudara diberi kesempatan selama enam bulan untuk memperbaiki kinerja, yaitu **{{ starts_on | "
        "tanggal }} sampai dengan {{ ends_on | tanggal }}**."
    )
    sheet.text(
        "Selama masa tersebut atasan langsung menyusun rencana perbaikan bersama Saudara dan mendampingi "
        "pelaksanaannya melalui dialog kinerja secara berkala. Pada akhir masa perbaikan dilakukan evaluasi. Apabila "
        "kinerja membaik, proses ini selesai; apabila belum, Saudara mengikuti uji kompetensi kembali sesuai dengan "
        "Pasal 142 ayat (3)."
    )
    _rights(sheet)
    sheet.text("Surat ini bukan hukuman disiplin. Kami berharap kesempatan ini digunakan sebaik-baiknya.", "Isi Awal")
    signatures(sheet)
    return sheet.bytes()


def hearing_notice() -> bytes:
    """Pemberitahuan rencana keputusan dan undangan didengar (UU 30/2014 Pasal 46-47)."""
    sheet = official_paper("Pemberitahuan Rencana Keputusan")
    letter_block(sheet, "Pemberitahuan rencana keputusan dan undangan didengar", nature="Rahasia")
    addressee(sheet, "official")
    sheet.text(
        "Sesuai dengan Pasal 46 dan Pasal 47 Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan, "
        "kami beritahukan bahwa Pejabat Pembina Kepegawaian sedang mempertimbangkan keputusan mengenai kedudukan "
        "Saudara dalam jabatan **{{ post }}**, dengan dasar sebagai berikut."
    )
    sheet.items("grounds")
    sheet.text(
        "Belum ada keputusan yang diambil. Sebelum itu Saudara diberi kesempatan untuk didengar dan memberikan "
        "penjelasan pada:",
        "Pengantar",
    )
    sheet.fields(
        (
            ("Waktu", "**{{ hearing_at | waktu }}**"),
            ("Tempat", "{{ venue }}"),
            ("Keputusan paling cepat", "{{ earliest_decision_on | hari }}"),
        ),
        label=4.6,
    )
    _rights(sheet)
    sheet.text(
        "Apabila Saudara tidak dapat hadir, mohon memberi tahu sekretariat sebelum waktu tersebut. Penjelasan juga "
        "dapat disampaikan secara tertulis.",
        "Isi Awal",
    )
    signatures(sheet)
    return sheet.bytes()


def _rights(sheet: Sheet) -> None:
    with sheet.when("rights"):
        sheet.text("Hak Saudara:", "Pengantar")
        sheet.items("rights")


def review_decision() -> bytes:
    """Keputusan atas evaluasi: stay, lateral move or lower post, with reasons and every gate's proof."""
    sheet = decision_paper("Keputusan Hasil Evaluasi Jabatan", "{{ issuer }}")
    about = "hasil evaluasi dan peninjauan jabatan"
    decision_title(sheet, "{{ issuer }}", f"{about} {{{{ post }}}}")
    preamble(sheet, (("Menimbang", "reasons"), ("Mengingat", "recalling")))
    ruling(
        sheet,
        f"^^Keputusan {{{{ issuer }}}} tentang {about} {{{{ post | kalimat }}}}^^",
        (
            _OUTCOME,
            cell_of(
                "Keputusan ini diambil setelah setiap tahapan yang diwajibkan dipenuhi, sebagaimana tercantum dalam "
                "lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini.",
                "Isi",
            ),
            cell_of("{{ remedy | kalimat }}", "Isi"),
            cell_of("Keputusan ini mulai berlaku pada tanggal ditetapkan.", "Isi"),
        ),
    )
    enacted(sheet)
    _gates(sheet)
    return sheet.bytes()


def _gates(sheet: Sheet) -> None:
    sheet.text("Lampiran", "Judul").paragraph_format.page_break_before = True
    sheet.text("Keputusan {{ issuer }}", "Subjudul")
    sheet.text("NOMOR {{ number }}", "Subjudul Biasa")
    sheet.gap()
    sheet.text("Tahapan yang telah dipenuhi sebelum Keputusan ditetapkan:", "Pengantar")
    columns = (
        NUMBER_COLUMN,
        Column("Tahapan", 6.2, cell_of("{{ row.gate }}")),
        Column("Bukti", 5.1, cell_of("{{ row.proof }}")),
        Column("Tanggal", 3.7, cell_of("{% if row.date %}{{ row.date | tanggal }}{% endif %}", "Tabel Tengah")),
    )
    sheet.ruled(columns, "row in gates")
    enacted(sheet)


def objection_decision() -> bytes:
    """Keputusan atas keberatan: what was objected to, the considerations, and what changes."""
    sheet = decision_paper("Keputusan atas Keberatan", _ISSUER)
    decision_title(sheet, _ISSUER, "keberatan atas {{ against }}")
    table_of_objection = (
        ("Keberatan yang diajukan pada tanggal {{ filed_on | tanggal }} oleh:", "Isi"),
        ("Nama\t:\t**{{ objector.name }}**", "Data"),
        ("{%p if objector.nip %}", "Data"),
        ("NIP\t:\t{{ objector.nip }}", "Data"),
        ("{%p endif %}", "Data"),
        ("{%p if objector.position %}", "Data"),
        ("Jabatan\t:\t{{ objector.position }}", "Data"),
        ("{%p endif %}", "Data"),
        ("Terhadap\t:\t{{ against }}", "Data"),
        ("", "Sela"),
        ("dinyatakan **{{ decision | istilah }}**.", "Isi"),
    )
    preamble(sheet, (("Menimbang", "considering"), ("Mengingat", "recalling")))
    ruling(
        sheet,
        f"^^Keputusan {_ISSUER} tentang keberatan atas {{{{ against | kalimat }}}}^^",
        (
            table_of_objection,
            cell_of("{{ result | kalimat }}", "Isi"),
            cell_of("{{ remedy | kalimat }}", "Isi"),
            cell_of(
                "Keputusan ini mulai berlaku pada tanggal ditetapkan dan disampaikan kepada yang bersangkutan.", "Isi"
            ),
        ),
    )
    enacted(sheet)
    return sheet.bytes()
