"""From mean achievement to results, and from results and behaviour to the annual rating (predikat kinerja).

The engine proposes, the superior decides (principle 2). The matrix is the rule `rating.matrix` (law.md E-08).
"""

from decimal import Decimal

from domain.rules import RuleSet
from domain.words import Behaviour, Rating, Results


def propose_results(mean: Decimal, rules: RuleSet) -> Results:
    """The results (hasil kerja) that a mean capped achievement in percent suggests; both thresholds are inclusive."""
    if mean >= rules.decimal("selter.results.above_percent"):
        return Results.ABOVE
    if mean >= rules.decimal("selter.results.expected_percent"):
        return Results.AS_EXPECTED
    return Results.BELOW


def rating(results: Results, behaviour: Behaviour, rules: RuleSet) -> Rating:
    """The annual rating by the matrix of results × behaviour (PermenPANRB 6/2022).

    Raises:
        KeyError: the rule set has no matrix, or its matrix no such cell.
    """
    return Rating(rules.pairs("rating.matrix")[f"{results.value}:{behaviour.value}"])


def triggers_review(final: Rating, rules: RuleSet) -> bool:
    """Whether a final rating belongs to those that open a review (PP 11/2017 Pasal 142 ayat (2))."""
    return final.value in rules.items("demotion.trigger_predikat")


def warns_early(mean: Decimal, rules: RuleSet) -> bool:
    """Whether a mean capped achievement in percent is low enough for an early warning; it has no legal effect."""
    return mean < rules.decimal("selter.early_warning.percent")
