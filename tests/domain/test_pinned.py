"""A release never changes what a pinned rule set decides (design.md, principle 3)."""

import json
from pathlib import Path

import pytest
from golden import FOLDER, answers

from domain.rules import RuleSet

PINNED = sorted(FOLDER.glob("*.json"))


def test_there_are_pinned_sets() -> None:
    assert PINNED


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.stem)
def test_a_pinned_set_is_read_with_its_hash_and_answers_as_it_did(path: Path) -> None:
    recorded = json.loads(path.read_text(encoding="utf-8"))
    rules = RuleSet.from_mapping(recorded["rules"])
    assert rules.sha256 == recorded["sha256"]
    assert answers(rules) == recorded["answers"]
