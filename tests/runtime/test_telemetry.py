"""What leaves as a trace: an allow-list, a share, and nothing at all without a collector."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from opentelemetry import baggage
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Status, StatusCode, get_current_span

from runtime.settings import TelemetrySettings
from runtime.telemetry import Acts, FromNobody, Telemetry, WithoutTexts

NAME = "Siti Rahmawati"
NIP = "197505152000032001"


def provider(exporter: Any, ratio: float = 1) -> TracerProvider:
    made = TracerProvider(sampler=Acts(ratio))
    made.add_span_processor(SimpleSpanProcessor(WithoutTexts(exporter)))
    return made


def tell(to: TracerProvider, name: str = "POST /api/v1/people") -> None:
    """A span as libraries make them: with an address, a query, and the text of an error."""
    tracer = to.get_tracer("library")
    with tracer.start_as_current_span(name, set_status_on_exception=False) as span:
        span.set_attributes({"url.query": f"name={NAME}", "client.address": NIP, "user_agent.original": NAME})
        span.set_attributes({"http.route": "/api/v1/people", "http.response.status_code": 500})
        span.record_exception(ValueError(NAME))
        span.add_event(NAME, {"nip": NIP})
        span.set_status(Status(StatusCode.ERROR, f"ValueError: {NAME}"))


def test_only_the_allow_list_leaves() -> None:
    kept = InMemorySpanExporter()
    tell(provider(kept))
    (span,) = kept.get_finished_spans()
    assert span.attributes == {"http.route": "/api/v1/people", "http.response.status_code": 500}
    assert [(event.name, event.attributes) for event in span.events] == [
        ("exception", {"exception.type": "ValueError"})
    ]
    assert span.status.status_code is StatusCode.ERROR
    assert span.end_time >= span.start_time
    for text in (NAME, NIP):
        assert text not in span.to_json()


@pytest.mark.parametrize(
    ("name", "ratio", "traced"),
    [
        ("POST /api/v1/people", 1, True),
        ("POST /api/v1/people", 0, False),
        ("StartActivity:record.commit", 1, True),
        ("QueryWorkflow:state", 1, False),
        ("HandleQuery:state", 1, False),
    ],
)
def test_a_share_is_traced_and_questions_never_are(name: str, ratio: float, traced: bool) -> None:
    kept = InMemorySpanExporter()
    tell(provider(kept, ratio), name)
    assert bool(kept.get_finished_spans()) is traced


def test_what_is_not_traced_takes_everything_it_causes_with_it() -> None:
    kept = InMemorySpanExporter()
    tracer = provider(kept).get_tracer("t")
    with tracer.start_as_current_span("QueryWorkflow:state"), tracer.start_as_current_span("RunActivity:x"):
        assert get_current_span().get_span_context().is_valid
    assert kept.get_finished_spans() == ()


def test_nothing_is_taken_from_strangers_and_nothing_is_sent_along() -> None:
    sent = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01", "baggage": f"name={NAME}"}
    context = FromNobody().extract(sent)
    assert not get_current_span(context).get_span_context().is_valid
    assert baggage.get_all(context) == {}
    ours = baggage.set_baggage("name", NAME, Context())
    carrier: dict[str, str] = {}
    FromNobody().inject(carrier, ours)
    assert carrier == {}
    assert FromNobody().extract(sent, ours) is ours


def test_without_a_collector_nothing_is_traced() -> None:
    telemetry = Telemetry.begin(TelemetrySettings(), "selter")
    client = SimpleNamespace()
    assert telemetry.client(client) is client  # type: ignore[arg-type]
    telemetry.end()


@pytest.fixture
def collector() -> Any:
    """A collector on loopback: what it got, and where it is."""
    got: list[ExportTraceServiceRequest] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield got, f"http://127.0.0.1:{server.server_port}/v1/traces"
        server.shutdown()
        thread.join()


def test_a_collector_gets_stripped_spans(collector: tuple[list[ExportTraceServiceRequest], str]) -> None:
    got, endpoint = collector
    made = provider(OTLPSpanExporter(endpoint=endpoint))
    tell(made)
    made.shutdown()
    (request,) = got
    (span,) = request.resource_spans[0].scope_spans[0].spans
    assert span.name == "POST /api/v1/people"
    assert NAME not in str(request)
