"""What differs between two rule sets: two regulations, or a regulation before and after an overlay."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.rules import Rule, RuleSet, value_mapping


class Difference(StrEnum):
    """How the second set differs from the first in one rule."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


@dataclass(frozen=True)
class RuleChange:
    """One rule in both sets; None where a set does not know it."""

    rule: str
    before: Rule | None
    after: Rule | None

    @property
    def kind(self) -> Difference:
        """Added, dropped or changed."""
        if self.before is None:
            return Difference.ADDED
        return Difference.DROPPED if self.after is None else Difference.CHANGED

    @property
    def parts(self) -> tuple[str, ...]:
        """Which parts of a changed rule differ, such as `value` and `citation`."""
        if self.before is None or self.after is None:
            return ()
        return tuple(
            name for name in Rule.__dataclass_fields__ if getattr(self.before, name) != getattr(self.after, name)
        )

    def to_mapping(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "rule": self.rule,
            "kind": self.kind.value,
            "parts": list(self.parts),
            "before": _mapping(self.before),
            "after": _mapping(self.after),
        }


def changes_between(before: RuleSet, after: RuleSet) -> tuple[RuleChange, ...]:
    """Every rule that was added, dropped or changed, by id."""
    return tuple(_changes(before, after))


def _changes(before: RuleSet, after: RuleSet) -> Iterator[RuleChange]:
    for rule_id in sorted({*before.rules, *after.rules}):
        change = RuleChange(rule_id, before.rules.get(rule_id), after.rules.get(rule_id))
        if change.before != change.after:
            yield change


def _mapping(rule: Rule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return {
        "value": value_mapping(rule.value),
        "enforcement": rule.enforcement.value,
        "citation": rule.citation,
        "confidence": rule.confidence.value,
        "overlay": rule.overlay,
        "reason": rule.reason,
    }
