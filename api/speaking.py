"""Facts of a refusal as people read them: instants in the installation's time zone, in their language."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ZONES: Final = MappingProxyType({7: "WIB", 8: "WITA", 9: "WIT"})
_PATTERNS: Final = MappingProxyType({"id": "d MMMM y 'pukul' HH.mm.ss", "en": "d MMMM y HH:mm:ss"})


def spoken(facts: Mapping[str, str], language: str, zone: ZoneInfo) -> dict[str, str]:
    """The same facts for a sentence; whatever is no instant stays as it is."""
    return {
        name: instant(value, language, zone) if _INSTANT.fullmatch(value) else value for name, value in facts.items()
    }


def instant(text: str, language: str, zone: ZoneInfo) -> str:
    """An ISO 8601 instant: "9 Desember 2026 pukul 23.59.59 WIB"."""
    moment = datetime.fromisoformat(text).astimezone(zone)
    offset = moment.utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset is not None else 0
    written = format_datetime(moment, _PATTERNS[language], locale="id_ID" if language == "id" else "en_GB")
    return f"{written} {_ZONES.get(hours, moment.strftime('%z'))}"
