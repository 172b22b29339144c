"""The groups of settings, each a part of an installation. What stands under a field is its documentation."""

import base64
import binascii
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

KEY_BYTES: Final = 32

Port = Annotated[int, Field(ge=0, le=65_535)]
OptionalPort = Annotated[Port | None, BeforeValidator(lambda value: value or None)]


class Group(BaseModel):
    """Settings that belong together; `smtp.host` is `SELTER_SMTP_HOST`."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)


class TemporalSettings(Group):
    """The Temporal service and what is agreed with it."""

    address: str = ""
    """host:port of the Temporal service; empty starts the embedded one"""
    namespace: str = "selter"
    """the namespace of this installation"""
    port: Port = 7233
    """of the embedded service; 0 takes a free one"""
    ui_port: OptionalPort = None
    """of the embedded service's own pages; they have no login, so there are none unless it is given"""
    tls: bool = False
    """whether the service speaks TLS"""
    build: str = Field(default="", pattern="^[A-Za-z0-9._-]{0,64}$")
    """in a cluster: the version of this worker, such as its image's tag; open cases stay on the one they began with"""
    encrypt: bool = False
    """whether what Temporal stores is encrypted; in production it always is"""
    keyring: SecretStr = SecretStr("")
    """the keys of that encryption: id=key,id=key, each the URL-safe base64 of 32 random bytes; the first encrypts, all
    decrypt"""
    keyring_file: Path | None = None
    """a file that holds the keyring"""

    def keys(self) -> dict[str, bytes]:
        """The payload encryption keys by id, the current one first.

        Raises:
            ValueError: a key isn't written as `id=key`, isn't 32 bytes long, or its id stands there twice.
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
            if key_id in result:
                raise ValueError("has an id twice")
            result[key_id] = key
        return result


class SmtpSettings(Group):
    """Where mail leaves."""

    host: str = ""
    """the mail server; empty keeps all mail in the embedded inbox, which sends nothing anywhere"""
    port: Port = 587
    """its port for submission"""
    user: str = ""
    """who signs in there; empty does not sign in"""
    password: SecretStr = SecretStr("")
    """the password of that user"""
    password_file: Path | None = None
    """a file that holds the password"""
    starttls: bool = True
    """whether the connection turns to TLS before anything is said"""
    ca_file: Path | None = None
    """the certificates (PEM) that vouch for the mail server, where the system's do not"""
    catcher_port: Port = 0
    """of the embedded inbox; 0 takes a free one"""
    from_address: str = "selter@localhost"
    """the sender of every mail; people may answer it"""
    connect_timeout: float = Field(default=10, gt=0)
    """seconds to connect"""
    send_timeout: float = Field(default=60, gt=0)
    """seconds to hand over one mail"""


class ApiSettings(Group):
    """Where the API and the pages listen."""

    host: str = "127.0.0.1"
    """the address to listen at"""
    port: Port = 8080
    """the port"""
    arrival_header: str = Field(default="", pattern="^[A-Za-z0-9-]{0,64}$")
    """a header in which the proxy says when a request came in (milliseconds since 1970), believed for half a minute;
    only where nobody but the proxy reaches the API"""


class UploadSettings(Group):
    """How much one may upload."""

    max_bytes: int = Field(default=10 * 1024 * 1024, gt=0)
    """bytes of one file"""
    max_files: int = Field(default=40, gt=0)
    """files of one application"""
    max_total_bytes: int = Field(default=100 * 1024 * 1024, gt=0)
    """bytes of one application"""
    max_pages: int = Field(default=300, gt=0)
    """pages of one PDF"""


class ScannerSettings(Group):
    """The virus scanner that looks at uploads: ClamAV's daemon. It has no login: keep it on this machine or inside."""

    address: str = Field(default="", pattern=r"^(unix:/.+|tcp:[^:/]+:\d{1,5})?$")
    """unix:/run/clamav/clamd.ctl or tcp:host:3310; empty: there is none, and every upload says that nothing looked"""
    timeout: float = Field(default=30, gt=0)
    """seconds for one file"""
    required: bool = False
    """whether an application can only be submitted once all of its files were found clean"""


class PasswordSettings(Group):
    """The cost of one Argon2id hash; the defaults are the second recommendation of RFC 9106."""

    time_cost: int = Field(default=3, ge=1)
    """passes"""
    memory_kib: int = Field(default=65_536, ge=8)
    """KiB of memory; production refuses less than OWASP's least, 19456"""
    parallelism: int = Field(default=4, ge=1)
    """lanes"""


class MetricsSettings(Group):
    """Where Prometheus reads; a port that isn't given is not opened."""

    host: str = "127.0.0.1"
    """the address to listen at; there is no login, so keep it inside"""
    port: OptionalPort = None
    """of the API, or of the embedded installation"""
    worker_port: OptionalPort = None
    """of the worker"""
    temporal_port: OptionalPort = None
    """what Temporal's SDK counts in the worker"""
    every: float = Field(default=30, gt=0)
    """seconds between two looks of the worker at what waits, is overdue or stands still"""

    @property
    def read(self) -> bool:
        """Whether anybody reads what a worker sees."""
        return bool(self.port or self.worker_port)


class TelemetrySettings(Group):
    """Where traces go."""

    otlp_endpoint: str = Field(default="", pattern="^(https?://.+)?$")
    """OTLP over HTTP of a collector, such as http://localhost:4318/v1/traces; empty traces nothing"""
    ratio: float = Field(default=1, ge=0, le=1)
    """the share of exchanges that are traced, 0 to 1"""


class HealthSettings(Group):
    """What counts as healthy."""

    min_free_bytes: int = Field(default=500 * 1024 * 1024, ge=0)
    """bytes that must be free where files are kept; with fewer the API says that it is not ready"""
