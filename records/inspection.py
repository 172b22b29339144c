"""Looking into uploaded files: what they are by content, whether they open, and whether anything in them acts."""

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from typing import Final

import pikepdf
from PIL import Image, UnidentifiedImageError

from domain.law.application import largest_file, upload_types, upload_types_rule
from domain.refusals import Refused
from domain.rules import RuleSet, refuse

_PDF_OBJECTS: Final = 50_000
_PIXELS: Final = 25_000_000  # a sheet of A4 at 450 dpi
_DEPTH: Final = 30
_NAME_LENGTH: Final = 100
ENDINGS: Final = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
_FORMATS: Final = {"JPEG": "image/jpeg", "PNG": "image/png"}
_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE", "/GoToR", "/RichMediaExecute"}
)
_PARTS: Final = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/RichMedia", "/XFA"})
_FIRST_BYTES: Final = 1024  # where readers look for the start of a PDF, whatever else the file begins with
_UNFOLDED: Final = 4 * 1024 * 1024  # of one compressed list of objects: 50,000 need less than a tenth

# Inspection unfolds no page and no picture, only the lists of objects, which are small and compressed once. Without
# limits a file of one kilobyte takes gigabytes of memory. They hold for the whole process, which reads no other PDF.
pikepdf.settings.set_qpdf_limits(
    max_stream_filters=1,
    flate_max_memory=_UNFOLDED,
    png_max_memory=_UNFOLDED,
    run_length_max_memory=_UNFOLDED,
    tiff_max_memory=_UNFOLDED,
    parser_max_container_size=_PDF_OBJECTS * 4,
)


@dataclass(frozen=True)
class Most:
    """How large a file may be, as the installation sets it; the rules may allow less."""

    bytes: int
    pages: int


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept, with the name under which it is shown."""

    media_type: str
    file_name: str


def inspect(content: bytes, code: str, file_name: str, rules: RuleSet, most: Most) -> Inspected:
    """Judge a file by its content alone, against what its document (`code`) may be; the name only labels it.

    Raises:
        Refused: `file-empty`, `file-too-large`, `file-type`, `file-mixed`, `file-unreadable`,
            `file-encrypted`, `file-active-content`, `file-too-many-pages`, `image-too-large`.
    """
    if not content:
        raise Refused("file-empty")
    limit = min(largest_file(rules), most.bytes)
    if len(content) > limit:
        raise refuse(rules, "upload.max_bytes", "file-too-large", limit=limit)
    media_type = _media_type(content)
    allowed = upload_types(code, rules)
    if media_type is None or ENDINGS[media_type] not in allowed:
        raise refuse(rules, upload_types_rule(code, rules), "file-type", allowed=", ".join(allowed))
    _require_one_kind(content, media_type)
    if media_type == "application/pdf":
        _inspect_pdf(content, most.pages)
    else:
        _inspect_image(content)
    return Inspected(media_type, safe_name(file_name, ENDINGS[media_type]))


def safe_name(name: str, ending: str) -> str:
    """A file name without folders, control characters or a misleading ending."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[^\w .()-]", "_", last, flags=re.UNICODE).strip(" .")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", plain).strip(" .") or "berkas"
    return f"{stem[:_NAME_LENGTH]}.{ending}"


def _media_type(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return None


def _require_one_kind(content: bytes, media_type: str) -> None:
    """Refuse what another program would take for something else than we inspect.

    A PDF is found within the first kilobyte, and a ZIP (thus a JAR, a DOCX, an installer) by its end.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused("file-mixed", found="ZIP")
    if media_type != "application/pdf" and b"%PDF-" in content[:_FIRST_BYTES]:
        raise Refused("file-mixed", found="PDF")


def _inspect_pdf(content: bytes, most_pages: int) -> None:
    """Open it without repairs, since what we repair in one way a reader may repair in another; then look inside."""
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise Refused("file-encrypted")
            if len(pdf.objects) > _PDF_OBJECTS:
                raise Refused("file-unreadable", type="PDF")
            if not pdf.pages:
                raise Refused("file-unreadable", type="PDF")
            if len(pdf.pages) > most_pages:
                raise Refused("file-too-many-pages", limit=str(most_pages))
            found = sorted({name for item in pdf.objects for name in _active(item)})
    except pikepdf.PasswordError:
        raise Refused("file-encrypted") from None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RecursionError):
        raise Refused("file-unreadable", type="PDF") from None
    if found:
        raise Refused("file-active-content", found=", ".join(name.lstrip("/") for name in found))


def _active(item: pikepdf.Object, depth: int = 0) -> set[str]:
    """What acts or hides inside an object; objects it refers to are looked at on their own."""
    if depth > _DEPTH:
        raise Refused("file-unreadable", type="PDF")
    if isinstance(item, pikepdf.Array):
        children = list(item)
        found: set[str] = set()
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        pairs = dict(item.items())
        children = list(pairs.values())
        named = {str(pairs[key]) for key in ("/S", "/Type", "/Subtype") if isinstance(pairs.get(key), pikepdf.Name)}
        found = (named & (_ACTIONS | _PARTS)) | (set(pairs) & (_PARTS | {"/JS", "/JavaScript"}))
        if isinstance(item, pikepdf.Stream) and "/F" in pairs:
            found.add("/ExternalFile")
    else:
        return set()
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            found |= _active(child, depth + 1)
    return found


def _inspect_image(content: bytes) -> None:
    """Read the header, refuse what would unfold into too many pixels, then decode it to see that it is whole."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=tuple(_FORMATS)) as image:
                if image.width * image.height > _PIXELS:
                    raise Refused("image-too-large", limit=str(_PIXELS))
                image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("image-too-large", limit=str(_PIXELS)) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning):
        raise Refused("file-unreadable", type="gambar") from None
