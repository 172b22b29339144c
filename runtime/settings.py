"""Every setting of an installation: environment variables `SELTER_…`, or a file of them, checked as a whole at start.

A group's fields follow its name: `smtp.host` is `SELTER_SMTP_HOST`. Secrets may be given as files, `SELTER_…_FILE`.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SELTER_"
SAMPLE = "change-me"
KEY_BYTES = 32
MEMORY_FLOOR_KIB = 19_456  # OWASP's least for Argon2id

Port = Annotated[int, Field(ge=0, le=65_535)]
OptionalPort = Annotated[Port | None, BeforeValidator(lambda value: value or None)]


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


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class TemporalSettings(_Group):
    """The Temporal service and what is agreed with it."""

    address: str = ""  # empty: start the embedded server
    namespace: str = "selter"
    port: Port = 7233  # of the embedded server; 0 takes a free one
    ui_port: OptionalPort = None  # of the embedded server's own pages; they have no login, so off by default
    tls: bool = False
    keyring: SecretStr = SecretStr("")  # id=key,id=key (URL-safe base64 of 32 bytes); the first encrypts, all decrypt
    keyring_file: Path | None = None

    def keys(self) -> dict[str, bytes]:
        """The payload encryption keys by id, the current one first.

        Raises:
            ValueError: a key isn't written as `id=key`, or isn't 32 bytes long.
        """
        result: dict[str, bytes] = {}
        for item in filter(None, self.keyring.get_secret_value().split(",")):
            key_id, _, text = item.strip().partition("=")
            try:
                key = base64.urlsafe_b64decode(text)
            except (binascii.Error, ValueError):
                key = b""
            if not key_id or len(key) != KEY_BYTES:
                raise ValueError(f"must be id=key,…, each key the URL-safe base64 of {KEY_BYTES} bytes")
            result[key_id] = key
        return result


class SmtpSettings(_Group):
    """Where mail leaves."""

    host: str = ""  # empty: the embedded catcher, which sends nothing anywhere
    port: Port = 587
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    starttls: bool = True
    catcher_port: Port = 0  # of the embedded catcher; 0 takes a free one
    from_address: str = "selter@localhost"
    connect_timeout: float = Field(default=10, gt=0)
    send_timeout: float = Field(default=60, gt=0)


class ApiSettings(_Group):
    """Where the API and the pages listen."""

    host: str = "127.0.0.1"
    port: Port = 8080


class UploadSettings(_Group):
    """How much one may upload."""

    max_bytes: int = Field(default=10 * 1024 * 1024, gt=0)  # one file
    max_files: int = Field(default=40, gt=0)  # one application
    max_total_bytes: int = Field(default=100 * 1024 * 1024, gt=0)  # one application
    max_unzip_ratio: int = Field(default=100, gt=1)  # of a DOCX or XLSX; a bomb exceeds a thousand


class PasswordSettings(_Group):
    """The cost of one Argon2id hash; the defaults are the second recommendation of RFC 9106."""

    time_cost: int = Field(default=3, ge=1)
    memory_kib: int = Field(default=65_536, ge=8)
    parallelism: int = Field(default=4, ge=1)


class Settings(BaseSettings):
    """An installation's settings, complete and checked; `load` makes them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        extra="ignore",  # unknown names are reported by `load`, together with every other problem
        hide_input_in_errors=True,
    )

    mode: Mode = Mode.EMBEDDED
    data_dir: Path = Path("data")
    database_url: str = Field(default="", repr=False)  # empty: SQLite in the data folder
    database_url_file: Path | None = None
    secret_key: SecretStr = SecretStr("")  # signs tokens and entity tags; generated unless in production
    secret_key_file: Path | None = None
    public_base_url: str = ""  # empty: the API's own address
    time_zone: str = "Asia/Jakarta"
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    temporal: TemporalSettings = Field(default_factory=TemporalSettings)
    smtp: SmtpSettings = Field(default_factory=SmtpSettings)
    api: ApiSettings = Field(default_factory=ApiSettings)
    uploads: UploadSettings = Field(default_factory=UploadSettings)
    passwords: PasswordSettings = Field(default_factory=PasswordSettings)

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
    problems = list(_problems(settings))
    if problems:
        raise SettingsError(problems)
    return settings


def names() -> list[str]:
    """The environment variable of every setting."""
    result = [f"{PREFIX}CONFIG"]
    for name, declared in Settings.model_fields.items():
        group = declared.annotation
        if isinstance(group, type) and issubclass(group, _Group):
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


def _problems(settings: Settings) -> Iterator[str]:
    if settings.time_zone not in available_timezones():
        yield f"{PREFIX}TIME_ZONE: no such time zone"
    try:
        keyring = settings.temporal.keys()
    except ValueError as error:
        yield f"{PREFIX}TEMPORAL_KEYRING: {error}"
        keyring = {"": b""}
    if not settings.production:
        return
    if not keyring:
        yield f"{PREFIX}TEMPORAL_KEYRING: is needed to encrypt what Temporal stores"
    yield from _production_problems(settings)


def _production_problems(settings: Settings) -> Iterator[str]:
    """What production refuses: anything missing that is assumed elsewhere, and secrets as the samples have them."""
    secret_key = settings.secret_key.get_secret_value()
    if len(secret_key) < KEY_BYTES or SAMPLE in secret_key:
        yield f"{PREFIX}SECRET_KEY: needs {KEY_BYTES} characters or more of its own (not the sample's)"
    if not settings.database_url.startswith("postgresql"):
        yield f"{PREFIX}DATABASE_URL: production needs PostgreSQL (postgresql+psycopg://…)"
    elif SAMPLE in settings.database_url:
        yield f"{PREFIX}DATABASE_URL: still has the sample's password"
    if not settings.temporal.address:
        yield f"{PREFIX}TEMPORAL_ADDRESS: production needs a Temporal cluster"
    if not settings.smtp.host:
        yield f"{PREFIX}SMTP_HOST: production needs a mail server"
    if settings.smtp.user and SAMPLE in (settings.smtp.password.get_secret_value() or SAMPLE):
        yield f"{PREFIX}SMTP_PASSWORD: is missing or still the sample's"
    if settings.smtp.from_address == SmtpSettings().from_address:
        yield f"{PREFIX}SMTP_FROM_ADDRESS: production needs a sender that can be answered"
    if not settings.public_base_url.startswith("https://"):
        yield f"{PREFIX}PUBLIC_BASE_URL: production needs the https address that people use"
    if settings.passwords.memory_kib < MEMORY_FLOOR_KIB:
        yield f"{PREFIX}PASSWORDS_MEMORY_KIB: must be {MEMORY_FLOOR_KIB} or more in production"
