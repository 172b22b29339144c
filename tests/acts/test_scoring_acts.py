"""Scores in a round: the panel, the system of the pass marks, the cut, and what the minutes say of the ranking."""

from sqlmodel import col

from domain.words import Component, Stage
from records.tables import Document, Ranking
from tests.acts import selection_road as road
from tests.acts.selection_world import World
from tests.acts.test_screening_acts import decisions
from tests.acts.test_selection_law import adopt

pytest_plugins = ["tests.acts.selection_fixtures"]


def _sealed(world: World, ids: dict[str, str], assessor: str, scores: dict[str, str]) -> None:
    for name, score in scores.items():
        world.seal(ids[name], road.ASSESSED, [assessor], score)


def _announced(world: World, stage: str = "assessment") -> None:
    world.act("open_seals", "chair", world.vacancy, stage=stage)
    world.act("announce_result", "chair", world.vacancy, stage=stage)


def test_only_the_best_go_on_where_the_rules_cut(published: World) -> None:
    adopt(published, {"cut.to_interview": 2})
    ids = road.assessment(published)
    road.opened(published, ids)
    found = decisions(published, Stage.ASSESSMENT)
    assert [found[i].passed for i in ids.values()] == [True, True, False, False]
    assert found[ids["candidate3"]].reasons == [{"component": "cut", "pass_mark": "2"}]
    assert (found[ids["candidate3"]].rank, found[ids["candidate1"]].reasons) == (3, [])


def test_a_round_pinned_before_the_cut_takes_everybody_who_passed(published: World) -> None:
    adopt(published, {"cut.to_interview": 2}, switched=False)
    ids = road.assessment(published)
    road.opened(published, ids)
    assert all(d.passed for d in decisions(published, Stage.ASSESSMENT).values())


def test_in_the_cumulative_system_a_component_below_its_mark_does_not_fail(published: World) -> None:
    adopt(published, {"pass_mark.system": "cumulative"})
    ids = road.assessment(published)
    road.opened(published, ids, {**road.SCORES, "candidate4": "67.99"})
    found = decisions(published, Stage.ASSESSMENT)[ids["candidate4"]]
    assert (found.passed, found.reasons) == (True, [])


def test_a_panels_score_is_rounded_as_it_is_published(published: World) -> None:
    ids = road.assessment(published)
    for component in road.ASSESSED:
        published.act(
            "assign",
            "secretariat",
            published.vacancy,
            component=component.value,
            assessor_id=published.people["member1"],
        )
    for assessor, score in (("assessor1", "80"), ("assessor2", "80"), ("member1", "81")):
        _sealed(published, ids, assessor, dict.fromkeys(ids, score))
    _announced(published)
    (ranking,) = published.rows(Ranking)
    assert {r["scores"][Component.PAPER] for r in ranking.inputs["rows"]} == {"80.33"}
    assert ranking.result["ranking"][0]["total"] == "52.21"  # 80.33 times 65 percent is 52.2145


def test_assessors_far_apart_are_counted_when_the_seals_open_and_told_in_the_minutes(published: World) -> None:
    ids = road.assessment(published)
    _sealed(published, ids, "assessor1", dict.fromkeys(ids, "90"))
    apart = {**dict.fromkeys(ids, "90"), "candidate1": "69.99", "candidate2": "70"}
    _sealed(published, ids, "assessor2", apart)
    entry = published.act("open_seals", "chair", published.vacancy, stage="assessment")
    assert entry.data["opened"][published.vacancy]["divergent"] == 3  # candidate1 in each of three components
    published.act("announce_result", "chair", published.vacancy, stage="assessment")
    published.act("advance", "chair", published.vacancy, stage="assessment")
    road.opened(published, ids)
    published.act("advance", "chair", published.vacancy, stage="interview")
    minutes = published.row(Document, published.lane().minutes)
    assert "Pada 3 nilai, penilai terpaut lebih dari 20 poin." in minutes.inputs["notes"]


def test_the_minutes_explain_the_ranking_in_plain_words(published: World) -> None:
    road.appointment(published)
    minutes = published.row(Document, published.lane().minutes)
    assert minutes.inputs["notes"][-1] == (
        "4 peserta diperingkat menurut rekam jejak 20%, asesmen kompetensi 25%, makalah 20%, dan wawancara akhir 35%. "
        "Nilai akhir dibulatkan sampai 2 angka di belakang koma; angka 5 dibulatkan ke atas. "
        "Tidak ada nilai akhir yang sama. "
        "Susunan 3 besar tidak berubah walaupun bobot digeser dalam rentang pedoman."
    )


def test_the_announcement_says_how_scores_decide(published: World) -> None:
    (announcement,) = published.rows(Document, col(Document.kind) == "announcement")
    scheme = announcement.inputs["scheme"]
    assert "dibulatkan sampai dua angka di belakang koma; angka 5 dibulatkan ke atas." in scheme
    assert "Nilai ambang: Asesmen kompetensi 68; yang kurang dari itu gugur." in scheme
    assert "melanjutkan ke wawancara" not in scheme
