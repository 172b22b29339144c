"""The file store: bytes under their SHA-256 in a folder, written once and never changed."""

import hashlib
import os
import re
import secrets
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")


class FileStore:
    """A content-addressed folder; the same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256; durable when it returns."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{sha256}.{secrets.token_hex(4)}")
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return sha256

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
