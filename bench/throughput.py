"""Throughput of acts against bare Temporal, on the same server in the same minute.

Run: `python bench/throughput.py [--rounds 4] [--commands 80] [--in-memory] [--only WORDS]`; about three minutes on two
cores. Every layer runs once a round, in an order that rotates, with 8 commands in flight. It prints one JSON line
a layer (medians over the rounds; latencies over all commands; CPU milliseconds a command of each process) and, as its
last line, the ratios with the goals and whether they are met.

The bare layers are a synchronous update, which promises nothing about a record, and an update that awaits one activity
under a lock, which is what an act has to do. `callers` 8 on one case meet the engine's gate of 4 in flight.
"""

import argparse
import asyncio
import json
import os
import signal
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx
from temporalio.client import Client, WorkflowHandle
from throughput_bare import SANDBOXED, UNSANDBOXED
from throughput_site import Site, Subject, running

from records.audit import sha256_of
from runtime.clock import real_now
from runtime.engine import Engine, connect
from workflows.messages import Actor, Command

_IN_FLIGHT: Final = 8
_WARM_UP: Final = 24
_MANY: Final = 8  # cases
_CLOCK_TICKS: Final = os.sysconf("SC_CLK_TCK")
Step = Callable[[], Awaitable[Any]]
Prepared = tuple[list[Step], list[WorkflowHandle[Any, Any]]]


@dataclass
class Run:
    """One layer, once."""

    seconds: float
    latencies: list[float]
    events: int
    history: int  # bytes
    cpu: dict[str, float]  # milliseconds by process


@dataclass
class Layer:
    """A way for a command to take. `prepare` gives the steps and the workflows whose histories grow by them."""

    name: str
    prepare: Callable[["Bench", int], Awaitable["Prepared"]]
    callers: int = _IN_FLIGHT
    runs: list[Run] = field(default_factory=list)

    def rates(self) -> list[float]:
        """Commands a second, by round."""
        return [len(run.latencies) / run.seconds for run in self.runs]

    def p99(self) -> float:
        """Milliseconds."""
        return percentile([taken for run in self.runs for taken in run.latencies], 99)

    def events(self) -> float:
        """A command."""
        return statistics.median(run.events / len(run.latencies) for run in self.runs)

    def summary(self) -> dict[str, Any]:
        """One line of the report."""
        commands = len(self.runs[0].latencies)
        every = [taken for run in self.runs for taken in run.latencies]
        return {
            "layer": self.name,
            "callers": self.callers,
            "per_second": round(statistics.median(self.rates()), 1),
            "best": round(max(self.rates()), 1),
            "p50_ms": round(percentile(every, 50), 1),
            "p99_ms": round(self.p99(), 1),
            "events": round(self.events(), 2),
            "history_bytes": round(statistics.median(run.history / commands for run in self.runs)),
            "cpu_ms": {
                name: round(statistics.median(run.cpu[name] / commands for run in self.runs), 1)
                for name in self.runs[0].cpu
            },
        }


class Bench:
    """The layers on one site."""

    def __init__(self, site: Site, bare: Client, engine: Engine, http: httpx.AsyncClient) -> None:
        self.site, self.bare, self.engine, self.http = site, bare, engine, http
        self.client = engine._client
        self.subjects: list[Subject] = []

    async def measure(self, layer: Layer, commands: int) -> Run:
        """Run a layer's commands."""
        steps, handles = await layer.prepare(self, commands)
        before = await sizes(handles)
        cpu = self.cpu()
        began = time.perf_counter()
        latencies = await flood(steps, layer.callers)
        seconds = time.perf_counter() - began
        spent = {name: used - cpu[name] for name, used in self.cpu().items()}
        after = await sizes(handles)
        await self.site.retire(self.subjects)
        self.subjects = []
        return Run(seconds, latencies, after[0] - before[0], after[1] - before[1], spent)

    def cpu(self) -> dict[str, float]:
        """Milliseconds of processor time used so far, by process."""
        return {name: _cpu_ms(pid) for name, pid in {**self.site.pids, "caller": os.getpid()}.items()}

    async def cases(self, count: int, commands: int) -> list[tuple[Subject, str, str]]:
        """Recusals on fresh cases, taken from them in turn."""
        self.subjects = await self.site.subjects(count)
        pairs = zip(*(subject.recusals for subject in self.subjects), strict=True)
        turns = [(subject, *pair) for turn in pairs for subject, pair in zip(self.subjects, turn, strict=True)]
        return turns[:commands]


def bare(queue: str, update: str, workflows: int) -> Any:
    """An update of bare workflows, with a payload as large as a command."""

    async def prepare(bench: Bench, commands: int) -> Prepared:
        handles = [await bench.bare.start_workflow("Bare", id=uuid4().hex, task_queue=queue) for _ in range(workflows)]
        body = command_of(Subject("selection/0", "0" * 13, "0" * 13, "0" * 13, ()), "0" * 13, "0" * 13)
        payload = body.model_dump(mode="json")
        takers = [partial(handle.execute_update, update, payload, result_type=int) for handle in handles]
        return [takers[n % workflows] for n in range(commands)], list(handles)

    return prepare


def command_of(subject: Subject, judge: str, application: str) -> Command:
    """A recusal as the API would send it."""
    arguments = {"person_id": judge, "application_id": application, "ground": "other"}
    return Command(
        act="recuse",
        actor=Actor(person_id=subject.chair, role="committee", assignment_id=subject.assignment),
        at=real_now(),
        request_id=uuid4().hex,
        payload_sha256=sha256_of({"act": "recuse", "arguments": arguments, "vacancies": []}),
        keys=(f"recuse:{judge}:{application}",),
        arguments=arguments,
        statement_id=subject.statement,
    )


async def send(through: Engine, subject: Subject, judge: str, application: str) -> None:
    """A recusal, past the API."""
    await through.act(subject.key, command_of(subject, judge, application))


def engine(count: int, processes: int = 1) -> Any:
    """`Engine.act`; with two `processes` as if two of the API's shared the callers, each with its gate."""

    async def prepare(bench: Bench, commands: int) -> Prepared:
        engines = [bench.engine, *(Engine(bench.client) for _ in range(processes - 1))]
        given = enumerate(await bench.cases(count, commands))
        steps: list[Step] = [partial(send, engines[n % processes], *recusal) for n, recusal in given]
        return steps, [bench.client.get_workflow_handle(subject.key) for subject in bench.subjects]

    return prepare


def http(count: int, *, loopback: bool = True) -> Any:
    """The API: over loopback from a process of its own, or as an ASGI application in this one."""

    async def prepare(bench: Bench, commands: int) -> Prepared:
        client = bench.http if loopback else bench.site.asgi
        headers = {"Authorization": f"Bearer {bench.site.token}"}

        async def post(subject: Subject, judge: str, application: str) -> None:
            body = {"person_id": judge, "application_id": application, "ground": "other", "reason": "Pernah atasan."}
            answer = await client.post(f"/api/v1{subject.path}/recuse", json=body, headers=headers)
            answer.raise_for_status()
            if answer.status_code != httpx.codes.OK:
                raise RuntimeError(f"not answered in time: {answer.status_code} {answer.text[:200]}")

        steps: list[Step] = [partial(post, *recusal) for recusal in await bench.cases(count, commands)]
        return steps, [bench.client.get_workflow_handle(subject.key) for subject in bench.subjects]

    return prepare


async def flood(steps: Sequence[Step], in_flight: int) -> list[float]:
    """Do the steps, so many at a time; how long each took, in milliseconds."""
    waiting, taken = iter(steps), []

    async def caller() -> None:
        for step in waiting:
            began = time.perf_counter()
            await step()
            taken.append((time.perf_counter() - began) * 1000)

    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(caller())
    return taken


async def sizes(handles: Sequence[WorkflowHandle[Any, Any]]) -> tuple[int, int]:
    """Events and bytes of these histories."""
    histories = [await handle.fetch_history() for handle in handles]
    return sum(len(h.events) for h in histories), sum(e.ByteSize() for h in histories for e in h.events)


def _cpu_ms(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _CLOCK_TICKS * 1000


def percentile(values: Sequence[float], percent: int) -> float:
    """Of at least two values."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


LAYERS: Final = (
    ("bare, update", bare(UNSANDBOXED, "plain", 1)),
    ("bare, update, sandbox", bare(SANDBOXED, "plain", 1)),
    ("bare, update with activity, sandbox", bare(SANDBOXED, "written", 1)),
    ("bare, update with activity, sandbox, 8 workflows", bare(SANDBOXED, "written", _MANY)),
    ("client, one case", engine(1)),
    ("client, one case, two gates", engine(1, processes=2)),
    ("client, 8 cases", engine(_MANY)),
    ("http, one case", http(1)),
    ("http, 8 cases", http(_MANY)),
    ("asgi, one case", http(1, loopback=False)),
    ("asgi, 8 cases", http(_MANY, loopback=False)),
)


def verdict(layers: dict[str, Layer]) -> dict[str, Any]:
    """Ratios by round, their medians, and the goals."""

    def ratio(ours: str, of: str) -> float:
        return round(statistics.median(o / b for o, b in zip(layers[ours].rates(), layers[of].rates(), strict=True)), 3)

    alike = {"one case": "bare, update with activity, sandbox"}
    alike["8 cases"] = f"{alike['one case']}, 8 workflows"
    ratios = {
        f"{way}, {cases}": {
            "of bare update": ratio(f"{way}, {cases}", "bare, update"),
            "of bare update, sandbox": ratio(f"{way}, {cases}", "bare, update, sandbox"),
            "of bare update with activity": ratio(f"{way}, {cases}", alike[cases]),
        }
        for way in ("client", "http", "asgi")
        for cases in alike
    }
    goals = {"client": 0.50, "http": 0.45}
    met: dict[str, Any] = {
        f"{way}, {cases} >= {least}": {of: value >= least for of, value in ratios[f"{way}, {cases}"].items()}
        for way, least in goals.items()
        for cases in alike
    }
    ours = [name for name in layers if not name.startswith("bare")]
    met["p99 <= 150 ms"] = {name: layers[name].p99() <= 150 for name in ours}
    met["events <= 3.5"] = {name: layers[name].events() <= 3.5 for name in ours}
    return {"ratios": ratios, "met": met}


async def main(asked: argparse.Namespace) -> None:
    """Warm up, measure, report."""
    layers = [Layer(name, prepare) for name, prepare in LAYERS if asked.only in name]
    load = os.getloadavg()[0]
    this = asyncio.current_task()
    assert this is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)  # so that no process is left behind
    async with running(in_memory=asked.in_memory) as site:
        temporal = site.settings.temporal
        plain = await Client.connect(temporal.address, namespace=temporal.namespace)
        ours = Engine(await connect(site.settings))
        async with httpx.AsyncClient(base_url=site.client.base_url, timeout=60) as loopback:
            bench = Bench(site, plain, ours, loopback)
            for layer in layers:
                await bench.measure(layer, _WARM_UP)
            for number in range(asked.rounds):
                turn = number * len(layers) // asked.rounds
                for layer in layers[turn:] + layers[:turn]:
                    layer.runs.append(await bench.measure(layer, asked.commands))
    for layer in layers:
        print(json.dumps(layer.summary()), flush=True)
    if not asked.only:
        kind = "in memory" if asked.in_memory else "on file"
        loads = {"before": round(load, 2), "after": round(os.getloadavg()[0], 2)}
        print(json.dumps({"temporal": kind, "load": loads, **verdict({layer.name: layer for layer in layers})}))


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--commands", type=int, default=80, help="a layer and round, at most 200")
    parser.add_argument("--in-memory", action="store_true", help="Temporal without its file")
    parser.add_argument("--only", default="", help="layers whose name holds this; no ratios then")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(arguments()))
