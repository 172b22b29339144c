"""Requirement sets as `cases/requirements.json` publishes them, as a plan and as a vacancy's requirements."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domain.eligibility import PositionKind, Requirements, Training
from domain.grades import parse_education
from domain.plan import Level, Plan, PlannedRequirements, PlannedVacancy
from domain.words import Rating, VacancyKind

_WORDS: Final = (
    (r"administrator|eselon iii", PositionKind.ADMINISTRATOR),
    (r"jf (ahli )?madya", PositionKind.JF_AHLI_MADYA),
    (r"jf (ahli )?utama", PositionKind.JF_AHLI_UTAMA),
    (r"eselon ii\.?[ab]?\b(?!i)|jpt pratama", PositionKind.JPT_PRATAMA),
    (r"eselon i\.?[ab]?\b(?!i)|jpt madya", PositionKind.JPT_MADYA),
    (r"pengawas|eselon iv", PositionKind.PENGAWAS),
)
_TRAININGS: Final = (
    (r"pim i\b|pkn i\b", Training.PKN_I),
    (r"pim ii\b|pkn", Training.PKN_II),
    (r"pim iii\b|pka", Training.PKA),
    (r"pim iv\b|pkp", Training.PKP),
)
_RATINGS: Final = ((r"sangat baik", Rating.VERY_GOOD), (r"baik", Rating.GOOD))
_DOCUMENTS: Final = ((r"ppk", "ppk_recommendation"), (r"lhkpn", "lhkpn"), (r"spt|pajak", "spt"))


@dataclass(frozen=True)
class Published:
    """One published set in both forms."""

    plan: Plan
    requirements: Requirements


def read_published(case: dict[str, Any]) -> Published:
    """What the set says, in our words; what only its prose says stays out."""
    kind = VacancyKind.SEKDA if "sekretaris daerah" in case["post"].lower() else VacancyKind.OTHER
    age, education = case["age"] or {}, (case["education"] or {}).get("min")
    posts = case["prior_position"] or []
    words = " / ".join(post["position"] for post in posts).lower()
    stated: dict[str, Any] = {
        "max_age": age.get("max"),
        "age_reference": _day(age.get("reference_date_or_event")),
        "min_rank": case["rank_min"],
        "experience_years": case["related_experience_years_min"],
        "feeder_years": min((post["min_years"] for post in posts), default=None),
        "education": parse_education(education) if education else None,
        "feeder_posts": tuple(found for pattern, found in _WORDS if re.search(pattern, words)),
        "min_rating": _first(_RATINGS, case["performance"]),
        "clean_discipline_years": _years(case["discipline"]),
    }
    named = " ".join(case["documents"]).lower()
    documents = tuple(code for pattern, code in _DOCUMENTS if re.search(pattern, named))
    # A list of which only an excerpt is known cannot be missing anything.
    planned = PlannedRequirements(**stated, documents=None if case["source_excerpt_truncated"] else documents)
    plan = Plan(level=Level(case["level"]), vacancies=(PlannedVacancy(case["post"], kind),), requirements=planned)
    asked = Requirements(
        **stated, level=case["level"], kind=kind, documents=documents, min_training=_first(_TRAININGS, case["training"])
    )
    return Published(plan, asked)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def _first(table: tuple[tuple[str, Any], ...], text: str | None) -> Any:
    return next((found for pattern, found in table if text and re.search(pattern, text.lower())), None)


def _years(text: str | None) -> int | None:
    match = re.search(r"last (\d+) years", text or "")
    return int(match[1]) if match else None
