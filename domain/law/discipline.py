"""The discipline track: levels, the examining team, and its separation from performance (PP 94/2021).

Its deadlines are in `domain.deadlines.discipline`.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from domain.rulebook import applies
from domain.rules import RuleSet

_SEPARATE: Final = "discipline.track_separate"


class Level(StrEnum):
    """How heavy a penalty is."""

    LIGHT = "ringan"
    MODERATE = "sedang"
    HEAVY = "berat"


@applies(_SEPARATE)
def missed_target_is_breach(rules: RuleSet) -> bool:
    """Whether missed targets may be punished as a breach of discipline.

    PP 94/2021 Pasal 3-5 and 9-14 no longer list them; a rule set older than PP 94/2021 still does (PP 53/2010).
    """
    return not rules.has(_SEPARATE) or not rules.flag(_SEPARATE)


@applies("discipline.penalties")
def penalties(level: Level, rules: RuleSet) -> tuple[str, ...]:
    """The penalties of a level, the lightest first (PP 94/2021 Pasal 8)."""
    return tuple(penalty for penalty, stated in rules.pairs("discipline.penalties").items() if stated == level)


@applies("discipline.penalties")
def level_of(penalty: str, rules: RuleSet) -> Level:
    """The level of a penalty (PP 94/2021 Pasal 8).

    Raises:
        KeyError: the law knows no such penalty.
    """
    return Level(rules.pairs("discipline.penalties")[penalty])


@applies("discipline.heavy_team")
def missing_examiners(level: Level, parts: Iterable[str], rules: RuleSet) -> tuple[str, ...]:
    """The parts that the examining team lacks for a suspected breach of a level (PP 94/2021 Pasal 29).

    A heavy one is examined by the superior, supervision and personnel together; any other by the superior alone.
    """
    needed = rules.items("discipline.heavy_team")
    present = frozenset(parts)
    return tuple(part for part in needed if part not in present) if level is Level.HEAVY else ()
