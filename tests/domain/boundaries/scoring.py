"""Both sides of the parameters of scores and ranking."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from boundary import Side, boundary

from domain.ranking import Ranking, ScoreRow, rank, sensitivity, shortlist_size, usual_tie_break
from domain.rules import RuleSet
from domain.scoring.competency import Category, category, match, reusable, standard
from domain.scoring.lottery import lottery_allowed
from domain.scoring.panel import Combining, PanelMethod, PanelSheet, combined, combining, divergences, least_to_trim
from domain.scoring.pass_mark import (
    PassMarks,
    cut_to_interview,
    fixed_in_time,
    goes_on,
    judge,
    judged,
    pass_system,
)
from domain.scoring.track_record import count_points, points_table

EVEN = {"interview": Decimal(25), "assessment": Decimal(25), "paper": Decimal(25), "track_record": Decimal(25)}


def _one(scores: dict[str, str | None]) -> Ranking:
    rows = [ScoreRow(name, {"paper": None if s is None else Decimal(s)}) for name, s in scores.items()]
    return rank(rows, {"paper": Decimal(100)})


@boundary(
    "tie_break",
    Side(("interview", "assessment", "paper", "track_record"), kept="interview", broken="assessment"),
    Side(("assessment", "interview", "paper", "track_record"), kept="assessment", broken="interview"),
)
def breaks_the_tie(rules: RuleSet, stronger_in: str) -> bool:
    """A and B have equal totals; A is stronger in one of interview and assessment, B in the other."""
    other = ({"interview", "assessment"} - {stronger_in}).pop()
    scores = dict.fromkeys(EVEN, Decimal(70))
    rows = [
        ScoreRow("A", scores | {stronger_in: Decimal(80), other: Decimal(60)}),
        ScoreRow("B", scores | {stronger_in: Decimal(60), other: Decimal(80)}),
    ]
    ranks = {r.candidate: r.rank for r in rank(rows, EVEN, tie_break=usual_tie_break(rules)).ranking}
    return ranks == {"A": 1, "B": 2}


@boundary("tie_break.lottery", Side(True, kept=True, broken=False), Side(False, kept=False, broken=True))
def has_a_lot(rules: RuleSet, drawn: bool) -> bool:
    return lottery_allowed(rules) is drawn


@boundary("result.top_n", Side(3, kept="C", broken="D"), Side(4, kept="D", broken="E"))
def is_named(rules: RuleSet, candidate: str) -> bool:
    ranking = _one(dict(zip("ABCDE", ("90", "80", "70", "60", "50"), strict=True)))
    return candidate in {r.candidate for r in ranking.top(shortlist_size(rules))}


@boundary(
    "selter.near_tie",
    Side(Decimal("0.50"), kept="79.50", broken="79.49"),
    Side(Decimal("0.10"), kept="79.90", broken="79.89"),
)
def is_near(rules: RuleSet, second: str) -> bool:
    rows = [ScoreRow("A", {"paper": Decimal(80)}), ScoreRow("B", {"paper": Decimal(second)})]
    return bool(rank(rows, {"paper": Decimal(100)}, closely=sensitivity(rules)).near_ties)


@boundary(
    "selter.robustness.weight_points", Side(5, kept="55.54", broken="55.55"), Side(6, kept="54.53", broken="54.54")
)
def is_robust(rules: RuleSet, paper: str) -> bool:
    """D is stronger than C in the interview: the more it weighs, the nearer D comes to the third place."""
    scores = {"A": ("99", "99"), "B": ("98", "98"), "C": ("60", "80"), "D": ("80", paper)}
    rows = [ScoreRow(n, {"interview": Decimal(i), "paper": Decimal(p)}) for n, (i, p) in scores.items()]
    ranking = rank(rows, {"interview": Decimal(50), "paper": Decimal(50)}, closely=sensitivity(rules))
    assert ranking.robustness is not None
    return ranking.robustness.stable


@boundary("selter.divergence", Side(20, kept="80", broken="80.01"), Side(15, kept="75", broken="75.01"))
def assessors_agree(rules: RuleSet, second: str) -> bool:
    sheets = [PanelSheet("A", "paper", "x", Decimal(60)), PanelSheet("A", "paper", "y", Decimal(second))]
    return not divergences(sheets, rules)


@boundary("selter.panel.method", Side("mean", kept="63.33", broken="60"), Side("median", kept="60", broken="63.33"))
@boundary("selter.panel.decimals", Side(2, kept="63.33", broken="63.3"), Side(1, kept="63.3", broken="63.33"))
def panel_gives(rules: RuleSet, score: str) -> bool:
    return combined((Decimal(50), Decimal(80), Decimal(60)), combining(rules)) == Decimal(score)


@boundary("selter.panel.trim_from", Side(4, kept=4, broken=3), Side(5, kept=5, broken=4))
def drops_the_extremes(rules: RuleSet, sheets: int) -> bool:
    return Combining(PanelMethod.TRIMMED, least_to_trim(rules)).dropped(sheets) == 1


@boundary("cut.to_interview", Side(None, kept="F", broken="Z"), Side(5, kept="E", broken="F"))
def is_invited(rules: RuleSet, candidate: str) -> bool:
    """Six are ranked; Z was absent."""
    ranking = _one({**dict(zip("ABCDEF", ("90", "80", "70", "60", "50", "40"), strict=True)), "Z": None})
    return candidate in goes_on(ranking, judged(ranking, PassMarks({})), cut_to_interview(rules))


@boundary(
    "pass_mark.system", Side("knockout", kept="60", broken="59.99"), Side("cumulative", kept="0", broken="absent")
)
def passes(rules: RuleSet, score: str) -> bool:
    """The mark of the component is 60."""
    ranked = _one({"A": None if score == "absent" else score}).ranking[0]
    return judge(ranked, PassMarks({"paper": Decimal(60)}, system=pass_system(rules))).passed


@boundary(
    "pass_mark.fixed_before",
    Side("announcement", kept=(0, 59, 59), broken=(1, 0, 0)),
    Side("opening", kept=(8, 59, 59), broken=(9, 0, 0)),
)
def in_time(rules: RuleSet, fixed: tuple[int, int, int]) -> bool:
    """Announced at 01:00, seals opened at 09:00."""
    at = datetime(2026, 11, 21, 1, tzinfo=UTC)
    return fixed_in_time(at.replace(hour=fixed[0], minute=fixed[1], second=fixed[2]), at, at.replace(hour=9), rules)


@boundary(
    "assessment.categories",
    Side(("MS=80", "MMS=68", "KMS=0"), kept=("80", Category.MS), broken=("79.99", Category.MS)),
    Side(("MS=80", "MMS=68", "KMS=0"), kept=("68", Category.MMS), broken=("67.99", Category.MMS)),
    Side(("MS=90", "MMS=75", "KMS=0"), kept=("74.99", Category.KMS), broken=("75", Category.KMS)),
)
def falls_into(rules: RuleSet, probe: tuple[str, Category]) -> bool:
    return category(Decimal(probe[0]), rules) is probe[1]


@boundary(
    "assessment.reuse_months",
    Side(24, kept=date(2026, 3, 15), broken=date(2026, 3, 16)),
    Side(36, kept=date(2027, 3, 15), broken=date(2027, 3, 16)),
)
def still_counts(rules: RuleSet, used_on: date) -> bool:
    return reusable(date(2024, 3, 15), used_on, rules)


LEVELS = ("utama=5", "madya=5", "pratama=4", "administrator=3", "pengawas=2")


@boundary(
    "assessment.required_level", Side(LEVELS, kept="4", broken="3.99"), Side(("pratama=3",), kept="3", broken="2")
)
def fits_the_post(rules: RuleSet, level: str) -> bool:
    required = standard("pratama", rules)
    return match(dict.fromkeys(required, Decimal(level)), required, rules).percent == 100


@boundary("assessment.match.method", Side("sum", kept="83.33", broken="75"), Side("mean", kept="75", broken="83.33"))
def matches(rules: RuleSet, percent: str) -> bool:
    found = match({"a": Decimal(4), "b": Decimal(1)}, {"a": 4, "b": 2}, rules)
    return found.percent == Decimal(percent)


@boundary(
    "assessment.match.surplus_counts", Side(False, kept="87.5", broken="100"), Side(True, kept="100", broken="87.5")
)
def makes_up_for_a_weakness(rules: RuleSet, percent: str) -> bool:
    return match({"a": Decimal(5), "b": Decimal(3)}, {"a": 4, "b": 4}, rules).percent == Decimal(percent)


TABLE = ("rank.IV/b=10", "rank.IV/c=15", "education.S1=10", "education.S2=15", "education.S3=20")


@boundary(
    "track_record.points",
    Side(TABLE, kept=("IV/c", "S3", 35), broken=("IV/b", "S3", 35)),
    Side(("rank.IV/b=30", "education.S1=5"), kept=("IV/b", "S1", 35), broken=("IV/b", "S3", 35)),
)
def has_points(rules: RuleSet, probe: tuple[str, str, Any]) -> bool:
    found = count_points({"rank": (probe[0],), "education": (probe[1],)}, points_table(rules))
    return found.points == probe[2] and not found.missing
