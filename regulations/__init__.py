"""The rule sets that come with Selter, as TOML beside this module.

A file may name `extends`: it takes over the rules of another set, changes those it lists and drops those in `drops`.
"""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from domain.rules import RuleSet, RuleSetError, parse_rules

_SUFFIX: Final = ".toml"


class NoRuleSetInForce(LookupError):
    """No encoded rule set applies on that date; it is earlier than the earliest."""


@cache
def available() -> tuple[str, ...]:
    """The ids of all rule sets, the earliest first."""
    names = [item.name.removesuffix(_SUFFIX) for item in files(__name__).iterdir() if item.name.endswith(_SUFFIX)]
    return tuple(sorted(names, key=lambda name: load(name).valid_from))


@cache
def load(ruleset_id: str) -> RuleSet:
    """The rule set of that id.

    Raises:
        KeyError: there is no such set; the message names those there are.
        RuleSetError: its file is not well formed.
    """
    return parse_rules(_resolved(ruleset_id))


def in_force_on(day: date) -> RuleSet:
    """The rule set that applies on a local date.

    Raises:
        NoRuleSetInForce: the date is earlier than the earliest set.
    """
    for ruleset_id in reversed(available()):
        if load(ruleset_id).in_force_on(day):
            return load(ruleset_id)
    raise NoRuleSetInForce(f"no rule set is in force on {day.isoformat()}")


def earliest() -> RuleSet:
    """The oldest rule set."""
    return load(available()[0])


def latest() -> RuleSet:
    """The newest rule set."""
    return load(available()[-1])


def _resolved(ruleset_id: str) -> dict[str, Any]:
    """The parsed file with what it extends merged in."""
    parsed = _parsed(ruleset_id)
    base_id, drops = parsed.pop("extends", None), parsed.pop("drops", [])
    if base_id is None:
        return parsed
    inherited = dict(_resolved(base_id)["rules"])
    for rule_id in drops:
        if inherited.pop(rule_id, None) is None:
            raise RuleSetError(f"drops.{rule_id}", f"{base_id} has no such rule")
    return {**parsed, "rules": inherited | parsed["rules"]}


def _parsed(ruleset_id: str) -> dict[str, Any]:
    path = files(__name__) / f"{ruleset_id}{_SUFFIX}"
    if not ruleset_id.replace("-", "").isalnum() or not path.is_file():
        raise KeyError(f"no rule set {ruleset_id!r}")
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
