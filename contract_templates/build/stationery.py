"""What the documents share: letterheads, the number block, addressees, legal lists and signature blocks."""

from collections.abc import Sequence

from contract_templates.build.paper import WIDTH, Column, Line, Sheet, cell_of, double_rule
from contract_templates.build.styles import DECISION, LETTER, Face

PLACE_AND_DATE = "{{ letterhead.place }}, {{ date | tanggal }}"
NUMBER_COLUMN = Column("No.", 1.0, cell_of("{{ loop.index }}", "Tabel Tengah"))
_SIGNATURE_WIDTH = 7.8
_DIKTUM_WIDTH = 3.85


def official_paper(title: str, face: Face = LETTER) -> Sheet:
    """A sheet with the letterhead of an agency's unit, over a double rule."""
    sheet = Sheet(title, face)
    sheet.text("{{ letterhead.agency }}", "Kop Instansi")
    sheet.text("{{ letterhead.unit }}", "Kop Unit")
    sheet.text("{{ letterhead.address }}", "Kop Alamat")
    double_rule(sheet.text("{{ letterhead.contact }}", "Kop Garis"))
    return sheet


def decision_paper(title: str, issuer: str) -> Sheet:
    """A sheet with the letterhead of an office holder: the name of the office alone, and where he sits."""
    sheet = Sheet(title, DECISION)
    sheet.text(issuer, "Kop Instansi")
    double_rule(sheet.text("{{ letterhead.address }}", "Kop Garis"))
    return sheet


def letter_block(sheet: Sheet, subject: str, *, nature: str = "Penting", enclosure: str = "\N{EN DASH}") -> None:
    """Nomor, Sifat, Lampiran and Hal on the left, place and date on the right."""
    table = sheet.plain((2.0, 0.4, 7.6, 6.0))
    rows = (("Nomor", "{{ number }}"), ("Sifat", nature), ("Lampiran", enclosure), ("Hal", f"**{subject}**"))
    for number, (label, value) in enumerate(rows):
        cells = (cell_of(label, "Isi Rapat"), cell_of(":", "Isi Rapat"), cell_of(value, "Isi Rapat"))
        row = sheet.add_row(table, (*cells, cell_of(PLACE_AND_DATE, "Kanan") if number == 0 else ()))
        if number > 0:
            row.cells[2].merge(row.cells[3])
    sheet.gap()


def addressee(sheet: Sheet, person: str) -> None:
    """Yth., the name, the position where one is known, di tempat."""
    sheet.text(f"Yth. **{{{{ {person}.name }}}}**", "Isi Rapat")
    with sheet.when(f"{person}.nip"):
        sheet.text(f"NIP {{{{ {person}.nip }}}}", "Isi Rapat")
    with sheet.when(f"{person}.position"):
        sheet.text(f"{{{{ {person}.position }}}}", "Isi Rapat")
    sheet.text("di tempat", "Isi Rapat")
    sheet.gap()
    sheet.text("Dengan hormat,", "Isi Awal")


def person_pairs(person: str) -> list[tuple[str, str]]:
    """Name, NIP, rank and position of a person as pairs for `Sheet.fields`."""
    return [
        ("Nama", f"**{{{{ {person}.name }}}}**"),
        (f"?{person}.nip|NIP", f"{{{{ {person}.nip }}}}"),
        (f"?{person}.rank|Pangkat/golongan", f"{{{{ {person}.rank }}}}"),
        (f"?{person}.position|Jabatan", f"{{{{ {person}.position }}}}"),
    ]


def signing_space(condition: str, day: str) -> tuple[Line, ...]:
    """Room for a pen, or the note that an authenticated act stands in its place."""
    return (
        (f"{{%p if {condition} %}}", "Ruang"),
        (f"Disahkan dengan akun terautentikasi\npada {{{{ {day} | tanggal }}}}", "Disahkan"),
        ("{%p else %}", "Ruang"),
        ("", "Ruang"),
        ("{%p endif %}", "Ruang"),
    )


def signatory_lines(person: str) -> tuple[Line, ...]:
    """The name, and rank and NIP for who has them."""
    return (
        (f"{{{{ {person}.name }}}}", "Nama"),
        (f"{{%p if {person}.rank %}}", "Tanda Tangan"),
        (f"{{{{ {person}.rank }}}}", "Tanda Tangan"),
        ("{%p endif %}", "Tanda Tangan"),
        (f"{{%p if {person}.nip %}}", "Tanda Tangan"),
        (f"NIP {{{{ {person}.nip }}}}", "Tanda Tangan"),
        ("{%p endif %}", "Tanda Tangan"),
    )


def signatures(
    sheet: Sheet, *, opening: Sequence[Line] = (), title: str = "{{ signer.title }},", people: str = "signatories"
) -> None:
    """One block below the other in the right half of the page; none is ever torn by a page break."""
    sheet.cling()
    table = sheet.plain((WIDTH - _SIGNATURE_WIDTH, _SIGNATURE_WIDTH))
    sheet.row_tag(table, f"for signer in {people}")
    first = (("{%p if loop.first %}", "Tanda Tangan"), *opening, ("{%p endif %}", "Tanda Tangan")) if opening else ()
    block = (
        *first,
        (title, "Tanda Tangan"),
        *signing_space("signer.signed_on", "signer.signed_on"),
        *signatory_lines("signer"),
        ("{%p if not loop.last %}", "Sela"),
        ("", "Isi Rapat"),
        ("{%p endif %}", "Sela"),
    )
    sheet.add_row(table, (cell_of("", "Sela"), block))
    sheet.row_tag(table, "endfor")
    sheet.end()


def enacted(sheet: Sheet) -> None:
    """The signature block of a decision: Ditetapkan di, pada tanggal."""
    opening = (
        ("Ditetapkan di {{ letterhead.place }}", "Tanda Tangan"),
        ("pada tanggal {{ date | tanggal }}", "Tanda Tangan"),
        ("", "Sela"),
    )
    signatures(sheet, opening=opening, title="^^{{ signer.title }},^^")


def decision_title(sheet: Sheet, issuer: str, about: str) -> None:
    """KEPUTUSAN, NOMOR, TENTANG, the invocation, and the issuer."""
    sheet.text(f"Keputusan {issuer}", "Judul")
    sheet.text("NOMOR {{ number }}", "Judul Nomor")
    sheet.gap()
    sheet.text("Tentang", "Subjudul")
    sheet.text(about, "Subjudul")
    sheet.gap()
    sheet.text("Dengan rahmat Tuhan Yang Maha Esa", "Subjudul")
    sheet.gap()
    sheet.text(f"{issuer},", "Subjudul")
    sheet.gap()


def preamble(sheet: Sheet, parts: Sequence[tuple[str, str]]) -> None:
    """MENIMBANG, MENGINGAT, MEMPERHATIKAN: lettered considerations, numbered laws and papers."""
    table = sheet.plain((_DIKTUM_WIDTH, 0.5, 0.8, WIDTH - _DIKTUM_WIDTH - 1.3))
    for label, values in parts:
        style = "Isi" if label == "Menimbang" else "Isi Kiri"
        mark = "{{ loop.index | huruf }}." if label == "Menimbang" else "{{ loop.index }}."
        sheet.row_tag(table, f"for item in {values}")
        sheet.add_row(
            table,
            (
                cell_of(f"{{% if loop.first %}}{label.upper()}{{% endif %}}", "Isi Rapat"),
                cell_of("{% if loop.first %}:{% endif %}", "Isi Rapat"),
                cell_of(mark, "Isi Rapat"),
                cell_of("{{ item | ujung(loop.last) }}", style),
            ),
            whole=False,
        )
        sheet.row_tag(table, "endfor")
    sheet.gap()


def ruling(sheet: Sheet, title: str, clauses: Sequence[Sequence[Line]]) -> None:
    """MEMUTUSKAN, Menetapkan, and the ordinal clauses."""
    sheet.text("MEMUTUSKAN:", "Subjudul")
    sheet.gap()
    table = sheet.plain((_DIKTUM_WIDTH, 0.5, WIDTH - _DIKTUM_WIDTH - 0.5))
    colon = cell_of(":", "Isi Rapat")
    sheet.add_row(table, (cell_of("MENETAPKAN", "Isi Rapat"), colon, cell_of(title, "Isi Kiri")), whole=False)
    words = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH")
    for word, lines in zip(words, clauses, strict=False):
        sheet.add_row(table, (cell_of(word, "Isi Rapat"), colon, lines))
    sheet.gap()


def copies(sheet: Sheet, values: str) -> None:
    """Tembusan, where there are any."""
    with sheet.when(values):
        sheet.text("Tembusan:", "Tanda Tangan")
        with sheet.each(f"item in {values}"):
            sheet.text("{{ loop.index }}.\t{{ item }}", "Butir")


def note(sheet: Sheet, text: str) -> None:
    """A small remark at the end."""
    sheet.text(text, "Catatan")
