"""Letters to a candidate: hasil seleksi administrasi, and undangan."""

from contract_templates.build.paper import Column, cell_of
from contract_templates.build.stationery import NUMBER_COLUMN, addressee, letter_block, note, official_paper, signatures

_VERDICTS = (
    NUMBER_COLUMN,
    Column("Persyaratan", 5.4, cell_of("{{ row.requirement }}")),
    Column("Hasil", 1.6, cell_of("**{{ row.verdict }}**", "Tabel Tengah")),
    Column(
        "Alasan dan dasar",
        8.0,
        (
            ("{%p if row.reason %}", "Tabel"),
            ("{{ row.reason }}", "Tabel"),
            ("{%p endif %}", "Tabel"),
            ("{{ row.citation }}", "Tabel Kecil"),
        ),
    ),
)


def screening_result() -> bytes:
    """Pemberitahuan hasil seleksi administrasi: each requirement with its verdict, reason and source."""
    sheet = official_paper("Pemberitahuan Hasil Seleksi Administrasi")
    letter_block(sheet, "Pemberitahuan hasil seleksi administrasi")
    addressee(sheet, "applicant")
    sheet.text(
        "{{ letterhead.unit }} telah memeriksa lamaran Saudara untuk jabatan **{{ post }}**. "
        "Berdasarkan pemeriksaan tersebut Saudara dinyatakan"
    )
    sheet.text(
        "{% if passed %}Memenuhi syarat{% else %}Tidak memenuhi syarat{% endif %}",
        "Hasil",
    )
    sheet.text("dengan rincian sebagai berikut.", "Pengantar")
    sheet.ruled(_VERDICTS, "row in requirements")
    note(sheet, "MS: memenuhi syarat. TMS: tidak memenuhi syarat.")
    sheet.text("{{ next_step }}", "Isi Awal")
    with sheet.when("objection_until"):
        sheet.text(
            "Apabila Saudara berkeberatan atas hasil ini, keberatan dapat disampaikan secara tertulis kepada "
            "sekretariat panitia paling lambat **{{ objection_until | hari }}** dengan menyebutkan persyaratan yang "
            "dimaksud dan melampirkan buktinya."
        )
    sheet.text(
        "Hasil ini ditetapkan oleh Panitia Seleksi setelah diperiksa oleh dua orang pemeriksa dan tidak semata-mata "
        "didasarkan pada pengolahan otomatis. Atas perhatian Saudara, kami sampaikan terima kasih."
    )
    signatures(sheet)
    return sheet.bytes()


def invitation() -> bytes:
    """Undangan to a stage: when, where, what to bring."""
    sheet = official_paper("Undangan")
    letter_block(sheet, "Undangan {{ stage | istilah }}")
    addressee(sheet, "candidate")
    sheet.text(
        "Sehubungan dengan seleksi terbuka untuk jabatan **{{ post }}**, kami mengundang Saudara mengikuti "
        "**{{ stage | istilah }}** yang akan dilaksanakan sebagai berikut."
    )
    columns = (
        NUMBER_COLUMN,
        Column("Kegiatan", 6.0, cell_of("{{ row.step }}")),
        Column("Waktu", 9.0, cell_of("{{ row.start | rentang(row.end) }}")),
    )
    sheet.ruled(columns, "row in sessions")
    sheet.fields((("Tempat", "{{ venue }}"),), label=2.6)
    with sheet.when("bring"):
        sheet.text("Mohon membawa:", "Pengantar")
        sheet.items("bring")
    sheet.text(
        "Mohon hadir paling lambat tiga puluh menit sebelum kegiatan dimulai. Apabila Saudara berhalangan, segera "
        "beri tahu sekretariat disertai alasan dan buktinya, agar ketidakhadiran dapat dicatat sebagaimana mestinya.",
        "Isi Awal",
    )
    sheet.text("Atas perhatian dan kehadiran Saudara, kami sampaikan terima kasih.")
    signatures(sheet)
    return sheet.bytes()
