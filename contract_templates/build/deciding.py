"""Berita acara with the score table, surat penyampaian tiga nama, and keputusan pengangkatan."""

from contract_templates.build.paper import Column, Line, Sheet, cell_of
from contract_templates.build.stationery import (
    NUMBER_COLUMN,
    copies,
    decision_paper,
    decision_title,
    enacted,
    letter_block,
    note,
    official_paper,
    preamble,
    ruling,
    signatures,
)

_APPOINTMENT: tuple[Line, ...] = (
    (
        (
            "Terhitung mulai tanggal {{ effective_on | tanggal }}"
            "{% if former_post %} memberhentikan dari jabatan lama dan{% endif %} mengangkat dalam jabatan baru "
            "Pegawai Negeri Sipil:"
        ),
        "Isi",
    ),
    ("Nama\t:\t**{{ person.name }}**", "Data"),
    ("{%p if person.nip %}", "Data"),
    ("NIP\t:\t{{ person.nip }}", "Data"),
    ("{%p endif %}", "Data"),
    ("{%p if person.rank %}", "Data"),
    ("Pangkat/golongan\t:\t{{ person.rank }}", "Data"),
    ("{%p endif %}", "Data"),
    ("{%p if former_post %}", "Data"),
    ("Jabatan lama\t:\t{{ former_post }}", "Data"),
    ("{%p endif %}", "Data"),
    ("Jabatan baru\t:\t**{{ new_post }}**", "Data"),
    ("", "Sela"),
)


def minutes() -> bytes:
    """Berita acara: who met, the table by rank, notes, and the signatures of all who were present."""
    sheet = official_paper("Berita Acara")
    sheet.text("Berita acara", "Judul")
    sheet.text("NOMOR {{ number }}", "Judul Nomor")
    sheet.gap()
    sheet.text("Tentang", "Subjudul")
    sheet.text("Hasil {{ stage | istilah }}", "Subjudul")
    sheet.text("Jabatan {{ post }}", "Subjudul")
    sheet.gap()
    sheet.text(
        "Pada hari ini, {{ held_on | tanggal_terbilang }} ({{ held_on | tanggal }}), bertempat di {{ "
        "letterhead.place }}, {{ letterhead.unit }} telah mengadakan rapat yang dihadiri oleh:",
        "Isi Awal",
    )
    with sheet.each("member in members"):
        sheet.text("{{ loop.index }}.\t{{ member.name }}, {{ member.title }}", "Butir")
    sheet.text(
        "Rapat membuka lembar nilai yang telah disegel, memeriksa perhitungannya, dan menyepakati hasil sebagai "
        "berikut.",
        "Pengantar",
    )
    _scores(sheet)
    with sheet.when("notes"):
        sheet.text("Catatan", "Bagian")
        sheet.items("notes")
    note(sheet, "Sidik peringkat (SHA-256) dan jejak audit pada saat rapat:")
    sheet.text("{{ ranking_sha256 }}", "Kode")
    sheet.text("{{ audit_hash }}", "Kode")
    sheet.text(
        "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.", "Isi Awal"
    )
    sheet.cling()
    _members(sheet)
    with sheet.when("signatories | rejectattr('name', 'in', members | map(attribute='name') | list) | list"):
        sheet.text("Mengetahui:", "Pengantar")
        signatures(sheet, people="signatories if signer.name not in (members | map(attribute='name') | list)")
    return sheet.bytes()


def _scores(sheet: Sheet) -> None:
    heading = (
        "{{ component.component | komponen }}{% if component.weight %} ({{ component.weight | angka }}%){% endif %}"
    )
    columns = (
        Column("Peringkat", 1.8, cell_of("{{ row.rank or '\N{EN DASH}' }}", "Tabel Tengah")),
        Column("Nama", 9.55, cell_of("{{ row.name }}")),
        Column(
            heading,
            2.15,
            cell_of("{{ score | angka }}", "Tabel Angka"),
            ("component in components", "score in row.scores"),
        ),
        Column("Nilai akhir", 1.9, cell_of("**{{ row.total | angka }}**", "Tabel Angka")),
    )
    sheet.ruled(columns, "row in rows")


def _members(sheet: Sheet) -> None:
    signed = (
        ("{%p if row.signed_on %}", "Tabel Kecil"),
        ("Disahkan dengan akun terautentikasi, {{ row.signed_on | tanggal }}", "Tabel Kecil"),
        ("{%p else %}", "Tabel Kecil"),
        ("{{ loop.index }}. ……………………", "Tempat Paraf"),
        ("{%p endif %}", "Tabel Kecil"),
    )
    name = (("{{ row.name }}", "Tabel"), ("{%p if row.nip %}", "Tabel"), ("NIP {{ row.nip }}", "Tabel Kecil"))
    columns = (
        NUMBER_COLUMN,
        Column("Nama", 6.0, (*name, ("{%p endif %}", "Tabel"))),
        Column("Kedudukan", 4.4, cell_of("{{ row.title }}")),
        Column("Tanda tangan", 4.6, signed),
    )
    sheet.ruled(columns, "row in members", bound=True)


def shortlist_letter() -> bytes:
    """Surat penyampaian tiga nama: by alphabet and without scores."""
    sheet = official_paper("Penyampaian Hasil Seleksi Terbuka")
    letter_block(sheet, "Penyampaian tiga nama calon {{ post }}")
    sheet.text("Yth. **{{ addressee }}**", "Isi Rapat")
    with sheet.when("through"):
        sheet.text("melalui {{ through }}", "Isi Rapat")
    sheet.text("di tempat", "Isi Rapat")
    sheet.gap()
    sheet.text("Dengan hormat,", "Isi Awal")
    sheet.text(
        "Seluruh tahapan seleksi terbuka untuk jabatan **{{ post }}** telah selesai dilaksanakan, sebagaimana "
        "dituangkan dalam Berita Acara Nomor {{ minutes_number }}. Sesuai dengan Pasal 127 Peraturan Pemerintah "
        "Nomor 11 Tahun 2017 tentang Manajemen Pegawai Negeri Sipil, bersama ini kami sampaikan nama calon dengan "
        "nilai terbaik, disusun menurut abjad, untuk dipilih dan ditetapkan satu orang."
    )
    person = (
        ("**{{ row.name }}**", "Tabel"),
        ("{%p if row.nip %}", "Tabel"),
        ("NIP {{ row.nip }}", "Tabel Kecil"),
        ("{%p endif %}", "Tabel"),
    )
    columns = (
        NUMBER_COLUMN,
        Column("Nama", 5.6, person),
        Column("Pangkat/golongan", 3.8, cell_of("{{ row.rank }}")),
        Column("Jabatan sekarang", 5.6, cell_of("{{ row.position }}")),
    )
    sheet.ruled(columns, "row in candidates | sort(attribute='name')")
    sheet.text(
        "Urutan nama tidak menunjukkan peringkat. Penilaian lengkap beserta rekam jejak setiap calon tersedia bagi "
        "Pejabat Pembina Kepegawaian dan Pejabat yang Berwenang melalui sistem."
    )
    sheet.text("Demikian kami sampaikan. Atas perhatian Bapak/Ibu, kami ucapkan terima kasih.")
    signatures(sheet)
    return sheet.bytes()


def decree() -> bytes:
    """Keputusan pengangkatan, or pemindahan after a review."""
    sheet = decision_paper("Keputusan", "{{ issuer }}")
    decision_title(sheet, "{{ issuer }}", "{{ subject }}")
    preamble(sheet, (("Menimbang", "considering"), ("Mengingat", "recalling"), ("Memperhatikan", "noting")))
    ruling(
        sheet,
        "^^Keputusan {{ issuer }} tentang {{ subject | kalimat }}^^",
        (
            _APPOINTMENT,
            cell_of(
                "Pegawai Negeri Sipil sebagaimana dimaksud dalam diktum KESATU dilantik dan diambil sumpah/janji "
                "jabatannya, serta diberikan hak keuangan sesuai dengan ketentuan peraturan perundang-undangan.",
                "Isi",
            ),
            cell_of("{{ remedy | kalimat }}", "Isi"),
            cell_of("Apabila terdapat kekeliruan dalam Keputusan ini, akan diperbaiki sebagaimana mestinya.", "Isi"),
            cell_of("Keputusan ini mulai berlaku pada tanggal ditetapkan.", "Isi"),
        ),
    )
    enacted(sheet)
    sheet.gap()
    note(sheet, "Asli Keputusan ini disampaikan kepada yang bersangkutan untuk diketahui dan dilaksanakan.")
    copies(sheet, "copies")
    return sheet.bytes()
