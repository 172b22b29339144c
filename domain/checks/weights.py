"""Weights of the components, in percent: their sum, their sign and the ranges of the national guideline."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from domain.checks.finding import Finding, found, not_checked
from domain.plan import Plan
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.words import Component

_RULE: Final = "weights"
_ZERO: Final = Decimal(0)


@dataclass(frozen=True)
class Range:
    """The least and the greatest weight of a component in percent, both allowed; `text` as the rule writes it."""

    least: Decimal
    greatest: Decimal
    text: str


@applies("weights")
def usual_weights(rules: RuleSet) -> dict[Component, Decimal]:
    """The weights in percent that a round has unless it publishes others (practice)."""
    return {Component(name): Decimal(weight) for name, weight in rules.pairs(_RULE).items()}


@applies("weights.sum")
def whole_weight(rules: RuleSet) -> Decimal:
    """What all weights together must be, in percent (arithmetic)."""
    return rules.decimal("weights.sum")


@applies("weights.ranges")
def weight_ranges(rules: RuleSet) -> dict[Component, Range]:
    """The range of each component in percent, as the guideline is quoted (PermenPANRB 15/2019, annex)."""
    ranges = {}
    for name, text in rules.pairs("weights.ranges").items():
        least, _, greatest = text.partition("..")
        ranges[Component(name)] = Range(Decimal(least), Decimal(greatest), text)
    return ranges


def check_weights(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Everything about the weights that the plan states; percent."""
    if plan.weights is None:
        yield not_checked(rules, _RULE, "weights")
        return
    yield from wrong_sum(plan.weights, rules)
    for component, weight in plan.weights.items():
        if weight < _ZERO:
            yield _negative(component, weight, rules)
    yield from out_of_range(plan.weights, rules)


@applies("weights.sum")
def wrong_sum(weights: Mapping[Component, Decimal], rules: RuleSet) -> Iterator[Finding]:
    """The weights do not sum to the whole; exact, without rounding."""
    total, needed = sum(weights.values(), _ZERO), whole_weight(rules)
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


@applies("weights.ranges")
def out_of_range(weights: Mapping[Component, Decimal], rules: RuleSet) -> Iterator[Finding]:
    """A weight lies outside the guideline's range; a component without a weight has none."""
    for component, span in weight_ranges(rules).items():
        weight = weights.get(component, _ZERO)
        if not span.least <= weight <= span.greatest:
            yield found(
                rules,
                "weights.ranges",
                f"weights.{component.value}",
                f"Bobot {component.value} di luar rentang pedoman {span.least} sampai {span.greatest} persen; "
                f"rencana ini {weight}.",
                f"The weight of {component.value} is outside the guideline's {span.least} to {span.greatest} percent; "
                f"it is {weight}.",
                expected=span.text,
                actual=weight,
            )
