"""Reading a plan, value by value: what each key becomes, and how it is written back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import pytest

from domain.eligibility.record import CivilStatus, PositionKind
from domain.grades import Education
from domain.plan import (
    AgencyKind,
    Approvals,
    Context,
    FillingRoute,
    Level,
    Medium,
    Plan,
    PlanError,
    PlannedAnnouncement,
    PlannedKin,
    PlannedMember,
    PlannedRequirements,
    PlannedResults,
    PlannedStage,
    PlannedVacancy,
    PlanStage,
    Relation,
    Scope,
    plan_from_mapping,
    plan_to_mapping,
    read_day,
)
from domain.words import CommitteePosition, Component, Element, Rating, VacancyKind

WHOLE: Final[dict[str, Any]] = {
    "agency": "Pemerintah Kabupaten Contoh",
    "agency_kind": "kabupaten",
    "level": "madya",
    "ruleset": "id-pns-2020",
    "filling_route": "talenta",
    "vacancies": [{"title": "Kepala Dinas Kesehatan", "kind": "head_of_agency"}, {"title": "x", "kind": "other"}],
    "announcement": {
        "opens": "2026-01-20",
        "closes": "2026-02-04",
        "scope": "province",
        "contents": ["post", "deadline"],
        "signer": "chair",
        "media": ["electronic", "print"],
    },
    "extensions": ["2026-02-11"],
    "stages": [
        {"stage": "interview", "start": "2026-02-19", "end": "2026-02-20"},
        {"stage": "decree", "date": "2026-03-16"},
        {"stage": "other"},
    ],
    "weights": {"track_record": "20", "interview": "22.5"},
    "committee": [
        {
            "name": "Anggota 1",
            "element": "internal",
            "role": "chair",
            "party_member": False,
            "kin_of": [{"of": "Pelamar 1", "relation": "cousin"}, "Pelamar 2"],
            "supervisor_staff": True,
        },
        {"name": "", "element": "expert", "kin_of": []},
    ],
    "requirements": {
        "max_age": 56,
        "age_reference": "2026-04-01",
        "min_rank": "IV/a",
        "experience_years": 5,
        "feeder_years": 2,
        "education": "S1_D4",
        "feeder_posts": ["administrator", "jf_ahli_madya"],
        "open_to": ["pns", "tni_polri_resigned"],
        "min_rating": "good",
        "clean_discipline_years": 3,
        "min_remaining_service_months": 12,
        "documents": ["cv", "spt"],
    },
    "applicants_minimum": 4,
    "results": {"cross_use": False, "names_per_post": 3},
    "approvals": {
        "dprd_consultation": "170/1",
        "governor_coordination": "100/1",
        "home_affairs_consent": None,
        "plan_approval": "B-1",
        "supervisor_consideration": "B-2",
        "talent_approval": "B-3",
    },
    "context": {
        "acting_head": True,
        "head_inaugurated_on": "2025-02-20",
        "next_candidacy_determination": "2029-09-22",
    },
}
PLAN: Final = Plan(
    agency="Pemerintah Kabupaten Contoh",
    agency_kind=AgencyKind.KABUPATEN,
    level=Level.MADYA,
    ruleset="id-pns-2020",
    filling_route=FillingRoute.TALENTA,
    vacancies=(
        PlannedVacancy("Kepala Dinas Kesehatan", VacancyKind.HEAD_OF_AGENCY),
        PlannedVacancy("x", VacancyKind.OTHER),
    ),
    announcement=PlannedAnnouncement(
        opens=date(2026, 1, 20),
        closes=date(2026, 2, 4),
        scope=Scope.PROVINCE,
        contents=("post", "deadline"),
        signer="chair",
        media=(Medium.ELECTRONIC, Medium.PRINT),
    ),
    extensions=(date(2026, 2, 11),),
    stages=(
        PlannedStage(PlanStage.INTERVIEW, date(2026, 2, 19), date(2026, 2, 20)),
        PlannedStage(PlanStage.DECREE, date(2026, 3, 16), date(2026, 3, 16)),
        PlannedStage(PlanStage.OTHER, None, None),
    ),
    weights={Component.TRACK_RECORD: Decimal(20), Component.INTERVIEW: Decimal("22.5")},
    committee=(
        PlannedMember(
            name="Anggota 1",
            element=Element.INTERNAL,
            role=CommitteePosition.CHAIR,
            party_member=False,
            kin_of=(PlannedKin("Pelamar 1", Relation.COUSIN), PlannedKin("Pelamar 2", None)),
            supervisor_staff=True,
        ),
        PlannedMember("", Element.EXPERT, None, None, (), None),
    ),
    requirements=PlannedRequirements(
        max_age=56,
        age_reference=date(2026, 4, 1),
        min_rank="IV/a",
        experience_years=5,
        feeder_years=2,
        education=Education.S1_D4,
        feeder_posts=(PositionKind.ADMINISTRATOR, PositionKind.JF_AHLI_MADYA),
        open_to=(CivilStatus.PNS, CivilStatus.TNI_POLRI_RESIGNED),
        min_rating=Rating.GOOD,
        clean_discipline_years=3,
        min_remaining_service_months=12,
        documents=("cv", "spt"),
    ),
    applicants_minimum=4,
    results=PlannedResults(cross_use=False, names_per_post=3),
    approvals=Approvals(
        plan_approval="B-1",
        home_affairs_consent=None,
        supervisor_consideration="B-2",
        talent_approval="B-3",
        governor_coordination="100/1",
        dprd_consultation="170/1",
        stated=frozenset(WHOLE["approvals"]),
    ),
    context=Context(
        acting_head=True,
        head_inaugurated_on=date(2025, 2, 20),
        next_candidacy_determination=date(2029, 9, 22),
    ),
)


def test_every_key_is_read_and_written() -> None:
    assert plan_from_mapping(WHOLE) == PLAN
    assert plan_to_mapping(PLAN) == WHOLE
    types = {key: type(value) for key, value in plan_to_mapping(PLAN)["requirements"].items()}
    assert (types["max_age"], types["min_rating"], types["documents"]) == (int, str, list)


def test_nothing_is_read_and_written_as_nothing() -> None:
    assert plan_from_mapping({}) == Plan()
    assert plan_to_mapping(Plan()) == {}
    assert plan_from_mapping(dict.fromkeys(WHOLE)) == Plan()
    empty: dict[str, Any] = {"announcement": {}, "requirements": {}, "results": {}, "context": {}, "approvals": {}}
    assert plan_from_mapping(empty) == Plan(
        announcement=PlannedAnnouncement(),
        requirements=PlannedRequirements(),
        results=PlannedResults(),
        context=Context(),
        approvals=Approvals(),
    )


@pytest.mark.parametrize(
    ("stage", "start", "end"),
    [
        ({"start": "2026-02-19"}, date(2026, 2, 19), date(2026, 2, 19)),
        ({"end": "2026-02-20"}, date(2026, 2, 20), date(2026, 2, 20)),
        ({"date": "2026-02-18"}, date(2026, 2, 18), date(2026, 2, 18)),
        ({}, None, None),
    ],
)
def test_a_step_with_one_date_lasts_that_day(stage: dict[str, str], start: date | None, end: date | None) -> None:
    read = plan_from_mapping({"stages": [{"stage": "paper", **stage}]})
    assert read.stages == (PlannedStage(PlanStage.PAPER, start, end),)


def test_texts_lose_their_blanks_and_a_post_without_a_kind_is_any_other() -> None:
    read = plan_from_mapping(
        {"agency": " A  B ", "vacancies": ({"title": " x"},), "committee": [{"element": "expert"}]}
    )
    assert read.agency == "A  B"
    assert read.vacancies == (PlannedVacancy("x", VacancyKind.OTHER),)
    assert read.committee == (PlannedMember("", Element.EXPERT),)


def test_the_largest_and_smallest_values_are_read() -> None:
    read = plan_from_mapping(
        {
            "weights": {"paper": "-1000000", "interview": 1000000, "assessment": 0.5, "track_record": "0.000000001"},
            "applicants_minimum": 1_000_000,
            "requirements": {"max_age": 0},
            "vacancies": [{"title": "x"}] * 200,
        }
    )
    numbers = (Decimal(-1000000), Decimal(1000000), Decimal("0.5"), Decimal("0.000000001"))
    assert tuple((read.weights or {}).values()) == numbers
    assert (read.applicants_minimum, len(read.vacancies or ())) == (1_000_000, 200)
    assert read.requirements == PlannedRequirements(max_age=0)


def test_a_day_is_a_date_or_its_text_and_no_instant() -> None:
    assert read_day("x", date(1946, 1, 1)) == date(1946, 1, 1)
    assert read_day("x", "2100-12-31") == date(2100, 12, 31)
    with pytest.raises(PlanError, match=r"^x: a date such as 2026-01-20 is expected, not datetime\.datetime\(2026"):
        read_day("x", datetime(2026, 1, 20, 9))  # noqa: DTZ001
