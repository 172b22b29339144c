"""Writes `docs/settings.md` from the settings' own fields; a test fails when the page is not what they give."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from runtime.settings import PREFIX, Mode, Settings
from runtime.settings_checks import problems
from runtime.settings_groups import Group

PAGE = Path(__file__).parent / "settings.md"
_INTRODUCTION = """# Settings

Generated from `runtime/settings.py` and `runtime/settings_groups.py` by `make reference`. A sample with all of them:
[selter.env.sample](../deploy/selter.env.sample).

A setting is an environment variable, or a line of the file that `SELTER_CONFIG` names (else `.env` in the working
folder); the environment wins. A name that does not exist is an error. All problems are listed at once, each with its
variable and never with a value. **needed** marks what production (`SELTER_MODE=production`) does not start without;
it also refuses secrets as the samples have them, too short or not random, mail without TLS, SQLite, the embedded
engine, an address that is not https, and a data folder that is open to everybody.
"""


def lines() -> Iterator[str]:
    """The page, line by line."""
    yield from _INTRODUCTION.splitlines()
    needed = set(_needed())
    plain = {name: field for name, field in Settings.model_fields.items() if not _is_group(field)}
    yield from _table("The installation", plain, "", Settings, needed)
    for name, field in Settings.model_fields.items():
        if _is_group(field):
            group: type[Group] = field.annotation  # type: ignore[assignment]
            heading = f"{name.capitalize()}: {(group.__doc__ or '').partition('.')[0]}"
            yield from _table(heading, dict(group.model_fields), f"{name}_", group, needed)


def _table(heading: str, fields: dict[str, FieldInfo], prefix: str, owner: type, needed: set[str]) -> Iterator[str]:
    yield from ("", f"## {heading}", "", "| variable | default | what |", "|---|---|---|")
    for name, field in fields.items():
        variable = f"{PREFIX}{prefix}{name}".upper()
        told = " ".join((field.description or "").split()).replace("|", "\\|")
        mark = "**needed**: " if variable in needed else ""
        yield f"| `{variable}` | {_default(field)} | {mark}{told} |"


def _default(field: FieldInfo) -> str:
    value: Any = field.get_default(call_default_factory=True)
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "–" if value in (None, "") else f"`{value}`"


def _is_group(field: FieldInfo) -> bool:
    return isinstance(field.annotation, type) and issubclass(field.annotation, Group)


def _needed() -> Iterator[str]:
    """The variables that an empty production is told of."""
    for problem in problems(Settings.model_construct(mode=Mode.PRODUCTION, data_dir=Path("/nowhere"))):
        yield re.match(r"\w+", problem)[0]  # type: ignore[index]


if __name__ == "__main__":
    PAGE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
