"""What holds of every record, however odd; and that a thousand are screened at once."""

import time
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from domain.eligibility import (
    CandidateRecord,
    CivilStatus,
    Discipline,
    Position,
    PositionKind,
    Requirements,
    Standing,
    Training,
    proposed,
    screen,
)
from domain.eligibility.service import time_served
from domain.grades import Education
from domain.nip import Sex
from domain.plan import Level
from domain.words import Rating, VacancyKind, Verdict

RULES = regulations.load("id-pns-2020")
DATES = st.dates(date(1946, 1, 1), date(2100, 12, 31))
PERIODS = st.tuples(DATES, DATES)
CLOSE = st.dates(date(2020, 1, 1), date(2021, 12, 31))
CLOSE_PERIODS = st.lists(st.tuples(CLOSE, CLOSE), max_size=6)
POSITIONS = st.builds(
    Position, st.sampled_from(PositionKind), DATES, st.none() | DATES, st.booleans(), st.none() | st.booleans()
)
RECORDS = st.builds(
    CandidateRecord,
    birth_date=st.none() | st.dates(),
    education=st.none() | st.sampled_from(Education),
    rank=st.none() | st.text(max_size=6) | st.sampled_from(["III/d", "IV/a", "IV/e"]),
    experience_years=st.none() | st.integers(0, 60),
    experience_months=st.integers(0, 11),
    positions=st.lists(POSITIONS, max_size=5).map(tuple),
    ratings=st.lists(st.tuples(st.integers(2018, 2026), st.sampled_from(Rating)), max_size=5).map(tuple),
    discipline=st.none()
    | st.lists(
        st.builds(
            Discipline, st.sampled_from(["ringan", "sedang", "berat", "?"]), st.none() | st.dates(), st.booleans()
        ),
        max_size=3,
    ).map(tuple),
    nip=st.text(max_size=20) | st.text("0123456789", min_size=18, max_size=18),
    sex=st.none() | st.sampled_from(Sex),
    entered_on=st.none() | st.dates(),
    status=st.none() | st.sampled_from(CivilStatus),
    standing=st.builds(Standing, st.none() | st.booleans(), st.none() | st.dates(), st.none() | st.booleans()),
    trainings=st.none() | st.lists(st.sampled_from(Training), max_size=3).map(tuple),
    asks_waiver=st.booleans(),
)
ASKED = Requirements(
    max_age=56,
    age_reference=date(2026, 4, 1),
    min_rank="IV/a",
    experience_years=5,
    feeder_years=2,
    education=Education.S1_D4,
    min_rating=Rating.GOOD,
    as_of=date(2026, 2, 4),
    documents=("cv", "lhkpn", "spt"),
    min_training=Training.PKA,
    min_remaining_service_months=24,
)
REQUIREMENTS = st.builds(
    replace,
    st.just(ASKED),
    level=st.sampled_from([level.value for level in Level]),
    kind=st.sampled_from(VacancyKind),
    max_age=st.none() | st.integers(40, 65),
    age_reference=st.none() | DATES,
    as_of=st.none() | DATES,
    inauguration=st.none() | DATES,
    feeder_posts=st.lists(st.sampled_from(PositionKind), max_size=2).map(tuple),
    open_to=st.lists(st.sampled_from(CivilStatus), max_size=2).map(tuple),
)
PRESENT = st.sets(
    st.sampled_from(
        ["cv", "lhkpn", "spt", "ppk_recommendation", "presidential_approval", "presidential_nonpns_approval"]
    )
)


@given(RECORDS, REQUIREMENTS, PRESENT)
@settings(max_examples=300, deadline=None)
def test_no_record_crashes_and_every_row_is_whole(
    record: CandidateRecord, asked: Requirements, present: set[str]
) -> None:
    results = screen(record, asked, present, RULES)
    for result in results:
        assert result.evidence
        assert result.citation
        assert bool(result.would_satisfy) is (result.verdict is not Verdict.MET), result
    assert [r.requirement for r in results] == [r.requirement for r in screen(CandidateRecord(), asked, (), RULES)]
    assert proposed(results, RULES) in Verdict


@given(REQUIREMENTS)
@settings(deadline=None)
def test_a_record_with_nothing_stated_never_fails(asked: Requirements) -> None:
    results = screen(CandidateRecord(), replace(asked, documents=()), (), RULES)
    assert {r.verdict for r in results} == {Verdict.NEEDS_REVIEW}


@given(CLOSE_PERIODS, st.tuples(CLOSE, CLOSE))
@settings(max_examples=500, deadline=None)
def test_another_position_never_takes_months_away(periods: list[tuple[date, date]], more: tuple[date, date]) -> None:
    assert time_served([*periods, more]).months >= time_served(periods).months


@given(CLOSE_PERIODS.flatmap(lambda periods: st.tuples(st.just(periods), st.permutations(periods))))
@settings(deadline=None)
def test_the_order_of_positions_does_not_matter(both: tuple[list[tuple[date, date]], list[tuple[date, date]]]) -> None:
    given_order, other_order = both
    assert time_served(given_order) == time_served(other_order)


@given(st.lists(POSITIONS, max_size=4), POSITIONS)
@settings(deadline=None)
def test_another_position_never_fails_who_had_enough(positions: list[Position], more: Position) -> None:
    asked = Requirements(feeder_years=2, as_of=date(2026, 2, 4), clean_discipline=False)
    before, after = (
        next(
            r
            for r in screen(CandidateRecord(positions=tuple(held)), asked, (), RULES)
            if r.requirement == "feeder_years"
        )
        for held in (positions, [*positions, more])
    )
    assert before.verdict is not Verdict.MET or after.verdict is Verdict.MET


BIRTHS = st.dates(date(1946, 1, 1), date(2005, 12, 31))
LATER = st.dates(date(2006, 1, 1), date(2090, 12, 31))


def _age_verdict(born: date, on: date, status: CivilStatus) -> Verdict:
    asked = Requirements(max_age=56, age_reference=on)
    record = CandidateRecord(birth_date=born, status=status)
    return next(r.verdict for r in screen(record, asked, (), RULES) if r.requirement == "max_age")


@given(BIRTHS, BIRTHS, LATER, st.sampled_from(CivilStatus))
@settings(deadline=None)
def test_who_is_older_never_passes_where_the_younger_fails(
    one: date, other: date, on: date, status: CivilStatus
) -> None:
    older, younger = sorted((one, other))
    if _age_verdict(older, on, status) is Verdict.MET:
        assert _age_verdict(younger, on, status) is Verdict.MET


@given(BIRTHS, LATER, LATER, st.sampled_from(CivilStatus))
@settings(deadline=None)
def test_a_later_reference_date_never_makes_anybody_younger(
    born: date, one: date, other: date, status: CivilStatus
) -> None:
    sooner, later = sorted((one, other))
    if _age_verdict(born, later, status) is Verdict.MET:
        assert _age_verdict(born, sooner, status) is Verdict.MET


def test_a_thousand_candidates_are_screened_well_within_half_a_second() -> None:
    positions = tuple(
        Position(PositionKind.ADMINISTRATOR, date(2005 + year, 1, 3), date(2006 + year, 6, 30), related=True)
        for year in range(20)
    )
    record = CandidateRecord(
        birth_date=date(1972, 5, 17),
        education=Education.S2,
        rank="IV/b",
        experience_years=9,
        positions=positions,
        ratings=((2025, Rating.GOOD), (2024, Rating.GOOD)),
        discipline=(),
        nip="197205171998031005",
        trainings=(Training.PKA,),
    )
    began = time.process_time()
    for _ in range(1000):
        screen(record, ASKED, ("cv",), RULES)
    assert time.process_time() - began < 0.5
