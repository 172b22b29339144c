"""A client of ClamAV's daemon: one command over a socket.

It is our own because the protocol is three lines long, while the packages that speak it are unmaintained.
"""

import logging
import socket
import struct
from typing import Final

from records.scanning import Scan, Scanned
from runtime.settings import ScannerSettings

_log = logging.getLogger("selter.scanner")
_CHUNK: Final = 64 * 1024
_LONGEST: Final = 4096  # an answer names one signature
_OK: Final = "OK"
_FOUND: Final = " FOUND"


class Scanner:
    """Looks at files, or says that it cannot."""

    def __init__(self, settings: ScannerSettings) -> None:
        self._settings = settings

    @property
    def present(self) -> bool:
        """Whether this installation has one."""
        return bool(self._settings.address)

    def scan(self, content: bytes) -> Scanned:
        """What the daemon says about a file; never an error, since an upload must not depend on its health."""
        if not self.present:
            return Scanned(Scan.NOT_SCANNED)
        try:
            answer = self._asked(content)
        except OSError as error:
            return self._failed(type(error).__name__)
        _, _, verdict = answer.partition(": ")
        if verdict == _OK:
            return Scanned(Scan.CLEAN)
        if verdict.endswith(_FOUND):
            return Scanned(Scan.INFECTED, verdict.removesuffix(_FOUND)[:200])
        return self._failed("unexpected answer" if answer else "no answer")

    def _failed(self, why: str) -> Scanned:
        _log.warning("the scanner gave no verdict: %s", why)
        return Scanned(Scan.FAILED, why)

    def _asked(self, content: bytes) -> str:
        """INSTREAM: chunks with their length before them, an empty one at the end, one answer that ends in NUL.

        Raises:
            OSError: the daemon is away, or slower than we wait.
        """
        with self._connected() as connection:
            try:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), _CHUNK):
                    chunk = content[start : start + _CHUNK]
                    connection.sendall(struct.pack("!L", len(chunk)) + chunk)
                connection.sendall(struct.pack("!L", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has heard enough (its own limit of size), and may have said why
            return _line(connection)

    def _connected(self) -> socket.socket:
        kind, _, place = self._settings.address.partition(":")
        if kind == "tcp":
            host, _, port = place.rpartition(":")
            return socket.create_connection((host, int(port)), self._settings.timeout)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self._settings.timeout)
        try:
            connection.connect(place)
        except OSError:
            connection.close()
            raise
        return connection


def _line(connection: socket.socket) -> str:
    """The daemon's answer up to its NUL."""
    heard = b""
    while b"\0" not in heard and len(heard) < _LONGEST:
        block = connection.recv(_LONGEST)
        if not block:
            break
        heard += block
    return heard.partition(b"\0")[0].decode("utf-8", "replace").strip()
