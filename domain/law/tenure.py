"""How long a post is held, and moves from one senior post to another (mutasi). All dates are local dates."""

from collections.abc import Collection
from datetime import date
from typing import Final

from domain.checks.finding import Finding, found
from domain.dates import add_years
from domain.labels import tanggal
from domain.rulebook import applies
from domain.rules import RuleSet

_MIN: Final = "mutasi.min_years"
_MAX: Final = "mutasi.max_years"


@applies("tenure.extension_requires")
def missing_for_extension(given: Collection[str], rules: RuleSet) -> tuple[str, ...]:
    """What an extension beyond the regular tenure lacks, of what is given (PP 11/2017 Pasal 133 and explanation).

    Codes: `targets_proven`, `ppk_approval`, `supervisor_report`.
    """
    return tuple(need for need in rules.items("tenure.extension_requires") if need not in given)


@applies("mutasi.early_exception")
def early_move_allowed(rules: RuleSet) -> bool:
    """Whether a move before the least time in the post may rest on SE MenPANRB 19/2023; its validity is unclear.

    A rule set older than the circular knows no exception.
    """
    rule = "mutasi.early_exception"
    return rules.has(rule) and rules.flag(rule)


@applies("mutasi.min_years", "mutasi.max_years", "mutasi.early_exception")
def move_findings(
    since: date, moved_on: date, rules: RuleSet, *, after_review: bool = False, excepted: bool = False
) -> tuple[Finding, ...]:
    """What forbids a move on a day to another post of the same class; `since` begins the present one.

    PP 11/2017 Pasal 131-132: two to five years in the post, both anniversaries included. `excepted` claims the early
    exception. A move after a performance review obeys neither limit: it rests on Pasal 142 (design 6.4) [derived].
    """
    if after_review:
        return ()
    earliest, latest = add_years(since, rules.integer(_MIN)), add_years(since, rules.integer(_MAX))
    if moved_on < earliest and not (excepted and early_move_allowed(rules)):
        return (_outside(rules, _MIN, moved_on, earliest, ("paling cepat", "no earlier than")),)
    if moved_on > latest:
        return (_outside(rules, _MAX, moved_on, latest, ("paling lambat", "no later than")),)
    return ()


def may_move(
    since: date, moved_on: date, rules: RuleSet, *, after_review: bool = False, excepted: bool = False
) -> bool:
    """Whether nothing in `move_findings` forbids the move."""
    return not move_findings(since, moved_on, rules, after_review=after_review, excepted=excepted)


def _outside(rules: RuleSet, rule_id: str, moved_on: date, limit: date, words: tuple[str, str]) -> Finding:
    years = rules.integer(rule_id)
    return found(
        rules,
        rule_id,
        "move.date",
        f"mutasi {tanggal(moved_on)}: {words[0]} {tanggal(limit)}, {years} tahun sejak menduduki jabatan",
        f"the move of {moved_on} may be {words[1]} {limit}, {years} years in the post",
        expected=limit.isoformat(),
        actual=moved_on.isoformat(),
    )
