"""Workbooks for tests, as bytes: made by openpyxl, and their parts changed by hand where openpyxl would not."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: tuple[Any, ...], change: Callable[[Any, Any], None] = lambda book, sheet: None) -> bytes:
    """A workbook whose first sheet, Nilai, holds these rows; `change` gets the book and the sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Nilai"
    for row in rows:
        sheet.append(row)
    change(book, sheet)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_parts(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """The workbook with each part as `change` makes it out of its name and content."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in added.items():
            new.writestr(name, content)
    return stream.getvalue()


def in_sheet(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with a piece of the XML of its first sheet replaced."""

    def change(name: str, content: bytes) -> bytes:
        assert name != SHEET or old in content
        return content.replace(old, new) if name == SHEET else content

    return with_parts(data, change)
