"""Backup and restore of an installation: the record, the files it names, and the embedded engine's state.

A backup is a folder (or the same as one .tar) with a manifest of every part and its SHA-256. It is taken while
everything runs: acts wait while the record and the engine's state are copied, so that no workflow is ahead of its
journal. Secrets are left out unless they are asked for.
"""

import hashlib
import mmap
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlmodel import Session, col, select

from records import migrate
from records.database import Database
from records.files import FileStore
from records.tables import AuditHead, Document, Upload
from records.verify import Report, verify
from runtime.clock import monotonic, real_now
from runtime.dumps import BackupError, copy_sqlite, dumper_of
from runtime.settings import Settings

_FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_TEMPORAL: Final = "temporal.db"
_SECRETS: Final = ("secret_key", "keyring")
_ENCRYPTED: Final = b"binary/selter-aes256gcm"  # stands in every payload of `workflows.codec`
_HELD: Final = ("selter.db", _TEMPORAL, "files", "mail")  # what a data folder holds once somebody has worked in it


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Model):
    """A file of the backup, by its place in it."""

    sha256: str
    size: int  # bytes


class Head(_Model):
    """Where a chain of the audit ends."""

    position: int
    hash: str


class Manifest(_Model):
    """What a backup holds."""

    format: int
    made_at: datetime
    release: str
    schema_revision: str
    database: str
    heads: dict[str, Head]
    parts: dict[str, Part]
    missing: list[str]  # files that the record names and the store did not have, or had damaged
    keys: dict[str, str]  # fingerprints of the keyring, where it has encrypted the engine's state


@dataclass(frozen=True)
class Made:
    """A backup that was made."""

    path: Path
    manifest: Manifest
    seconds: float

    def to_mapping(self) -> dict[str, Any]:
        """As `selter backup --json` prints it."""
        counted = {"parts": len(self.manifest.parts), "bytes": sum(p.size for p in self.manifest.parts.values())}
        return {
            "backup": str(self.path),
            **counted,
            "missing": self.manifest.missing,
            "seconds": round(self.seconds, 2),
        }


@dataclass(frozen=True)
class Restored:
    """What came of a restore: the verification of the record, and what a person should know."""

    manifest: Manifest
    report: Report
    seconds: float
    notes: list[str] = field(default_factory=list)

    def to_mapping(self) -> dict[str, Any]:
        """As `selter restore --json` prints it."""
        made_at = self.manifest.made_at.isoformat()
        return {"of": made_at, **self.report.to_mapping(), "notes": self.notes, "seconds": round(self.seconds, 2)}


# -- making ----------------------------------------------------------------------------------------------------------


def back_up(settings: Settings, target: Path, *, with_secrets: bool = False) -> Made:
    """Make a backup: in a folder that does not exist yet, in a new one within a folder that does, or in a .tar.

    Raises:
        BackupError: the place is taken or cannot be written, or the record cannot be read.
    """
    begun = monotonic()
    if target.is_dir():
        target = target / f"selter-{real_now():%Y%m%dT%H%M%SZ}"
    if target.exists():
        raise BackupError(f"{target} exists already")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as draft:
            folder = Path(draft) / "backup"
            folder.mkdir(mode=0o700)
            manifest = _fill(settings, folder, with_secrets=with_secrets)
            finished = _packed(folder) if target.suffix == ".tar" else folder
            os.sync()
            finished.rename(target)
    except OSError as error:
        raise BackupError(f"the backup cannot be written to {target}: {error.strerror}") from error
    return Made(target, manifest, monotonic() - begun)


def _fill(settings: Settings, folder: Path, *, with_secrets: bool) -> Manifest:
    dumper = dumper_of(settings.database_url)
    schema = migrate.current(settings.database_url)
    engine = settings.data_dir / _TEMPORAL
    embedded = not settings.temporal.address and engine.is_file()
    with dumper.dumped(folder / dumper.part, hold=embedded) as session:
        if embedded:
            copy_sqlite(engine, folder / _TEMPORAL)
        heads = {h.agency_id: Head(position=h.position, hash=h.hash) for h in session.exec(select(AuditHead))}
        named = _files_named(session)
    missing = _copy_files(settings.data_dir / "files", folder / "files", named)
    if with_secrets:
        _write_secrets(settings, folder / "secrets")
    manifest = Manifest(
        format=_FORMAT,
        made_at=real_now(),
        release=_release(),
        schema_revision=schema or "",
        database=dumper.kind,
        heads=heads,
        parts={path.relative_to(folder).as_posix(): _part(path) for path in _contents(folder)},
        missing=missing,
        keys=_fingerprints(settings) if embedded and _encrypted(folder / _TEMPORAL) else {},
    )
    (folder / _MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return manifest


def _files_named(session: Session) -> set[str]:
    """The hashes of all files that the record names."""
    columns = (col(Upload.sha256), col(Document.docx_sha256), col(Document.pdf_sha256))
    return {sha256 for column in columns for sha256 in session.exec(select(column).distinct()) if sha256}


def _copy_files(source: Path, target: Path, named: set[str]) -> list[str]:
    """Copy the files of those hashes; returns those that are not there or not what they were."""
    there, here = FileStore(source), FileStore(target)
    missing = []
    for sha256 in sorted(named):
        try:
            content = there.get(sha256)
        except FileNotFoundError:
            missing.append(sha256)
            continue
        if hashlib.sha256(content).hexdigest() != sha256:
            missing.append(sha256)
        else:
            here.put(content)
    return missing


def _write_secrets(settings: Settings, folder: Path) -> None:
    """The secrets as files that their owner alone may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    given = (settings.secret_key, settings.temporal.keyring)
    for name, secret in zip(_SECRETS, given, strict=True):
        path = folder / name
        path.touch(mode=0o600)
        path.write_text(secret.get_secret_value(), encoding="utf-8")


def _packed(folder: Path) -> Path:
    packed = folder.with_suffix(".tar")
    with tarfile.open(packed, "w") as archive:
        archive.add(folder, arcname=".")
    packed.chmod(0o600)
    return packed


# -- restoring -------------------------------------------------------------------------------------------------------


def check(source: Path) -> Manifest:
    """Read a backup's manifest and compare every part with it.

    Raises:
        BackupError: naming the part that is missing, damaged or not of this backup.
    """
    with _opened(source) as folder:
        return _checked(folder)


def restore(source: Path, settings: Settings) -> Restored:
    """Put a backup into an empty installation, bring it to this release's schema, and verify it.

    Open cases whose workflows did not come along are started at the next start of the installation.

    Raises:
        BackupError: the backup is damaged or of another kind, or the installation is not empty; nothing is changed.
    """
    begun = monotonic()
    with _opened(source) as folder:
        manifest = _checked(folder)
        _require_fitting(manifest, settings)
        notes = [f"the backup was made without these files: {', '.join(manifest.missing)}"] if manifest.missing else []
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in _contents(folder / "files"):
            FileStore(settings.data_dir / "files").put(path.read_bytes())
        notes += _restore_secrets(folder, settings)
        notes += _restore_engine(folder, manifest, settings)
        dumper = dumper_of(settings.database_url)
        dumper.load(folder / dumper.part)
    migrate.upgrade(settings.database_url)
    return Restored(manifest, _verified(manifest, settings), monotonic() - begun, notes)


def _checked(folder: Path) -> Manifest:
    try:
        manifest = Manifest.model_validate_json((folder / _MANIFEST).read_bytes())
    except FileNotFoundError:
        raise BackupError(f"this is no backup: it has no {_MANIFEST}") from None
    except ValidationError as error:
        raise BackupError(f"{_MANIFEST} is damaged or of another release: {error.error_count()} problems") from None
    if manifest.format != _FORMAT:
        raise BackupError(f"the backup has format {manifest.format}; this release reads {_FORMAT}")
    present = {path.relative_to(folder).as_posix() for path in _contents(folder)} - {_MANIFEST}
    for name, part in sorted(manifest.parts.items()):
        if name not in present:
            raise BackupError(f"the backup is damaged: {name} is missing")
        if _part(folder / name) != part:
            raise BackupError(f"the backup is damaged: {name} is not what it was")
    if present - manifest.parts.keys():
        raise BackupError(f"the backup is damaged: {min(present - manifest.parts.keys())} does not belong to it")
    return manifest


def _require_fitting(manifest: Manifest, settings: Settings) -> None:
    dumper = dumper_of(settings.database_url)
    if manifest.database != dumper.kind:
        raise BackupError(
            f"the backup holds a {manifest.database} database, SELTER_DATABASE_URL names a {dumper.kind} one"
        )
    if not migrate.known(manifest.schema_revision):
        raise BackupError(
            f"the backup is of release {manifest.release}, whose schema {manifest.schema_revision} this release "
            "does not know: restore it with that release or a newer one"
        )
    held = [name for name in _HELD if _is_there(settings.data_dir / name)]
    if held:
        raise BackupError(f"{settings.data_dir} is not empty, it holds {', '.join(held)}: restore into a fresh folder")
    if not dumper.empty():
        raise BackupError("the database that SELTER_DATABASE_URL names is not empty: restore into a fresh one")


def _is_there(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def _restore_secrets(folder: Path, settings: Settings) -> list[str]:
    if not (folder / "secrets").is_dir():
        return []
    if settings.production:
        return ["the backup's secrets were left in it: production takes its own from where the settings name them"]
    target = settings.data_dir / "secrets"
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in _SECRETS:
        (target / name).touch(mode=0o600)
        shutil.copyfile(folder / "secrets" / name, target / name)
    return ["the secrets are those of the backup"]


def _restore_engine(folder: Path, manifest: Manifest, settings: Settings) -> list[str]:
    """Put the embedded engine's state back where it can be used; without it everything is rebuilt from the record."""
    rebuilt = "open cases are started from the record"
    if _TEMPORAL not in manifest.parts:
        return [f"the backup holds no state of the engine; {rebuilt}"]
    if settings.temporal.address:
        return [f"SELTER_TEMPORAL_ADDRESS names a Temporal service, so the embedded one's state is left out; {rebuilt}"]
    present = manifest.keys if (folder / "secrets").is_dir() else _fingerprints(settings)
    if not manifest.keys.items() <= present.items():
        return [f"the engine's state is encrypted with keys that are not in the keyring; {rebuilt}"]
    shutil.copyfile(folder / _TEMPORAL, settings.data_dir / _TEMPORAL)
    return []


def _verified(manifest: Manifest, settings: Settings) -> Report:
    """Recompute the record as `selter verify` does, and hold the ends of its chains against the manifest.

    Raises:
        BackupError: a chain ends elsewhere than it did.
    """
    database = Database(settings.database_url)
    try:
        with database.snapshot() as session:
            heads = {h.agency_id: Head(position=h.position, hash=h.hash) for h in session.exec(select(AuditHead))}
            if heads != manifest.heads:
                raise BackupError("the restored audit chains do not end where the backup says that they did")
            return verify(session, FileStore(settings.data_dir / "files"))
    finally:
        database.close()


# -- parts -----------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(source: Path) -> Iterator[Path]:
    """The folder of a backup; a .tar is unpacked for as long as it is read."""
    if source.is_dir():
        yield source
        return
    if not source.is_file():
        raise BackupError(f"there is no backup at {source}")
    with tempfile.TemporaryDirectory(prefix="selter-restore-") as unpacked:
        try:
            with tarfile.open(source) as archive:
                archive.extractall(unpacked, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise BackupError(f"{source} cannot be unpacked: {error}") from error
        yield Path(unpacked)


def _contents(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _part(path: Path) -> Part:
    with path.open("rb") as file:
        return Part(sha256=hashlib.file_digest(file, "sha256").hexdigest(), size=path.stat().st_size)


def _fingerprints(settings: Settings) -> dict[str, str]:
    """What tells one key from another without giving it away: a short hash of 32 random bytes."""
    return {key_id: hashlib.sha256(key).hexdigest()[:16] for key_id, key in settings.temporal.keys().items()}


def _encrypted(engine: Path) -> bool:
    """Whether anything in the engine's state was encrypted by us."""
    with engine.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(_ENCRYPTED) >= 0


def _release() -> str:
    try:
        return version("selter")
    except PackageNotFoundError:
        return "unknown"
