"""Pengumuman seleksi terbuka, and tanda terima lamaran."""

from contract_templates.build.paper import Column, Sheet, cell_of
from contract_templates.build.stationery import (
    NUMBER_COLUMN,
    PLACE_AND_DATE,
    note,
    official_paper,
    person_pairs,
    signatures,
)


def announcement() -> bytes:
    """Pengumuman: posts, requirements, standards, deadline, stages and scheme, secretariat (Pasal 117 ayat (4))."""
    sheet = official_paper("Pengumuman")
    sheet.text("Pengumuman", "Judul")
    sheet.text("NOMOR {{ number }}", "Judul Nomor")
    sheet.gap()
    sheet.text("Tentang", "Subjudul")
    sheet.text("Seleksi terbuka pengisian jabatan pimpinan tinggi", "Subjudul")
    sheet.text("di lingkungan {{ letterhead.agency }}", "Subjudul")
    sheet.gap()
    sheet.text(
        "Berdasarkan Peraturan Pemerintah Nomor 11 Tahun 2017 tentang Manajemen Pegawai Negeri Sipil sebagaimana telah "
        "diubah dengan Peraturan Pemerintah Nomor 17 Tahun 2020, {{ letterhead.unit }} membuka kesempatan bagi pegawai "
        "negeri sipil yang memenuhi syarat untuk mengikuti seleksi secara terbuka dan kompetitif.",
        "Isi Awal",
    )
    _posts(sheet)
    _applying(sheet)
    _timetable(sheet)
    _secretariat(sheet)
    signatures(sheet, opening=((PLACE_AND_DATE, "Tanda Tangan"),))
    return sheet.bytes()


def _posts(sheet: Sheet) -> None:
    sheet.text("A.  Jabatan yang dibuka", "Bagian")
    columns = (
        NUMBER_COLUMN,
        Column("Jabatan", 7.5, cell_of("{{ post.title }}")),
        Column("Unit kerja", 7.5, cell_of("{{ post.unit }}")),
    )
    sheet.ruled(columns, "post in posts")
    sheet.text("B.  Persyaratan, standar kompetensi, dan berkas", "Bagian")
    with sheet.each("post in posts"):
        with sheet.when("posts | length > 1"):
            sheet.text("{{ loop.index }}.  {{ post.title }}", "Anak Bagian")
        for heading, values in (
            ("Persyaratan", "post.requirements"),
            ("Kualifikasi dan standar kompetensi", "post.competencies"),
            ("Berkas yang diunggah", "post.documents"),
        ):
            with sheet.when(values):
                sheet.text(heading, "Butir Judul")
                sheet.items(values)


def _applying(sheet: Sheet) -> None:
    sheet.text("C.  Tata cara dan batas waktu pelamaran", "Bagian")
    sheet.numbered(
        "Lamaran disampaikan secara daring melalui {{ portal }}.",
        "Pelamaran dibuka {{ opens | hari }} dan ditutup **{{ closes | hari }} pukul {{ closing_time }}**.",
        "Pelamar memperoleh tanda terima yang memuat waktu penerimaan dan daftar berkas. Lamaran yang masuk setelah "
        "batas waktu tidak diproses.",
        "Selama masa pelamaran berkas dapat diganti atau lamaran ditarik kembali melalui portal yang sama.",
    )


def _timetable(sheet: Sheet) -> None:
    sheet.text("D.  Tahapan dan jadwal", "Bagian")
    columns = (
        NUMBER_COLUMN,
        Column("Tahapan", 8.0, cell_of("{{ row.step }}")),
        Column("Waktu", 7.0, cell_of("{{ row.start | rentang(row.end) }}")),
    )
    sheet.ruled(columns, "row in timetable")
    note(sheet, "Perubahan jadwal, bila ada, diumumkan melalui portal yang sama beserta alasannya.")
    sheet.text("E.  Sistem penilaian", "Bagian")
    sheet.text("{{ scheme }}")
    with sheet.when("weights"):
        weights = (
            NUMBER_COLUMN,
            Column("Komponen", 11.0, cell_of("{{ row.component | komponen }}")),
            Column("Bobot (%)", 4.0, cell_of("{{ row.weight | angka }}", "Tabel Angka")),
        )
        total = "**{{ weights | map(attribute='weight') | jumlah | angka }}**"
        foot = (cell_of(""), cell_of("**Jumlah**"), cell_of(total, "Tabel Angka"))
        sheet.ruled(weights, "row in weights", foot=foot)


def _secretariat(sheet: Sheet) -> None:
    sheet.text("F.  Ketentuan lain", "Bagian")
    sheet.numbered(
        "Seluruh tahapan seleksi tidak dipungut biaya.",
        "Hasil setiap tahapan diumumkan melalui portal; setiap pelamar menerima pemberitahuan beserta alasannya.",
        "Data pribadi pelamar hanya digunakan untuk keperluan seleksi sesuai dengan Undang-Undang Nomor 27 Tahun 2022 "
        "tentang Pelindungan Data Pribadi.",
    )
    sheet.text("G.  Alamat dan telepon sekretariat", "Bagian")
    sheet.fields((("Alamat", "{{ letterhead.address }}"), ("Kontak", "{{ letterhead.contact }}")), label=2.2)


def receipt() -> bytes:
    """Tanda terima lamaran: when, what, and the hash of each file."""
    sheet = official_paper("Tanda Terima Lamaran")
    sheet.text("Tanda terima lamaran", "Judul")
    sheet.text("NOMOR {{ number }}", "Judul Nomor")
    sheet.gap()
    sheet.text("Lamaran berikut telah diterima dan dicatat.", "Isi Awal")
    sheet.fields(
        (
            *person_pairs("applicant"),
            ("Jabatan yang dilamar", "**{{ post }}**"),
            ("Diterima pada", "**{{ received_at | instan }}**"),
            ("Batas waktu pelamaran", "{{ deadline | instan }}"),
        ),
        label=4.8,
    )
    sheet.text("Berkas yang diterima:", "Pengantar")
    columns = (
        NUMBER_COLUMN,
        Column(
            "Berkas",
            12.4,
            (
                ("{{ row.document }}  ({{ row.file_name }})", "Tabel"),
                ("SHA-256 {{ row.sha256 }}", "Kode"),
            ),
        ),
        Column("Ukuran", 2.6, cell_of("{{ row.size }}", "Tabel Angka")),
    )
    sheet.ruled(columns, "row in items")
    sheet.text("Yang perlu diketahui", "Bagian")
    sheet.numbered(
        "Tanda terima ini membuktikan penerimaan, bukan penilaian. Pemenuhan syarat diperiksa pada seleksi "
        "administrasi.",
        "Sampai batas waktu di atas berkas masih dapat diganti; setiap penggantian menghasilkan tanda terima baru.",
        "Keutuhan berkas dapat diperiksa dengan membandingkan nilai SHA-256 di atas.",
    )
    sheet.text("Jejak audit {{ audit_hash }}", "Kode Lepas")
    signatures(sheet, opening=((PLACE_AND_DATE, "Tanda Tangan"),))
    return sheet.bytes()
