"""The words of the pages: every text in Indonesian and English; dates as people write them, with WIB, WITA or WIT."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES: Final = ("id", "en")
_ZONES: Final = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}
_CATALOGUE: Final = Path(__file__).with_name("catalogue.toml")


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every text by its dotted key, in both languages.

    Raises:
        ValueError: a text lacks a language.
    """
    with _CATALOGUE.open("rb") as file:
        tables = tomllib.load(file)
    texts = {f"{table}.{key}": text for table, rows in tables.items() for key, text in rows.items()}
    for key, text in texts.items():
        if set(text) != set(LANGUAGES) or not all(text.values()):
            raise ValueError(f"{key} is not written in every language")
    return texts


class Words:
    """The texts and formats of one page, in its language and time zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone

    def t(self, key: str, /, **facts: Any) -> str:
        """A text of the catalogue with its facts filled in.

        Raises:
            KeyError: there is no such text.
        """
        return catalogue()[key][self.language].format_map({k: str(v) for k, v in facts.items()})

    def code(self, table: str, value: Any) -> str:
        """A code in words; one that the catalogue does not know stays readable."""
        text = catalogue().get(f"{table}.{value}")
        return text[self.language] if text else str(value or "").replace("_", " ")

    def knows(self, key: str) -> bool:
        """Whether the catalogue has this text."""
        return key in catalogue()

    def day(self, value: Any) -> str:
        """A date, or the local date of an instant: "3 Februari 2027"; empty for none."""
        if value is None or value == "":
            return ""
        return str(format_date(self._local(value), "d MMMM y", locale=self.language))

    def weekday(self, value: Any) -> str:
        """With the day of the week: "Rabu, 3 Februari 2027"."""
        return str(format_date(self._local(value), "EEEE, d MMMM y", locale=self.language)) if value else ""

    def span(self, start: Any, end: Any = None) -> str:
        """From a date to another, without saying the same month or year twice."""
        first, last = self._local(start), self._local(end or start)
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        pattern = "d MMMM" if first.year == last.year else "d MMMM y"
        return f"{format_date(first, pattern, locale=self.language)} – {self.day(last)}"

    def instant(self, value: datetime | str | None) -> str:
        """An instant in the agency's zone: "3 Februari 2027 pukul 23.59 WIB"; empty for none."""
        if not value:
            return ""
        moment = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(self.zone)
        clock = f"{moment:%H.%M}" if self.language == "id" else f"{moment:%H:%M}"
        return self.t("format.instant", day=self.day(moment), time=clock, zone=zone_name(moment))

    def number(self, value: Any) -> str:
        """A number with the language's decimal sign; other text stays."""
        if value is None or value == "":
            return "–"
        try:
            exact = Decimal(str(value))
        except InvalidOperation:
            return str(value)
        places = max(0, -int(exact.as_tuple().exponent))
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return str(format_decimal(exact, format=pattern, locale=self.language))

    def _local(self, value: Any) -> date:
        if isinstance(value, str):
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        return value.astimezone(self.zone).date() if isinstance(value, datetime) else value


def zone_name(moment: datetime) -> str:
    """WIB, WITA or WIT; the offset elsewhere."""
    return _ZONES.get(moment.utcoffset() or timedelta(0), f"UTC{moment:%z}")
