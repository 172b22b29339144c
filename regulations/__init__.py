"""The rule sets that come with Selter, as TOML beside this module, and national overlays in `overlays`.

A rule set may name `extends`: it takes over the rules of another set, changes those it lists and drops those in
`drops`. An overlay changes a rule set for a time (`domain.overlays`); a national one that is in force is merged in
without anybody asking. `overlays/example-*.toml` show the form and are never merged by themselves.
"""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from domain.overlays import Overlay, OverlayKind, overlaid, parse_overlay
from domain.rules import RuleSet, RuleSetError, parse_rules

_SUFFIX: Final = ".toml"
_EXAMPLE: Final = "example-"


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
    """The rule set that applies on a local date, with the national overlays in force on it.

    Raises:
        NoRuleSetInForce: the date is earlier than the earliest set.
    """
    for ruleset_id in reversed(available()):
        if load(ruleset_id).in_force_on(day):
            return with_national(load(ruleset_id), day)
    raise NoRuleSetInForce(f"no rule set is in force on {day.isoformat()}")


def with_national(rules: RuleSet, day: date) -> RuleSet:
    """A rule set with the national overlays that extend it and are in force on a local date, the earliest first."""
    chosen = [overlay for overlay in national() if overlay.extends == rules.id and overlay.in_force_on(day)]
    for overlay in sorted(chosen, key=lambda item: (item.valid_from, item.id)):
        rules = overlaid(rules, overlay)
    return rules


@cache
def national() -> tuple[Overlay, ...]:
    """The national overlays that ship with this release; examples are not among them.

    Raises:
        RuleSetError: a file is not well formed, or is no national overlay.
    """
    folder = files(__name__) / "overlays"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(_SUFFIX))
    found = tuple(parse_overlay(parse(f"overlays/{name}")) for name in names if not name.startswith(_EXAMPLE))
    for overlay in found:
        if overlay.kind is not OverlayKind.NATIONAL:
            raise RuleSetError("kind", f"{overlay.id} is an agency's overlay; it belongs to that agency's record")
    return found


def parse(name: str) -> dict[str, Any]:
    """The content of a file beside this module, with decimals exact.

    Raises:
        FileNotFoundError: there is none of that name.
    """
    return tomllib.loads((files(__name__) / name).read_text(encoding="utf-8"), parse_float=Decimal)


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
    name = f"{ruleset_id}{_SUFFIX}"
    if not ruleset_id.replace("-", "").isalnum() or not (files(__name__) / name).is_file():
        raise KeyError(f"no rule set {ruleset_id!r}")
    return parse(name)
