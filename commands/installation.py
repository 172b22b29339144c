"""What every command needs of an installation: its settings, its database, and the address of its engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:  # imported where they are used: the law's commands start without the engine, in a second
    from records.accounts import Passwords
    from records.database import Database
    from runtime.settings import Settings


def settings_of(**overrides: Any) -> Settings:
    """The settings, with the log as they have it."""
    from runtime import logs
    from runtime.settings import load

    settings = load(**overrides)
    logs.configure(settings)
    return settings


def database_of(settings: Settings) -> Database:
    """The installation's database at the newest schema; production is migrated knowingly, by `selter migrate`."""
    from records.database import Database
    from records.migrate import current, head, upgrade
    from runtime.settings import SettingsError

    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if current(settings.database_url) != head():
        if settings.production:
            raise SettingsError(["the database is not at this release's schema: run `selter migrate`"])
        upgrade(settings.database_url)
    return Database(settings.database_url)


def address_of(settings: Settings) -> str:
    """Where Temporal answers: the service that is set, else the embedded one."""
    return settings.temporal.address or f"127.0.0.1:{settings.temporal.port}"


def passwords_of(settings: Settings) -> Passwords:
    """The hasher at the installation's cost."""
    from records.accounts import Passwords

    cost = settings.passwords
    return Passwords(cost.time_cost, cost.memory_kib, cost.parallelism)


def print_json(value: dict[str, Any]) -> None:
    """The one object in which a command's output ends."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))
