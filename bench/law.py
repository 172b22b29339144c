"""The law's speed: 1,000 candidates decided and 1,000 applicants screened, in seconds.

Run: `PYTHONPATH=. python bench/law.py`. A decision is everything: three assessors' sheets combined, the ranking with
near ties and robustness, and its examination.
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import regulations
from domain.checks.weights import usual_weights
from domain.eligibility import CandidateRecord, Position, PositionKind, Requirements, screen
from domain.grades import Education
from domain.ranking import ScoreRow, rank, sensitivity, usual_tie_break
from domain.rules import RuleSet
from domain.scoring.examination import Inputs, examine
from domain.scoring.panel import PanelSheet, combining, panel_scores
from domain.words import Rating

CANDIDATES: Final = 1_000
GOAL: Final = 1
DOCUMENTS: Final = ("ppk_recommendation", "diploma")
ASKED: Final = Requirements(
    max_age=56,
    age_reference=date(2026, 4, 1),
    min_rank="IV/a",
    experience_years=5,
    feeder_years=2,
    education=Education.S1_D4,
    min_rating=Rating.GOOD,
    as_of=date(2026, 2, 4),
    documents=DOCUMENTS,
)


def sheets(rules: RuleSet, chance: random.Random) -> list[PanelSheet]:
    """Three assessors' sheets for every candidate and component."""
    return [
        PanelSheet(f"{number:04}", component.value, assessor, Decimal(chance.randrange(5000, 9900)) / 100)
        for number in range(CANDIDATES)
        for component in usual_weights(rules)
        for assessor in ("x", "y", "z")
    ]


def decide(given: Sequence[PanelSheet], rules: RuleSet) -> None:
    """Combine, rank and examine."""
    weights = {component.value: weight for component, weight in usual_weights(rules).items()}
    how = combining(rules)
    panels = panel_scores(given, how)
    numbers = dict.fromkeys(sheet.candidate for sheet in given)
    rows = [ScoreRow(number, {c: panels[number, c] for c in weights}) for number in numbers]
    ranking = rank(rows, weights, tie_break=usual_tie_break(rules), closely=sensitivity(rules))
    examine(ranking, Inputs(rows, weights, sheets=given, how=how), rules)


def applicants(chance: random.Random) -> list[CandidateRecord]:
    """Applicants of many ages and careers."""
    return [
        CandidateRecord(
            birth_date=date(chance.randrange(1965, 1980), 4, 1),
            education=chance.choice([Education.S1_D4, Education.S2, None]),
            rank=chance.choice(["III/d", "IV/a", "IV/b"]),
            experience_years=chance.randrange(2, 12),
            positions=(
                Position(PositionKind.ADMINISTRATOR, date(2020, 1, 2), date(2024, 6, 30)),
                Position(PositionKind.JF_AHLI_MADYA, date(2024, 6, 1)),
            ),
            ratings=((2024, Rating.GOOD), (2025, Rating.VERY_GOOD)),
            discipline=(),
        )
        for _ in range(CANDIDATES)
    ]


def check(found: Sequence[CandidateRecord], rules: RuleSet) -> None:
    """Screen every applicant for one post."""
    for record in found:
        screen(record, ASKED, set(DOCUMENTS), rules)


def seconds(work: Callable[..., None], *given: Any) -> float:
    """How long it takes, the best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work(*given)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the two times and their sum."""
    rules, chance = regulations.latest(), random.Random(1)
    decided = seconds(decide, sheets(rules, chance), rules)
    screened = seconds(check, applicants(chance), rules)
    print(f"{CANDIDATES} decided {decided:.2f} s, {CANDIDATES} screened {screened:.2f} s")
    print(f"together {decided + screened:.2f} s, goal {GOAL} s")


if __name__ == "__main__":
    main()
