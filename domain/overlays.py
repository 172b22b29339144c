"""Overlays: what an agency or the nation changes in a rule set, with the reason and the document it rests on.

An agency chooses only where the law leaves a choice. It may lower a `block` that was not read in the law's own text,
with a reason, and never one that was. A national overlay is itself law (a successor of the supervisor, another
appointing authority): it may change, add and drop anything, each with its own citation and confidence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from domain.numbers import NumberError, parse_decimal
from domain.rules import (
    Enforcement,
    Rule,
    RuleSet,
    RuleSetError,
    Value,
    date_of,
    field_of,
    only_keys,
    parse_rule,
    parse_value,
)

E = TypeVar("E", bound=StrEnum)


class OverlayKind(StrEnum):
    """Who speaks."""

    AGENCY = "agency"
    NATIONAL = "national"


@dataclass(frozen=True)
class Change:
    """What an agency chooses for one rule; None leaves the part as it is. `chooses` says that a value is given."""

    rule: str
    value: Value = None
    chooses: bool = False
    enforcement: Enforcement | None = None
    reason: str = ""


@dataclass(frozen=True)
class Overlay:
    """Changes to one rule set, in force from and to (both inclusive) a local date.

    Attributes:
        basis: the document it rests on; for an agency its own decree, for the nation the regulation.
        changes: an agency's choices.
        rules: whole rules that a national overlay sets or adds.
        drops: rules that a national overlay takes away.
    """

    id: str
    title: str
    kind: OverlayKind
    extends: str
    basis: str
    valid_from: date
    valid_to: date | None = None
    changes: tuple[Change, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    drops: tuple[str, ...] = ()

    def in_force_on(self, day: date) -> bool:
        """Whether the overlay applies on that local date."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def overlaid(rules: RuleSet, overlay: Overlay) -> RuleSet:
    """The rule set with an overlay merged in; every changed rule names the overlay.

    Raises:
        RuleSetError: the overlay is of another rule set, names an unknown rule, changes what the law's text settles,
            lowers a block without a reason, or gives a value of another type.
    """
    if overlay.extends != rules.id:
        raise RuleSetError("extends", f"the overlay changes {overlay.extends}, not {rules.id}")
    merged = dict(rules.rules)
    for rule_id in overlay.drops:
        _known(merged, rule_id, "drops")
        del merged[rule_id]
    merged |= {rule_id: replace(rule, overlay=overlay.id) for rule_id, rule in overlay.rules.items()}
    for change in overlay.changes:
        merged[change.rule] = _chosen(_known(merged, change.rule, "changes"), change, overlay)
    return replace(rules, rules=MappingProxyType(merged), overlays=(*rules.overlays, overlay.id))


def parse_overlay(mapping: Mapping[str, Any]) -> Overlay:
    """Read an overlay out of parsed TOML or JSON.

    Raises:
        RuleSetError: a key is missing, unknown or of the wrong form.
    """
    only_keys("", mapping, _KEYS)
    kind = _word(OverlayKind, "kind", field_of("", mapping, "kind"))
    if kind is OverlayKind.AGENCY:
        only_keys("", mapping, _KEYS - {"rules", "drops"})
    changes = mapping.get("changes", {})
    rules = mapping.get("rules", {})
    for path, part in (("changes", changes), ("rules", rules)):
        if not isinstance(part, Mapping):
            raise RuleSetError(path, "a table of rules is expected")
    overlay = Overlay(
        id=_text("id", field_of("", mapping, "id")),
        title=_text("title", field_of("", mapping, "title")),
        kind=kind,
        extends=_text("extends", field_of("", mapping, "extends")),
        basis=_text("basis", field_of("", mapping, "basis")),
        valid_from=date_of("valid_from", field_of("", mapping, "valid_from")),
        valid_to=None if mapping.get("valid_to") is None else date_of("valid_to", mapping["valid_to"]),
        changes=tuple(_parse_change(rule_id, item) for rule_id, item in changes.items()),
        rules=MappingProxyType({rule_id: parse_rule(rule_id, item) for rule_id, item in rules.items()}),
        drops=tuple(str(rule_id) for rule_id in mapping.get("drops", ())),
    )
    if overlay.valid_to is not None and overlay.valid_to < overlay.valid_from:
        raise RuleSetError("valid_to", "it lies before valid_from")
    return overlay


_KEYS: Final = frozenset(Overlay.__dataclass_fields__)
_CHANGE_KEYS: Final = frozenset({"value", "enforcement", "reason"})
_STRENGTH: Final = (Enforcement.INFO, Enforcement.WARN, Enforcement.BLOCK)


def _parse_change(rule_id: str, item: object) -> Change:
    path = f"changes.{rule_id}"
    if not isinstance(item, Mapping):
        raise RuleSetError(path, "a table with value, enforcement or reason is expected")
    only_keys(path, item, _CHANGE_KEYS)
    if "value" not in item and "enforcement" not in item:
        raise RuleSetError(path, "it changes neither value nor enforcement")
    given = item.get("enforcement")
    return Change(
        rule=rule_id,
        value=parse_value(path, item.get("value")),
        chooses="value" in item,
        enforcement=None if given is None else _word(Enforcement, f"{path}.enforcement", given),
        reason=str(item.get("reason", "")).strip(),
    )


def _chosen(rule: Rule, change: Change, overlay: Overlay) -> Rule:
    """The rule as the agency chooses it."""
    path = f"changes.{rule.id}"
    if overlay.kind is OverlayKind.AGENCY and rule.settled:
        raise RuleSetError(path, f"{rule.citation} leaves no choice")
    value = _read_as(rule.value, change.value) if change.chooses else rule.value
    if change.chooses:
        _check_value(path, rule, value)
    enforcement = change.enforcement or rule.enforcement
    lowered = _STRENGTH.index(enforcement) < _STRENGTH.index(rule.enforcement)
    if not change.reason and (lowered or rule.enforcement is Enforcement.BLOCK):
        raise RuleSetError(path, f"a reason is needed to change what blocks or to lower it ({rule.citation})")
    return replace(
        rule,
        value=value,
        enforcement=enforcement,
        citation=f"{overlay.basis}; {rule.citation}",
        overlay=overlay.id,
        reason=change.reason,
    )


def _read_as(old: Value, new: Value) -> Value:
    """A number written as text, as JSON carries decimals, where a number stood."""
    if not isinstance(new, str) or isinstance(old, bool) or not isinstance(old, int | Decimal):
        return new
    try:
        number = parse_decimal(new)
    except NumberError:
        return new
    return int(number) if number == number.to_integral_value() else number


def _check_value(path: str, rule: Rule, new: Value) -> None:
    """Refuse a value that the rule functions could not use in the old one's place."""
    old = rule.value
    if rule.choices and new not in rule.choices:
        raise RuleSetError(path, f"{new!r} is none of {', '.join(rule.choices)}")
    if not _same_kind(old, new):
        raise RuleSetError(path, f"expected a value such as {old!r}, got {new!r}")
    if isinstance(new, int | Decimal) and new < 0:
        raise RuleSetError(path, f"{new} is negative")
    if isinstance(old, tuple) and isinstance(new, tuple) and _keys(old) != _keys(new):
        raise RuleSetError(path, f"expected the keys {', '.join(_keys(old))}, got {', '.join(_keys(new))}")


def _same_kind(old: Value, new: Value) -> bool:
    """Whether the values are of one kind; a limit that the law does not set (None) may be set as a number."""
    numbers = (int, Decimal)
    if isinstance(old, bool) or isinstance(new, bool):
        return isinstance(old, bool) and isinstance(new, bool)
    if old is None:
        return new is None or isinstance(new, numbers)
    return type(old) is type(new) or (isinstance(old, Decimal) and isinstance(new, int))


def _keys(items: tuple[str, ...]) -> list[str]:
    """The keys of `key=value` items; a plain list has none."""
    return sorted(key for key, equals, _ in (item.partition("=") for item in items) if equals)


def _word(kind: type[E], path: str, value: object) -> E:
    try:
        return kind(str(value))
    except ValueError:
        raise RuleSetError(path, f"{value!r} is none of {', '.join(kind)}") from None


def _text(path: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RuleSetError(path, f"a text is expected, not {value!r}")
    return value.strip()


def _known(rules: Mapping[str, Rule], rule_id: str, path: str) -> Rule:
    if rule_id not in rules:
        raise RuleSetError(f"{path}.{rule_id}", "the rule set has no such rule")
    return rules[rule_id]
