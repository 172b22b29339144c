"""Screening announced, and the scored stages: duties, seals, results."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import col

from domain.words import Component, Role, Stage, Verdict
from records.tables import Document, Ranking, Recusal, ScoringDuty, Selection, Sheet, StageDecision
from tests.acts import selection_road as road
from tests.acts.selection_world import World

pytest_plugins = ["tests.acts.selection_fixtures"]


def decisions(world: World, stage: Stage, repeat: int = 1) -> dict[str, StageDecision]:
    """The decisions of a stage, by application."""
    found = world.rows(StageDecision, col(StageDecision.stage) == stage, col(StageDecision.repeat) == repeat)
    return {d.application_id: d for d in found}


# -- screening ---------------------------------------------------------------------------------------------------


def test_screening_is_not_announced_while_one_application_lacks_a_second_verifier(published: World) -> None:
    ids = road.screening(published)
    for application_id in list(ids.values())[:3]:
        published.verify(application_id)
    published.verify(ids["candidate4"], Verdict.MET, "member1")
    refused = published.refused("announce_result", "chair", published.vacancy, stage="screening")
    assert (refused.code, refused.facts["missing"], refused.facts["verifiers"]) == ("screening-incomplete", "1", "2")
    assert refused.rule == "privacy.automated_final_decision"


def test_two_verifiers_who_disagree_decide_nothing(published: World) -> None:
    ids = road.screening(published)
    for application_id in ids.values():
        published.verify(application_id, Verdict.MET, "member1")
        published.verify(application_id, Verdict.NOT_MET, "member2")
    refused = published.refused("announce_result", "chair", published.vacancy, stage="screening")
    assert refused.facts["missing"] == "4"


def test_everybody_is_told_his_result_by_letter_with_reasons(published: World) -> None:
    ids = road.screening(published, 5)
    for name, application_id in ids.items():
        published.verify(application_id, Verdict.NOT_MET if name == "candidate5" else Verdict.MET)
    entry = published.act("announce_result", "chair", published.vacancy, stage="screening")
    assert entry.data["counts"] == {published.vacancy: {"passed": 4, "failed": 1}}
    assert entry.data["documents"] == 5
    assert published.told("screening_result") == set(ids)
    found = decisions(published, Stage.SCREENING)
    assert [found[i].passed for i in ids.values()] == [True, True, True, True, False]
    assert all(row["reason"] for row in found[ids["candidate5"]].reasons)
    letters = published.rows(Document, col(Document.kind) == "screening_result")
    assert {d.subject_id for d in letters} == {published.people[n] for n in ids}
    assert not any(d.public for d in letters)


def test_the_journal_of_an_announcement_grows_with_stages_and_not_with_candidates(published: World) -> None:
    ids = road.screened(published, 5)
    entry = published.act("advance", "chair", published.vacancy, stage="screening")
    assert not any(application_id in str(entry.data) for application_id in ids.values())


def test_whoever_withdraws_during_screening_needs_no_decision_and_gets_no_letter(published: World) -> None:
    ids = road.screening(published, 5)
    for name in ("candidate1", "candidate2", "candidate3", "candidate4"):
        published.verify(ids[name])
    published.withdraw(ids["candidate5"])
    published.act("announce_result", "chair", published.vacancy, stage="screening")
    assert "candidate5" not in published.told("screening_result")
    assert ids["candidate5"] not in decisions(published, Stage.SCREENING)


def test_a_result_is_announced_once(published: World) -> None:
    road.screened(published)
    entry, replayed = published.answer("announce_result", "clerk", published.vacancy, stage="screening")
    assert (entry.act, replayed) == ("announce_result", True)
    assert len(published.mails("screening_result")) == 4


def test_only_those_who_passed_are_invited(published: World) -> None:
    ids = road.screening(published, 5)
    for name, application_id in ids.items():
        published.verify(application_id, Verdict.NOT_MET if name == "candidate1" else Verdict.MET)
    published.act("announce_result", "chair", published.vacancy, stage="screening")
    published.withdraw(ids["candidate2"])
    published.act("advance", "chair", published.vacancy, stage="screening")
    assert published.told("stage_invitation") == {"candidate3", "candidate4", "candidate5"}
    assert published.lane().stage is Stage.ASSESSMENT


# -- duties ------------------------------------------------------------------------------------------------------


def assign(world: World, assessor: str, component: Component = Component.PAPER) -> None:
    """Give a duty."""
    world.act("assign", "secretariat", world.vacancy, component=component, assessor_id=world.person(assessor))


def test_only_a_member_or_assessor_is_given_a_duty(published: World) -> None:
    road.screening(published)
    for stranger in (published.people["spare"], published.people["secretariat"], "nobody"):
        refused = published.refused("assign", "secretariat", published.vacancy, component="paper", assessor_id=stranger)
        assert refused.code == "not-a-member"


def test_a_component_without_weight_is_nobodys_duty(drafted: World) -> None:
    drafted.change(
        Selection,
        drafted.selection_id,
        weights={"track_record": "30", "assessment": "35", "interview": "35"},
    )
    drafted.act("publish", "secretariat")
    road.screening(drafted)
    refused = drafted.refused(
        "assign", "secretariat", drafted.vacancy, component="paper", assessor_id=drafted.people["assessor1"]
    )
    assert refused.code == "component-not-weighted"


def test_a_duty_is_given_once(published: World) -> None:
    road.screening(published)
    assign(published, "assessor1")
    _, replayed = published.answer(
        "assign", "chair", published.vacancy, component="paper", assessor_id=published.people["assessor1"]
    )
    assert replayed
    assert len(published.rows(ScoringDuty)) == 1


def test_no_duty_is_given_in_a_stage_that_is_scored_already(published: World) -> None:
    ids = road.assessment(published)
    road.score(published, ids)
    published.act("open_seals", "chair", published.vacancy, stage="assessment")
    refused = published.refused(
        "assign", "secretariat", published.vacancy, component="paper", assessor_id=published.people["member1"]
    )
    assert refused.code == "stage-over"


# -- seals -------------------------------------------------------------------------------------------------------


def test_seals_stay_closed_while_one_sheet_is_missing_and_nobody_learns_whose(published: World) -> None:
    ids = road.assessment(published)
    road.score(published, {n: i for n, i in ids.items() if n != "candidate4"})
    refused = published.refused("open_seals", "chair", published.vacancy, stage="assessment")
    assert (refused.code, refused.rule, refused.facts) == (
        "sheets-missing",
        "selter.assessors.min_sheets",
        {"missing": "6"},
    )


def test_two_sheets_are_needed_where_only_one_assessor_is_on_duty(published: World) -> None:
    ids = road.screened(published)
    for component in road.ASSESSED:
        assign(published, "assessor1", component)
    published.act("advance", "chair", published.vacancy, stage="screening")
    for application_id in ids.values():
        published.seal(application_id, road.ASSESSED, ["assessor1"], "80")
    refused = published.refused("open_seals", "chair", published.vacancy, stage="assessment")
    assert refused.facts["missing"] == "12"


def test_a_recused_assessor_owes_no_sheet_but_two_others_do(published: World) -> None:
    ids = road.assessment(published)
    published.act(
        "recuse",
        "assessor1",
        person_id=published.people["assessor1"],
        application_id=ids["candidate1"],
        ground="family",
    )
    road.score(published, {n: i for n, i in ids.items() if n != "candidate1"})
    published.seal(ids["candidate1"], road.ASSESSED, ["assessor2"], "90")
    assert published.refused("open_seals", "chair", published.vacancy, stage="assessment").facts["missing"] == "3"
    for component in road.ASSESSED:
        assign(published, "member1", component)
    for application_id in ids.values():
        published.seal(application_id, road.ASSESSED, ["member1"], "90")
    published.act("open_seals", "chair", published.vacancy, stage="assessment")


def test_a_sheet_sealed_before_its_author_recused_himself_does_not_count(published: World) -> None:
    ids = road.assessment(published)
    for component in road.ASSESSED:
        assign(published, "member1", component)
    road.score(published, ids)
    for application_id in ids.values():
        published.seal(application_id, road.ASSESSED, ["member1"], "70")
    published.act(
        "recuse", "member1", person_id=published.people["member1"], application_id=ids["candidate1"], ground="business"
    )
    published.act("open_seals", "chair", published.vacancy, stage="assessment")
    published.act("announce_result", "chair", published.vacancy, stage="assessment")
    found = decisions(published, Stage.ASSESSMENT)
    (ranking,) = published.rows(Ranking)
    rows = {r["candidate"]: r["scores"]["paper"] for r in ranking.inputs["rows"]}
    assert Decimal(rows[ids["candidate1"]]) == 90
    assert found[ids["candidate1"]].rank == 1
    assert len(published.rows(Sheet)) == 36


def test_absence_is_a_status_and_never_a_zero(published: World) -> None:
    ids = road.assessment(published)
    road.score(published, {n: i for n, i in ids.items() if n != "candidate4"})
    published.seal(ids["candidate4"], road.ASSESSED, ["assessor1", "assessor2"], None)
    published.act("open_seals", "chair", published.vacancy, stage="assessment")
    entry = published.act("announce_result", "chair", published.vacancy, stage="assessment")
    assert entry.data["counts"] == {published.vacancy: {"passed": 3, "failed": 1}}
    absent = decisions(published, Stage.ASSESSMENT)[ids["candidate4"]]
    assert (absent.passed, absent.total, absent.rank) == (False, None, None)
    assert absent.reasons[0]["component"] == "absent"


def test_a_component_below_its_published_pass_mark_fails(published: World) -> None:
    ids = road.assessment(published)
    road.opened(published, ids, {**road.SCORES, "candidate4": "67.99"})
    found = decisions(published, Stage.ASSESSMENT)
    assert [found[i].passed for i in ids.values()] == [True, True, True, False]
    assert found[ids["candidate4"]].reasons == [{"component": "assessment", "pass_mark": "68"}]
    assert published.told("stage_result") == set(ids)


def test_whoever_withdraws_before_the_seals_open_needs_no_sheet(published: World) -> None:
    ids = road.assessment(published, 5)
    published.withdraw(ids["candidate5"])
    del ids["candidate5"]
    road.opened(published, ids)
    assert len(decisions(published, Stage.ASSESSMENT)) == 4
    published.act("advance", "chair", published.vacancy, stage="assessment")
    assert published.lane().stage is Stage.INTERVIEW


def test_the_panel_of_the_interview_is_the_committee(published: World) -> None:
    road.interview(published)
    duties = published.rows(ScoringDuty, col(ScoringDuty.component) == Component.INTERVIEW)
    assert {d.assessor_id for d in duties} == {published.people[m] for m in road.COMMITTEE}


def test_a_stage_without_anybody_left_goes_on_to_its_honest_end(published: World) -> None:
    ids = road.screening(published)
    for application_id in ids.values():
        published.verify(application_id, Verdict.NOT_MET)
    published.act("announce_result", "chair", published.vacancy, stage="screening")
    for stage in (Stage.SCREENING, Stage.ASSESSMENT, Stage.INTERVIEW):
        if stage is not Stage.SCREENING:
            published.act("open_seals", "chair", published.vacancy, stage=stage)
            published.act("announce_result", "chair", published.vacancy, stage=stage)
        published.act("advance", "chair", published.vacancy, stage=stage)
    road.sign(published)
    refused = published.refused("submit_shortlist", "chair", published.vacancy)
    assert (refused.code, refused.facts["found"]) == ("fewer-than-three", "0")
    published.act("close_vacancy", "chair", published.vacancy)
    assert published.state.closed_at is not None


def test_a_rank_counts_mean_scores_by_the_published_weights(published: World) -> None:
    ids = road.interview(published)
    (ranking,) = published.rows(Ranking)
    assert [r["candidate"] for r in ranking.result["ranking"]] == list(ids.values())
    assert ranking.result["ranking"][0]["total"] == "58.50"  # 90 times 65 percent


# -- recusal -----------------------------------------------------------------------------------------------------


def recusal(world: World, person: str, application_id: str) -> dict[str, str]:
    """What a recusal says."""
    return {"person_id": world.people[person], "application_id": application_id, "ground": "family"}


def test_a_recusal_is_declared_by_himself_or_the_chair(published: World) -> None:
    ids = road.assessment(published)
    facts = recusal(published, "assessor1", ids["candidate1"])
    assert published.refused("recuse", "member1", **facts).code == "recusal-of-another"
    published.act("recuse", "chair", **facts)
    entry, replayed = published.answer("recuse", "assessor1", **facts)
    assert replayed
    assert entry.data["ground"] == "family"
    (row,) = published.rows(Recusal)
    assert row.statement_id


def test_a_recusal_needs_a_judge_and_an_application_of_this_round(published: World) -> None:
    ids = road.screening(published)
    stranger = recusal(published, "spare", ids["candidate1"])
    assert published.refused("recuse", "chair", **stranger).code == "not-a-member"
    nowhere = recusal(published, "member1", "0000000000000")
    assert published.refused("recuse", "member1", **nowhere).code == "unknown-application"


def test_an_assessor_of_the_agency_may_recuse_himself_too(published: World) -> None:
    ids = road.screening(published)
    with published.database.write() as writer:
        published.assign(writer, "spare", Role.ASSESSOR, "agency", published.agency_id)
    published.act("recuse", "spare", **recusal(published, "spare", ids["candidate1"]))


def test_deadlines_follow_the_published_timetable(published: World) -> None:
    road.screening(published)
    due = published.due("screening")
    assert published.calendar().local_date(due).isoformat() == "2027-02-10"
    happened = published.reach(due + timedelta(days=1))
    assert happened == ["remind screening", "fall_due screening"]
    assert {m.facts["act"] for m in published.mails("deadline_reminder")} == {"Mengumumkan hasil tahap"}
    assert published.told("deadline_reminder") == {"chair", "clerk"}


@pytest.mark.parametrize("stage", ["assessment", "interview"])
def test_a_stage_that_is_not_the_present_one_cannot_be_named(published: World, stage: str) -> None:
    road.screened(published)
    assert published.refused("announce_result", "chair", published.vacancy, stage=stage).code == "wrong-stage"
