"""From mean achievement to results, and from results and behaviour to the annual rating (predikat kinerja).

The engine proposes, the superior decides (principle 2). Today's rating is the matrix of PermenPANRB 6/2022 (law.md
E-08); before it PP 30/2019 Pasal 41 gave a number and a band (E-04). The trigger of a review still uses the older
words.
"""

from decimal import Decimal
from typing import Final

from domain.achievement import expected_percent
from domain.numbers import plain
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.words import Behaviour, Rating, Results

_WHOLE: Final = Decimal(100)


@applies("selter.results.above_percent", "selter.results.expected_percent")
def propose_results(mean: Decimal, rules: RuleSet) -> Results:
    """The results (hasil kerja) that a mean capped achievement in percent suggests; both thresholds are inclusive.

    Pilihan Selter (bukan ketentuan): the regulations leave the judgement to the superior.
    """
    if mean >= rules.decimal("selter.results.above_percent"):
        return Results.ABOVE
    return Results.AS_EXPECTED if mean >= expected_percent(rules) else Results.BELOW


@applies("rating.matrix")
def rating(results: Results, behaviour: Behaviour, rules: RuleSet) -> Rating:
    """The annual rating by the matrix of results × behaviour (PermenPANRB 6/2022).

    Raises:
        KeyError: the rule set has no matrix, or its matrix no such cell.
    """
    return Rating(rules.pairs("rating.matrix")[f"{results.value}:{behaviour.value}"])


@applies("demotion.trigger_predikat")
def triggers_review(final: Rating, rules: RuleSet) -> bool:
    """Whether a final rating belongs to those that open a review (PP 11/2017 Pasal 142 ayat (2))."""
    return final.value in rules.items("demotion.trigger_predikat")


@applies("selter.early_warning.percent")
def warns_early(mean: Decimal, rules: RuleSet) -> bool:
    """Whether a mean capped achievement in percent is low enough for an early warning; it has no legal effect."""
    return mean < rules.decimal("selter.early_warning.percent")


# -- by number, as before PermenPANRB 6/2022 ---------------------------------------------------------------------


@applies("rating.numeric.weights", "rating.numeric.weights_with_peers")
def numeric_score(results: Decimal, behaviour: Decimal, rules: RuleSet, *, peers: bool) -> Decimal:
    """The score of a year out of the scores of results (nilai SKP) and behaviour (PP 30/2019 Pasal 41 ayat (2)-(4)).

    `peers` says that colleagues and staff were asked about the behaviour, which then weighs more. Not rounded.
    """
    weights = rules.pairs("rating.numeric.weights_with_peers" if peers else "rating.numeric.weights")
    return (results * Decimal(weights["results"]) + behaviour * Decimal(weights["behaviour"])) / _WHOLE


@applies("rating.numeric.bounds", "rating.numeric.highest", "rating.numeric.new_idea_required")
def numeric_rating(score: Decimal, rules: RuleSet, *, new_idea: bool) -> Rating:
    """The rating of a score from 0 to 120 (PP 30/2019 Pasal 41 ayat (5)); lower ends belong to the better band.

    The bands touch at 90, 70 and 50: since Sangat Kurang is below 50, 50 is Kurang, and so upwards [derived]. From
    110 on it is Sangat Baik with a new idea that the head of the unit has recognised (ayat (6)), else Baik.

    Raises:
        ValueError: the score is below 0 or above the highest.
    """
    highest = rules.decimal("rating.numeric.highest")
    if not Decimal(0) <= score <= highest:
        raise ValueError(f"a score lies between 0 and {plain(highest)}, not at {score}")
    for band, bound in rules.pairs("rating.numeric.bounds").items():
        best_without_idea = band == Rating.VERY_GOOD and not new_idea and rules.flag("rating.numeric.new_idea_required")
        if score >= Decimal(bound) and not best_without_idea:
            return Rating(band)
    return Rating.VERY_POOR


@applies("rating.words")
def rating_called(word: str, rules: RuleSet) -> Rating:
    """The rating that an older or newer word names, in any case: Cukup is Butuh Perbaikan [derived] (law.md 6.2).

    Raises:
        KeyError: no rating is called so.
    """
    return Rating(rules.pairs("rating.words")[" ".join(word.casefold().split())])
