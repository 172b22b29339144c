"""Traces, where a collector is set: from an HTTP exchange through the update to the activity, without personal data.

What leaves is an allow-list: libraries put addresses, queries and the texts of errors on their spans. A trace begins
here; one that a stranger sends along is not taken up, nor is its baggage, which would enter Temporal's histories.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Self

from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.propagators.textmap import (
    CarrierT,
    Getter,
    Setter,
    TextMapPropagator,
    default_getter,
    default_setter,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import Decision, ParentBased, Sampler, SamplingResult, TraceIdRatioBased
from opentelemetry.trace import Link, SpanKind, Status, TraceState
from opentelemetry.util.types import Attributes
from temporalio.client import Client
from temporalio.contrib.opentelemetry import OpenTelemetryInterceptor, ReplaySafeTracerProvider, create_tracer_provider
from temporalio.plugin import SimplePlugin
from temporalio.runtime import Runtime
from temporalio.worker import ExecuteWorkflowInput, WorkflowInterceptorClassInput, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from runtime import metrics
from runtime.logs import temporal_runtime
from runtime.settings import PREFIX, Settings, TelemetrySettings

API: Final = "selter-api"
WORKER: Final = "selter-worker"
EMBEDDED: Final = "selter"
_TOLD: Final = frozenset(
    {
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "selter.act",
        "selter.request",
        "selter.result",
        "temporalWorkflowID",
        "temporalRunID",
        "temporalActivityID",
        "temporalUpdateID",
    }
)
_UNTRACED: Final = ("QueryWorkflow:", "HandleQuery:")  # the watch's questions would bury the acts


class Telemetry:
    """The tracing of a process; nothing is traced without a collector."""

    def __init__(self, provider: ReplaySafeTracerProvider | None) -> None:
        self._provider = provider

    @classmethod
    def begin(cls, settings: TelemetrySettings, service: str) -> Self:
        """Send traces to the collector that the settings name, as `service`."""
        if not settings.otlp_endpoint:
            return cls(None)
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # slow to import

        exporter = OTLPSpanExporter(endpoint=settings.otlp_endpoint)
        return cls.exporting(BatchSpanProcessor(WithoutTexts(exporter)), settings.ratio, service)

    @classmethod
    def exporting(cls, processor: Any, ratio: float, service: str) -> Self:
        """Give finished spans to a processor. A process has one provider; FastAPI and Temporal find it themselves."""
        provider = create_tracer_provider(Acts(ratio), Resource.create({"service.name": service}))
        provider.add_span_processor(processor)
        trace.set_tracer_provider(provider)
        propagate.set_global_textmap(FromNobody())
        return cls(provider)

    def client(self, client: Client) -> Client:
        """The client whose calls, and whose workers' work, are traced."""
        if self._provider is None:
            return client
        config: dict[str, Any] = {**client.config()}
        return Client(**config | {"plugins": [*config["plugins"], _TEMPORAL]})

    def end(self) -> None:
        """Send what is left."""
        if self._provider is not None:
            self._provider.shutdown()


@contextmanager
def watched(settings: Settings, service: str, port: str) -> Iterator[Telemetry]:
    """Traces and metrics of a process for as long as the block lasts; `port` is the field of the settings to serve at.

    Where a process works (not only serves), what Temporal's SDK counts can be read as well. To be entered before the
    client connects.

    Raises:
        EmbeddedError: a port is taken.
    """
    ours = settings.metrics
    if ours.temporal_port is not None and service != API:
        Runtime.set_default(temporal_runtime(f"{ours.host}:{ours.temporal_port}"), error_if_already_set=False)
    with metrics.served(ours.host, getattr(ours, port), f"{PREFIX}METRICS_{port}".upper()):
        telemetry = Telemetry.begin(settings.telemetry, service)
        try:
            yield telemetry
        finally:
            telemetry.end()


class _Interceptor(OpenTelemetryInterceptor):
    """Temporal's own, without the span of a whole run: a case runs for years, and its worker evicts and replays it."""

    def workflow_interceptor_class(self, input: WorkflowInterceptorClassInput) -> Any:
        """The workflow's side."""
        ours: Any = super().workflow_interceptor_class(input)

        class WithoutRuns(ours):  # type: ignore[misc]  # its class is made for each worker
            async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:
                return await self.next.execute_workflow(input)

        return WithoutRuns


def _with_tracing(runner: WorkflowRunner | None) -> WorkflowRunner:
    """The sandbox with OpenTelemetry passed through: a second copy of it would have another context."""
    assert isinstance(runner, SandboxedWorkflowRunner)
    restrictions = runner.restrictions.with_passthrough_modules("opentelemetry")
    return dataclasses.replace(runner, restrictions=restrictions)


_TEMPORAL: Final = SimplePlugin(
    "selter-traces", interceptors=[_Interceptor(add_temporal_spans=True)], workflow_runner=_with_tracing
)


class FromNobody(TextMapPropagator):
    """Takes up nothing that comes in over HTTP and sends nothing along; Temporal's calls have a header of their own."""

    def extract(
        self, carrier: CarrierT, context: Context | None = None, getter: Getter[CarrierT] = default_getter
    ) -> Context:
        """An empty context, or the one given."""
        return context or Context()

    def inject(
        self, carrier: CarrierT, context: Context | None = None, setter: Setter[CarrierT] = default_setter
    ) -> None:
        """Nothing."""

    @property
    def fields(self) -> set[str]:
        """None."""
        return set()


class Acts(Sampler):
    """A share of the exchanges, and of the acts of time, with everything they cause; no queries."""

    def __init__(self, ratio: float) -> None:
        self._inner = ParentBased(TraceIdRatioBased(ratio))

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        """Whether a span is traced, by its name and its parent."""
        if name.startswith(_UNTRACED):
            return SamplingResult(Decision.DROP)
        return self._inner.should_sample(parent_context, trace_id, name, kind, attributes, links, trace_state)

    def get_description(self) -> str:
        """For the collector."""
        return "selter-acts"


class WithoutTexts(SpanExporter):
    """An exporter that passes on what the allow-list has: names, ids, codes and times."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export the spans, stripped."""
        return self._exporter.export([_stripped(span) for span in spans])

    def shutdown(self) -> None:
        """Shut the exporter down."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what is left."""
        return self._exporter.force_flush(timeout_millis)


def _stripped(span: ReadableSpan) -> ReadableSpan:
    attributes = {key: value for key, value in (span.attributes or {}).items() if key in _TOLD}
    errors = [(event, (event.attributes or {}).get("exception.type")) for event in span.events]
    return ReadableSpan(
        name=span.name,
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes=attributes,
        events=[Event(e.name, {"exception.type": kind}, e.timestamp) for e, kind in errors if kind is not None],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
