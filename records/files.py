"""The file store: bytes under their SHA-256 in a folder, written once and never changed."""

import errno
import hashlib
import os
import re
import secrets
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # the disk, the user's share, the process's limit


class FileStore:
    """A content-addressed folder; the same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256; durable when it returns.

        Raises:
            OSError: they could not be kept, and nothing of them was; `is_full` tells whether for want of space.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            self._write(path, content)
        _make_names_durable(path.parent, self._folder)  # also those of a writer that ended before it came to it
        return sha256

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def get(self, sha256: str) -> bytes:
        """The bytes of that hash.

        Raises:
            FileNotFoundError: they are not here.
            ValueError: that is not a hash.
        """
        return self._path(sha256).read_bytes()

    def intact(self, sha256: str) -> bool:
        """Whether the bytes are here and still have that hash."""
        try:
            return hashlib.sha256(self.get(sha256)).hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self._folder / sha256[:2] / sha256


def is_full(error: OSError) -> bool:
    """Whether something could not be written because there is no space left for it."""
    return error.errno in _FULL


def _make_names_durable(*folders: Path) -> None:
    """A file survives a power cut under its name only once its folder, and that folder's, were written too."""
    if os.name == "nt":  # folders cannot be opened there
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
