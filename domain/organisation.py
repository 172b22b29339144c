"""The organisation's own rating (predikat kinerja organisasi) and what follows from it for its people.

SE MenPANRB 3/2023, known from a report [secondary]: the superior rates the organisation by its contract's
achievement; for the head of a unit it is the result, for the others it bounds how the ratings may spread.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final

from domain.checks.finding import Finding, found
from domain.labels import RATINGS
from domain.numbers import half_up
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.words import Rating, Results, VacancyKind

_HUNDRED: Final = 100
_SOME: Final = "some"  # at least one person
_HEADS: Final = frozenset(
    {VacancyKind.HEAD_OF_AGENCY, VacancyKind.INSPECTOR, VacancyKind.SEKDA, VacancyKind.SEKWAN}
)  # expert staff and assistants lead no organisation of their own [derived]


class OrgRating(StrEnum):
    """Predikat kinerja organisasi."""

    OUTSTANDING = "outstanding"  # istimewa
    GOOD = "good"  # baik
    NEEDS_IMPROVEMENT = "needs_improvement"  # butuh perbaikan (cukup)
    POOR = "poor"  # kurang
    VERY_POOR = "very_poor"  # sangat kurang


@applies("rating.unit_head_uses_org_achievement")
def takes_org_results(kind: VacancyKind, rules: RuleSet) -> bool:
    """Whether the holder of such a post heads a unit, whose achievement is his result (SE MenPANRB 3/2023)."""
    parameter = "rating.unit_head_uses_org_achievement"
    return kind in _HEADS and rules.has(parameter) and rules.flag(parameter)


@applies("rating.org_results")
def results_of(organisation: OrgRating, rules: RuleSet) -> Results:
    """The unit head's results by his organisation's rating; what lies below Baik is below expectation [derived].

    Raises:
        KeyError: the rule set is older than SE MenPANRB 3/2023.
    """
    return Results(rules.pairs("rating.org_results")[organisation.value])


@applies("rating.org_spread")
def spread_findings(organisation: OrgRating, people: Mapping[Rating, int], rules: RuleSet) -> tuple[Finding, ...]:
    """Where the ratings of a unit's people, counted, leave the spread that its own rating allows; shares in percent.

    The enforcement is `info`: the circular is known from a report only. A unit without people has no spread.

    Raises:
        KeyError: the rule set is older than SE MenPANRB 3/2023.
    """
    total = sum(people.values())
    if not total:
        return ()
    findings = []
    for place, allowed in rules.pairs("rating.org_spread").items():
        of, _, group = place.partition(":")
        if of != organisation.value:
            continue
        ratings = [Rating(name) for name in group.split("+")]
        share = Fraction(_HUNDRED * sum(people.get(r, 0) for r in ratings), total)
        if not _within(share, allowed):
            findings.append(_outside(rules, ratings, share, allowed))
    return tuple(findings)


def _within(share: Fraction, allowed: str) -> bool:
    if allowed == _SOME:
        return share > 0
    lowest, _, highest = allowed.partition("..")
    return Fraction(lowest or 0) <= share <= Fraction(highest or _HUNDRED)


def _outside(rules: RuleSet, ratings: list[Rating], share: Fraction, allowed: str) -> Finding:
    names = " atau ".join(RATINGS[r] for r in ratings)
    codes = " or ".join(r.value for r in ratings)
    actual = f"{half_up(share, 1)} %"
    return found(
        rules,
        "rating.org_spread",
        f"people.{'+'.join(r.value for r in ratings)}",
        f"pegawai berpredikat {names}: {actual}, di luar sebaran {_spelt(allowed, 'paling sedikit seorang')}",
        f"people rated {codes}: {actual}, outside the spread of {_spelt(allowed, 'at least one person')}",
        expected=allowed,
        actual=actual,
    )


def _spelt(allowed: str, some: str) -> str:
    if allowed == _SOME:
        return some
    lowest, _, highest = allowed.partition("..")
    return f"{lowest or 0}–{highest or _HUNDRED} %"
