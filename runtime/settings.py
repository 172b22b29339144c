"""Every setting of an installation: environment variables `SELTER_…`, or a file of them, checked as a whole at start.

A group's fields follow its name: `smtp.host` is `SELTER_SMTP_HOST`. Secrets may be given as files, `SELTER_…_FILE`.
"""

import base64
import os
import secrets
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.settings_checks import PREFIX, problems
from runtime.settings_groups import (
    KEY_BYTES,
    ApiSettings,
    Group,
    HealthSettings,
    MetricsSettings,
    PasswordSettings,
    ScannerSettings,
    SmtpSettings,
    TelemetrySettings,
    TemporalSettings,
    UploadSettings,
)

__all__ = [
    "Mode",
    "PasswordSettings",
    "PREFIX",
    "ScannerSettings",
    "Settings",
    "SettingsError",
    "SmtpSettings",
    "TelemetrySettings",
    "load",
    "names",
]


class Mode(StrEnum):
    """How an installation runs."""

    EMBEDDED = "embedded"  # one machine: own Temporal server, SQLite, generated secrets
    DEMO = "demo"  # as embedded, in a fresh folder on free ports, with a clock that may be moved
    PRODUCTION = "production"  # a Temporal cluster, PostgreSQL, SMTP; nothing is generated or assumed


class SettingsError(ValueError):
    """The settings can't be used; `problems` lists all of them, each naming its variable and never a value."""

    def __init__(self, problems: list[str]) -> None:
        """Take every problem found."""
        self.problems = problems
        super().__init__("the settings cannot be used:\n" + "\n".join(f"  - {problem}" for problem in problems))


_GRACE: Final = 10.0


class Settings(BaseSettings):
    """An installation's settings, complete and checked; `load` makes them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        extra="ignore",  # unknown names are reported by `load`, together with every other problem
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    mode: Mode = Mode.EMBEDDED
    """`embedded` (one machine, nothing else needed), `demo`, or `production`"""
    data_dir: Path = Path("data")
    """files, and outside production the databases, the generated secrets and the logs"""
    database_url: str = Field(default="", repr=False)
    """PostgreSQL, as postgresql+psycopg://user:password@host:5432/name; empty is SQLite in the data folder"""
    database_url_file: Path | None = None
    """a file that holds the database's address with its password"""
    secret_key: SecretStr = SecretStr("")
    """keeps the hashes of repeatable requests from being guessed; 32 random characters or more; generated unless in
    production"""
    secret_key_file: Path | None = None
    """a file that holds the secret key"""
    public_base_url: str = ""
    """the address that people use, as it stands in mails; empty is the API's own"""
    time_zone: str = "Asia/Jakarta"
    """the zone in which days begin and letters are dated"""
    closing_grace: float | None = Field(default=None, ge=0, le=120)
    """seconds for which what falls due waits for requests that came in before it; empty is 10, and 0 in the demo"""
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    """DEBUG, INFO, WARNING or ERROR"""
    log_format: str = Field(default="text", pattern="^(text|json)$")
    """`text`, or `json` for a collector of logs"""
    temporal: TemporalSettings = Field(default_factory=TemporalSettings)
    smtp: SmtpSettings = Field(default_factory=SmtpSettings)
    api: ApiSettings = Field(default_factory=ApiSettings)
    uploads: UploadSettings = Field(default_factory=UploadSettings)
    scanner: ScannerSettings = Field(default_factory=ScannerSettings)
    passwords: PasswordSettings = Field(default_factory=PasswordSettings)
    metrics: MetricsSettings = Field(default_factory=MetricsSettings)
    telemetry: TelemetrySettings = Field(default_factory=TelemetrySettings)
    health: HealthSettings = Field(default_factory=HealthSettings)

    @property
    def production(self) -> bool:
        """Whether nothing may be assumed, generated or moved in time."""
        return self.mode is Mode.PRODUCTION

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and letters are dated."""
        return ZoneInfo(self.time_zone)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Read secrets given as files and fill in what follows from the rest."""
        self.data_dir = self.data_dir.expanduser().absolute()
        if self.secret_key_file:
            self.secret_key = SecretStr(_secret_text(self.secret_key_file))
        if self.database_url_file:
            self.database_url = _secret_text(self.database_url_file)
        if self.temporal.keyring_file:
            self.temporal.keyring = SecretStr(_secret_text(self.temporal.keyring_file))
        if self.smtp.password_file:
            self.smtp.password = SecretStr(_secret_text(self.smtp.password_file))
        if self.closing_grace is None:
            self.closing_grace = 0 if self.mode is Mode.DEMO else _GRACE
        if not self.production:
            self.database_url = self.database_url or f"sqlite:///{self.data_dir / 'selter.db'}"
            self.public_base_url = self.public_base_url or f"http://{self.api.host}:{self.api.port}"
        return self


def load(**overrides: Any) -> Settings:
    """Read the settings from the environment and the file it names, and check them as a whole.

    The file is `SELTER_CONFIG`, else `.env` in the working folder if there is one. `overrides` win over both. Outside
    production, missing secrets are generated once and kept in the data folder, readable by its owner only.

    Raises:
        SettingsError: unknown names, wrong values, or (in production) anything missing or left at its sample.
    """
    named = os.environ.get(f"{PREFIX}CONFIG")
    if named and not Path(named).is_file():
        raise SettingsError([f"{PREFIX}CONFIG names {named}, which is not a file"])
    file = Path(named) if named else Path(".env")
    unknown = _unknown_names(file)
    if unknown:
        raise SettingsError([f"{name} is no setting" for name in unknown])
    try:
        settings = _read(file, overrides)
    except ValidationError as error:
        raise SettingsError([_problem(item["loc"], item["msg"]) for item in error.errors()]) from None
    if not settings.production:
        _generate_secrets(settings)
    found = list(problems(settings))
    if found:
        raise SettingsError(found)
    return settings


def names() -> list[str]:
    """The environment variable of every setting."""
    result = [f"{PREFIX}CONFIG"]
    for name, declared in Settings.model_fields.items():
        group = declared.annotation
        if isinstance(group, type) and issubclass(group, Group):
            result += [f"{PREFIX}{name}_{inner}".upper() for inner in group.model_fields]
        else:
            result.append(f"{PREFIX}{name}".upper())
    return result


def _read(file: Path, overrides: dict[str, Any]) -> Settings:
    """Settings out of that file, whose place is known only now."""

    class FromFile(Settings):
        model_config = SettingsConfigDict(env_file=file)

    return FromFile(**overrides)


def _unknown_names(file: Path) -> list[str]:
    written = {*os.environ, *(dotenv_values(file) if file.is_file() else ())}
    return sorted(name for name in written if name.upper().startswith(PREFIX) and name.upper() not in names())


def _problem(location: tuple[int | str, ...], message: str) -> str:
    variable = PREFIX + "_".join(str(part) for part in location).upper() if location else "a file"
    return f"{variable}: {message.removeprefix('Value error, ')}"


def _secret_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"the secret file {path} cannot be read ({error.strerror})") from error


def _generate_secrets(settings: Settings) -> None:
    """Outside production: make the secrets that were not given, once, and keep them with the data."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = settings.data_dir / "secrets"
    if not settings.secret_key.get_secret_value():
        settings.secret_key = SecretStr(_kept(folder / "secret_key", secrets.token_urlsafe(48)))
    if not settings.temporal.keyring.get_secret_value():
        key = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
        settings.temporal.keyring = SecretStr(_kept(folder / "keyring", f"k1={key}"))


def _kept(path: Path, text: str) -> str:
    """The secret in that file; the given one when there is none. Of two processes that start at once, one writes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    try:
        os.link(draft, path)
    except FileExistsError:
        text = path.read_text(encoding="utf-8")
    finally:
        draft.unlink()
    return text
