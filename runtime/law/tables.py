"""Rows under a header, whatever file they come from, and where in the file each value stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter

from runtime.law.content import FileError

MAX_ROWS: Final = 5_000


@dataclass(frozen=True)
class Line:
    """The cells of one line of a table; `file` names the sheet as well, where there is one."""

    file: str
    number: int
    cells: tuple[str, ...]
    in_sheet: bool = False

    @property
    def label(self) -> str:
        """The line within its file, for people."""
        return f"{'row' if self.in_sheet else 'line'} {self.number}"

    @property
    def place(self) -> str:
        """The line and its file, for people."""
        return f"{self.file}, {self.label}"

    def where(self, index: int) -> str:
        """One cell, for people: its address in a sheet, else the line and the position."""
        if self.in_sheet:
            return f"{self.file}, cell {get_column_letter(index + 1)}{self.number}"
        return f"{self.place}, column {index + 1}"


class Row(dict[str, str]):
    """The texts of a row by column, and the place of each."""

    def __init__(self, texts: Mapping[str, str], place: str, places: Mapping[str, str]) -> None:
        super().__init__(texts)
        self.place = place
        self._places = places

    def where(self, column: str) -> str:
        """The place of a value, for people; of a column that is not there, the row."""
        return f"{self._places.get(column, self.place)} ({column})"


def column_name(text: str) -> str:
    """A column's name without regard to case, surrounding space and line ends."""
    return " ".join(text.split()).lower()


def rows_of(lines: Sequence[Line], known: Sequence[str]) -> list[Row]:
    """The lines below the header; without `known` every column is taken. Lines without any text are left out before.

    Raises:
        FileError: the header is not the first line, names a column twice or not at all or one that is not known, or a
            line does not fit it.
    """
    check_header_is_first(lines, known)
    if not lines:
        return []
    header, *body = lines
    names = [column_name(cell) for cell in header.cells]
    _check_names(names, header, known)
    return [_row(names, header, line) for line in body]


def check_header_is_first(lines: Sequence[Line], known: Sequence[str]) -> None:
    """Name the line that holds the header when titles stand above it; without `known` nobody could tell.

    Raises:
        FileError: a line below the first is the header.
    """
    header = next((line for line in lines if any(column_name(cell) in known for cell in line.cells)), None)
    if header is not None and header is not lines[0]:
        raise FileError(f"{header.place} looks like the header; delete what stands above it, from {lines[0].label} on")


def check_count(rows: int, file: str) -> None:
    """More rows than any selection or contract has are refused, before they take long."""
    if rows > MAX_ROWS:
        raise FileError(f"{file}: more than {MAX_ROWS:,} rows; no more are read")


def check_known(names: Iterable[str], known: Sequence[str], place: str) -> None:
    """Refuse a column that is not known, naming those that are."""
    unknown = next((name for name in names if known and name and name not in known), None)
    if unknown is not None:
        raise FileError(f"{place}: unknown column {unknown}; known are {', '.join(known)}")


def _check_names(names: Sequence[str], header: Line, known: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for index, name in enumerate(names):
        check_known([name], known, header.where(index))
        if name in first:
            raise FileError(f"{header.where(index)}: column {name} is doubled; the first is column {first[name] + 1}")
        if name:
            first[name] = index


def _row(names: Sequence[str], header: Line, line: Line) -> Row:
    if len(line.cells) != len(names):
        raise FileError(f"{line.place}: {_unequal(len(line.cells), len(names))}")
    for index, name in enumerate(names):
        if not name and line.cells[index]:
            raise FileError(f"{line.where(index)}: its column has no name in the header, {header.label}")
    named = [(index, name) for index, name in enumerate(names) if name]
    return Row(
        {name: line.cells[index] for index, name in named},
        line.place,
        {name: line.where(index) for index, name in named},
    )


def _unequal(cells: int, columns: int) -> str:
    many = 'quote decimal commas ("80,5") or write a point'
    few = "leave none out; a cell may be empty"
    return f"{cells} cells for {columns} columns; {many if cells > columns else few}"
