"""Perjanjian kinerja: the statement page and the annex, in the fixed form (law.md K-01 to K-05)."""

from contract_templates.build.paper import WIDTH, Column, Line, Sheet, cell_of
from contract_templates.build.stationery import PLACE_AND_DATE, official_paper, signatory_lines, signing_space
from contract_templates.build.styles import DECISION

_TITLE = "PERJANJIAN KINERJA TAHUN {{ year }}"


def performance_contract() -> bytes:
    """The contract: left signs pihak kedua, right pihak pertama, on both the statement and the annex."""
    sheet = official_paper("Perjanjian Kinerja", DECISION)
    _statement(sheet)
    _annex(sheet)
    return sheet.bytes()


def _statement(sheet: Sheet) -> None:
    sheet.text(_TITLE, "Judul")
    sheet.text("NOMOR {{ number }}", "Judul Nomor")
    sheet.gap()
    sheet.text(
        "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi pada "
        "hasil, kami yang bertanda tangan di bawah ini:",
        "Isi Awal",
    )
    sheet.fields((("Nama", "**{{ first_party.name }}**"), ("Jabatan", "{{ first_party.position }}")), label=2.6)
    sheet.text("selanjutnya disebut **pihak pertama**,")
    sheet.fields((("Nama", "**{{ second_party.name }}**"), ("Jabatan", "{{ second_party.position }}")), label=2.6)
    sheet.text("selaku atasan pihak pertama, selanjutnya disebut **pihak kedua**.")
    sheet.text(
        "Pihak pertama berjanji akan mewujudkan target kinerja tahunan sesuai dengan lampiran perjanjian ini, dalam "
        "rangka mencapai target kinerja jangka menengah sebagaimana ditetapkan dalam dokumen perencanaan. "
        "Keberhasilan dan kegagalan pencapaian target kinerja tersebut menjadi tanggung jawab pihak pertama."
    )
    sheet.text(
        "Pihak kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap capaian kinerja "
        "dari perjanjian ini dan mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi."
    )
    sheet.text(
        "Perjanjian ini berlaku untuk periode {{ period_start | tanggal }} sampai dengan {{ period_end | tanggal }} "
        "(versi {{ version }}).",
    )
    _both_sign(sheet)


def _annex(sheet: Sheet) -> None:
    sheet.text("Lampiran", "Judul").paragraph_format.page_break_before = True
    sheet.text(_TITLE, "Subjudul")
    sheet.text("{{ first_party.position }}", "Subjudul Biasa")
    sheet.text("{{ letterhead.agency }}", "Subjudul Biasa")
    sheet.gap()
    indicators = (
        Column("No.", 1.0, cell_of("{% vm %}{{ group.nomor }}", "Tabel Tengah")),
        Column("Sasaran strategis", 5.2, cell_of("{% vm %}{{ row.objective }}")),
        Column("Indikator kinerja", 6.6, cell_of("{{ row.indicator }}")),
        Column("Target", 3.2, cell_of("{{ row.target | angka }}", "Tabel Tengah")),
    )
    sheet.ruled(indicators, "group in indicators | kelompok('objective')", "row in group.baris")
    budget = (
        Column("No.", 1.0, cell_of("{{ loop.index }}", "Tabel Tengah")),
        Column("Program", 8.2, cell_of("{{ row.programme }}")),
        Column("Anggaran (Rp)", 4.0, cell_of("{{ row.amount | angka }}", "Tabel Angka")),
        Column("Ket.", 2.8, cell_of("{{ row.note }}")),
    )
    total = cell_of("**{{ budget_total | angka }}**", "Tabel Angka")
    with sheet.when("budget"):
        foot = (cell_of(""), cell_of("**Jumlah**"), total, cell_of(""))
        sheet.ruled(budget, "row in budget", foot=foot, bound=True)
    _both_sign(sheet)


def _both_sign(sheet: Sheet) -> None:
    sheet.cling()
    table = sheet.plain((WIDTH / 2, WIDTH / 2))
    row = (
        _party("second_party", "Pihak kedua,", ""),
        _party("first_party", "Pihak pertama,", PLACE_AND_DATE),
    )
    sheet.add_row(table, row)
    sheet.end()


def _party(person: str, title: str, opening: str) -> tuple[Line, ...]:
    """One side; a party has signed once a signatory of his name carries the date."""
    signatory = f"signatories | selectattr('name', 'equalto', {person}.name)"
    signed = f"{signatory} | map(attribute='signed_on') | select | first"
    lines = (
        (opening, "Tanda Tangan"),
        (title, "Tanda Tangan"),
        *signing_space(f"{signatory} | selectattr('signed_on') | list", f"({signed})"),
        *signatory_lines(person),
    )
    centred = {"Tanda Tangan", "Nama", "Disahkan"}
    return tuple((text, f"{style} Tengah" if style in centred else style) for text, style in lines)
