"""The eleven gates of a demotion review: their order, their articles, and what proves each."""

import pytest
from performance_stories import (
    decided,
    delivered,
    evaluated,
    heard,
    improving,
    invited,
    notified,
    proposed,
    retested,
    review,
)
from stories import Story, refused

from domain.gates import GATES, gate_open, proved_gates, require_gates
from domain.refusals import Refused

ARTICLES = {
    1: ("demotion.min_time_in_post_months", "PP 11/2017 Pasal 142 ayat (2)"),
    2: ("demotion.trigger_predikat", "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57"),
    3: ("demotion.force_majeure_exempts", "PP 30/2019 Pasal 57 ayat (1)-(2)"),
    4: ("demotion.improvement_months", "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57 ayat (2)"),
    5: ("demotion.improvement_months", "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57 ayat (2)"),
    6: ("demotion.improvement_months", "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57 ayat (2)"),
    7: ("demotion.requires_competency_retest", "PP 11/2017 Pasal 142 ayat (3); PP 30/2019 Pasal 57 ayat (3)"),
    8: ("demotion.proposer", "PP 11/2017 Pasal 145"),
    9: ("demotion.notice_working_days", "UU 30/2014 Pasal 46-47"),
    10: ("bkn.recommendation_before_inauguration", "Praktik rekomendasi BKN lewat I-MUT (gerbang G4)"),
    11: ("demotion.decider", "PP 11/2017 Pasal 145"),
}


def test_there_are_eleven_gates_each_with_its_rule_and_article() -> None:
    assert {gate.number: (gate.rule, gate.citation) for gate in GATES} == ARTICLES
    assert [gate.number for gate in GATES] == sorted(ARTICLES)


def test_each_gate_has_a_title_of_its_own() -> None:
    assert len({gate.title for gate in GATES}) == len(GATES)
    assert all(gate.title[0].isupper() for gate in GATES)


NEEDS_ONE = "replacement"
IMPROVED = improving(NEEDS_ONE).then("evaluate", improved=True, evaluated_on="2027-07-14")


@pytest.mark.parametrize(
    ("story", "proved"),
    [
        (review(NEEDS_ONE), [1, 2, 3]),
        (notified(NEEDS_ONE), [1, 2, 3]),
        (notified(NEEDS_ONE).then("set_plan", plan_id="p1", coaching_dates=[]), [1, 2, 3]),
        (improving(NEEDS_ONE), [1, 2, 3, 4]),
        (evaluated(NEEDS_ONE), [1, 2, 3, 4, 5, 6]),
        (IMPROVED, [1, 2, 3, 4, 5]),
        (retested(NEEDS_ONE), [1, 2, 3, 4, 5, 6, 7]),
        (retested(NEEDS_ONE).then("record_opinion"), [1, 2, 3, 4, 5, 6, 7]),
        (retested(NEEDS_ONE).then("propose", proposal="stay"), [1, 2, 3, 4, 5, 6, 7]),
        (proposed(NEEDS_ONE), [1, 2, 3, 4, 5, 6, 7, 8]),
        (invited(NEEDS_ONE), [1, 2, 3, 4, 5, 6, 7, 8]),
        (invited(NEEDS_ONE).then("record_hearing"), [1, 2, 3, 4, 5, 6, 7, 8]),
        (heard(NEEDS_ONE), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (heard(NEEDS_ONE).then("record_clearance", kind="home_affairs"), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (heard(NEEDS_ONE).then("record_clearance", kind="replacement"), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (decided("lower_post", NEEDS_ONE), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        (delivered("stay"), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ],
)
def test_a_gate_is_proved_by_its_own_acts(story: Story, proved: list[int]) -> None:
    assert list(story.state.gates) == proved
    assert list(proved_gates(story.state)) == proved


def test_a_review_that_needs_no_clearance_has_gate_ten_from_the_start() -> None:
    assert list(review().state.gates) == [1, 2, 3, 10]


def test_gates_up_to_a_number_are_asked_for_and_none_beyond() -> None:
    require_gates(review(NEEDS_ONE).state, 3)
    require_gates(improving(NEEDS_ONE).state, 4)
    require_gates(heard(NEEDS_ONE).state, 9)
    require_gates(decided("lower_post", NEEDS_ONE).state, 11)


@pytest.mark.parametrize(
    ("story", "asked", "gate", "title"),
    [
        (review(), 11, 4, "Pemberitahuan tertulis diserahkan dan rencana perbaikan ditetapkan"),
        (improving(), 5, 5, "Masa perbaikan selesai dengan dialog kinerja"),
        (
            improving().then("evaluate", improved=True, evaluated_on="2027-07-14"),
            6,
            6,
            "Evaluasi: kinerja belum membaik",
        ),
        (evaluated(), 7, 7, "Uji kompetensi kembali oleh penilai terakreditasi"),
        (retested(), 8, 8, "Pertimbangan tim penilai kinerja dan usul Pejabat yang Berwenang"),
        (invited(), 10, 9, "Pemberitahuan sebelum keputusan dan kesempatan didengar"),
        (heard(NEEDS_ONE), 10, 10, "Persetujuan instansi lain"),
        (heard(), 11, 11, "Keputusan Pejabat Pembina Kepegawaian"),
    ],
)
def test_the_first_gate_that_is_not_proved_is_named_with_its_article(
    story: Story, asked: int, gate: int, title: str
) -> None:
    with pytest.raises(Refused) as caught:
        require_gates(story.state, asked)
    met, expected = caught.value, refused("gate-open", *ARTICLES[gate], gate=str(gate), title=title)
    assert (met.code, met.rule, met.citation, met.facts) == expected


def test_an_open_gate_is_a_refusal_and_not_raised_by_itself() -> None:
    met = gate_open(GATES[0])
    expected = refused(
        "gate-open",
        *ARTICLES[1],
        gate="1",
        title="Perjanjian kinerja berlaku dan dua belas bulan dalam jabatan",
    )
    assert (met.code, met.rule, met.citation, met.facts) == expected
