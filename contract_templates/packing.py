"""One canonical form for an OPC package, so that equal content is equal bytes."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest instant a zip entry can carry
_FIRST = "[Content_Types].xml"


def pack(docx: bytes) -> bytes:
    """Rewrites a DOCX with sorted, undated entries.

    Entries are stored, not deflated: a compressor's output differs between zlib builds, and a document must come out
    the same years later on another machine.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != _FIRST, n)):
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()
