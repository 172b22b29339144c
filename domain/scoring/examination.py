"""Everything worth knowing beside a ranking: who goes on, how sure it is, who was far apart, and the sentence for it.

It is computed from the same frozen inputs and changes nothing of the ranking or of its hash.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from domain.checks.weights import weight_ranges
from domain.ranking import Ranking, ScoreRow, shortlist_size
from domain.rules import RuleSet
from domain.scoring.influence import Influence, influence
from domain.scoring.lottery import LOTTERY, Ticket, draw
from domain.scoring.panel import SETTLED, Combining, Divergence, PanelSheet, divergences
from domain.scoring.pass_mark import Passing, PassMarks, goes_on, judged
from domain.scoring.statement import Sentences, statement
from domain.scoring.sway import Sway, weight_sway


@dataclass(frozen=True)
class Inputs:
    """What was ranked and how; `sheets` are those that the rows come from, where a panel gave them."""

    rows: Sequence[ScoreRow]
    weights: Mapping[str, Decimal]
    decimals: int = 2
    already_weighted: bool = False
    seed: str = ""
    sheets: Sequence[PanelSheet] = ()
    how: Combining = field(default_factory=Combining)


@dataclass(frozen=True)
class Examination:
    """What is known beside the ranking.

    Attributes:
        sentences: the ranking as a citizen understands it.
        sway: how far the weights may move; None where that says nothing.
        influence: how much one assessor's sheet matters; None without a panel.
        goes_on: who takes part in the next stage, in order of rank.
        tickets: the lots of those whom only a lot separated.
    """

    sentences: Sentences
    sway: Sway | None
    influence: Influence | None
    divergences: tuple[Divergence, ...]
    passings: tuple[Passing, ...]
    goes_on: tuple[str, ...]
    tickets: tuple[Ticket, ...]

    def to_mapping(self) -> dict[str, Any]:
        """As JSON values; decimals are strings."""
        return {
            "statement": self.sentences.id,
            "statement_en": self.sentences.en,
            "weight_sway": None if self.sway is None else _sway_mapping(self.sway),
            "panel": None if self.influence is None else _panel_mapping(self.influence, self.divergences),
            "passed": [{"candidate": p.candidate, "passed": p.passed, "missed": list(p.missed)} for p in self.passings],
            "goes_on": list(self.goes_on),
            "lottery": [{"candidate": t.candidate, "place": t.place, "sha256": t.sha256} for t in self.tickets],
        }


def examine(
    ranking: Ranking, inputs: Inputs, rules: RuleSet, marks: PassMarks | None = None, cut: int | None = None
) -> Examination:
    """Look at a ranking from all sides.

    Args:
        ranking: what `rank` made of the inputs.
        inputs: the same that were ranked.
        rules: for the ranges of the weights, the first places and the divergence.
        marks: pass marks as published; without them everybody ranked passes.
        cut: how many go on; None for all who passed.

    Raises:
        PassMarkError: a mark is out of range or of a component without scores.
    """
    places = shortlist_size(rules)
    weights, weighted = inputs.weights, inputs.already_weighted
    spans = {component.value: (span.least, span.greatest) for component, span in weight_ranges(rules).items()}
    sway = weight_sway(inputs.rows, weights, ranking, spans, places, already_weighted=weighted)
    passings = judged(ranking, marks or PassMarks({}))
    drawn = [candidate for tie in ranking.ties if LOTTERY in tie.broken_by for candidate in tie.candidates]
    by_panel = [sheet for sheet in inputs.sheets if sheet.assessor != SETTLED]
    return Examination(
        sentences=statement(ranking, weights, sway, decimals=inputs.decimals, already_weighted=weighted),
        sway=sway,
        influence=influence(inputs.sheets, weights, inputs.how, places) if by_panel and not weighted else None,
        divergences=divergences(by_panel, rules),
        passings=passings,
        goes_on=goes_on(ranking, passings, cut),
        tickets=draw(inputs.seed, drawn) if drawn else (),
    )


def _sway_mapping(sway: Sway) -> dict[str, Any]:
    return {
        "places": sway.places,
        "holds": sway.holds,
        "level": sway.level,
        "weights": [
            {
                "component": w.component,
                "weight": str(w.weight),
                "lawful": [str(end) for end in w.lawful],
                "holds": [str(end) for end in w.held],
            }
            for w in sway.weights
        ],
        "otherwise": None if sway.otherwise is None else {c: str(w) for c, w in sway.otherwise.items()},
    }


def _panel_mapping(found: Influence, apart: Sequence[Divergence]) -> dict[str, Any]:
    least = found.smallest
    return {
        "divergences": [
            {
                "candidate": d.candidate,
                "component": d.component,
                "lowest": {"assessor": d.lowest[0], "score": str(d.lowest[1])},
                "highest": {"assessor": d.highest[0], "score": str(d.highest[1])},
                "spread": str(d.spread),
            }
            for d in apart
        ],
        "stable": found.stable,
        "level": found.level,
        "without": [
            {"assessor": w.assessor, "top": None if w.top is None else list(w.top), "changed": w.changed}
            for w in found.without
        ],
        "smallest_change": None
        if least is None
        else {
            "candidate": least.sheet.candidate,
            "component": least.sheet.component,
            "assessor": least.sheet.assessor,
            "points": str(least.least),
            "higher": least.points > 0,
        },
    }
