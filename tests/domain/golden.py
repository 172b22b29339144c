"""What a pinned rule set decides on fixed inputs: recorded once, and the same for ever (principle 3).

`python -m golden DATE` inside this folder records today's newest rule set under `pinned/`; a recorded file is never
renewed. A changed rule function must ask its rule set for a switch, so that these answers stay.
"""

import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sample_plan import LAWFUL, MEMBERS

import regulations
from domain.achievement import achieve, mean_capped
from domain.eligibility import CandidateRecord, Discipline, Position, PositionKind, Requirements, screen
from domain.grades import Education
from domain.indicator import parse_indicator
from domain.lint import lint
from domain.nip import parse_nip
from domain.plan import plan_from_mapping
from domain.ranking import ScoreRow, rank, sensitivity
from domain.rating import propose_results, rating
from domain.rules import RuleSet
from domain.words import Behaviour, Rating
from records.calendars import build_calendar

FOLDER: Final = Path(__file__).parent / "pinned"
_UNLAWFUL: Final[dict[str, Any]] = LAWFUL | {
    "announcement": {"opens": "2026-01-20", "closes": "2026-01-30"},
    "committee": MEMBERS[:4],
    "weights": {"track_record": 30, "assessment": 25, "interview": 35},
    "requirements": {"max_age": 58, "min_rank": "III/d", "experience_years": 3, "education": "D3"},
    "applicants_minimum": 2,
    "approvals": {"plan_approval": None},
    "context": {"acting_head": True, "head_inaugurated_on": "2026-01-02"},
    "vacancies": [{"title": "Sekretaris Daerah", "kind": "sekda"}],
}
_SCORES: Final = {"A": (90, 80, 70, 85), "B": (88, 82, 71, 85), "C": (90, 80, 70, 85), "D": (60, 70, 65, 50)}
_WEIGHTS: Final = {"track_record": 20, "assessment": 25, "paper": 20, "interview": 35}
_INDICATORS: Final = (
    {"indicator": "a", "polarity": "maximize", "target": "80", "actual": "100", "previous_actual": "90"},
    {"indicator": "b", "polarity": "minimize", "target": "4,5", "actual": "3.9", "weight": "2"},
    {"indicator": "c", "polarity": "range", "target": "80..90", "actual": "95"},
    {"indicator": "d", "polarity": "milestone", "target": "2026-06-30", "actual": "2026-07-01"},
    {"indicator": "e", "polarity": "maximize", "target": "0", "actual": "3"},
    {"indicator": "f", "polarity": "maximize", "target": "1", "actual": "266.2"},
)
_CANDIDATE: Final = CandidateRecord(
    birth_date=date(1970, 4, 1),
    education=Education.S2,
    rank="IV/a",
    experience_years=6,
    positions=(
        Position(PositionKind.ADMINISTRATOR, date(2023, 1, 2), date(2024, 6, 30)),
        Position(PositionKind.JF_AHLI_MADYA, date(2024, 6, 1)),
        Position(PositionKind.JPT_PRATAMA, date(2025, 1, 1), definitive=False),
    ),
    ratings=((2024, Rating.GOOD), (2025, Rating.VERY_GOOD)),
    discipline=(Discipline("sedang", date(2022, 1, 1)),),
)
_ASKED: Final = Requirements(
    max_age=56,
    age_reference=date(2026, 4, 1),
    min_rank="IV/a",
    experience_years=5,
    feeder_years=2,
    education=Education.S1_D4,
    min_rating=Rating.GOOD,
    as_of=date(2026, 2, 4),
    documents=("ppk_recommendation", "diploma"),
)


def answers(rules: RuleSet) -> dict[str, Any]:
    """Everything that the rule functions say about the fixed inputs, as JSON values."""
    achieved = [achieve(parse_indicator(**row), rules) for row in _INDICATORS]
    return {
        "lint": {name: _linted(plan, rules) for name, plan in (("lawful", LAWFUL), ("unlawful", _UNLAWFUL))},
        "rank": _ranked(rules),
        "achievement": [result.to_mapping() for result in achieved],
        "mean": str(mean_capped(achieved)),
        "screen": _screened(rules),
        "nip": [warning.value for warning in parse_nip("19700401 199003 3 000", date(2026, 1, 1), rules).warnings],
        "results": [propose_results(Decimal(mean), rules).value for mean in (110, 109, 90, 89)],
        "rating": [rating(propose_results(Decimal(95), rules), b, rules).value for b in Behaviour],
    }


def _linted(plan: dict[str, Any], rules: RuleSet) -> list[dict[str, str]]:
    found = lint(plan_from_mapping(plan), rules, build_calendar("Asia/Jakarta", (2026,)))
    return [finding.to_mapping() for finding in found]


def _ranked(rules: RuleSet) -> dict[str, Any]:
    rows = [ScoreRow(name, dict(zip(_WEIGHTS, map(Decimal, scores), strict=True))) for name, scores in _SCORES.items()]
    weights = {name: Decimal(weight) for name, weight in _WEIGHTS.items()}
    return rank(rows, weights, tie_break=("interview",), closely=sensitivity(rules)).to_mapping()


def _screened(rules: RuleSet) -> list[dict[str, str]]:
    older = replace(_CANDIDATE, birth_date=date(1969, 1, 1), education=None, experience_years=1, discipline=None)
    results = [r for candidate in (_CANDIDATE, older) for r in screen(candidate, _ASKED, {"diploma"}, rules)]
    return [{"requirement": r.requirement, "verdict": r.verdict.value, "evidence": r.evidence} for r in results]


if __name__ == "__main__":
    chosen = regulations.latest()
    target = FOLDER / f"{chosen.id}-{sys.argv[1]}.json"
    if target.exists():
        sys.exit(f"{target.name} is recorded already")
    recorded = {"rules": chosen.to_mapping(), "sha256": chosen.sha256, "answers": answers(chosen)}
    target.write_text(json.dumps(recorded, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
