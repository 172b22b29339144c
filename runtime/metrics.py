"""What Prometheus reads: the few numbers that matter, each with labels from closed lists, none about a person.

Acts and HTTP exchanges are counted where they happen; what waits, is overdue or stands still is looked up by the worker
(`runtime.watching`) and shown as it was at its last look. `docs/guide/watching.md` explains each.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from records.watch import Counts
from runtime.embedded import require_free

REGISTRY: Final = CollectorRegistry()
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)

ACTS: Final = Counter(
    "selter_acts",
    "Acts of process; result is done, replayed, refused, pending (accepted, not answered in time) or error.",
    ["act", "result"],
    registry=REGISTRY,
)
ACT_SECONDS: Final = Histogram("selter_act_seconds", "Time an act takes.", buckets=_SECONDS, registry=REGISTRY)
HTTP_SECONDS: Final = Histogram(
    "selter_http_seconds",
    "Time an HTTP exchange takes, by method and route template, and by class of status.",
    ["route", "status"],
    buckets=_SECONDS,
    registry=REGISTRY,
)


@dataclass(frozen=True)
class Look:
    """What the worker saw. `stuck` is none when Temporal could not be asked."""

    counts: Counts
    stuck: int | None
    at: datetime
    seconds: float


class Looks(Collector):
    """The worker's last look, as metrics; nothing before the first, so that nothing is claimed that nobody has seen."""

    def __init__(self) -> None:
        self.last: Look | None = None

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """The metrics that a look shows, without values."""
        yield from _Families().all()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The metrics of the last look."""
        if self.last is not None:
            yield from _shown(self.last)


class _Families:
    """One empty family a metric."""

    def __init__(self) -> None:
        self.oldest = _gauge("outbound_mail_oldest_seconds", "How long the oldest mail has waited to be sent.")
        self.waiting = _gauge("outbound_mail_waiting", "Mails that are to be sent.")
        self.dead = _gauge("outbound_mail_dead", "Dead letters: mails given up after the last try.")
        self.overdue = _gauge("deadlines_overdue", "Deadlines gone by whose act nobody has done.", "kind")
        self.cases = _gauge("cases_open", "Open cases.", "kind")
        self.stuck = _gauge(
            "workflows_stuck",
            "Open cases whose workflow does not run, is behind its journal or lets deadlines go by, at two looks.",
        )
        self.unpressed = _gauge("documents_unpressed", "Issued documents whose file is not made yet.")
        self.looked = _gauge("watch_timestamp_seconds", "When the worker last looked.")
        self.seconds = _gauge("watch_seconds", "How long that look took.")

    def all(self) -> Iterator[GaugeMetricFamily]:
        yield from vars(self).values()


def _gauge(name: str, text: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"selter_{name}", text, labels=labels)


def _shown(look: Look) -> Iterator[GaugeMetricFamily]:
    shown, counts = _Families(), look.counts
    shown.oldest.add_metric([], counts.mail_oldest.total_seconds())
    shown.waiting.add_metric([], counts.mails_waiting)
    shown.dead.add_metric([], counts.mails_dead)
    shown.unpressed.add_metric([], counts.documents_unpressed)
    shown.looked.add_metric([], look.at.timestamp())
    shown.seconds.add_metric([], look.seconds)
    for family, numbers in ((shown.overdue, counts.deadlines_overdue), (shown.cases, counts.cases_open)):
        for kind, number in sorted(numbers.items()):
            family.add_metric([kind], number)
    if look.stuck is not None:
        shown.stuck.add_metric([], look.stuck)
    yield from shown.all()


def _version() -> str:
    try:
        return version("selter")
    except PackageNotFoundError:  # run from its sources
        return "source"


LOOKS: Final = Looks()
REGISTRY.register(LOOKS)
BUILD: Final = Info("selter_build", "The version that runs.", registry=REGISTRY)
BUILD.info({"version": _version()})


@contextmanager
def served(host: str, port: int | None, setting: str) -> Iterator[None]:
    """Let Prometheus read at that port while the block lasts; nothing is opened without one.

    Raises:
        EmbeddedError: the port is taken; the text names its setting.
    """
    if port is None:
        yield
        return
    require_free(port, setting)
    server, thread = start_http_server(port, host, REGISTRY)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
