"""How much one assessor's sheet matters before the first places change; exact, and it only informs.

Two questions: would the first places be others without an assessor's sheets, and by how many points would one sheet
have to differ for somebody else to draw level. Panel scores and totals are compared before rounding, as fractions.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm

from domain.scoring.panel import SETTLED, Combining, PanelSheet

_Scored = tuple[int, PanelSheet]


@dataclass(frozen=True)
class LeftOut:
    """The first places without an assessor's sheets; `top` is None where some score rests on his sheet alone."""

    assessor: str
    top: tuple[str, ...] | None
    changed: bool


@dataclass(frozen=True)
class SheetChange:
    """The smallest difference in one sheet at which somebody outside the first places draws level.

    Attributes:
        points: how much higher (positive) or lower the score would be; exact.
    """

    sheet: PanelSheet
    points: Fraction

    @property
    def least(self) -> Decimal:
        """The size of the difference in hundredths of a point, rounded up."""
        return Decimal(ceil(abs(self.points) * 100)).scaleb(-2)


@dataclass(frozen=True)
class Influence:
    """What one assessor's sheets can do to the first `places`.

    `level`: the last of these places is shared; then any difference in any sheet decides, and none is the smallest.
    """

    places: int
    without: tuple[LeftOut, ...]
    smallest: SheetChange | None
    level: bool = False

    @property
    def stable(self) -> bool:
        """Whether no assessor's sheets, left out, would change the first places."""
        return not any(left.changed for left in self.without)


def influence(sheets: Sequence[PanelSheet], weights: Mapping[str, Decimal], how: Combining, places: int) -> Influence:
    """How much one assessor's sheet matters for the first `places`.

    Args:
        sheets: every sheet of every component that counts, 0 to 100; `SETTLED` ones for components without a panel.
        weights: percent by component.
        how: how sheets are combined.
        places: how many are the first.
    """
    board = _Board(sheets, weights, how)
    totals = board.totals()
    first = _first(totals, places)
    assessors = sorted({sheet.assessor for sheet in sheets} - {SETTLED})
    level = len(first) > places
    changes = () if level else _changes(board, totals, first)
    return Influence(
        places=places,
        without=tuple(_left_out(board, assessor, first, places) for assessor in assessors),
        smallest=min(changes, key=lambda change: abs(change.points), default=None),
        level=level,
    )


class _Board:
    """The scored sheets by candidate and component; whoever is absent from a component is not on it.

    Scores and weights are whole numbers on common scales, chosen so that every panel's mean is whole as well: exact,
    and much faster than fractions.
    """

    def __init__(self, sheets: Sequence[PanelSheet], weights: Mapping[str, Decimal], how: Combining) -> None:
        self.how = how
        components = dict.fromkeys(sheet.component for sheet in sheets)
        shares = {c: Fraction(weights[c]) for c in components}
        whole = lcm(*(share.denominator for share in shares.values()))
        self.weights = {c: int(share * whole) for c, share in shares.items()}
        given = [(sheet, Fraction(sheet.score)) for sheet in sheets if sheet.score is not None]
        most = max(Counter((s.candidate, s.component) for s, _ in given).values(), default=1)
        self.scale = lcm(*(score.denominator for _, score in given)) * lcm(*range(1, most + 1))
        board: dict[str, dict[str, list[_Scored]]] = {}
        for sheet, score in given:
            board.setdefault(sheet.candidate, {}).setdefault(sheet.component, []).append(
                (int(score * self.scale), sheet)
            )
        self.given = {name: board[name] for name in sorted(board) if board[name].keys() == components.keys()}

    def totals(self) -> dict[str, int]:
        """The exact totals by candidate."""
        return {
            name: self._total({c: [score for score, _ in found] for c, found in given.items()})
            for name, given in self.given.items()
        }

    def totals_without(self, assessor: str) -> dict[str, int] | None:
        """The same without an assessor's sheets; None where some score rests on his sheet alone."""
        totals = {}
        for name, given in self.given.items():
            rest = {c: [score for score, s in found if s.assessor != assessor] for c, found in given.items()}
            if not all(rest.values()):
                return None
            totals[name] = self._total(rest)
        return totals

    def _total(self, scores: Mapping[str, list[int]]) -> int:
        return sum(self.weights[c] * self.panel(found) for c, found in scores.items())

    def panel(self, scores: list[int]) -> int:
        """The panel's score."""
        out = self.how.dropped(len(scores))
        kept = sorted(scores)[out : len(scores) - out]
        return sum(kept) // len(kept)

    def points(self, scored: _Scored, found: Sequence[_Scored], gap: int, weight: int) -> Fraction | None:
        """How much a sheet must differ to close a gap between totals; None where no score from 0 to 100 does.

        With the others in order, the panel's score grows with this one between two of them and is flat outside.
        """
        score, sheet = scored
        others = sorted(other for other, s in found if s is not sheet)
        out = self.how.dropped(len(found))
        lowest, highest = (others[out - 1], others[len(others) - out]) if out else (0, 100 * self.scale)
        fixed = sum(others[out : len(others) - out])
        panel = self.panel([score for score, _ in found])
        wanted = (panel * weight + gap) * (len(found) - 2 * out) - fixed * weight  # times the weight, to stay whole
        if not lowest * weight <= wanted <= highest * weight:
            return None
        return Fraction(wanted - score * weight, weight * self.scale)


def _first(totals: Mapping[str, int], places: int) -> frozenset[str]:
    """Who has one of the best totals; more than `places` where the last of them is shared."""
    best = sorted(totals.values(), reverse=True)[:places]
    return frozenset(name for name, total in totals.items() if total >= best[-1])


def _left_out(board: _Board, assessor: str, first: frozenset[str], places: int) -> LeftOut:
    totals = board.totals_without(assessor)
    if totals is None:
        return LeftOut(assessor, None, changed=False)
    top = _first(totals, places)
    return LeftOut(assessor, tuple(sorted(top)), changed=top != first)


def _changes(board: _Board, totals: Mapping[str, int], first: frozenset[str]) -> Iterator[SheetChange]:
    """For each sheet the difference at which its candidate draws level across the edge, where one sheet can do that."""
    outside = [total for name, total in totals.items() if name not in first]
    if not outside:
        return
    last, best = min(totals[name] for name in first), max(outside)
    for name, given in board.given.items():
        gap = (best if name in first else last) - totals[name]
        for component, found in given.items():
            weight = board.weights[component]
            for scored in found if weight else ():
                points = None if scored[1].assessor == SETTLED else board.points(scored, found, gap, weight)
                if points is not None:
                    yield SheetChange(scored[1], points)
