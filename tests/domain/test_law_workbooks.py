"""Workbooks that `rank` and `achievement` read: what the eye sees counts, and what is not sure is refused."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font

from runtime.law.files import FileError, Row, read_rows
from runtime.law.tables import MAX_ROWS
from tests.domain.workbooks import in_sheet, with_parts, workbook

KNOWN = ("candidate", "assessment", "interview")
HEADER = ("candidate", "interview")
GOOD = workbook(HEADER, ("A", 80), ("B", 70))


def read(folder: Path, data: bytes, name: str = "scores.xlsx", known: tuple[str, ...] = KNOWN) -> list[Row]:
    (folder / name).write_bytes(data)
    return read_rows(folder / name, known)


def problem(folder: Path, data: bytes, name: str = "scores.xlsx") -> str:
    with pytest.raises(FileError) as caught:
        read(folder, data, name)
    return str(caught.value)


def scores(folder: Path, *values: Any, formats: tuple[str, ...] = ()) -> list[str]:
    """What is read out of a column of values, the last ones with these formats."""

    def change(_: Any, sheet: Any) -> None:
        for index, written in enumerate(formats, start=2):
            sheet.cell(row=index, column=2).number_format = written

    table = workbook(HEADER, *((f"P{index}", value) for index, value in enumerate(values)), change=change)
    return [row["interview"] for row in read(folder, table)]


# -- cells -------------------------------------------------------------------------------------------------------------


def test_numbers_count_with_fifteen_digits(tmp_path: Path) -> None:
    values = (82.64, 0.1 + 0.2, 80.0, 100, -0.5, 1e-7, 200 / 3, 123456789012.345, 999_999_999_999_999, "82,50", " 81 ")
    assert scores(tmp_path, *values) == [
        "82.64", "0.3", "80", "100", "-0.5", "0.0000001", "66.6666666666667", "123456789012.345", "999999999999999",
        "82,50", "81",
    ]  # fmt: skip


def test_a_number_of_more_digits_has_lost_some(tmp_path: Path) -> None:
    said = "a number keeps 15 digits at most; make the column text and type the value anew"
    long = f"scores.xlsx, sheet Nilai, cell B3: {said}"
    for value in (10**15, -(10**15), 199001012015031001, 1e300):
        assert problem(tmp_path, workbook(HEADER, ("A", 1), ("B", value))) == long
    infinite = in_sheet(GOOD, b"<v>70</v>", b"<v>1E999</v>")
    assert problem(tmp_path, infinite) == long


def test_a_percent_counts_as_shown_and_other_formats_change_nothing(tmp_path: Path) -> None:
    formats = ("0%", "0.00%;[Red]-0.00%", '0" %"', r"0\%", "#,##0.00", "0", "General")
    assert scores(tmp_path, 0.85, 0.07, 85, 85, 1234.5, 82.64, 1, formats=formats) == [
        "85%", "7%", "85", "85", "1234.5", "82.64", "1",
    ]  # fmt: skip


def test_dates_times_and_flags_are_texts(tmp_path: Path) -> None:
    values = (date(2026, 6, 30), datetime(2026, 6, 30, 23, 59), time(8, 30), True, False)  # noqa: DTZ001
    assert scores(tmp_path, *values) == ["2026-06-30", "2026-06-30", "08:30:00", "TRUE", "FALSE"]


def test_a_formula_counts_as_last_computed(tmp_path: Path) -> None:
    table = workbook(HEADER, ("A", "=1+1"), ("B", 70))
    said = "its formula was never computed; save the file in a spreadsheet program or type values"
    assert problem(tmp_path, table) == f"scores.xlsx, sheet Nilai, cell B2: {said}"
    computed = in_sheet(table, b"<v></v>", b"<v>80.300000000000001</v>")
    assert [row["interview"] for row in read(tmp_path, computed)] == ["80.3", "70"]
    empty_text = in_sheet(table, b'<c r="B2">', b'<c r="B2" t="str">')
    assert [row["interview"] for row in read(tmp_path, empty_text)] == ["", "70"]


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#N/A"])
def test_an_error_cell_is_named(tmp_path: Path, error: str) -> None:
    said = f"scores.xlsx, sheet Nilai, cell B3: it holds the error {error}; correct the formula or type the value"
    assert problem(tmp_path, workbook(HEADER, ("A", 1), ("B", error))) == said


# -- layout ------------------------------------------------------------------------------------------------------------


def test_a_table_may_stand_anywhere_and_have_gaps(tmp_path: Path) -> None:
    def change(_: Any, sheet: Any) -> None:
        for place, value in {"B3": " Candidate", "D3": "INTERVIEW", "B5": "A", "D5": 80, "B6": " ", "B7": "B"}.items():
            sheet[place] = value
        sheet["A1048576"].font = sheet["XFD4"].font = Font(bold=True)
        sheet.merge_cells("B1:D2")
        sheet.merge_cells("A8:D8")
        sheet.merge_cells("A3:A7")
        sheet.merge_cells("E3:F7")
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["A"].hidden = True
        sheet.column_dimensions["C"].hidden = True

    rows = read(tmp_path, workbook(change=change))
    assert rows == [{"candidate": "A", "interview": "80"}, {"candidate": "B", "interview": ""}]
    assert [row.place for row in rows] == ["scores.xlsx, sheet Nilai, row 5", "scores.xlsx, sheet Nilai, row 7"]
    assert rows[1].where("interview") == "scores.xlsx, sheet Nilai, cell D7 (interview)"


@pytest.mark.parametrize("cells", ["A2:A3", "B3:C3", "A3:B9", "A1:B1", "B3:D9"])
def test_merged_cells_in_the_table_are_named(tmp_path: Path, cells: str) -> None:
    merged = with_values_kept(workbook(HEADER, ("A", 80), ("B", 70)), cells)
    said = f"scores.xlsx, sheet Nilai: cells {cells} are merged; unmerge them and fill in each"
    assert problem(tmp_path, merged) == said


def with_values_kept(data: bytes, cells: str) -> bytes:
    """The workbook with cells merged, their values kept."""
    merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{cells}"/></mergeCells>'
    return in_sheet(data, b"</sheetData>", merge.encode())


@pytest.mark.parametrize("cells", ["A4:B5", "C1:D3"])
def test_merged_cells_beside_the_table_do_not_matter(tmp_path: Path, cells: str) -> None:
    assert len(read(tmp_path, with_values_kept(GOOD, cells))) == 2


def test_hidden_data_is_refused(tmp_path: Path) -> None:
    said = "it is hidden but holds data; show or delete it"
    row = in_sheet(GOOD, b'<row r="3">', b'<row r="3" hidden="1">')
    assert problem(tmp_path, row) == f"scores.xlsx, sheet Nilai, row 3: {said}"
    for hidden in (b'min="2" max="2" hidden="1"', b'min="2" max="16384" hidden="true"', b'min="1" max="2" hidden="1"'):
        column = in_sheet(GOOD, b"<sheetData>", b"<cols><col " + hidden + b"/></cols><sheetData>")
        letter = "A" if hidden.startswith(b'min="1"') else "B"
        assert problem(tmp_path, column) == f"scores.xlsx, sheet Nilai, column {letter}: {said}"
    shown = in_sheet(GOOD, b"<sheetData>", b'<cols><col min="1" max="2" hidden="0"/></cols><sheetData>')
    assert len(read(tmp_path, shown)) == 2


def test_titles_above_the_header_are_named_before_their_merged_cells(tmp_path: Path) -> None:
    table = with_values_kept(workbook(("REKAP NILAI",), (), HEADER, ("A", 80)), "A1:B1")
    said = "scores.xlsx, sheet Nilai, row 3 looks like the header; delete what stands above it, from row 1 on"
    assert problem(tmp_path, table) == said


def test_columns_are_named_by_their_cell(tmp_path: Path) -> None:
    at = "scores.xlsx, sheet Nilai, cell"
    known = "known are candidate, assessment, interview"
    assert problem(tmp_path, workbook(("candidate", "nilai"))) == f"{at} B1: unknown column nilai; {known}"
    doubled = workbook(("candidate", "interview", None, "\nInterview "))
    assert problem(tmp_path, doubled) == f"{at} D1: column interview is doubled; the first is column 2"
    beside = workbook(HEADER, ("A", 80, None, "catatan"))
    assert problem(tmp_path, beside) == f"{at} D2: its column has no name in the header, row 1"


def test_rows_are_counted_and_formatted_ones_are_not(tmp_path: Path) -> None:
    most = [("A", 80)] * MAX_ROWS
    styled = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (number, number) for number in range(5_002, 60_000))
    full = in_sheet(workbook(HEADER, *most), b"</sheetData>", styled + b"</sheetData>")
    assert len(read(tmp_path, full)) == MAX_ROWS
    said = "scores.xlsx, sheet Nilai: more than 5,000 rows; no more are read"
    assert problem(tmp_path, workbook(HEADER, *most, ("B", 70))) == said


# -- sheets ------------------------------------------------------------------------------------------------------------


def test_other_sheets_with_data_are_mentioned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(book: Any, _: Any) -> None:
        for title in ("Rekap", "Kosong", "Tersembunyi", "Acuan"):
            book.create_sheet(title)["C5"] = None if title == "Kosong" else 1
        book["Tersembunyi"].sheet_state = "hidden"

    assert len(read(tmp_path, workbook(HEADER, ("A", 80), change=change))) == 1
    said = "selter: scores.xlsx: only the first sheet, Nilai, is read; there is data in Rekap, Acuan as well\n"
    assert capsys.readouterr().err == said
    assert len(read(tmp_path, GOOD)) == 2
    assert capsys.readouterr().err == ""


def test_the_first_sheet_is_the_first_that_is_shown(tmp_path: Path) -> None:
    def hide(book: Any, sheet: Any) -> None:
        book.create_sheet("Acuan", 0)["A1"] = "x"
        book["Acuan"].sheet_state = "hidden"

    assert len(read(tmp_path, workbook(HEADER, ("A", 80), change=hide))) == 1
    elsewhere = workbook(change=lambda book, _: book.create_sheet("Isi").append(HEADER))
    said = "scores.xlsx: the first sheet, Nilai, is empty; move the table from Isi into it"
    assert problem(tmp_path, elsewhere) == said
    assert read(tmp_path, workbook()) == []


# -- what claims to be a workbook --------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def _zip(**parts: bytes) -> bytes:
    return with_parts(b"PK\x05\x06" + b"\0" * 18, lambda _, content: content, **parts)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"candidate;interview\n", "this is no .xlsx workbook; if it is a text with separators, name it .csv"),
        (OLE, "this is a workbook of the old .xls format; save it as .xlsx without a password"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "the workbook is protected by a password; save it as .xlsx without a password",
        ),
        (
            _zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "this is an OpenDocument file; save it as .xlsx",
        ),
        (GOOD[:2000], "the workbook is damaged or no .xlsx; open it and save it as .xlsx anew"),
        (_zip(document=b"x"), "the workbook is damaged or no .xlsx; open it and save it as .xlsx anew"),
        (
            in_sheet(GOOD, b"<v>70</v>", b"<v>seventy</v>"),
            "the workbook is damaged or no .xlsx; open it and save it as .xlsx anew",
        ),
    ],
)
def test_what_is_no_workbook_says_what_it_is(tmp_path: Path, data: bytes, said: str) -> None:
    assert problem(tmp_path, data) == f"scores.xlsx: {said}"


def test_a_strict_workbook_shows_no_sheet(tmp_path: Path) -> None:
    names = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }

    def change(_: str, content: bytes) -> bytes:
        for ordinary, other in names.items():
            content = content.replace(ordinary, other)
        return content

    strict = with_parts(GOOD, change)
    assert problem(tmp_path, strict) == "scores.xlsx: no visible sheet is found; save it as an ordinary .xlsx workbook"


def test_macros_and_other_parts_are_left_out(tmp_path: Path) -> None:
    loaded = with_parts(GOOD, lambda _, content: content, vbaProject=b"\0" * 100, image=b"\0" * 6_000_000)
    assert len(read(tmp_path, loaded, "scores.XLSM")) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_any_of_them_unfolds(tmp_path: Path, encoding: str) -> None:
    lines = [f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 30)]
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a0 "lol">{"".join(lines)}]><x>&a29;</x>'
    said = "scores.xlsx: the workbook declares XML entities, which no spreadsheet program writes"
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "docProps/core.xml"):
        data = with_parts(GOOD, lambda name, content, part=part: bomb.encode(encoding) if name == part else content)
        assert problem(tmp_path, data) == said


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    said = (
        "scores.xlsx: the workbook unpacks to more than 5,000,000 bytes; delete formatted but empty rows and the sheets"
        " that are not needed"
    )
    bomb = in_sheet(GOOD, b"</worksheet>", b"</worksheet>" + b" " * 50_000_000)
    assert len(bomb) < 100_000
    assert problem(tmp_path, bomb) == said
    size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(GOOD)).infolist())
    for room, more in ((5_000_000 - size, False), (5_000_001 - size, True)):
        data = in_sheet(GOOD, b"</worksheet>", b"</worksheet>" + b" " * room)
        assert (problem(tmp_path, data) == said) if more else len(read(tmp_path, data)) == 2


def test_a_workbook_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    bomb = in_sheet(GOOD, b"</worksheet>", b"</worksheet>" + b" " * 50_000_000)
    with zipfile.ZipFile(io.BytesIO(bomb)) as packed:
        part = packed.getinfo("xl/worksheets/sheet1.xml")
    lying = bomb.replace(part.file_size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert (
        problem(tmp_path, lying)
        == "scores.xlsx: the workbook is damaged or no .xlsx; open it and save it as .xlsx anew"
    )
