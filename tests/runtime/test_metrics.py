"""Metrics: what is exported, what board and alerts ask for, and what the watch finds."""

import asyncio
import json
import re
import urllib.request
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from domain.refusals import Refused
from records.watch import Counts
from runtime import metrics
from runtime.embedded import EmbeddedError, free_port
from runtime.engine import EngineUnavailable, StillRunning
from runtime.metrics import LOOKS, REGISTRY, Look
from runtime.observing import observed
from runtime.watching import Watch

DEPLOY = Path(__file__).parents[2] / "deploy"
BOARD = json.loads((DEPLOY / "grafana" / "selter.json").read_text())
ALERTS = yaml.safe_load((DEPLOY / "alerts.yml").read_text())
NOW = datetime(2027, 1, 4, 3, tzinfo=UTC)
COUNTS = Counts(
    mails_waiting=3,
    mails_dead=1,
    mail_oldest=timedelta(minutes=10),
    documents_unpressed=2,
    cases_open={"selection": 2, "contract": 1},
    deadlines_overdue={"screening": 1},
    journals={"selection/a": 4, "selection/b": 2, "contract/c/2027": 7},
    late=frozenset(),
)


def families() -> dict[str, Any]:
    """What the registry exports when a look has been taken, by name."""
    return {family.name: family for family in [*REGISTRY.collect(), *LOOKS.describe()]}


def series() -> set[str]:
    """The names under which Prometheus finds them."""
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "info": ("_info",), "gauge": ("",)}
    return {f"{name}{ending}" for name, family in families().items() for ending in endings[family.type]}


def asked(expressions: list[str], prefix: str = "selter_") -> set[str]:
    return {name for text in expressions for name in re.findall(rf"\b{prefix}\w+", text)}


def board_expressions() -> list[str]:
    return [target["expr"] for panel in BOARD["panels"] for target in panel.get("targets", ())]


def rules() -> list[dict[str, Any]]:
    return [rule for group in ALERTS["groups"] for rule in group["rules"]]


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_board_and_alerts_ask_only_for_what_is_exported() -> None:
    assert asked(board_expressions()) <= series()
    assert asked([rule["expr"] for rule in rules()]) <= series()


def test_everything_exported_is_on_the_board() -> None:
    shown = asked(board_expressions())
    for name, family in families().items():
        assert any(text.startswith(name) for text in shown), name
        assert family.documentation.endswith(".")


def test_the_board_has_panels_that_do_not_overlap_and_say_what_they_show() -> None:
    cells: Counter[tuple[int, int]] = Counter()
    for panel in BOARD["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells.update((place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"]))
        assert panel["type"] == "row" or (panel["description"] and panel["targets"])
    assert max(cells.values()) == 1
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])


def test_every_alert_says_how_grave_it_is_and_what_to_do() -> None:
    guide = (DEPLOY.parent / "docs" / "guide" / "watching.md").read_text()
    for rule in rules():
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["action"]
        assert rule["alert"] in guide
    assert len({rule["alert"] for rule in rules()}) == len(rules())


def test_prometheus_reads_the_rules_and_both_processes() -> None:
    config = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())
    assert config["rule_files"] == ["alerts.yml"]
    jobs = {job["job_name"] for job in config["scrape_configs"]}
    matched = re.findall(r'job=~"([^"]+)"', str(rules()) + str(board_expressions()))
    assert all(any(re.fullmatch(pattern, job) for job in jobs) for pattern in matched)


@pytest.mark.parametrize(
    ("error", "result", "logged"),
    [
        (None, "done", "done"),
        (Refused("case-closed", name="Siti"), "refused", "refused:case-closed"),
        (StillRunning("selection/a", "r"), "pending", "pending"),
        (LookupError("Siti"), "error", "error"),
    ],
)
def test_an_act_is_counted_and_logged_by_its_result(
    error: Exception | None, result: str, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    before, timed = value("selter_acts_total", act="publish", result=result), value("selter_act_seconds_count")
    caplog.set_level("INFO", "selter.acts")
    with suppress(Exception), observed("publish"):
        if error is not None:
            raise error
    assert value("selter_acts_total", act="publish", result=result) == before + 1
    assert value("selter_act_seconds_count") == timed + 1
    assert caplog.records[-1].facts["result"] == logged
    assert "Siti" not in caplog.text


def test_the_port_serves_what_the_worker_saw_and_nothing_before_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    with metrics.served("127.0.0.1", port, "SELTER_METRICS_PORT"):
        monkeypatch.setattr(LOOKS, "last", None)
        assert "selter_outbound_mail" not in read(port)
        monkeypatch.setattr(LOOKS, "last", Look(COUNTS, None, NOW, 0.2))
        assert "\nselter_workflows_stuck" not in read(port)  # nobody knows
        monkeypatch.setattr(LOOKS, "last", Look(COUNTS, 1, NOW, 0.2))
        samples = {
            (s.name, *s.labels.values()): s.value for f in text_string_to_metric_families(read(port)) for s in f.samples
        }
        with pytest.raises(EmbeddedError, match="SELTER_X"), metrics.served("127.0.0.1", port, "SELTER_X"):
            raise AssertionError
    assert samples["selter_outbound_mail_oldest_seconds",] == 600
    assert samples["selter_outbound_mail_waiting",] == 3
    assert samples["selter_outbound_mail_dead",] == 1
    assert samples["selter_documents_unpressed",] == 2
    assert samples["selter_cases_open", "selection"] == 2
    assert samples["selter_deadlines_overdue", "screening"] == 1
    assert samples["selter_workflows_stuck",] == 1
    assert samples["selter_watch_timestamp_seconds",] == NOW.timestamp()
    with pytest.raises(OSError, match="refused"):
        read(port)


def read(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        return answer.read().decode()


def test_without_a_port_nothing_is_opened() -> None:
    with metrics.served("127.0.0.1", None, "SELTER_METRICS_PORT"):
        assert generate_latest(CollectorRegistry()) == b""


# -- the watch -----------------------------------------------------------------------------------------------------


class Cases:
    """An engine that runs these cases, each as far as it says; none: it does not answer."""

    def __init__(self, running: dict[str, int | None]) -> None:
        self.running = running
        self.asked: list[str] = []
        self.down = False

    async def running_cases(self) -> set[str]:
        if self.down:
            raise EngineUnavailable("UNAVAILABLE")
        return set(self.running)

    async def seq(self, key: str) -> int | None:
        self.asked.append(key)
        return self.running[key]


class Counted(Watch):
    """The watch on a record that a test chooses."""

    def __init__(self, engine: Cases, counts: Counts = COUNTS) -> None:
        super().__init__(None, engine, None)  # type: ignore[arg-type]
        self.counts = counts

    def _count(self) -> Counts:
        return self.counts


async def twice(watch: Watch) -> int | None:
    assert (await watch.look()).stuck in (0, None)  # once may be chance
    return (await watch.look()).stuck


@pytest.mark.parametrize(
    ("running", "stuck"),
    [
        ({}, set()),
        ({"selection/b": None}, {"selection/b"}),
        ({"selection/b": 1}, {"selection/b"}),
        ({"contract/c/2027": 9}, set()),
    ],
)
async def test_a_case_is_stuck_when_it_does_not_answer_or_is_behind_its_journal(
    running: dict[str, int | None], stuck: set[str]
) -> None:
    watch = Counted(Cases({**COUNTS.journals, **running}))
    assert await twice(watch) == len(stuck)
    assert watch.stuck == stuck


async def test_a_case_whose_workflow_does_not_run_is_stuck_until_it_runs(caplog: pytest.LogCaptureFixture) -> None:
    engine = Cases({key: seq for key, seq in COUNTS.journals.items() if key != "selection/a"})
    watch = Counted(engine)
    assert await twice(watch) == 1
    assert "selection/a" in caplog.text
    engine.running["selection/a"] = 4
    assert (await watch.look()).stuck == 0


async def test_a_case_that_lets_deadlines_go_by_is_stuck_though_it_runs() -> None:
    assert await twice(Counted(Cases(dict(COUNTS.journals)), replace(COUNTS, late=frozenset({"selection/a"})))) == 1


async def test_nothing_is_claimed_of_workflows_while_temporal_is_away() -> None:
    engine = Cases({})
    engine.down = True
    assert await twice(Counted(engine)) is None


async def test_a_look_asks_a_few_workflows_and_comes_to_all_in_turn() -> None:
    keys = {f"selection/{number:03d}": 1 for number in range(35)}
    engine = Cases(dict(keys))
    watch = Counted(engine, replace(COUNTS, journals=keys))
    for look in range(1, 5):
        await watch.look()
        assert len(engine.asked) <= 10 * look
    assert set(engine.asked) == set(keys)


async def test_a_watch_that_fails_goes_on_and_stops_when_told(caplog: pytest.LogCaptureFixture) -> None:
    stop, looked = asyncio.Event(), asyncio.Event()

    class Broken(Counted):
        tries = 0

        def _count(self) -> Counts:
            self.tries += 1
            if self.tries == 1:
                raise OSError("gone")
            return self.counts

        async def look(self) -> Look:
            found = await super().look()
            looked.set()
            return found

    watch = Broken(Cases(dict(COUNTS.journals)))
    running = asyncio.create_task(watch.run(stop, every=0.01))
    async with asyncio.timeout(10):
        await looked.wait()
        stop.set()
        await running
    assert "the watch could not look" in caplog.text
    LOOKS.last = None
