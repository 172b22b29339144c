"""One HTTP act on a real engine is one trace; traces, histories and logs hold nothing that a stranger sends along."""

import base64
import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy.exc import IntegrityError
from temporalio.client import Client
from temporalio.runtime import Runtime
from temporalio.worker import Replayer

import worker
from activities.starter import start_case
from records.acts import commit as commits
from runtime.embedded import EmbeddedTemporal, free_port
from runtime.engine import Engine
from runtime.logs import JsonLine, temporal_runtime
from runtime.telemetry import Telemetry, WithoutTexts
from tests.api.site import Site
from workflows.plugin import RefusalInterceptor, data_converter, sandbox
from workflows.selection import SelectionWorkflow

pytestmark = [pytest.mark.parametrize("prepared", ["sqlite"], indirect=True), pytest.mark.asyncio(loop_scope="session")]
NAME = "Siti-Rahmawati"
STATEMENT = "INSERT INTO person"  # a trace shows lines of our source, where it must not stand
NIP = "197505152000031001"
STRANGE = {
    "baggage": f"name={NAME}",
    "tracestate": f"name={NIP}",
    "traceparent": f"00-{'a' * 32}-{'b' * 16}-01",
    "user-agent": NAME,
}


SDK_PORT = free_port()
BOARD = Path(__file__).parents[2] / "deploy" / "grafana" / "selter.json"


@dataclass
class Traced:
    """A site on a real engine, whose spans are kept."""

    site: Site
    client: Client
    spans: InMemorySpanExporter

    async def post(self, path: str, key: str, body: Any = None) -> httpx.Response:
        """A call with everything that a stranger may send along."""
        headers = {"Authorization": f"Bearer {self.site.tokens[key]}", **STRANGE}
        transport = httpx.ASGITransport(self.site.client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://selter.test") as http:
            return await http.post(f"/api/v1{path}?name={NAME}", json=body, headers=headers)

    async def history(self) -> str:
        """Everything in the round's history, readable."""
        text = (await self.client.get_workflow_handle(self.site.case).fetch_history()).to_json()
        payloads = re.findall(r'"data": ?"([A-Za-z0-9+/=]+)"', text)
        return text + "".join(base64.b64decode(data).decode(errors="replace") for data in payloads)


@pytest.fixture(scope="module")
def tracing() -> tuple[Telemetry, InMemorySpanExporter]:
    """A process has one."""
    spans = InMemorySpanExporter()
    return Telemetry.exporting(SimpleSpanProcessor(WithoutTexts(spans)), 1, "selter"), spans


@pytest.fixture(scope="module")
def counting() -> Runtime:
    """The SDK, counting at a port."""
    return temporal_runtime(f"127.0.0.1:{SDK_PORT}")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A real server."""
    async with EmbeddedTemporal() as server:
        yield await server.start(tmp_path_factory.mktemp("temporal"), port=0, namespace="selter")


@pytest_asyncio.fixture(loop_scope="session")
async def traced(
    tracing: tuple[Telemetry, InMemorySpanExporter], counting: Runtime, address: str, site: Site
) -> AsyncIterator[Traced]:
    """The draft round's workflow and its worker."""
    telemetry, spans = tracing
    spans.clear()
    connected = await Client.connect(address, namespace="selter", data_converter=data_converter, runtime=counting)
    client = telemetry.client(connected)
    engine = Engine(client, task_queue=f"process-{uuid4().hex[:8]}")
    site.services.engine = engine
    with ThreadPoolExecutor(8) as pool:
        async with worker.process_worker(client, site.database, engine, pool, engine._task_queue):
            assert await start_case(site.database, engine, site.case)
            yield Traced(site, client, spans)
            await client.get_workflow_handle(site.case).terminate("the next test has the same round")


@contextmanager
def lines() -> Iterator[list[dict[str, Any]]]:
    """What is logged, as an operator's collector gets it."""
    kept: list[dict[str, Any]] = []
    handler = logging.Handler()
    handler.emit = lambda record: kept.append(json.loads(JsonLine().format(record)))  # type: ignore[method-assign]
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


async def test_an_act_is_one_trace_from_the_exchange_to_the_activity(traced: Traced) -> None:
    with lines() as logged:
        answer = await traced.post(f"{traced.site.path}/publish", "secretariat")
    assert answer.status_code == 200, answer.text
    spans = {span.name: span for span in traced.spans.get_finished_spans()}
    way = [
        "POST /api/v1/selections/{case_id}/publish",
        "StartWorkflowUpdate:publish",
        "HandleUpdate:publish",
        "StartActivity:record.commit",
        "RunActivity:record.commit",
    ]
    exchange = spans[way[0]]
    assert exchange.parent is None  # a stranger's trace is not taken up
    for before, after in pairwise(way):
        assert spans[after].parent is not None
        assert spans[after].parent.span_id == spans[before].context.span_id, after
        assert spans[after].context.trace_id == exchange.context.trace_id
    assert not any(name.startswith("RunWorkflow") for name in spans)
    (act,) = [line for line in logged if line["logger"] == "selter.acts"]
    assert {
        "result": "done",
        "act": "publish",
        "role": "secretariat",
        "case": traced.site.selection,
        "workflow": traced.site.case,
        "request": answer.headers["X-Request-ID"],
        "trace": f"{exchange.context.trace_id:032x}",
    }.items() <= act.items()
    assert exchange.attributes == {
        "http.request.method": "POST",
        "http.route": "/api/v1/selections/{case_id}/publish",
        "http.response.status_code": 200,
        "selter.act": "publish",
        "selter.result": "done",
        "selter.request": answer.headers["X-Request-ID"],
    }
    history = await traced.history()
    for text in (*STRANGE.values(), NAME, NIP):
        assert text not in "".join(_everything(span) for span in spans.values())
        assert text not in history
        assert text not in str(logged)


async def test_the_board_asks_temporals_sdk_for_what_it_counts(traced: Traced) -> None:
    assert (await traced.post(f"{traced.site.path}/publish", "secretariat")).status_code == 200
    async with httpx.AsyncClient() as http:
        counted = (await http.get(f"http://127.0.0.1:{SDK_PORT}/metrics")).text
    shown = set(re.findall(r"temporal_\w+", BOARD.read_text()))
    assert len(shown) >= 2
    for name in shown:
        assert f"\n{name}{{" in counted, name


async def test_a_traced_history_replays_without_tracing(traced: Traced) -> None:
    assert (await traced.post(f"{traced.site.path}/publish", "secretariat")).status_code == 200
    history = await traced.client.get_workflow_handle(traced.site.case).fetch_history()
    assert any(event.HasField("activity_task_scheduled_event_attributes") for event in history.events)
    replayer = Replayer(
        workflows=[SelectionWorkflow],
        workflow_runner=sandbox(),
        interceptors=[RefusalInterceptor()],
        data_converter=data_converter,
    )
    result = await replayer.replay_workflow(history)
    assert result.replay_failure is None


async def test_the_text_of_an_error_enters_neither_history_nor_trace_nor_log(
    traced: Traced, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(acting: Any) -> None:
        raise IntegrityError(STATEMENT, {"name": NAME}, ValueError(f"Key (nip)=({NIP}) already exists"))

    monkeypatch.setattr(commits, "RECORDERS", {**commits.RECORDERS, ("selection", "publish"): broken})
    with lines() as logged:
        answer = await traced.post(f"{traced.site.path}/publish", "secretariat")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    (act,) = [line for line in logged if line["logger"] == "selter.acts"]
    assert act["result"] == "refused:internal"
    history = await traced.history()
    assert "IntegrityError" in history
    spans = "".join(_everything(span) for span in traced.spans.get_finished_spans())
    assert "ApplicationError" in spans
    for text in (NAME, NIP, STATEMENT):
        assert text not in history
        assert text not in spans
        assert text not in str(logged)
        assert text not in answer.text


def _everything(span: ReadableSpan) -> str:
    return str(span.to_json())
