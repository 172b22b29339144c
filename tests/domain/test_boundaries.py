"""Every parameter of every rule set has a rule function and a test on each side of its boundary."""

import importlib
import pkgutil
from dataclasses import replace

import boundaries
import pytest
from boundary import BOUNDARIES, Boundary

import regulations
from domain.rulebook import rule_functions
from domain.rules import Rule, RuleSet
from tests.altered import with_values

for module in pkgutil.iter_modules(boundaries.__path__, "boundaries."):
    importlib.import_module(module.name)

PARAMETERS = sorted({rule for name in regulations.available() for rule in regulations.load(name).rules})


class Watched(RuleSet):
    """A rule set that remembers which rules were asked for."""

    asked: set[str]

    def rule(self, rule_id: str) -> Rule:
        self.asked.add(rule_id)
        return super().rule(rule_id)


def _watched(rules: RuleSet) -> Watched:
    fields = {name: getattr(rules, name) for name in RuleSet.__dataclass_fields__}
    watched = Watched(**fields)
    object.__setattr__(watched, "asked", set())
    return watched


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_parameter_has_a_rule_function_and_a_boundary(parameter: str) -> None:
    assert parameter in rule_functions(), "no rule function applies it"
    assert parameter in {b.rule for b in BOUNDARIES}, "no boundary tests it"


@pytest.mark.parametrize("parameter", sorted(rule_functions()))
def test_a_rule_function_is_public_documented_and_of_a_parameter_that_exists(parameter: str) -> None:
    assert parameter in PARAMETERS
    for function in rule_functions()[parameter]:
        assert not function.__name__.startswith("_"), function
        assert function.__doc__, function


@pytest.mark.parametrize("case", BOUNDARIES, ids=lambda case: f"{case.rule}-{case.ask.__name__}")
def test_both_sides_of_a_boundary(case: Boundary, rules: RuleSet) -> None:
    shipped = rules if rules.has(case.rule) else regulations.load("id-pns-2017")
    assert case.sides[0].value == shipped.rule(case.rule).value, "the first side is the value that ships"
    assert len({repr(side.value) for side in case.sides}) > 1, "a boundary moves with its parameter"
    for side in case.sides:
        watched = _watched(with_values(shipped, {case.rule: side.value}))
        assert case.ask(watched, side.kept) is True, side
        assert case.ask(watched, side.broken) is False, side
        assert case.rule in watched.asked, "no rule function read the parameter"


def test_a_watched_set_is_the_set(rules: RuleSet) -> None:
    assert replace(_watched(rules)).to_mapping() == rules.to_mapping()
