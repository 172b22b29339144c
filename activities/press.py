"""The press: fills the templates of documents and mails from frozen inputs, and turns a document into a PDF.

Equal inputs and an equal template give equal bytes. Nothing in a value is ever executed: the templates run in a sandbox
that sees plain values only, and every value is escaped.
"""

import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, get_args, get_origin, get_type_hints

from docxtpl import DocxTemplate
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from contract_templates import MAIL_FACTS, mail_path, template_path
from contract_templates.packing import pack
from contract_templates.wording import FILTERS
from domain import letters
from domain.words import DocumentKind

LETTERS: Mapping[DocumentKind, type[letters.Letter]] = MappingProxyType(
    {
        DocumentKind.ANNOUNCEMENT: letters.Announcement,
        DocumentKind.RECEIPT: letters.Receipt,
        DocumentKind.SCREENING_RESULT: letters.ScreeningResult,
        DocumentKind.INVITATION: letters.Invitation,
        DocumentKind.MINUTES: letters.Minutes,
        DocumentKind.SHORTLIST_LETTER: letters.ShortlistLetter,
        DocumentKind.DECREE: letters.Decree,
        DocumentKind.PERFORMANCE_CONTRACT: letters.PerformanceContract,
        DocumentKind.IMPROVEMENT_NOTICE: letters.ImprovementNotice,
        DocumentKind.HEARING_NOTICE: letters.HearingNotice,
        DocumentKind.REVIEW_DECISION: letters.ReviewDecision,
        DocumentKind.OBJECTION_DECISION: letters.ObjectionDecision,
    }
)

# What XML 1.0 cannot carry: control characters, surrogates, and the two non-characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NAMES_WIDTH = 1701  # 3 cm, in twentieths of a point: what a column of names needs at least
_JINJA_FILTERS = ("default", "first", "length", "list", "map", "rejectattr", "select", "selectattr", "sort")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNPACKED_LIMIT = 64 * 1024 * 1024
_RATIO_LIMIT = 100  # a letter saved again by Word, thus deflated, unpacks to ten or twenty times its size
_SMALL = 1024 * 1024
_ENTRIES_LIMIT = 200
_OFFICES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)
# PDF/A-2b with tags: contracts and decrees are archive for decades, and readable by a screen reader.
_PDF_FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)


class RenderError(Exception):
    """A document or mail that cannot be written, with the field that is to blame."""

    def __init__(self, kind: str, field: str, problem: str) -> None:
        super().__init__(f"{kind}: {field}: {problem}")
        self.kind = kind
        self.field = field
        self.problem = problem


class ConversionError(Exception):
    """A document that LibreOffice did not turn into a PDF."""


@dataclass(frozen=True)
class RenderedMail:
    """A mail ready to be queued, plain text."""

    subject: str
    body: str


class _Sandbox(SandboxedEnvironment):
    """Jinja's sandbox in which a letter puts values into places and nothing else: it calls nothing, multiplies nothing.

    A dot on a mapping means its key and never a method of `dict`. `text.center(10**9)`, `"x" * 10**9` and the filters
    and functions of Jinja that a letter does not need would take the machine's memory.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals.clear()
        self.filters = {**{name: self.filters[name] for name in _JINJA_FILTERS}, **FILTERS}

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing in a letter is called."""
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse what makes much out of little."""
        raise SecurityError(f"{operator} has no place in a letter")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a dot in a template means."""
        if not isinstance(obj, Mapping):
            return super().getattr(obj, attribute)
        return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A DOCX template; overrides the two places where docxtpl would touch values or column widths."""

    def render_xml_part(self, src_xml: str, part: object, context: dict[str, Any], jinja_env: _Sandbox) -> str:
        """Renders one part; unlike docxtpl, `{_{` in a value stays what it is."""
        self.current_rendering_part = part
        rendered: str = self.resolve_listing(jinja_env.from_string(src_xml).render(context))
        return rendered

    def fix_tables(self, xml: str) -> Any:
        """Lets the widest column give way to the repeated ones, where docxtpl would scale all of them alike."""
        tree = super().fix_tables(xml)
        for table in tree.iter(f"{_WORD}tbl"):
            _fit_columns(table)
        return tree


@cache
def _document_sandbox() -> _Sandbox:
    return _Sandbox(autoescape=True, undefined=StrictUndefined)


@cache
def _mail_sandbox() -> _Sandbox:
    folder = mail_path("act_recorded").parent
    return _Sandbox(
        autoescape=False,  # plain text: there is no markup to escape into
        undefined=StrictUndefined,
        loader=FileSystemLoader(folder),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_docx(kind: DocumentKind, inputs: Mapping[str, Any]) -> bytes:
    """Fills the template of `kind` with the fields of its letter in `domain.letters`.

    Raises:
        RenderError: a field is missing, unknown or malformed; it says which.
    """
    values = _checked(kind.value, "", LETTERS[kind], inputs)
    return fill(template_path(kind), kind.value, values)


def fill(template: Path | BinaryIO, kind: str, values: Mapping[str, Any]) -> bytes:
    """Fills any DOCX template with plain values; the template itself is not trusted either."""
    document = _Template(str(template) if isinstance(template, Path) else template)
    try:
        document.render(dict(values), jinja_env=_document_sandbox())
    except (TemplateError, ValueError, ArithmeticError, TypeError, LookupError) as error:
        raise RenderError(kind, getattr(error, "name", None) or "template", str(error)) from error
    _stamp(document.core_properties, values)
    out = io.BytesIO()
    document.save(out)
    return pack(out.getvalue())


def template_sha256(kind: DocumentKind) -> str:
    """The hash of a template's bytes, kept with each document so that it can be made again."""
    return hashlib.sha256(template_path(kind).read_bytes()).hexdigest()


def render_mail(name: str, facts: Mapping[str, Any]) -> RenderedMail:
    """Writes a mail from its facts; more facts than the mail needs do no harm.

    Raises:
        RenderError: there is no such mail, or a fact is missing or malformed.
    """
    if name not in MAIL_FACTS:
        raise RenderError(name, "name", "no such mail")
    values = {fact: _fact(name, fact, facts) for fact in MAIL_FACTS[name]}
    try:
        text = _mail_sandbox().get_template(mail_path(name).name).render(values)
    except (TemplateError, ValueError, ArithmeticError, TypeError) as error:
        raise RenderError(name, "template", str(error)) from error
    first, _, body = text.partition("\n")
    return RenderedMail(first.removeprefix("Subject:").strip(), body.strip() + "\n")


def find_office() -> str | None:
    """The path of LibreOffice on this machine, if it has one."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return on_path or next((path for path in _OFFICES if Path(path).is_file()), None)


def to_pdf(docx: bytes, *, timeout_seconds: float = 60) -> bytes | None:
    """Converts a document; None where LibreOffice is not installed.

    Raises:
        ConversionError: the package is not one of ours in size and shape, or LibreOffice failed or took too long.
    """
    office = find_office()
    if office is None:
        return None
    _check_package(docx)
    with tempfile.TemporaryDirectory(prefix="selter-pdf-", ignore_cleanup_errors=True) as folder:
        source, profile = Path(folder, "document.docx"), Path(folder, "profile")
        source.write_bytes(docx)
        _run_office(office, source, profile, timeout_seconds)
        target = source.with_suffix(".pdf")
        if not target.is_file():
            raise ConversionError("LibreOffice wrote no PDF")
        return target.read_bytes()


def _run_office(office: str, source: Path, profile: Path, timeout_seconds: float) -> None:
    """Runs LibreOffice with a profile and a process group of its own, so that its helpers die with it."""
    flags = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    command = [office, f"-env:UserInstallation={profile.as_uri()}", *flags]
    command += ["--convert-to", _PDF_FILTER, "--outdir", str(source.parent), str(source)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        code = process.wait(timeout_seconds)
    except subprocess.TimeoutExpired as error:
        raise ConversionError(f"LibreOffice took more than {timeout_seconds:g} seconds") from error
    finally:
        _kill_group(process)
    if code != 0:
        raise ConversionError(f"LibreOffice ended with {code}")


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)  # the group outlives its leader while a helper runs
        else:
            process.kill()
    except ProcessLookupError:
        pass
    process.wait()


def _check_package(docx: bytes) -> None:
    """Unpacks the package by counting, since the sizes it declares may lie, and refuses a decompression bomb."""
    limit = min(_UNPACKED_LIMIT, _SMALL + len(docx) * _RATIO_LIMIT)
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            entries = package.infolist()
            if len(entries) > _ENTRIES_LIMIT:
                raise ConversionError(f"the document has {len(entries)} entries")
            total = 0
            for entry in entries:
                with package.open(entry) as stream:
                    while block := stream.read(_SMALL):
                        total += len(block)
                        if total > limit:
                            raise ConversionError("the document unpacks to far more than its size")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ConversionError("not a DOCX package") from error


def _checked(kind: str, path: str, shape: Any, value: Any) -> Any:
    """The value in the shape of `domain.letters`, its text made legal for XML; raises naming the first bad field."""
    if is_dataclass(shape):
        return _checked_fields(kind, path, shape, value)
    if get_origin(shape) is tuple:
        if not isinstance(value, list | tuple):
            raise RenderError(kind, path, "a list is needed")
        member = get_args(shape)[0]
        return [_checked(kind, f"{path}[{index}]", member, item) for index, item in enumerate(value)]
    if type(value) is not shape:
        raise RenderError(kind, path, f"{shape.__name__} is needed, not {type(value).__name__}")
    return _legal(value) if isinstance(value, str) else value


def _checked_fields(kind: str, path: str, shape: Any, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise RenderError(kind, path or "inputs", "a mapping is needed")
    hints, known, checked = get_type_hints(shape), fields(shape), {}
    for field in known:
        name = f"{path}.{field.name}" if path else field.name
        if field.name not in value and field.default is MISSING:
            raise RenderError(kind, name, "missing")
        checked[field.name] = _checked(kind, name, hints[field.name], value.get(field.name, field.default))
    for name in value:
        if name not in checked:
            raise RenderError(kind, f"{path}.{name}" if path else str(name), "unknown field")
    return checked


def _fact(mail: str, name: str, facts: Mapping[str, Any]) -> str:
    """A fact on one line: a fact with line breaks could forge a paragraph, or a header in the subject."""
    if name not in facts:
        raise RenderError(mail, name, "missing")
    value = facts[name]
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise RenderError(mail, name, f"text is needed, not {type(value).__name__}")
    return _CONTROLS.sub(" ", _ILLEGAL.sub(_REPLACEMENT, str(value))).strip()


def _legal(text: str) -> str:
    return _ILLEGAL.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def _stamp(properties: Any, values: Mapping[str, Any]) -> None:
    """Gives the document's own properties from its inputs; the clock of this machine leaves no trace."""
    try:
        written = datetime.fromisoformat(values["date"]).replace(tzinfo=UTC)
    except (KeyError, TypeError, ValueError):
        written = datetime(1980, 1, 1, tzinfo=UTC)
    properties.created = properties.modified = written.replace(tzinfo=None)
    properties.title = f"{properties.title} {values.get('number', '')}".strip()[:255]


def _fit_columns(table: Any) -> None:
    """Makes the grid agree with the first row's cells; the widest takes what the others leave of the table's width."""
    grid = table.find(f"{_WORD}tblGrid")
    width_key = f"{_WORD}w"
    before = [int(column.get(width_key)) for column in grid]
    rows = table.findall(f"{_WORD}tr")
    if not rows:
        return
    cells = [int(cell.get(width_key)) for cell in rows[0].iterfind(f"{_WORD}tc/{_WORD}tcPr/{_WORD}tcW")]
    if cells == before or len(cells) != len(before):
        return
    widest, total = cells.index(max(cells)), sum(before)
    others = sum(cells) - cells[widest]
    squeeze = min(1.0, (total - _NAMES_WIDTH) / others)
    cells = [int(width * squeeze) for width in cells]
    cells[widest] = total - int(sum(cells) - cells[widest])
    for column, width in zip(grid, cells, strict=True):
        column.set(width_key, str(width))
    for row in rows:
        for cell, width in zip(row.iterfind(f"{_WORD}tc/{_WORD}tcPr/{_WORD}tcW"), cells, strict=False):
            cell.set(width_key, str(width))
