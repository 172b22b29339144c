"""A sheet to write a template on: paragraphs, tables, conditions and loops, in few words.

Text may hold `**bold**` and `^^CAPITALS^^`, tabs, and Jinja; capitals are formatting, so a name's own letters stay.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from contract_templates.build.styles import Face, blank

WIDTH = 16.0  # cm of text on the page
_MARK = re.compile(r"(\*\*.+?\*\*|\^\^.+?\^\^)")

Line = tuple[str, str]  # text, style


@dataclass(frozen=True)
class Column:
    """A column of a ruled table: its heading, its width in cm, and the paragraphs of its cell in a row."""

    heading: str
    width: float
    lines: Sequence[Line]
    repeat: tuple[str, str] = ("", "")  # one column for each: the loop in the header, the loop in the body


def cell_of(text: str, style: str = "Tabel") -> tuple[Line, ...]:
    """A cell with one paragraph."""
    return ((text, style),)


def write(paragraph: Paragraph, text: str) -> None:
    """Writes marked text into a paragraph."""
    for piece in _MARK.split(text):
        if piece.startswith("**"):
            paragraph.add_run(piece[2:-2]).bold = True
        elif piece.startswith("^^"):
            paragraph.add_run(piece[2:-2]).font.all_caps = True
        elif piece:
            paragraph.add_run(piece)


def fill_cell(cell: _Cell, lines: Sequence[Line]) -> None:
    """Writes lines into a cell, beginning with the paragraph that every cell has."""
    for number, (text, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        write(paragraph, text)


def keep_row(row: _Row, *, header: bool = False) -> None:
    """Forbids a page break inside the row; a header row is repeated on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def shade(cell: _Cell, colour: str) -> None:
    """Fills a cell's background."""
    mark = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        mark.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(mark)


class Sheet:
    """A template while it is being written."""

    def __init__(self, title: str, face: Face) -> None:
        self.document: Document = docx.Document(blank(title, face))
        self._footer()

    def text(self, text: str, style: str = "Isi") -> Paragraph:
        """A paragraph."""
        paragraph = self.document.add_paragraph(style=style)
        write(paragraph, text)
        return paragraph

    def gap(self) -> Paragraph:
        """A little room, where a table ends."""
        return self.text("", "Sela")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """What is written inside stands only where the condition holds."""
        self.text(f"{{%p if {condition} %}}")
        yield
        self.text("{%p endif %}")

    @contextmanager
    def each(self, loop: str) -> Iterator[None]:
        """What is written inside is repeated."""
        self.text(f"{{%p for {loop} %}}")
        yield
        self.text("{%p endfor %}")

    def otherwise(self) -> None:
        """Inside `when`: the other case."""
        self.text("{%p else %}")

    def items(self, values: str, mark: str = "{{ loop.index }}.", item: str = "{{ item }}") -> None:
        """A list with hanging numbers."""
        with self.each(f"item in {values}"):
            self.text(f"{mark}\t{item}", "Butir")

    def numbered(self, *sentences: str) -> None:
        """A list of fixed sentences."""
        for number, sentence in enumerate(sentences, 1):
            self.text(f"{number}.\t{sentence}", "Butir")

    def plain(self, widths: Sequence[float], style: str = "Tabel Polos") -> Table:
        """An empty table of fixed widths."""
        table: Table = self.document.add_table(rows=0, cols=len(widths), style=style)
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table

    def add_row(self, table: Table, cells: Sequence[Sequence[Line]], *, whole: bool = True) -> _Row:
        """A row; `whole` keeps it on one page."""
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it unannotated
        for cell, column, lines in zip(row.cells, table.columns, cells, strict=True):
            cell.width = column.width or Cm(1)
            fill_cell(cell, lines)
        if whole:
            keep_row(row)
        return row

    def row_tag(self, table: Table, tag: str) -> None:
        """A row that is only a tag; it vanishes when the template is filled."""
        row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it unannotated
        row.cells[0].paragraphs[0].add_run(f"{{%tr {tag} %}}")

    def fields(self, pairs: Sequence[tuple[str, str]], *, label: float = 4.2, style: str = "Isi Rapat") -> None:
        """Labels and values, the colons in line. A label `?condition|Label` stands only where the condition holds."""
        table = self.plain((label, 0.45, WIDTH - label - 0.45))
        for name, value in pairs:
            condition, _, shown = name[1:].rpartition("|") if name.startswith("?") else ("", "", name)
            if condition:
                self.row_tag(table, f"if {condition}")
            self.add_row(table, (cell_of(shown, style), cell_of(":", style), cell_of(value, style)))
            if condition:
                self.row_tag(table, "endif")
        self.gap()

    def ruled(
        self, columns: Sequence[Column], *loops: str, foot: Sequence[Sequence[Line]] = (), bound: bool = False
    ) -> Table:
        """A ruled table: a repeated header, one row for each turn of the loops, perhaps a foot.

        A `bound` table stays on one page with what follows it, so that no signature stands on a page alone.
        """
        table = self.plain(tuple(_widths(columns)), "Tabel Bergaris")
        head = self.add_row(table, tuple(_spread(columns, heading=True)), whole=False)
        keep_row(head, header=True)
        for cell in head.cells:
            shade(cell, "EDEDED")
        for loop in loops:
            self.row_tag(table, f"for {loop}")
        self.add_row(table, tuple(_spread(columns, heading=False)))
        for _ in loops:
            self.row_tag(table, "endfor")
        if foot:
            self.add_row(table, foot)
        if bound:
            for cell in (cell for row in table.rows for cell in row.cells):
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
        self.gap().paragraph_format.keep_with_next = bound
        return table

    def cling(self) -> None:
        """Keeps the last paragraph on the page of what follows."""
        written = (p for p in reversed(self.document.paragraphs) if not p.text.startswith("{%p"))
        next(written).paragraph_format.keep_with_next = True

    def end(self) -> None:
        """What Word asks for after a last table: a paragraph, here of no height to speak of."""
        self.text("", "Akhir")

    def bytes(self) -> bytes:
        """The finished template."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _footer(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.style = "Kaki"
        _top_rule(paragraph)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("Nomor {{ number }}  ·  Kode verifikasi {{ verification }}\tHalaman ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" dari ")
        _field(paragraph, "NUMPAGES")


def _widths(columns: Sequence[Column]) -> Iterator[float]:
    """A repeated column also needs a cell for each of its two tags; they are taken from its width."""
    for column in columns:
        yield from (0.3, column.width, 0.3) if column.repeat[0] else (column.width,)


def _spread(columns: Sequence[Column], *, heading: bool) -> Iterator[Sequence[Line]]:
    style = "Tabel Kepala Kecil" if any(column.repeat[0] for column in columns) else "Tabel Kepala"
    for column in columns:
        loop = column.repeat[0 if heading else 1]
        if loop:
            yield cell_of(f"{{%tc for {loop} %}}")
        yield cell_of(column.heading, style) if heading else column.lines
        if loop:
            yield cell_of("{%tc endfor %}")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that the reader's program computes; `1` until it does."""
    parts: tuple[tuple[str, str, str], ...] = (
        ("w:fldChar", "begin", ""),
        ("w:instrText", "", f" {code} "),
        ("w:fldChar", "separate", ""),
        ("w:t", "", "1"),
        ("w:fldChar", "end", ""),
    )
    for tag, kind, text in parts:
        element: Any = OxmlElement(tag)
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        paragraph.add_run()._r.append(element)


def _rule(paragraph: Paragraph, edge: str, kind: str, size: int, space: int) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{edge}")
    for key, value in (("val", kind), ("sz", str(size)), ("space", str(space)), ("color", "auto")):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _top_rule(paragraph: Paragraph) -> None:
    _rule(paragraph, "top", "single", 4, 4)


def double_rule(paragraph: Paragraph) -> None:
    """The thick and thin line under a letterhead."""
    _rule(paragraph, "bottom", "thickThinSmallGap", 24, 5)
