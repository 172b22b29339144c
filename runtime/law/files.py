"""Reading the files of the law commands: YAML, JSON, TOML, CSV and XLSX, with decimals kept exact.

What a file does not say for sure is an error that names file, sheet, row and column, and what would mend it.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

import typer

from runtime.law.content import FileError, read_bytes, read_text
from runtime.law.tables import Line, Row, check_count, check_header_is_first, check_known, column_name, rows_of
from runtime.law.trees import TREES, read_toml, read_tree
from runtime.law.workbooks import read_sheet

__all__ = ["FileError", "Row", "read_rows", "read_toml", "read_tree"]

_WORKBOOKS: Final = (".xlsx", ".xlsm")
_TEXTS: Final = (".csv", ".tsv")
_TABLES: Final = (*_TEXTS, *_WORKBOOKS, *TREES)
_DELIMITERS: Final = ",;\t"
_HEADER: Final = 10_000  # letters that show what separates cells
_NAMED_DELIMITER: Final = re.compile(r'"?sep=([,;\t])"?\s*', re.IGNORECASE)


def read_rows(path: Path, known: Sequence[str] = ()) -> list[Row]:
    """The rows of a CSV file (comma, semicolon or tab), a first worksheet, or a YAML or JSON list; texts by column.

    Only the `known` columns are taken, where they are given. A sheet that is left out is named on stderr.

    Raises:
        FileError: the file cannot be read, is not well formed, has an unknown column or a row that does not fit.
    """
    suffix = path.suffix.lower()
    if suffix in TREES:
        return list(_listed(read_tree(path, as_written=True), path.name, known))
    if suffix in _TEXTS:
        return rows_of(_csv(path), known)
    sheet = read_sheet(read_bytes(path, *_TABLES), path.name)
    check_header_is_first(sheet.lines, known)
    if sheet.flaw:
        raise FileError(sheet.flaw)
    rows = rows_of(sheet.lines, known)
    if sheet.notice:
        typer.echo(f"selter: {sheet.notice}", err=True)
    return rows


def _csv(path: Path) -> list[Line]:
    """The lines of a CSV file; a quoted cell may hold separators and line ends."""
    stream = StringIO(read_text(path, *_TEXTS), newline="")
    lines: list[Line] = []
    delimiter, before = _delimiter(stream)
    number = 0
    try:
        table = csv.reader(stream, delimiter=delimiter, skipinitialspace=True, strict=True)
        for cells in table:
            if any(cell.strip() for cell in cells):
                lines.append(Line(path.name, before + number + 1, tuple(cell.strip() for cell in cells)))
                check_count(len(lines) - 1, path.name)
            number = table.line_num
    except csv.Error as error:
        raise FileError(f"{path.name}, line {before + number + 1}: {error}; check its quotation marks") from error
    return lines


def _delimiter(stream: StringIO) -> tuple[str, int]:
    """What separates cells, and how many lines say so: Excel's `sep=;`, or none where the first cells show it."""
    first = stream.readline()
    named = _NAMED_DELIMITER.fullmatch(first)
    if named:
        return named[1], 1
    stream.seek(0)
    header = next((line for line in stream if line.strip()), "")[:_HEADER]
    stream.seek(0)
    return max(_DELIMITERS, key=lambda delimiter: len(next(csv.reader([header], delimiter=delimiter), []))), 0


def _listed(tree: object, name: str, known: Sequence[str]) -> Iterator[Row]:
    """The mappings of a list as rows."""
    if not isinstance(tree, list):
        raise FileError(f"{name}: a list of rows is expected")
    check_count(len(tree), name)
    for number, item in enumerate(tree, start=1):
        place = f"{name}, row {number}"
        if not isinstance(item, Mapping):
            raise FileError(f"{place}: a list of rows is expected, each with its columns")
        texts = {column_name(key): _written(value, f"{place} ({key})") for key, value in item.items()}
        if len(texts) != len(item):
            raise FileError(f"{place}: a column is doubled")
        check_known(texts, known, place)
        yield Row(texts, place, {})


def _written(value: object, place: str) -> str:
    if isinstance(value, list | Mapping):
        raise FileError(f"{place}: a single value is expected, not a list or mapping")
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).strip()
