"""The table of an XLSX workbook: what a person sees in its first sheet, or a clear error where that is not sure.

- A number counts with its 15 significant digits, as a spreadsheet program shows it: 0.30000000000000004 is 0.3. How
  many decimals its format shows changes nothing.
- A cell in a percent format counts as shown: 0.85 is 85%, as the same text would be.
- A formula counts as last computed; one that was never computed is refused, and so is an error such as #DIV/0!.
- A whole number of more than 15 digits (a NIP) is refused: the program that saved it has lost the last digits.
- A date with a time is its date.
- Merged cells, hidden rows and hidden columns within the table are refused, because sheet and eye would differ.
- Macros, images and hidden sheets are left out.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Context
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from runtime.law.content import FileError, check_workbook
from runtime.law.tables import Line, check_count

_UNPACKED: Final = 5_000_000  # bytes of XML; read in about two seconds
_DIGITS: Final = Context(prec=15)
_TOO_LONG: Final = 10**15
_WIDEST: Final = 16_384  # columns of a sheet
_NEVER_COMPUTED: Final = "never computed"
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')  # parts of a number format that only decorate


class _Parser(WorkSheetParser):
    """Reads row by row, as openpyxl's read-only sheet does, but keeps merged cells and what is hidden."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """A cell; a formula without a value is marked, which openpyxl would read as an empty cell."""
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None and element.get("t") != "str":
            cell["data_type"] = _NEVER_COMPUTED
        return cell

    def hidden_rows(self) -> set[int]:
        """The numbers of the hidden rows."""
        return {int(row) for row, attributes in self.row_dimensions.items() if _is_hidden(attributes)}

    def hidden_columns(self) -> set[int]:
        """The numbers of the hidden columns."""
        hidden = [span for span in self.column_dimensions.values() if _is_hidden(span)]
        return {column for span in hidden for column in range(int(span["min"]), min(int(span["max"]), _WIDEST) + 1)}


@dataclass(frozen=True)
class Sheet:
    """The lines of a sheet; `flaw` says why they may not be what the eye sees, `notice` what was left out."""

    lines: list[Line]
    flaw: str = ""
    notice: str = ""


def read_sheet(data: bytes, name: str) -> Sheet:
    """The first visible sheet of a workbook.

    Raises:
        FileError: the workbook cannot be read, or a cell says something else than it shows.
    """
    check_workbook(data, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, on parts that we do not read
        try:
            book = openpyxl.load_workbook(_unpacked(data, name), read_only=True, data_only=True, keep_links=False)
            return _read(book, name)
        except FileError:
            raise
        except Exception as error:  # whatever a part of a damaged file makes openpyxl raise
            raise FileError(
                f"{name}: the workbook is damaged or no .xlsx; open it and save it as .xlsx anew"
            ) from error


def _unpacked(data: bytes, name: str) -> BytesIO:
    """The XML of the workbook, not packed: within its limit, and without entities, which can unpack without end."""
    room, copied = _UNPACKED, BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as packed, zipfile.ZipFile(copied, "w") as copy:
        for part in packed.infolist():
            if part.filename == "mimetype":
                raise FileError(f"{name}: this is an OpenDocument file; save it as .xlsx")
            if not part.filename.lower().endswith((".xml", ".rels")):
                continue
            with packed.open(part) as stream:
                content = stream.read(room + 1)
            room -= len(content)
            if room < 0:
                advice = "delete formatted but empty rows and the sheets that are not needed"
                raise FileError(f"{name}: the workbook unpacks to more than {_UNPACKED:,} bytes; {advice}")
            if b"<!DOCTYPE" in content.replace(b"\0", b""):
                raise FileError(f"{name}: the workbook declares XML entities, which no spreadsheet program writes")
            copy.writestr(part.filename, content)
    return copied


def _read(book: openpyxl.Workbook, name: str) -> Sheet:
    """The first visible sheet, and which other visible sheets hold data."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise FileError(f"{name}: no visible sheet is found; save it as an ordinary .xlsx workbook")
    first, *others = visible
    lines, flaw = _lines(first, f"{name}, sheet {first.title}")
    filled = ", ".join(sheet.title for sheet in others if any(_filled(_parser(sheet))))
    if filled and not lines:
        raise FileError(f"{name}: the first sheet, {first.title}, is empty; move the table from {filled} into it")
    notice = f"{name}: only the first sheet, {first.title}, is read; there is data in {filled} as well"
    return Sheet(lines, flaw, notice if filled else "")


def _parser(sheet: Any) -> _Parser:
    """What openpyxl itself makes of a sheet; it has no public name for it."""
    book = sheet.parent
    return _Parser(
        sheet._get_source(),
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _filled(parser: _Parser) -> Iterator[list[dict[str, Any]]]:
    """The cells that hold something, row by row; rows of empty cells are left out."""
    for _, row in parser.parse():
        cells = [cell for cell in row if not _is_blank(cell)]
        if cells:
            yield cells


def _is_blank(cell: dict[str, Any]) -> bool:
    value = cell["value"]
    return cell["data_type"] != _NEVER_COMPUTED and (value is None or (isinstance(value, str) and not value.strip()))


def _lines(sheet: ReadOnlyWorksheet, file: str) -> tuple[list[Line], str]:
    """The rows that hold something, and what makes the sheet look different from what it holds, or ""."""
    parser = _parser(sheet)
    rows = list(_filled(parser))
    check_count(len(rows) - 1, file)
    if not rows:
        return [], ""
    width = max(cell["column"] for row in rows for cell in row)
    lines = [_line([ReadOnlyCell(sheet, **cell) for cell in row], width, file) for row in rows]
    return lines, next(_flaws(parser, rows, file), "")


def _flaws(parser: _Parser, rows: list[list[dict[str, Any]]], file: str) -> Iterator[str]:
    """Merged cells, hidden rows and hidden columns that touch the cells."""
    numbers = {cell["row"] for row in rows for cell in row}
    columns = {cell["column"] for row in rows for cell in row}
    for merged in parser.merged_cells.mergeCell if parser.merged_cells else ():
        below, right = merged.min_row > max(numbers), merged.min_col > max(columns)
        above, left = merged.max_row < min(numbers), merged.max_col < min(columns)
        if not (below or right or above or left):
            yield f"{file}: cells {merged.coord} are merged; unmerge them and fill in each"
    for number in sorted(numbers & parser.hidden_rows()):
        yield f"{file}, row {number}: it is hidden but holds data; show or delete it"
    for column in sorted(columns & parser.hidden_columns()):
        yield f"{file}, column {get_column_letter(column)}: it is hidden but holds data; show or delete it"


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden") in {"1", "true"}


def _line(cells: list[ReadOnlyCell], width: int, file: str) -> Line:
    texts = [""] * width
    for cell in cells:
        texts[cell.column - 1] = _text(cell, f"{file}, cell {cell.coordinate}")
    return Line(file, cells[0].row, tuple(texts), in_sheet=True)


def _text(cell: ReadOnlyCell, place: str) -> str:
    """What the cell shows.

    Raises:
        FileError: it shows an error, or nothing that can be trusted.
    """
    value: object = cell.value
    if cell.data_type == _NEVER_COMPUTED:
        raise FileError(
            f"{place}: its formula was never computed; save the file in a spreadsheet program or type values"
        )
    if cell.data_type == "e":
        raise FileError(f"{place}: it holds the error {value}; correct the formula or type the value")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, cell, place)
    return str(value).strip()


def _number(value: float, cell: ReadOnlyCell, place: str) -> str:
    if not abs(value) < _TOO_LONG:
        raise FileError(f"{place}: a number keeps 15 digits at most; make the column text and type the value anew")
    number = _DIGITS.create_decimal(repr(value))
    percent = "%" in _LITERAL.sub("", cell.number_format)
    shown = format((number * 100 if percent else number).normalize(), "f")
    return f"{shown}%" if percent else shown
