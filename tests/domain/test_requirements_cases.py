"""Requirement sets that agencies published: each is read, and lint says of it what was reviewed by hand."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from published_requirements import read_published

import regulations
from domain.checks.requirements import check_requirements
from domain.eligibility import CandidateRecord, CivilStatus, Position, PositionKind, Training, proposed, screen
from domain.grades import Education
from domain.rules import RuleSet
from domain.words import Rating, Verdict

SOURCE: Final = Path(__file__).parents[3] / "shared" / "cases" / "requirements.json"
REVIEWED: Final[dict[str, list[tuple[str, str]]]] = {
    "R01": [("candidate.age_reference", "info"), ("candidate.min_rank.pratama", "info")],
    "R03b": [
        ("candidate.pratama.experience_years", "info"),
        ("candidate.discipline_clean_years", "block"),  # two years, where practice asks for three
        ("candidate.spt_years", "warn"),
    ],
    "R08": [("candidate.age_reference", "info")],
    "R21": [("candidate.sekda.max_age_override", "warn"), ("candidate.age_reference", "info")],
}
CASES: Final[list[dict[str, Any]]] = json.loads(SOURCE.read_text())["requirements"] if SOURCE.is_file() else []


@pytest.fixture(params=CASES, ids=lambda case: case["id"])
def case(request: pytest.FixtureRequest) -> Any:
    """One published set."""
    return request.param


def _rules(case: dict[str, Any]) -> RuleSet:
    return regulations.load("id-pns-2017" if case["year"] < 2020 else "id-pns-2020")


@pytest.mark.skipif(not CASES, reason="the published cases are not beside the project")
def test_every_reviewed_set_is_there() -> None:
    assert {case["id"] for case in CASES} == set(REVIEWED)


def test_lint_says_of_a_published_set_what_was_reviewed(case: dict[str, Any]) -> None:
    found = check_requirements(read_published(case).plan, _rules(case))
    assert [(f.rule, f.severity.value) for f in found] == REVIEWED[case["id"]]


FIT: Final = CandidateRecord(
    birth_date=date(1975, 1, 1),
    education=Education.S2,
    rank="IV/c",
    experience_years=12,
    positions=(
        Position(PositionKind.ADMINISTRATOR, date(2010, 1, 4), date(2014, 12, 31), related=True),
        Position(PositionKind.JPT_PRATAMA, date(2015, 1, 1), related=True),
    ),
    ratings=tuple((year, Rating.GOOD) for year in range(2010, 2030)),
    discipline=(),
    status=CivilStatus.PNS,
    trainings=(Training.PKN_II,),
)


def test_a_published_set_screens_a_fit_candidate_and_an_unfit_one(case: dict[str, Any]) -> None:
    asked, rules = read_published(case).requirements, _rules(case)
    day = date(case["year"], 6, 30)
    dated = {"as_of": day, "age_reference": asked.age_reference or day}
    asked = type(asked)(**{**vars(asked), **dated})
    present = (*asked.documents, "ppk_recommendation")
    assert proposed(screen(FIT, asked, present, rules), rules) is Verdict.MET
    younger = CandidateRecord(**{**vars(FIT), "positions": (Position(PositionKind.PENGAWAS, date(2010, 1, 4)),)})
    failed = [r.requirement for r in screen(younger, asked, present, rules) if r.verdict is Verdict.NOT_MET]
    assert failed == ["feeder_years"]
