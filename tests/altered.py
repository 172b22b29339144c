"""Rule sets with other values, whatever an agency may choose: to see a boundary move with its parameter."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.rules import Enforcement, RuleSet, Value


def with_values(rules: RuleSet, values: Mapping[str, Value]) -> RuleSet:
    """The set with some values replaced; the rules must exist."""
    changed = {rule_id: replace(rules.rule(rule_id), value=value) for rule_id, value in values.items()}
    return replace(rules, rules=MappingProxyType({**rules.rules, **changed}))


def with_enforcement(rules: RuleSet, rule_id: str, enforcement: Enforcement) -> RuleSet:
    """The set with one rule enforced otherwise."""
    changed = replace(rules.rule(rule_id), enforcement=enforcement)
    return replace(rules, rules=MappingProxyType({**rules.rules, rule_id: changed}))


def without(rules: RuleSet, *rule_ids: str) -> RuleSet:
    """The set as it would be before a regulation brought these rules."""
    return replace(rules, rules=MappingProxyType({k: v for k, v in rules.rules.items() if k not in rule_ids}))
