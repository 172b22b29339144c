"""Appointment: minutes and signatures, the three names, clearance, the choice, the decree and the inauguration."""

from datetime import timedelta

import pytest
from sqlmodel import col

from domain.words import Outcome, Role, Stage
from records.tables import Assignment, Case, Document, Holding, OfficeTerm, Ranking, Selection, Vacancy
from tests.acts import selection_road as road
from tests.acts.selection_world import World

pytest_plugins = ["tests.acts.selection_fixtures"]
DAY = timedelta(days=1)
EQUAL = {"candidate1": "90", "candidate2": "85", "candidate3": "80", "candidate4": "80"}


def today(world: World) -> str:
    """The local date."""
    return str(world.calendar().local_date(world.now).isoformat())


def ceremony(world: World, **changes: object) -> dict[str, object]:
    """A lawful inauguration today."""
    facts = {
        "inaugurated_on": today(world),
        "officiant_id": world.people["ppk"],
        "witness_ids": [world.people["pyb"], world.people["clerk"]],
        "oath": "janji",
    }
    return {**facts, **changes}


def acting_head(world: World) -> None:
    """The PPK is replaced by an acting one."""
    with world.database.write() as writer:
        (held,) = world.rows(Assignment, col(Assignment.role) == Role.PPK)
        row = writer.session.get_one(Assignment, held.id)
        row.until = world.now
        writer.session.add(row)
    world.now += timedelta(minutes=1)
    world.person("acting")
    with world.database.write() as writer:
        world.assign(writer, "acting", Role.PPK, "agency", world.agency_id, kind="pj")


# -- minutes -----------------------------------------------------------------------------------------------------


def test_entering_appointment_ranks_everybody_over_all_components_and_writes_the_minutes(published: World) -> None:
    ids = road.appointment(published)
    (ranking,) = published.rows(Ranking, col(Ranking.stage) == Stage.APPOINTMENT)
    rows = ranking.result["ranking"]
    assert [(r["candidate"], r["rank"], r["total"]) for r in rows] == [
        (ids["candidate1"], 1, "90.00"),
        (ids["candidate2"], 2, "85.00"),
        (ids["candidate3"], 3, "80.00"),
        (ids["candidate4"], 4, "75.00"),
    ]
    minutes = published.row(Document, published.lane().minutes)
    assert minutes.inputs["ranking_sha256"] == ranking.sha256
    assert set(published.lane().signers) == {published.people[m] for m in road.COMMITTEE}


def test_minutes_are_signed_by_their_hash_and_by_their_signers_only(published: World) -> None:
    road.appointment(published)
    minutes = published.row(Document, published.lane().minutes)
    right = {"document_id": minutes.id, "sha256": minutes.inputs_sha256}
    assert published.refused("sign_minutes", "assessor1", published.vacancy, **right).code == "not-a-signer"
    wrong = published.refused("sign_minutes", "chair", published.vacancy, **{**right, "sha256": "0" * 64})
    assert (wrong.code, wrong.facts["expected"]) == ("hash-differs", minutes.inputs_sha256)
    other = published.rows(Document, col(Document.kind) == "announcement")[0]
    refused = published.refused(
        "sign_minutes", "chair", published.vacancy, document_id=other.id, sha256=other.inputs_sha256
    )
    assert refused.code == "not-the-minutes"
    road.sign(published, "chair")
    _, replayed = published.answer("sign_minutes", "chair", published.vacancy, **right)
    assert replayed
    assert published.lane().signed == (published.people["chair"],)


def test_three_names_wait_for_every_signature(published: World) -> None:
    road.appointment(published)
    road.sign(published, "chair", "clerk", "member1")
    refused = published.refused("submit_shortlist", "chair", published.vacancy)
    assert (refused.code, refused.facts["missing"]) == ("minutes-unsigned", "2")


def test_a_reminder_of_the_minutes_goes_to_those_who_have_not_signed(published: World) -> None:
    road.appointment(published)
    road.sign(published, "chair", "clerk", "member1")
    before = len(published.mails("deadline_reminder"))
    deadline = published.state.deadline(f"appointment/{published.vacancy}")
    assert deadline is not None
    published.reach(deadline.remind_at or deadline.due)
    mails = published.mails("deadline_reminder")[before:]
    assert {m.person_id for m in mails} == {published.people["member2"], published.people["member3"]}
    assert mails[0].facts["act"] == "Menandatangani berita acara"


def test_a_replaced_member_leaves_his_signature_to_his_successor(published: World) -> None:
    road.appointment(published)
    road.sign(published, "chair", "clerk", "member1", "member2")
    published.act(
        "replace_member",
        "ppk",
        outgoing_id=published.people["member3"],
        incoming_id=published.people["spare"],
        element="expert",
        basis="SK-2/X",
    )
    assert published.refused("submit_shortlist", "chair", published.vacancy).facts["missing"] == "1"
    minutes = published.row(Document, published.lane().minutes)
    facts = {"document_id": minutes.id, "sha256": minutes.inputs_sha256}
    assert published.refused("sign_minutes", "member3", published.vacancy, **facts).code == "not-a-signer"
    road.sign(published, "spare")
    published.act("submit_shortlist", "chair", published.vacancy)


# -- the three names ---------------------------------------------------------------------------------------------


def test_three_names_go_alphabetically_and_without_scores_through_the_pyb_to_the_ppk(published: World) -> None:
    ids = road.shortlisted(published)
    (letter,) = published.rows(Document, col(Document.kind) == "shortlist_letter")
    names = [c["name"] for c in letter.inputs["candidates"]]
    assert names == ["Orang Candidate1", "Orang Candidate2", "Orang Candidate3"]
    assert "90" not in str(letter.inputs["candidates"])
    assert published.told("shortlist_submitted") == {"ppk", "pyb"}
    assert not letter.public
    due = published.due("choice")
    assert (
        published.calendar().working_days_between(
            published.calendar().local_date(published.now), published.calendar().local_date(due)
        )
        == 10
    )
    assert ids["candidate4"] not in str(published.lane())


def test_fewer_than_three_names_are_not_submitted(published: World) -> None:
    ids = road.appointment(published)
    road.sign(published)
    for name in ("candidate1", "candidate2"):
        published.withdraw(ids[name])
    refused = published.refused("submit_shortlist", "chair", published.vacancy)
    assert (refused.code, refused.rule, refused.facts["found"]) == (
        "fewer-than-three",
        "result.if_fewer_than_3",
        "2",
    )


def test_a_tie_at_the_cut_is_for_people_to_break(drafted: World) -> None:

    drafted.change(Selection, drafted.selection_id, tie_break=[])
    drafted.act("publish", "secretariat")
    road.appointment(drafted, scores=EQUAL)
    road.sign(drafted)
    refused = drafted.refused("submit_shortlist", "chair", drafted.vacancy)
    assert (refused.code, refused.facts["rank"]) == ("tie-at-the-cut", "3")


def test_whoever_withdrew_after_the_ranking_makes_place_for_the_next(published: World) -> None:
    ids = road.appointment(published)
    road.sign(published)
    published.withdraw(ids["candidate1"])
    entry = published.act("submit_shortlist", "chair", published.vacancy)
    assert entry.data["shortlist"][published.vacancy] == [ids[f"candidate{n}"] for n in (2, 3, 4)]


# -- clearance ---------------------------------------------------------------------------------------------------


def letter(world: World, **changes: object) -> dict[str, object]:
    """The supervisor's letter of today."""
    return {"kind": "appointment", "number": "B-9/X", "issued_on": today(world), "granted": True, **changes}


def test_a_clearance_is_recorded_once_the_names_are_submitted_and_then_they_are_public(published: World) -> None:
    road.appointment(published)
    refused = published.refused("record_clearance", "secretariat", published.vacancy, **letter(published))
    assert refused.code == "shortlist-missing"
    road.sign(published)
    published.act("submit_shortlist", "chair", published.vacancy)
    published.act("record_clearance", "secretariat", published.vacancy, **letter(published))
    assert published.lane().cleared == ("appointment",)
    assert published.told("shortlist_published") == {f"candidate{n}" for n in range(1, 5)}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "governor"}, "clearance-not-needed"),
        ({"granted": False}, "clearance-refused"),
        ({"issued_on": "2031-01-01"}, "date-in-future"),
    ],
)
def test_a_clearance_that_proves_nothing_is_refused(published: World, changes: dict[str, object], code: str) -> None:
    road.shortlisted(published)
    facts = letter(published, **changes)
    assert published.refused("record_clearance", "secretariat", published.vacancy, **facts).code == code


def test_a_decree_waits_for_every_clearance(blank: World) -> None:
    blank.draft("sekda")
    blank.act("publish", "secretariat")
    road.chosen(blank)
    refused = blank.refused("issue_decree", "ppk", blank.vacancy)
    assert (refused.code, refused.facts["kinds"]) == ("clearance-missing", "governor")
    road.clear(blank, "governor")
    blank.act("issue_decree", "ppk", blank.vacancy)
    (decree,) = blank.rows(Document, col(Document.kind) == "decree")
    assert "Gubernur" in str(decree.inputs["noting"])


# -- the choice --------------------------------------------------------------------------------------------------


def test_only_one_of_the_three_submitted_is_chosen(published: World) -> None:
    ids = road.shortlisted(published)
    for wrong in (ids["candidate4"], "0000000000000"):
        refused = published.refused("choose", "ppk", published.vacancy, application_id=wrong)
        assert (refused.code, refused.rule) == ("not-shortlisted", "ppk.choice_limited_to_top3")


def test_a_name_that_was_never_submitted_does_not_move_up_when_one_of_the_three_withdraws(published: World) -> None:
    ids = road.shortlisted(published)
    published.withdraw(ids["candidate1"])
    for gone in ("candidate1", "candidate4"):
        refused = published.refused("choose", "ppk", published.vacancy, application_id=ids[gone])
        assert refused.code == "not-shortlisted"
    published.act("choose", "ppk", published.vacancy, application_id=ids["candidate3"])


def test_a_second_different_choice_is_refused_and_names_the_first(published: World) -> None:
    ids = road.shortlisted(published)
    first = published.act("choose", "ppk", published.vacancy, application_id=ids["candidate1"])
    refused = published.refused("choose", "ppk", published.vacancy, application_id=ids["candidate2"])
    assert (refused.code, refused.facts["seq"]) == ("different-repeat", str(first.seq))


def test_an_equal_choice_by_another_holder_of_the_office_gets_the_recorded_answer(published: World) -> None:
    ids = road.shortlisted(published)
    first = published.act("choose", "ppk", published.vacancy, application_id=ids["candidate1"])
    acting_head(published)
    again, replayed = published.answer("choose", "acting", published.vacancy, application_id=ids["candidate1"])
    assert (again.seq, replayed) == (first.seq, True)


def test_an_acting_head_neither_chooses_nor_decrees_without_the_ministers_consent(published: World) -> None:
    """The head changed after publication, so that the consent was not among what the plan said it needs."""
    ids = road.shortlisted(published)
    acting_head(published)
    refused = published.refused("choose", "acting", published.vacancy, application_id=ids["candidate1"])
    assert (refused.code, refused.rule) == ("acting-head", "acting_head.requires_mendagri_approval")
    road.clear(published, "home_affairs")
    published.act("choose", "acting", published.vacancy, application_id=ids["candidate1"])
    road.clear(published)
    published.act("issue_decree", "acting", published.vacancy)


def test_an_acting_head_does_not_issue_the_decree_of_a_choice_that_was_lawful(published: World) -> None:
    road.chosen(published)
    acting_head(published)
    assert published.refused("issue_decree", "acting", published.vacancy).code == "acting-head"


def test_a_choice_needs_a_reason(published: World) -> None:
    ids = road.shortlisted(published)
    refused = published.refused("choose", "ppk", published.vacancy, reason=" ", application_id=ids["candidate1"])
    assert refused.code == "reason-missing"


def test_the_ppk_is_reminded_of_the_choice_though_a_clearance_is_waited_for_too(published: World) -> None:
    road.shortlisted(published)
    published.reach(published.due("choice") - timedelta(hours=1))
    last = published.mails("deadline_reminder")[-2:]
    told = {m.person_id: m.facts["act"] for m in last}
    assert told == {
        published.people["ppk"]: "Memilih satu nama",
        published.people["secretariat"]: "Mencatat persetujuan instansi lain",
    }


# -- decree and inauguration -------------------------------------------------------------------------------------


def test_no_decree_for_who_has_withdrawn_but_the_names_can_be_submitted_again(published: World) -> None:
    ids = road.chosen(published, 5)
    published.withdraw(ids["candidate2"])
    assert published.refused("issue_decree", "ppk", published.vacancy).code == "chosen-withdrew"
    published.act("repeat_stage", "chair", published.vacancy, stage="appointment")
    road.sign(published)
    entry = published.act("submit_shortlist", "chair", published.vacancy)
    assert entry.data["shortlist"][published.vacancy] == [ids[f"candidate{n}"] for n in (1, 3, 4)]
    published.act("choose", "ppk", published.vacancy, application_id=ids["candidate4"])
    road.clear(published)
    published.act("issue_decree", "ppk", published.vacancy)


def test_a_decree_is_numbered_once_and_mailed_to_the_appointee(published: World) -> None:
    road.decreed(published)
    (decree,) = published.rows(Document, col(Document.kind) == "decree")
    _, replayed = published.answer("issue_decree", "ppk", published.vacancy)
    assert replayed
    assert published.told("decree_issued") == {"candidate2"}
    assert decree.inputs["person"]["name"] == "Orang Candidate2"
    assert published.due("inauguration") > published.now + 29 * DAY


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"inaugurated_on": "2027-01-20"}, "before-decree"),
        ({"inaugurated_on": "2031-01-20"}, "date-in-future"),
        ({"witness_ids": ["pyb", "pyb"]}, "witnesses"),
        ({"witness_ids": ["pyb", "ppk"]}, "witnesses"),
        ({"witness_ids": ["pyb", "candidate2"]}, "witnesses"),
        ({"witness_ids": ["pyb", "nobody"]}, "unknown-person"),
    ],
)
def test_an_inauguration_that_cannot_have_been_is_refused(
    published: World, changes: dict[str, object], code: str
) -> None:
    road.decreed(published)
    if "witness_ids" in changes:
        changes = {"witness_ids": [published.people.get(n, n) for n in changes["witness_ids"]]}  # type: ignore[attr-defined]
    facts = ceremony(published, **changes)
    assert published.refused("record_inauguration", "secretariat", published.vacancy, **facts).code == code


def test_no_inauguration_without_a_decree(published: World) -> None:
    road.chosen(published)
    refused = published.refused("record_inauguration", "secretariat", published.vacancy, **ceremony(published))
    assert refused.code == "decree-missing"


def test_an_inauguration_begins_the_office_term_and_tells_every_candidate(published: World) -> None:
    road.decreed(published)
    published.now += 2 * DAY
    entry = published.act("record_inauguration", "secretariat", published.vacancy, **ceremony(published))
    (term,) = published.rows(OfficeTerm)
    assert entry.data["starts"] == [f"term/{term.id}"] == [c.key for c in published.rows(Case) if c.kind == "term"]
    (holding,) = published.rows(Holding)
    assert holding.person_id == published.people["candidate2"]
    assert published.told("inaugurated") == {"candidate2"}
    assert published.told("not_chosen") == {"candidate1", "candidate3", "candidate4"}
    assert (published.state.outcome, published.lane().outcome) == (Outcome.APPOINTED, Outcome.APPOINTED)
    (mail,) = published.mails("inaugurated")
    assert mail.facts["deadline"].endswith("T23:59:59+07:00")


def test_an_equal_inauguration_is_recognised_after_the_round_is_over(published: World) -> None:
    road.decreed(published)
    facts = ceremony(published)
    first = published.act("record_inauguration", "secretariat", published.vacancy, **facts)
    again, replayed = published.answer("record_inauguration", "secretariat", published.vacancy, **facts)
    assert (again.seq, replayed) == (first.seq, True)
    assert len(published.rows(OfficeTerm)) == 1


def test_a_post_that_is_held_is_not_filled_and_the_round_stays_open(published: World) -> None:
    road.decreed(published)

    with published.database.write() as writer:
        writer.session.add(
            Holding(
                agency_id=published.agency_id,
                post_id=published.row(Vacancy, published.vacancy).post_id,
                person_id=published.people["spare"],
                since=published.calendar().local_date(published.now) - 100 * DAY,
                basis="SK-0/X",
            )
        )
    refused = published.refused("record_inauguration", "secretariat", published.vacancy, **ceremony(published))
    assert refused.code == "post-held"
    assert published.lane().stage is Stage.APPOINTMENT
