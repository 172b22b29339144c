"""How long a backup and a restore take, by size: `python -m bench.restore [DOCUMENTS] [KIB]`.

It fills an installation with that many documents of that size, each with an audit entry, on SQLite and, where `initdb`
is found, on PostgreSQL; then it backs it up, restores it elsewhere, and verifies it. One line of JSON each.
"""

import json
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from records import migrate
from records.audit import Author
from records.database import Database
from records.files import FileStore
from records.tables import Agency, Document
from runtime.backup import back_up, restore
from runtime.settings import Mode, Settings, load
from tests.postgres import find_initdb, running

AT = datetime(2027, 1, 4, 2, tzinfo=UTC)


def fill(settings: Settings, documents: int, kib: int) -> None:
    """That many documents, each a file of random bytes and an entry of the audit chain."""
    migrate.upgrade(settings.database_url)
    database, files = Database(settings.database_url), FileStore(settings.data_dir / "files")
    common = {"kind": "-", "head_title": "-", "unit": "-", "address": "-", "contact": "-", "place": "-"}
    with database.write() as writer:
        agency = Agency(name="Instansi Uji", created_at=AT, **common)
        writer.session.add(agency)
        writer.session.flush()
        for number in range(documents):
            document = Document(
                agency_id=agency.id,
                kind="receipt",
                title="-",
                number=str(number),
                issued_on=AT.date(),
                inputs={},
                inputs_sha256="",
                docx_sha256=files.put(secrets.token_bytes(kib * 1024)),
                pressed_at=AT,
            )
            writer.session.add(document)
            writer.audit(agency.id, AT, Author(), "issue", f"document/{document.id}", {"number": number})
    database.close()


def drill(name: str, folder: Path, urls: tuple[str, str], documents: int, kib: int) -> None:
    """Fill, back up, restore, verify; the seconds of each."""
    here = load(mode=Mode.DEMO, data_dir=folder / "here", log_level="ERROR", database_url=urls[0])
    there = load(mode=Mode.DEMO, data_dir=folder / "there", log_level="ERROR", database_url=urls[1])
    fill(here, documents, kib)
    made = back_up(here, folder / "backup")
    restored = restore(made.path, there)
    size = sum(part.size for part in made.manifest.parts.values())
    result = {
        "database": name,
        "documents": documents,
        "mib": round(size / 2**20),
        "backup_s": round(made.seconds, 1),
        "restore_s": round(restored.seconds, 1),
        "intact": not any(found.kind == "file-changed" for found in restored.report.breaks),
    }
    print(json.dumps(result), flush=True)


@contextmanager
def databases(name: str) -> Iterator[tuple[str, str]]:
    """Two empty databases; an empty address is SQLite in the data folder."""
    if name == "sqlite":
        yield "", ""
        return
    initdb = find_initdb()
    assert initdb is not None
    with running(initdb) as server, ExitStack() as stack:
        yield stack.enter_context(server.database("template0")), stack.enter_context(server.database("template0"))


def main() -> None:
    """Both kinds of database."""
    documents, kib = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (2000, 100)
    for name in ("sqlite", *(["postgresql"] if find_initdb() else [])):
        with tempfile.TemporaryDirectory(prefix="selter-restore-") as folder, databases(name) as urls:
            drill(name, Path(folder), urls, documents, kib)


if __name__ == "__main__":
    main()
