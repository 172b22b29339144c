"""A disk that is full, and has room again: a small one mounted for the test, or a limit where none may be mounted.

Both are the operating system's own refusal in the middle of a write.
"""

import resource
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_SIZE: Final = 2 * 1024 * 1024  # bytes


class Disk(ABC):
    """The disk under a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @abstractmethod
    def fill(self) -> None:
        """Leave no room."""

    @abstractmethod
    def make_room(self) -> None:
        """Leave room again."""


class Mounted(Disk):
    """A disk of its own; a large file takes its room (ENOSPC)."""

    @property
    def _filler(self) -> Path:
        return self._folder / "filler"

    def fill(self) -> None:
        """Write until nothing more fits."""
        try:
            with self._filler.open("wb", buffering=0) as file:
                while file.write(bytes(4096)):
                    continue
        except OSError:
            assert shutil.disk_usage(self._filler).free == 0

    def make_room(self) -> None:
        """Remove what took it."""
        self._filler.unlink(missing_ok=True)


class Limited(Disk):
    """No file of this process may grow (EFBIG); what is open and written in place goes on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        """Nothing may be written."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, self._before[1]))

    def make_room(self) -> None:
        """As before."""
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


class Blocked(Disk):
    """The folder cannot be written, though no disk could be mounted: a file stands in its place (ENOTDIR)."""

    @property
    def _aside(self) -> Path:
        return self._folder.with_name(f"{self._folder.name}.aside")

    def fill(self) -> None:
        """Put a file in its place."""
        self._folder.rename(self._aside)
        self._folder.touch()

    def make_room(self) -> None:
        """Put it back."""
        if self._aside.exists():
            self._folder.unlink()
            self._aside.rename(self._folder)


@contextmanager
def disk_under(folder: Path, *, mount: bool = True, otherwise: type[Disk] = Limited) -> Iterator[Disk]:
    """A disk under a new folder; the other one where nothing is to be mounted, or this process may not."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = mount and _run("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "selter-test", str(folder))
    disk = Mounted(folder) if mounted else otherwise(folder)
    try:
        yield disk
    finally:
        disk.make_room()
        if mounted:
            _run("umount", "--lazy", str(folder))


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False
