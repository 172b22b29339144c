"""An applicant's profile and a vacancy's requirements as eligibility reads them."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from api.application_shapes import ProfileIn
from api.selection_shapes import RequirementsIn
from domain.eligibility import CivilStatus, Discipline, Position, PositionKind, Requirements, Standing, Training
from domain.grades import Education
from domain.nip import Sex
from domain.words import Rating, VacancyKind
from records.plans import requirement_lines
from records.profiles import candidate_record, requirements_of
from records.tables import Agency, Person, Selection, Vacancy

PERSON = Person(
    name="Pelamar", mail="a@contoh.go.id", nip="197205171998031005", birth_date=date(1972, 5, 17), rank="IV/a"
)


def _stored(**profile: Any) -> dict[str, Any]:
    return ProfileIn.model_validate(profile).stored()


def test_everything_an_applicant_states_is_read() -> None:
    record = candidate_record(
        _stored(
            education="S2",
            rank="IV/b",
            experience_years=6,
            experience_months=2,
            positions=[
                {"kind": "administrator", "held_from": "2020-01-02", "held_until": "2021-01-01", "related": True},
                {"kind": "jpt_pratama", "held_from": "2022-01-03", "definitive": False},
            ],
            ratings=[{"year": 2025, "rating": "good"}],
            discipline=[{"level": "sedang", "decided_on": "2020-02-02"}],
            civil_status="tni_polri_resigned",
            standing={"party_member": True, "party_left_on": "2015-01-01", "imprisoned": False},
            sex="female",
            entered_on="1998-03-01",
            trainings=["pka", "pkn_ii"],
            asks_waiver=True,
        ),
        PERSON,
    )
    assert (record.birth_date, record.nip, record.rank) == (date(1972, 5, 17), "197205171998031005", "IV/b")
    assert (record.education, record.experience_years, record.experience_months) == (Education.S2, 6, 2)
    assert record.positions == (
        Position(PositionKind.ADMINISTRATOR, date(2020, 1, 2), date(2021, 1, 1), related=True),
        Position(PositionKind.JPT_PRATAMA, date(2022, 1, 3), definitive=False),
    )
    assert (record.ratings, record.discipline) == (
        ((2025, Rating.GOOD),),
        (Discipline("sedang", date(2020, 2, 2)),),
    )
    assert (record.status, record.sex, record.entered_on) == (
        CivilStatus.TNI_POLRI_RESIGNED,
        Sex.FEMALE,
        date(1998, 3, 1),
    )
    assert record.standing == Standing(party_member=True, party_left_on=date(2015, 1, 1), imprisoned=False)
    assert (record.trainings, record.asks_waiver) == ((Training.PKA, Training.PKN_II), True)


@pytest.mark.parametrize("profile", [{}, _stored()])
def test_what_is_left_out_is_not_stated(profile: dict[str, Any]) -> None:
    record = candidate_record(profile, PERSON)
    assert (record.status, record.sex, record.entered_on, record.trainings) == (None, None, None, None)
    assert (record.standing, record.asks_waiver, record.discipline) == (Standing(), False, None)
    assert record.rank == "IV/a"


def test_a_training_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        ProfileIn.model_validate({"trainings": ["pim2"]})


def _asked(requirements: dict[str, Any], **selection: Any) -> Requirements:
    stored = RequirementsIn.model_validate(requirements).model_dump(mode="json")
    vacancy = Vacancy(
        selection_id="s",
        post_id="p",
        title="Sekretaris Daerah",
        unit="Sekretariat Daerah",
        kind="sekda",
        requirements=stored,
        documents=[{"code": "spt", "title": "SPT"}, {"code": "photo", "title": "Foto", "required": False}],
    )
    agency = Agency(name="a", kind="kota", head_title="h", unit="u", address="a", contact="c", place="p")
    parts = {"announcement": {"closes": "2027-01-20"}, "timetable": []} | selection
    return requirements_of(vacancy, Selection(agency_id="a", title="t", level="pratama", **parts), None, agency)


def test_everything_a_vacancy_asks_is_read() -> None:
    asked = _asked(
        {
            "max_age": 58,
            "feeder_posts": ["jpt_pratama"],
            "open_to": ["pns", "tni_polri_resigned"],
            "clean_discipline_years": 4,
            "min_training": "pkn_ii",
            "min_remaining_service_months": 24,
        },
        timetable=[
            {"step": "interview", "start": "2027-03-01"},
            {"step": "inauguration", "start": "2027-04-01"},
        ],
    )
    assert asked == Requirements(
        max_age=58,
        as_of=date(2027, 1, 20),
        documents=("spt",),
        kind=VacancyKind.SEKDA,
        inauguration=date(2027, 4, 1),
        feeder_posts=(PositionKind.JPT_PRATAMA,),
        open_to=(CivilStatus.PNS, CivilStatus.TNI_POLRI_RESIGNED),
        clean_discipline_years=4,
        min_training=Training.PKN_II,
        min_remaining_service_months=24,
    )


def test_what_a_vacancy_leaves_out_is_not_asked() -> None:
    assert _asked({}) == Requirements(as_of=date(2027, 1, 20), documents=("spt",), kind=VacancyKind.SEKDA)


def test_the_announcement_prints_what_it_asks() -> None:
    lines = requirement_lines(
        {
            "feeder_years": 2,
            "feeder_posts": ["jpt_pratama", "jf_ahli_utama"],
            "clean_discipline": False,
            "clean_discipline_years": 4,
            "min_training": "pkn_ii",
            "min_remaining_service_months": 24,
            "open_to": ["pns", "tni_polri_resigned"],
        }
    )
    assert lines == (
        "Sedang atau pernah menduduki jabatan JPT pratama atau JF ahli utama paling singkat 2 tahun",
        "Bebas hukuman disiplin tingkat sedang atau berat dalam 4 tahun terakhir",
        "Telah mengikuti PKN tingkat II/Diklatpim II atau yang lebih tinggi",
        "Sisa masa kerja paling singkat 24 bulan",
        "Terbuka bagi PNS dan mantan prajurit TNI/anggota Polri",
    )
    (usual,) = requirement_lines({"feeder_years": 2, "clean_discipline": False, "min_remaining_service_months": 0})
    assert usual == (
        "Sedang atau pernah menduduki jabatan administrator atau jabatan fungsional jenjang ahli madya "
        "paling singkat 2 tahun"
    )
