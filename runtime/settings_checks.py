"""What an installation refuses to start with. Every problem names its variable and never shows a value."""

import os
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from runtime.settings_groups import KEY_BYTES, SmtpSettings

if TYPE_CHECKING:
    from runtime.settings import Settings

PREFIX: Final = "SELTER_"
SAMPLE: Final = "change-me"  # stands in every sample secret
_MEMORY_FLOOR_KIB: Final = 19_456  # OWASP's least for Argon2id
_VARIED: Final = 10  # different bytes; random secrets of 32 have more with near certainty, typed ones often fewer


def problems(settings: "Settings") -> Iterator[str]:
    """Everything that is wrong, over all fields together."""
    if settings.time_zone not in available_timezones():
        yield f"{PREFIX}TIME_ZONE: no such time zone"
    try:
        keyring = settings.temporal.keys()
    except ValueError as error:
        yield f"{PREFIX}TEMPORAL_KEYRING: {error}"
        keyring = None
    if settings.smtp.ca_file and not settings.smtp.ca_file.is_file():
        yield f"{PREFIX}SMTP_CA_FILE: there is no such file"
    if settings.scanner.required and not settings.scanner.address:
        yield f"{PREFIX}SCANNER_ADDRESS: is needed where {PREFIX}SCANNER_REQUIRED is true"
    if not settings.production:
        return
    if keyring is not None:
        yield from _keyring(keyring)
    yield from _secrets(settings)
    yield from _services(settings)
    yield from _data_folder(settings)


def _keyring(keyring: dict[str, bytes]) -> Iterator[str]:
    if not keyring:
        yield f"{PREFIX}TEMPORAL_KEYRING: is needed to encrypt what Temporal stores"
    if any(len(set(key)) < _VARIED for key in keyring.values()):
        yield f"{PREFIX}TEMPORAL_KEYRING: holds a key that is not random; make each with: openssl rand -base64 32"
    if len(set(keyring.values())) < len(keyring):
        yield f"{PREFIX}TEMPORAL_KEYRING: holds one key under two ids"


def _secrets(settings: "Settings") -> Iterator[str]:
    """Secrets that are missing, short, or as the samples have them."""
    secret_key = settings.secret_key.get_secret_value()
    if len(secret_key) < KEY_BYTES or len(set(secret_key)) < _VARIED or SAMPLE in secret_key:
        yield f"{PREFIX}SECRET_KEY: needs {KEY_BYTES} random characters or more of its own (not the sample's)"
    if SAMPLE in settings.database_url:
        yield f"{PREFIX}DATABASE_URL: still has the sample's password"
    if settings.smtp.user and SAMPLE in (settings.smtp.password.get_secret_value() or SAMPLE):
        yield f"{PREFIX}SMTP_PASSWORD: is missing or still the sample's"
    if settings.passwords.memory_kib < _MEMORY_FLOOR_KIB:
        yield f"{PREFIX}PASSWORDS_MEMORY_KIB: must be {_MEMORY_FLOOR_KIB} or more in production"


def _services(settings: "Settings") -> Iterator[str]:
    """Services that are embedded elsewhere, or reached without encryption over an open network."""
    if not settings.database_url.startswith("postgresql"):
        yield f"{PREFIX}DATABASE_URL: production needs PostgreSQL (postgresql+psycopg://…)"
    if not settings.temporal.address:
        yield f"{PREFIX}TEMPORAL_ADDRESS: production needs a Temporal cluster, not the embedded server"
    if not settings.smtp.host:
        yield f"{PREFIX}SMTP_HOST: production needs a mail server"
    if not settings.smtp.starttls:
        yield f"{PREFIX}SMTP_STARTTLS: production sends mail over TLS only"
    if settings.smtp.from_address == SmtpSettings().from_address:
        yield f"{PREFIX}SMTP_FROM_ADDRESS: production needs a sender that can be answered"
    if not settings.public_base_url.startswith("https://"):
        yield f"{PREFIX}PUBLIC_BASE_URL: production needs the https address that people use"


def _data_folder(settings: "Settings") -> Iterator[str]:
    """The folder of applicants' documents is ours to write and nobody else's to read; a missing one is made so."""
    try:
        mode = settings.data_dir.stat().st_mode
    except FileNotFoundError:
        return
    except OSError:
        mode = 0
    if not stat.S_ISDIR(mode) or not os.access(settings.data_dir, os.R_OK | os.W_OK | os.X_OK):
        yield f"{PREFIX}DATA_DIR: is no folder that this process may write"
    elif mode & stat.S_IRWXO:
        yield f"{PREFIX}DATA_DIR: is open to everybody on this machine; chmod o-rwx"
