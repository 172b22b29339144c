"""A round obeys its own rules: what it asks for, when it closes and goes on, who appoints, when names are known."""

from datetime import date, timedelta

import pytest
from sqlmodel import col

import regulations
from domain.rules import Value
from domain.switches import Switch
from domain.words import HoldingKind
from records import rules as rule_sets
from records.tables import Document, Holding, Post, Selection, Vacancy, Window
from tests.acts import selection_road as road
from tests.acts.selection_plan import PAPERS, PLAN, PUBLISHED
from tests.acts.selection_world import World
from tests.acts.test_appointment_acts import ceremony
from tests.altered import with_values

pytest_plugins = ["tests.acts.selection_fixtures"]
CONSENT = {"plan_approval": "B-1/X", "home_affairs_consent": "M-1/X"}


def adopt(world: World, values: dict[str, Value], *, switched: bool = True) -> None:
    """Other values for this round, or the rules as they were pinned before the switch."""
    rules = with_values(regulations.load("id-pns-2020"), values)
    if not switched:
        rules = rule_sets.RuleSet.from_mapping({**rules.to_mapping(), "switches": []})
        assert not rules.switched(Switch.WHOLE_SELECTION)
    with world.database.write() as writer:
        rule_sets.pin(writer.session, rules)
    world.act("adopt_rules", "ppk", sha256=rules.sha256)


# -- the announcement ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("papers", [PAPERS[:1], [*PAPERS[:1], {**PAPERS[1], "required": False}]])
def test_nothing_is_published_that_does_not_ask_for_the_ppks_recommendation(drafted: World, papers: object) -> None:
    drafted.change(Vacancy, drafted.vacancy, documents=papers)
    refused = drafted.refused("publish", "secretariat")
    assert (refused.code, refused.rule) == ("plan-incomplete", "application.ppk_recommendation_required")
    assert refused.facts["missing"] == "vacancies[0].documents: ppk_recommendation"


@pytest.mark.parametrize(
    ("context", "needs"),
    [
        ({"head_inaugurated_on": "2026-09-30"}, ("appointment",)),
        ({"head_inaugurated_on": "2026-10-01"}, ("appointment", "home_affairs")),
        ({"next_candidacy_determination": "2027-10-02"}, ("appointment",)),
        ({"next_candidacy_determination": "2027-10-01"}, ("appointment", "home_affairs")),
    ],
)
def test_an_inauguration_planned_in_a_restriction_window_waits_for_the_minister(
    blank: World, context: dict[str, str], needs: tuple[str, ...]
) -> None:
    """The inauguration is planned for 1 April 2027."""
    blank.draft(context={**PLAN["context"], **context}, approvals=CONSENT)
    blank.now = PUBLISHED
    blank.act("publish", "secretariat")
    assert blank.lane().needs == needs


def test_an_extension_ends_at_the_rules_own_time_of_day(published: World) -> None:
    adopt(published, {"application.close_time": "16:00:00", "extension.days": 3})
    road.window_closed(published, 1)
    published.act("extend_vacancy", "chair", published.vacancy, at=published.now + road.HOUR)
    closes = published.row(Window, published.vacancy).closes_at
    assert closes.isoformat() == "2027-02-06T09:00:00+00:00"  # 16.00 WIB; closed on the night of 2 to 3 February
    assert published.due("window") == closes


# -- objections to a stage's result ------------------------------------------------------------------------------


def test_the_next_stage_waits_for_objections_where_the_rules_allow_them(published: World) -> None:
    adopt(published, {"objection.selection_days": 3})
    ids = road.screening(published)
    for application in ids.values():
        published.verify(application)
    published.act("announce_result", "chair", published.vacancy, stage="screening")
    announced = published.calendar().local_date(published.now)
    (letter, *_) = published.rows(Document, col(Document.kind) == "screening_result")
    assert date.fromisoformat(letter.inputs["objection_until"]) == announced + timedelta(days=3)
    last = published.calendar().end_of_day(announced + timedelta(days=3))
    published.now = last
    refused = published.refused("advance", "chair", published.vacancy, stage="screening")
    assert (refused.code, refused.rule) == ("stage-objections-open", "objection.selection_days")
    published.act("advance", "chair", published.vacancy, stage="screening", at=last + timedelta(seconds=1))


# -- the names -----------------------------------------------------------------------------------------------------


def test_names_that_the_rules_publish_first_are_told_once_when_they_are_submitted(published: World) -> None:
    adopt(published, {"result.publish": "before_bkn"})
    road.shortlisted(published)
    told = published.mails("shortlist_published")
    assert len(told) == 4
    road.clear(published)
    assert published.mails("shortlist_published") == told


def test_the_ppk_chooses_only_where_he_appoints(published: World) -> None:
    ids = road.shortlisted(published)
    published.change(Selection, published.selection_id, level="madya")
    refused = published.refused("choose", "ppk", published.vacancy, application_id=ids["candidate1"])
    assert (refused.code, refused.rule) == ("not-the-authority", "appointing_authority.madya")
    assert refused.facts["authority"] == "President"
    adopt(published, {}, switched=False)
    published.act("choose", "ppk", published.vacancy, application_id=ids["candidate1"])


def test_with_a_free_choice_the_name_is_still_one_of_this_post(two: World) -> None:
    adopt(two, {"ppk.choice_limited_to_top3": False})
    ids = road.shortlisted(two)
    other = two.apply("candidate9", two.vacancies[1])
    assert two.refused("choose", "ppk", two.vacancy, application_id=other).code == "not-shortlisted"
    two.act("choose", "ppk", two.vacancy, application_id=ids["candidate4"])


# -- the ceremony --------------------------------------------------------------------------------------------------


def hold(world: World, name: str, level: str, since: date, until: date | None = None, kind: str = "definitive") -> None:
    """A person holds a post of that level."""
    with world.database.write() as writer:
        post = Post(agency_id=world.agency_id, title=f"Jabatan {level}", unit="Contoh", kind="other", level=level)
        writer.session.add(post)
        writer.session.flush()
        facts = {"post_id": post.id, "person_id": world.people[name], "since": since, "until": until}
        writer.session.add(Holding(agency_id=world.agency_id, kind=kind, basis="SK-1/X", **facts))


def test_a_witness_whose_post_is_known_to_be_lower_is_refused(published: World) -> None:
    road.decreed(published)
    today = published.calendar().local_date(published.now)
    hold(published, "pyb", "pratama", today)
    hold(published, "pyb", "administrator", today)
    hold(published, "clerk", "administrator", today)
    hold(published, "clerk", "pratama", today - timedelta(days=9), today - timedelta(days=1))
    hold(published, "clerk", "pratama", today, kind=HoldingKind.PLT)
    hold(published, "clerk", "pratama", today + timedelta(days=1))
    refused = published.refused("record_inauguration", "secretariat", published.vacancy, **ceremony(published))
    assert (refused.code, refused.rule) == ("witness-too-low", "oath.min_rank_of_witness")
    assert refused.facts["witness"] == "Orang Clerk"
    hold(published, "clerk", "madya", today, today)
    published.act("record_inauguration", "secretariat", published.vacancy, **ceremony(published))


def test_a_set_pinned_before_the_switch_does_not_look_at_the_witnesses_posts(published: World) -> None:
    adopt(published, {}, switched=False)
    road.decreed(published)
    hold(published, "clerk", "administrator", published.calendar().local_date(published.now))
    published.act("record_inauguration", "secretariat", published.vacancy, **ceremony(published))


def test_an_oath_that_the_rules_do_not_know_is_refused(published: World) -> None:
    adopt(published, {"oath.variants": ("islam",)})
    road.decreed(published)
    refused = published.refused("record_inauguration", "secretariat", published.vacancy, **ceremony(published))
    assert (refused.code, refused.rule, refused.facts["oath"]) == ("oath-unknown", "oath.variants", "janji")
