"""The engine uses the rule functions and no other copy of a rule."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import regulations

ROOT = Path(__file__).parents[2]
OUTSIDE = ("activities", "api", "contract_templates", "demo", "records", "runtime", "workflows", "cli.py", "worker.py")
READERS = {"integer", "decimal", "flag", "text", "items", "pairs"}
PARAMETERS = {rule for name in regulations.available() for rule in regulations.load(name).rules}


def _sources(place: str) -> Iterator[Path]:
    path = ROOT / place
    yield from path.rglob("*.py") if path.is_dir() else (path,)


@pytest.mark.parametrize("place", OUTSIDE)
def test_nobody_outside_the_domain_reads_a_parameter_by_itself(place: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.args[0].value}"
        for path in _sources(place)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in READERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value in PARAMETERS
    ]
    assert found == []
