"""The embedded Temporal server: it answers, keeps what it was given, refuses clearly, and leaves nothing behind."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from runtime import embedded
from runtime.embedded import RETENTION, EmbeddedError, EmbeddedTemporal, find_binary, free_port

pytestmark = pytest.mark.asyncio

OWNER = """
import asyncio, sys
from pathlib import Path
from runtime.embedded import EmbeddedTemporal

async def own():
    server = EmbeddedTemporal()
    await server.start(Path(sys.argv[1]), 0)
    print(server.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(own())
"""


def alive(pid: int) -> bool:
    """Whether a process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_it_answers_with_our_namespace_attributes_and_retention(tmp_path: Path) -> None:
    async with EmbeddedTemporal() as server:
        address = await server.start(tmp_path, 0)
        client = await Client.connect(address, namespace="selter")
        described = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="selter"))
        assert described.config.workflow_execution_retention_ttl.ToTimedelta() == RETENTION
        known = await client.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace="selter"))
        assert set(known.custom_attributes) >= {"AgencyId", "Stage", "DueAt"}
        pid = server.pid
        assert pid is not None
        assert alive(pid)
    assert not alive(pid)


async def test_a_kept_server_that_is_killed_comes_back_on_the_same_address(tmp_path: Path) -> None:
    async with EmbeddedTemporal() as server, asyncio.timeout(60):
        address = await server.start(tmp_path, 0)
        client = await Client.connect(address, namespace="selter")
        keeping = asyncio.create_task(server.keep())
        killed = server.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        while server.pid in (None, killed) or not await answers(client):  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.05)
        assert server.address == address
        keeping.cancel()


async def answers(client: Client) -> bool:
    """Whether the server knows the namespace."""
    try:
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="selter"))
    except RPCError:
        return False
    return True


async def test_it_listens_on_loopback_only(tmp_path: Path) -> None:
    async with EmbeddedTemporal() as server:
        address = await server.start(tmp_path, 0)
        assert address.startswith("127.0.0.1:")
        with socket.socket() as probe, pytest.raises(OSError, match="refused"):
            probe.connect(("127.0.0.2", int(address.rpartition(":")[2])))


async def test_started_again_on_the_same_file_it_still_has_its_workflows(tmp_path: Path) -> None:
    server = EmbeddedTemporal()
    client = await Client.connect(await server.start(tmp_path, 0), namespace="selter")
    await client.start_workflow("Any", id="selection/kept", task_queue="nobody")
    await server.stop()
    async with server:
        client = await Client.connect(await server.start(tmp_path, 0), namespace="selter")
        assert (await client.get_workflow_handle("selection/kept").describe()).workflow_type == "Any"


async def test_a_taken_port_is_refused_by_number_and_setting(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(EmbeddedError, match=rf"port {port} .*SELTER_TEMPORAL_PORT"):
            await EmbeddedTemporal().start(tmp_path, port)
        with pytest.raises(EmbeddedError, match=rf"port {port} .*SELTER_TEMPORAL_UI_PORT"):
            await EmbeddedTemporal(ui_port=port).start(tmp_path, 0)


async def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    async with EmbeddedTemporal() as server:
        await server.start(tmp_path, 0)
        with pytest.raises(EmbeddedError, match="another Selter is running"):
            await EmbeddedTemporal().start(tmp_path, 0)
        with pytest.raises(EmbeddedError, match="already running"):
            await server.start(tmp_path, 0)


async def test_a_server_whose_owner_was_killed_is_replaced(tmp_path: Path) -> None:
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert owner.stdout is not None
    left_behind = int(await owner.stdout.readline())
    owner.send_signal(signal.SIGKILL)
    await owner.wait()
    assert alive(left_behind)
    async with EmbeddedTemporal() as server:
        await server.start(tmp_path, 0)
        assert server.pid != left_behind


async def test_a_server_that_ends_at_once_shows_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "temporal.db").write_text("this is not a database")
    with pytest.raises(EmbeddedError, match=r"(?s)ended at once.*not a database"):
        await EmbeddedTemporal().start(tmp_path, 0)


async def test_without_a_program_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EmbeddedError, match="SELTER_TEMPORAL_ADDRESS"):
        find_binary()


async def test_a_program_on_path_serves_where_there_is_no_wheel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "temporal"
    program.touch(mode=0o755)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_binary() == program


async def test_the_ui_is_off_unless_asked_for(tmp_path: Path) -> None:
    async with EmbeddedTemporal(ui_port=free_port()) as server:
        await server.start(tmp_path, 0)
        _, writer = await asyncio.open_connection("127.0.0.1", server.ui_port)
        writer.close()
    assert "--headless" in EmbeddedTemporal()._command(Path("temporal"), tmp_path, 1, "selter")


async def test_a_long_log_is_set_aside_at_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(embedded, "LOG_LIMIT", 10)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "temporal.log").write_text("words of an earlier run")
    async with EmbeddedTemporal() as server:
        await server.start(tmp_path, 0)
        assert (tmp_path / "logs" / "temporal.log.1").read_text() == "words of an earlier run"


async def test_stopping_twice_or_before_starting_is_no_error() -> None:
    server = EmbeddedTemporal()
    await server.stop()
    await server.stop()
