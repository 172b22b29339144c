"""Boundaries: for every parameter a probe on each side, for at least two values of the parameter.

A boundary is a function `(rules, probe) -> bool` that asks the rule functions, never the parameter itself, whether
the probe is on the lawful side (or has the named effect). It is declared in a module of `boundaries/`:

    @boundary("committee.min_members", Side(5, kept=5, broken=4), Side(7, kept=7, broken=6))
    def large_enough(rules: RuleSet, probe: int) -> bool: ...

The first side states the value that the rule set of today ships. `test_boundaries.py` runs them all, checks that the
parameter was read on the way, and fails when a parameter has none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from domain.rules import RuleSet, Value

Ask = Callable[[RuleSet, Any], bool]
F = TypeVar("F", bound=Ask)


@dataclass(frozen=True)
class Side:
    """With the parameter at `value`, the answer for `kept` is true and for `broken` false."""

    value: Value
    kept: Any
    broken: Any


@dataclass(frozen=True)
class Boundary:
    """A parameter, its probes, and the function that asks."""

    rule: str
    sides: tuple[Side, ...]
    ask: Ask


BOUNDARIES: Final[list[Boundary]] = []


def boundary(rule: str, *sides: Side) -> Callable[[F], F]:
    """Declare a boundary of a parameter; a function may serve several parameters."""

    def declare(function: F) -> F:
        BOUNDARIES.append(Boundary(rule, sides, function))
        return function

    return declare
