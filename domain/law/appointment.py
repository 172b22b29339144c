"""Appointment and inauguration: the PPK's choice, the supervisor's recommendation, witnesses and the oath."""

from collections.abc import Collection
from enum import IntEnum, StrEnum

from domain.rulebook import applies
from domain.rules import RuleSet


class PostLevel(IntEnum):
    """Levels of structural posts in order, the highest last; a record names them in lower case."""

    PENGAWAS = 1
    ADMINISTRATOR = 2
    PRATAMA = 3
    MADYA = 4
    UTAMA = 5


def post_level(name: str) -> PostLevel | None:
    """The level of that name, in lower case as a record has it; none where the record says something else."""
    return PostLevel.__members__.get(name.upper())


class WitnessRank(StrEnum):
    """How high a witness' post must be at least, against the post that is taken."""

    EQUAL = "equal"
    HIGHER = "higher"


@applies("ppk.choice_limited_to_top3")
def may_choose(application: str, submitted: Collection[str], rules: RuleSet) -> bool:
    """Whether the PPK may choose that application: only one of those submitted (PP 11/2017 Pasal 127 ayat (1)-(2))."""
    return application in submitted or not rules.flag("ppk.choice_limited_to_top3")


@applies("bkn.recommendation_before_inauguration")
def needs_recommendation(rules: RuleSet) -> bool:
    """Whether an appointment or a move waits for the supervisor's recommendation (practice, gate G4)."""
    return rules.flag("bkn.recommendation_before_inauguration")


@applies("oath.witnesses")
def needed_witnesses(rules: RuleSet) -> int:
    """How many witnesses sign the minutes of the oath, besides officiant and official (PP 11/2017 Pasal 135-140)."""
    return rules.integer("oath.witnesses")


def witnessed(rules: RuleSet, *, appointee: str, officiant: str, witnesses: Collection[str]) -> bool:
    """Whether a ceremony had as many witnesses as it needs: distinct people, neither officiant nor appointee."""
    present = {*witnesses, officiant}
    return len(present) == needed_witnesses(rules) + 1 and appointee not in present


@applies("oath.min_rank_of_witness")
def may_witness(witness: PostLevel, post: PostLevel, rules: RuleSet) -> bool:
    """Whether somebody of that level may witness the oath on a post: at least an equal one (PP 11/2017 Pasal 135-140).

    Raises:
        ValueError: the rule names no rank that is known.
    """
    asked = WitnessRank(rules.text("oath.min_rank_of_witness"))
    return witness >= post if asked is WitnessRank.EQUAL else witness > post


@applies("oath.variants")
def oath_allowed(variant: str, rules: RuleSet) -> bool:
    """Whether the oath or promise has that variant; each religion and belief has its own (PP 11/2017 Pasal 135-140)."""
    return variant in rules.items("oath.variants")
