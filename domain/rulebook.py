"""Which function encodes which parameter of a rule set.

Every parameter has at least one named rule function; `docs/rules.md` is generated from this, and a test fails when a
parameter has none.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, TypeVar

import domain

F = TypeVar("F", bound=Callable[..., object])
_APPLIED: Final[dict[str, list[Callable[..., object]]]] = {}


def applies(*parameters: str) -> Callable[[F], F]:
    """Declare that a function encodes these parameters; it leaves the function as it is."""

    def declare(function: F) -> F:
        for parameter in parameters:
            _APPLIED.setdefault(parameter, []).append(function)
        return function

    return declare


@cache
def rule_functions() -> Mapping[str, tuple[Callable[..., object], ...]]:
    """The rule functions of every parameter, from all modules of `domain`, in an order that no import changes."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    return MappingProxyType(
        {
            parameter: tuple(sorted(functions, key=lambda function: (function.__module__, function.__qualname__)))
            for parameter, functions in sorted(_APPLIED.items())
        }
    )
