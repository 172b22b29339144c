"""Weights of the components: their sum, their sign and the ranges of the national guideline."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from domain.checks.finding import Finding, found, not_checked
from domain.plan import Plan
from domain.rules import RuleSet
from domain.words import Component

_RULE: Final = "weights"
_ZERO: Final = Decimal(0)


def check_weights(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Everything about the weights that the plan states; percent."""
    if plan.weights is None:
        yield not_checked(rules, _RULE, "weights")
        return
    yield from _sum(plan.weights, rules)
    for component, weight in plan.weights.items():
        if weight < _ZERO:
            yield _negative(component, weight, rules)
    for name, span in rules.pairs("weights.ranges").items():
        yield from _range(Component(name), span, plan.weights.get(Component(name), _ZERO), rules)


def _sum(weights: Mapping[Component, Decimal], rules: RuleSet) -> Iterator[Finding]:
    total, needed = sum(weights.values(), _ZERO), rules.decimal("weights.sum")
    if total != needed:
        yield found(
            rules,
            _RULE,
            "weights",
            f"Jumlah bobot harus {needed} persen; rencana ini {total}.",
            f"Weights must sum to {needed} percent; the plan has {total}.",
            expected=needed,
            actual=total,
        )


def _negative(component: Component, weight: Decimal, rules: RuleSet) -> Finding:
    return found(
        rules,
        _RULE,
        f"weights.{component.value}",
        f"Bobot {component.value} tidak boleh negatif.",
        f"The weight of {component.value} may not be negative.",
        expected=">= 0",
        actual=weight,
    )


def _range(component: Component, span: str, weight: Decimal, rules: RuleSet) -> Iterator[Finding]:
    lower, _, upper = span.partition("..")
    if not Decimal(lower) <= weight <= Decimal(upper):
        yield found(
            rules,
            "weights.ranges",
            f"weights.{component.value}",
            f"Bobot {component.value} di luar rentang pedoman {lower} sampai {upper} persen; rencana ini {weight}.",
            f"The weight of {component.value} is outside the guideline's {lower} to {upper} percent; it is {weight}.",
            expected=span,
            actual=weight,
        )
