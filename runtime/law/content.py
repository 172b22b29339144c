"""The bytes and the text of a file that a person names: every reason why it cannot be read is one clear line."""

import codecs
from pathlib import Path
from typing import Final

_SMALL: Final = 250_000  # YAML is read slowly; a plan has about 2,000 bytes
_LARGE: Final = 5_000_000
_LIMITS: Final = {
    ".yaml": _SMALL, ".yml": _SMALL, ".toml": _SMALL, ".json": _LARGE, ".csv": _LARGE, ".tsv": _LARGE, ".xlsx": _LARGE,
    ".xlsm": _LARGE,
}  # fmt: skip
_OTHER_SPREADSHEETS: Final = {".xls", ".xlsb", ".ods", ".fods", ".numbers"}
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileError(ValueError):
    """A file cannot be read as what it should be; the message names the file and the place in it."""


def read_bytes(path: Path, *suffixes: str) -> bytes:
    """The content of a regular file whose suffix is one of those, within the limit of its kind.

    Raises:
        FileError: there is no such file, it is of another kind, too large, or may not be read.
    """
    if str(path) == "-":
        raise FileError("-: standard input is not read; save it as a file and name the file")
    try:
        _check_kind(path, suffixes)
        limit = _LIMITS[path.suffix.lower()]
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise FileError(f"{path.name}: {error.strerror}") from error
    if len(data) > limit:
        raise FileError(f"{path.name}: the file is larger than {limit:,} bytes; keep only the rows and columns needed")
    return data


def _check_kind(path: Path, suffixes: tuple[str, ...]) -> None:
    """Only a regular file with a known suffix is opened; a device could be endless."""
    if not path.exists():
        raise FileError(f"{path}: there is no such file")
    if path.is_dir():
        raise FileError(f"{path}: this is a folder; name a file")
    if not path.is_file():
        raise FileError(f"{path}: this is no regular file; save its content as a file and name that")
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        known = ", ".join(suffixes)
        advice = "; save it as .xlsx in a spreadsheet program" if suffix in _OTHER_SPREADSHEETS else ""
        raise FileError(f"{path.name}: files with suffix {suffix or '(none)'} are not read here, but {known}{advice}")


def read_text(path: Path, *suffixes: str) -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark; line ends as they are.

    Raises:
        FileError: as for `read_bytes`, or the file is no text.
    """
    data = read_bytes(path, *suffixes)
    if data.startswith((_ZIP, _OLE)):
        raise FileError(f"{path.name}: this is a workbook or archive, not a {path.suffix} text; name it .xlsx")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"byte 0x{data[error.start]:02X} is not {'UTF-16' if wide else 'UTF-8'}; save the file as UTF-8"
        raise FileError(f"{path.name}, line {line}: {problem}") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileError(f"{path.name}, line {line}: a NUL byte; this is no text file in UTF-8")
    return text


def check_workbook(data: bytes, name: str) -> None:
    """Say what a file that claims to be a workbook is instead.

    Raises:
        FileError: it is no zip archive, as every .xlsx is.
    """
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        problem = "the workbook is protected by a password" if locked else "this is a workbook of the old .xls format"
        raise FileError(f"{name}: {problem}; save it as .xlsx without a password")
    if not data:
        raise FileError(f"{name}: the file is empty")
    if not data.startswith(_ZIP):
        raise FileError(f"{name}: this is no .xlsx workbook; if it is a text with separators, name it .csv")
