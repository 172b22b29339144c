"""Stored histories of every workflow replay on today's code: a case opened under an earlier release goes on."""

import json
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from demo import sample
from worker import WORKFLOWS
from workflows.plugin import RefusalInterceptor, data_converter, sandbox

FILES = sorted(Path(__file__).parent.glob("*-*.json"))
KINDS = {"selection", "term", "contract", "review"}


def read(path: Path) -> str:
    """A stored history."""
    return path.read_text(encoding="utf-8")


def test_every_workflow_has_a_stored_history() -> None:
    assert {path.stem.split("-", 1)[1] for path in FILES} >= KINDS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_stored_history_replays(path: Path) -> None:
    text = read(path)
    replayer = Replayer(
        workflows=WORKFLOWS,
        workflow_runner=sandbox(),
        interceptors=[RefusalInterceptor()],
        data_converter=data_converter,
    )
    history = WorkflowHistory.from_json(f"replay/{path.stem}", text)
    await replayer.replay_workflow(history)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_history_holds_nobodys_name_number_or_address(path: Path) -> None:
    text = json.dumps(json.loads(read(path)), ensure_ascii=False)
    people = (*sample.OFFICE, *sample.COMMITTEE, *sample.ASSESSORS, *sample.APPLICANTS)
    for person in people:
        for fact in (person.name, person.nip, person.mail):
            assert not fact or fact not in decoded(text), fact


def decoded(text: str) -> str:
    """The history with its payloads readable: they are base64 in its JSON."""
    import base64
    import re

    found = re.findall(r'"data": "([A-Za-z0-9+/=]+)"', text)
    return text + "".join(base64.b64decode(item).decode("utf-8", "replace") for item in found)
