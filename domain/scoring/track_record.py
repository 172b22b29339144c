"""Track record (rekam jejak) as a points table: what a candidate has shown, looked up and added.

A table is data: criterion, level, points. Where a fact is missing the result is `needs_review`, never zero; that
somebody has nothing to show is a fact of its own (an empty list).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from domain.numbers import NumberError, half_up, parse_decimal
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.scoring import ScoringError
from domain.words import Verdict

_HUNDRED: Final = Decimal(100)
_ZERO: Final = Decimal(0)


class PointsTableError(ScoringError):
    """The table is empty, or points are negative; or facts name a criterion that the table does not have."""


@dataclass(frozen=True)
class Criterion:
    """One line of the table, such as rank, education, training, awards or positions.

    Attributes:
        points: by level.
        adds_up: every entry counts (awards); otherwise only the one with the most points (education).
        maximum: the most that the criterion gives; by default the points of its best level.
    """

    name: str
    points: Mapping[str, Decimal]
    adds_up: bool = False
    maximum: Decimal | None = None

    @property
    def most(self) -> Decimal:
        """The most points that the criterion gives."""
        return max(self.points.values()) if self.maximum is None else self.maximum


@dataclass(frozen=True)
class CriterionResult:
    """What a candidate got for a criterion; points are None where a person must look."""

    criterion: str
    points: Decimal | None
    most: Decimal
    evidence: str


@dataclass(frozen=True)
class TrackRecord:
    """Points with their arithmetic; `score` is them on the scale 0 to 100, half up, None where a person must look."""

    lines: tuple[CriterionResult, ...]
    points: Decimal
    most: Decimal
    score: Decimal | None

    @property
    def verdict(self) -> Verdict:
        """`needs_review` where a fact is missing."""
        return Verdict.NEEDS_REVIEW if self.score is None else Verdict.MET

    @property
    def missing(self) -> tuple[str, ...]:
        """The criteria that a person must look at."""
        return tuple(line.criterion for line in self.lines if line.points is None)

    @property
    def arithmetic(self) -> str:
        """How the score came about, in Indonesian."""
        if self.score is None:
            return f"perlu diperiksa: {', '.join(self.missing)}"
        parts = " + ".join(f"{line.criterion} {line.points}" for line in self.lines)
        return f"{parts} = {self.points} dari {self.most}; × 100 / {self.most} = {self.score}"


@applies("track_record.points")
def points_table(rules: RuleSet) -> tuple[Criterion, ...]:
    """The usual table, where a round publishes no other: items `criterion.level=points` (practice, W-05).

    A set from before this rule has none.

    Raises:
        PointsTableError: an item names no criterion or level, or points are negative.
    """
    table: dict[str, dict[str, Decimal]] = {}
    if not rules.has("track_record.points"):
        return ()
    for key, points in rules.pairs("track_record.points").items():
        criterion, _, level = key.partition(".")
        table.setdefault(criterion, {})[level] = Decimal(points)
    return checked(tuple(Criterion(name, levels) for name, levels in table.items()))


def table_of(tree: object) -> tuple[Criterion, ...]:
    """A round's own table out of parsed YAML or JSON.

    By criterion either `level: points`, or `{points: {level: points}, adds_up: true, maximum: 10}`.

    Raises:
        PointsTableError: it is of another form, or points cannot be counted by it.
    """
    if not isinstance(tree, Mapping):
        raise PointsTableError("a points table is a mapping of criteria")
    return checked(tuple(_criterion(str(name), item) for name, item in tree.items()))


def _criterion(name: str, item: object) -> Criterion:
    if not isinstance(item, Mapping):
        raise PointsTableError(f"criterion {name}: points by level are expected")
    whole: Mapping[str, Any] = item if isinstance(item.get("points"), Mapping) else {"points": item}
    adds_up = whole.get("adds_up", False)
    if set(whole) - {"points", "adds_up", "maximum"} or not isinstance(adds_up, bool):
        raise PointsTableError(f"criterion {name}: only points, adds_up (true or false) and maximum are known")
    maximum = whole.get("maximum")
    return Criterion(
        name,
        {str(level): _number(name, points) for level, points in whole["points"].items()},
        adds_up=adds_up,
        maximum=None if maximum is None else _number(name, maximum),
    )


def _number(name: str, value: object) -> Decimal:
    try:
        return parse_decimal(str(value))
    except NumberError as error:
        raise PointsTableError(f"criterion {name}: {error}") from error


def checked(table: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The table, if points can be counted by it.

    Raises:
        PointsTableError: it is empty, a criterion stands twice, has no level or gives less than nothing.
    """
    if not table:
        raise PointsTableError("the points table is empty")
    if len({criterion.name for criterion in table}) != len(table):
        raise PointsTableError("a criterion stands twice in the points table")
    for criterion in table:
        if not all((criterion.name, criterion.points, *criterion.points)):
            raise PointsTableError(f"criterion {criterion.name!r} has no name or no level")
        if min((*criterion.points.values(), criterion.most)) < _ZERO or criterion.most == _ZERO:
            raise PointsTableError(f"criterion {criterion.name} gives no points or fewer than none")
    return tuple(table)


def count_points(facts: Mapping[str, Sequence[str]], table: Sequence[Criterion], decimals: int = 2) -> TrackRecord:
    """The points of a candidate: by criterion the levels shown; an empty list says that there is nothing to show.

    Raises:
        PointsTableError: facts name a criterion that the table does not have.
    """
    unknown = sorted(set(facts) - {criterion.name for criterion in table})
    if unknown:
        raise PointsTableError(f"{unknown[0]} is not in the points table")
    lines = tuple(_counted(criterion, facts.get(criterion.name)) for criterion in table)
    points = sum((line.points for line in lines if line.points is not None), _ZERO)
    most = sum((line.most for line in lines), _ZERO)
    complete = all(line.points is not None for line in lines)
    return TrackRecord(lines, points, most, half_up(points * _HUNDRED / most, decimals) if complete else None)


def _counted(criterion: Criterion, levels: Sequence[str] | None) -> CriterionResult:
    if levels is None:
        return CriterionResult(criterion.name, None, criterion.most, "tidak ada data")
    unknown = [level for level in levels if level not in criterion.points]
    if unknown:
        return CriterionResult(criterion.name, None, criterion.most, f"tidak ada dalam tabel: {', '.join(unknown)}")
    points, evidence = _added(criterion, levels) if criterion.adds_up else _best(criterion, levels)
    return CriterionResult(criterion.name, min(points, criterion.most), criterion.most, evidence)


def _best(criterion: Criterion, levels: Sequence[str]) -> tuple[Decimal, str]:
    if not levels:
        return _ZERO, "tidak ada = 0"
    best = max(levels, key=lambda level: criterion.points[level])
    return criterion.points[best], f"{best} = {criterion.points[best]}"


def _added(criterion: Criterion, levels: Sequence[str]) -> tuple[Decimal, str]:
    points = sum((criterion.points[level] for level in levels), _ZERO)
    parts = " + ".join(_parts(criterion, levels)) or "tidak ada"
    capped = f", paling banyak {criterion.most}" if points > criterion.most else ""
    return points, f"{parts} = {points}{capped}"


def _parts(criterion: Criterion, levels: Sequence[str]) -> Iterator[str]:
    return (f"{level} {criterion.points[level]}" for level in levels)
