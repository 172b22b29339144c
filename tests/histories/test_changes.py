"""A change of workflow code is made knowingly: fingerprints, and what patching does for open cases."""

import json

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from tests.histories import fingerprint
from tests.histories.patching import Patched, Unpatched
from tests.histories.test_replay import FILES, read
from workflows.plugin import RefusalInterceptor, data_converter, sandbox


@pytest.mark.parametrize("kind", sorted(fingerprint.WORKFLOWS))
def test_the_order_of_commands_changes_only_knowingly(kind: str) -> None:
    known = json.loads(fingerprint.FILE.read_text(encoding="utf-8"))
    assert fingerprint.fingerprints()[kind] == known[kind], (
        f"the code of workflow {kind} changed: read docs/guide/changes.md, see that every stored history replays, "
        "then run `python -m tests.histories.fingerprint`"
    )


def test_a_fingerprint_sees_commands_and_no_words(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "story.py"
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)

    def digest(text: str) -> str:
        module.write_text(text, encoding="utf-8")
        return fingerprint._digest("story.py")

    plain = digest("async def run(start):\n    await one()\n    await two()\n")
    assert (
        digest('async def run(start: int) -> str:\n    """Words."""\n    await one()  # why\n    await two()\n')
        == plain
    )
    assert digest("async def run(start):\n    await two()\n    await one()\n") != plain


def _term_history() -> WorkflowHistory:
    (path,) = (path for path in FILES if path.stem == "0.1-term")
    return WorkflowHistory.from_json(f"replay/{path.stem}", read(path))


def _replayer(workflow: type) -> Replayer:
    return Replayer(
        workflows=[workflow],
        workflow_runner=sandbox(),
        interceptors=[RefusalInterceptor()],
        data_converter=data_converter,
    )


async def test_a_new_command_without_a_patch_breaks_an_open_case() -> None:
    with pytest.raises(NondeterminismError):
        await _replayer(Unpatched).replay_workflow(_term_history())


async def test_a_patched_change_lets_an_open_case_go_on() -> None:
    await _replayer(Patched).replay_workflow(_term_history())
