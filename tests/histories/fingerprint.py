"""Fingerprints of what decides the order of a workflow's commands: its code without words and comments.

`python -m tests.histories.fingerprint` renews them. Do that knowingly: docs/guide/changes.md says what a change of
workflow code needs first. The domain's folds are included where a workflow branches on them by way of the state.
"""

import ast
import hashlib
import json
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FILE: Final = Path(__file__).with_name("fingerprints.json")
SHARED: Final = ("workflows/journal.py", "workflows/waiting.py", "workflows/ports.py")
WORKFLOWS: Final = {
    "selection": "workflows/selection.py",
    "term": "workflows/office_term.py",
    "contract": "workflows/performance_contract.py",
    "review": "workflows/demotion_review.py",
}


def fingerprints() -> dict[str, str]:
    """One a workflow: of its own module and of those that all workflows share."""
    return {kind: _digest(*SHARED, module) for kind, module in WORKFLOWS.items()}


def _digest(*modules: str) -> str:
    trees = [_bare(ast.parse((ROOT / module).read_text(encoding="utf-8"))) for module in modules]
    return hashlib.sha256("\n".join(ast.dump(tree) for tree in trees).encode()).hexdigest()


def _bare(tree: ast.Module) -> ast.Module:
    """The code alone: docstrings and annotations decide nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(node.body) > 1:
                del node.body[0]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
            for argument in (*node.args.args, *node.args.kwonlyargs):
                argument.annotation = None
    return tree


if __name__ == "__main__":
    FILE.write_text(json.dumps(fingerprints(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
