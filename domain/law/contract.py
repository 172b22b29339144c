"""The performance contract's form and life: columns, signatures, amendments, periodic review."""

from enum import StrEnum
from typing import Final

from domain.rulebook import applies
from domain.rules import RuleSet

_REVIEWS_A_YEAR: Final = {"quarterly": 4, "monthly": 12}


class Party(StrEnum):
    """A party of the contract, by the words of its form."""

    FIRST = "pihak_pertama"  # the official, who promises
    SECOND = "pihak_kedua"  # the superior, who supervises and evaluates


@applies("pk.revision_grounds")
def may_revise_on(ground: str, rules: RuleSet) -> bool:
    """Whether a contract may be revised on that ground (Permendiktisaintek 58/2025 Pasal 12).

    Codes: `official_changed`, `strategy_programme_budget`, `priority_assumption`.
    """
    return ground in rules.items("pk.revision_grounds")


@applies("pk.annex.columns")
def needs_column(column: str, rules: RuleSet) -> bool:
    """Whether the annex's table of indicators has that column: `no`, `sasaran`, `indikator`, `target`."""
    return column in rules.items("pk.annex.columns")


@applies("pk.annex.budget_columns")
def needs_budget_column(column: str, rules: RuleSet) -> bool:
    """Whether the annex's table of the budget has that column: `no`, `program`, `anggaran`."""
    return column in rules.items("pk.annex.budget_columns")


@applies("pk.signature_layout")
def signature_sides(rules: RuleSet) -> tuple[Party, Party]:
    """Which party signs on the left, and which on the right, of the statement and its annex (PermenPANRB 53/2014)."""
    sides = rules.pairs("pk.signature_layout")
    return Party(sides["left"]), Party(sides["right"])


@applies("skp.budget_indicator_required")
def needs_budget_indicator(rules: RuleSet) -> bool:
    """Whether the contract must have an indicator of the use of the budget (PP 30/2019 Pasal 13-14)."""
    return rules.flag("skp.budget_indicator_required")


@applies("skp.periodic_review")
def reviews_a_year(rules: RuleSet) -> int:
    """How often a year is reviewed: four times, or twelve where the agency reviews monthly (PermenPANRB 6/2022).

    A rule set older than that regulation asks for none.
    """
    rule = "skp.periodic_review"
    return _REVIEWS_A_YEAR[rules.text(rule)] if rules.has(rule) else 0
