"""Kept rankings: their frozen inputs read back, and what they mean in a citizen's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from domain.ranking import Ranking as RankingResult
from domain.ranking import ScoreRow, Sensitivity, rank
from domain.rules import RuleSet
from domain.scoring.examination import Inputs, examine
from domain.scoring.statement import Sentences
from records.tables import Ranking


@dataclass(frozen=True)
class Frozen:
    """What a ranking was computed from; nothing else is needed to compute it again."""

    rows: Sequence[ScoreRow]
    weights: Mapping[str, Decimal]
    tie_break: tuple[str, ...]
    closely: Sensitivity | None

    def ranked(self) -> RankingResult:
        """The ranking, computed again."""
        return rank(self.rows, self.weights, tie_break=self.tie_break, closely=self.closely)


def frozen(row: Ranking) -> Frozen:
    """The inputs of a kept ranking."""
    closely = row.inputs.get("closely")
    return Frozen(
        rows=[
            ScoreRow(r["candidate"], {k: None if v is None else Decimal(v) for k, v in r["scores"].items()})
            for r in row.inputs["rows"]
        ],
        weights={k: Decimal(v) for k, v in row.inputs["weights"].items()},
        tie_break=tuple(row.inputs["tie_break"]),
        closely=Sensitivity(closely["places"], Decimal(closely["near_tie"]), Decimal(closely["weight_points"]))
        if closely
        else None,
    )


def explained(row: Ranking, rules: RuleSet) -> Sentences:
    """What a kept ranking says, without naming anybody."""
    inputs = frozen(row)
    return examine(inputs.ranked(), Inputs(inputs.rows, inputs.weights), rules).sentences


def explanations(session: Session, vacancy_ids: Sequence[str], rules: RuleSet) -> dict[tuple[str, str, int], Sentences]:
    """The same for all rankings of vacancies, by vacancy, stage and repeat."""
    query = select(Ranking).where(col(Ranking.vacancy_id).in_(vacancy_ids))
    return {(row.vacancy_id, row.stage, row.repeat): explained(row, rules) for row in session.exec(query)}
