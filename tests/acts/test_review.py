"""A demotion review: each gate in its order and to the day, the decision, the objection, and the move."""

from datetime import date
from typing import Any

import pytest

import regulations
from activities.press import render_docx, render_mail
from contract_templates import MAIL_FACTS
from domain import review
from domain.case import Intent
from domain.gates import GATES
from domain.refusals import REFUSALS, Refused
from domain.review import ReviewState, objection_clock_over
from domain.words import DocumentKind, HoldingKind, ReviewOutcome, Role
from records import contracts, terms
from records.audit import Author
from records.tables import (
    Assignment,
    Delivery,
    Document,
    Holding,
    Objection,
    OfficeTerm,
    OutboundMail,
    Review,
    Selection,
    Vacancy,
)
from tests.acts.world import World, at

# One lawful review, act by act: who, as what, when, with which arguments. Letters are delivered on the day named.
NOTIFIED, DELIVERED = "2027-02-15", "2027-03-01"
MONTHS = ("2027-03-15", "2027-05-17", "2027-07-15")
LETTER = "800.1.3.3/044/2027"


class Story:
    """The review of a bad year 2026, brought as far as a test needs it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.term = world.enter_official("2026-01-05", "2025-12-15", first_year=2026)
        world.advance(at("2026-01-05 09:05"))
        self.id = world.contract_id(self.term, 2026)
        self.key = f"review/{self.id}"
        self._bad_year()

    def _bad_year(self) -> None:
        world, contract = self.world, self.world.put_in_force(self.term, 2026, "2026-01-20")
        for quarter, day in enumerate(("2026-04-06", "2026-07-06", "2026-10-05", "2027-01-05"), start=1):
            world.advance(at(day))
            world.report(self.id, quarter, at(day), ("45", "38"))
            world.verify(contract, quarter, at(day))
        world.act(
            contract, "rate", "superior", Role.SUPERIOR, at("2027-01-12"), results="below", behaviour="as_expected"
        )
        world.advance(at("2027-02-01"))
        world.act(contract, "finalise", "secretary", Role.SECRETARIAT, at("2027-02-01"))

    @property
    def state(self) -> ReviewState:
        """The review's state."""
        state = self.world.state(self.key)
        assert isinstance(state, ReviewState)
        return state

    def do(self, name: str, who: str, role: Role, when: str, **arguments: Any) -> Any:
        """An act of the review."""
        return self.world.act(self.key, name, who, role, at(when), **arguments)

    def refused(self, name: str, who: str, role: Role, when: str, **arguments: Any) -> Refused:
        """An act that is refused."""
        with pytest.raises(Refused) as caught:
            self.do(name, who, role, when, **arguments)
        return caught.value

    # -- steps, in order -----------------------------------------------------------------------------------------

    def notify(self) -> None:
        self.do("notify", "superior", Role.SUPERIOR, NOTIFIED)

    def deliver(self, letter: str, on: str, **more: Any) -> Any:
        arguments = {"document_id": letter, "method": "hand", "delivered_on": on, "proof": "TT-1/2027", **more}
        return self.do("confirm_delivery", "secretary", Role.SECRETARIAT, on, **arguments)

    def plan(self, when: str = "2027-03-02", dates: tuple[str, ...] = MONTHS) -> Any:
        with self.world.database.write() as writer:
            text = self.world.statement(writer, self.world.people["superior"], "Rencana perbaikan.", at(when))
        return self.do("set_plan", "superior", Role.SUPERIOR, when, plan_id=text, coaching_dates=list(dates))

    def coach(self, *days: str) -> None:
        for day in days:
            with self.world.database.write() as writer:
                author = Author(self.world.people["superior"])
                contracts.record_coaching(writer, author, at(day), self.id, "Dibahas.", "Diteruskan.")

    def evaluate(self, when: str = "2027-09-02", *, improved: bool = False) -> Any:
        return self.do("evaluate", "superior", Role.SUPERIOR, when, improved=improved)

    def retest(self, when: str = "2027-09-20", **more: Any) -> Any:
        arguments = {
            "accreditation": "A/12/2026",
            "held_on": when,
            "fit_for_post": False,
            "score": "61.50",
            **more,
        }
        return self.do("record_retest", "secretary", Role.SECRETARIAT, when, **arguments)

    def opinion(self, when: str = "2027-09-27") -> Any:
        return self.do("record_opinion", "team", Role.PERFORMANCE_TEAM, when, number=LETTER, opinion="lower_post")

    def propose(self, proposal: str = "lower_post", alternatives: tuple[str, ...] = ("stay", "lateral_move")) -> Any:
        arguments = {"number": LETTER, "proposal": proposal, "alternatives": list(alternatives)}
        return self.do("propose", "superior", Role.PYB, "2027-10-01", **arguments)

    def notice(self, when: str = "2027-10-04", hearing_at: str = "2027-10-14T10:00:00+07:00") -> Any:
        return self.do("notice_hearing", "secretary", Role.SECRETARIAT, when, hearing_at=hearing_at)

    def hear(self, when: str = "2027-10-14 11:00", *, attended: bool = True, held_on: str = "2027-10-14") -> Any:
        return self.do("record_hearing", "secretary", Role.SECRETARIAT, when, held_on=held_on, attended=attended)

    def clear(self, kind: str = "replacement", when: str = "2027-10-15", issued_on: str = "2027-10-13") -> Any:
        arguments = {"kind": kind, "number": "R-77/BKN/2027", "issued_on": issued_on}
        return self.do("record_clearance", "secretary", Role.SECRETARIAT, when, **arguments)

    def decide(self, when: str = "2027-10-19", outcome: str = "lower_post", post: str | None = "bureau") -> Any:
        target = self.world.posts[post] if post else None
        return self.do("decide", "head", Role.PPK, when, outcome=outcome, target_post_id=target)

    def object(self, when: str) -> Any:
        return self.do("object", "official", Role.OFFICIAL, when)

    def decide_objection(self, outcome: str, when: str = "2027-11-15", **more: Any) -> Any:
        return self.do("decide_objection", "head", Role.PPK, when, outcome=outcome, **more)

    def execute(self, when: str = "2027-10-25", effective_on: str = "2027-10-25") -> Any:
        return self.do("execute", "secretary", Role.SECRETARIAT, when, effective_on=effective_on)

    # -- as far as -----------------------------------------------------------------------------------------------

    def to_improvement(self) -> "Story":
        self.notify()
        self.deliver(self.state.notice, DELIVERED)
        self.plan()
        return self

    def to_evaluation(self) -> "Story":
        self.to_improvement()
        self.coach(*MONTHS)
        self.world.advance(at("2027-09-01 23:59:59"))
        return self

    def to_proposal(self) -> "Story":
        self.to_evaluation()
        self.evaluate()
        self.retest()
        self.opinion()
        self.propose()
        return self

    def to_decision(self) -> "Story":
        self.to_proposal()
        self.notice()
        self.deliver(self.state.hearing_notice, "2027-10-05")
        self.hear()
        self.clear()
        return self

    def decided(self, outcome: str = "lower_post", post: str | None = "bureau") -> "Story":
        self.to_decision()
        self.decide(outcome=outcome, post=post)
        self.deliver(self.state.decision, "2027-10-22")
        return self


@pytest.fixture
def story(world: World) -> Story:
    return Story(world)


# -- the whole way -----------------------------------------------------------------------------------------------


def test_a_lawful_review_ends_in_a_lower_post_without_a_day_in_between(story: Story) -> None:
    world = story.decided().world
    assert story.state.gates == tuple(range(1, 12))
    assert sorted(world.proofs(story.id)) == list(range(1, 12))
    entry = story.execute()
    old = world.rows(Holding, post_id=world.posts["health"])[0]
    new = world.rows(Holding, post_id=world.posts["bureau"])[0]
    decree = world.document(entry.data["decree"])
    assert (old.until, new.since, new.until) == (date(2027, 10, 24), date(2027, 10, 25), None)
    assert old.end_basis == new.basis == decree.number
    assert (decree.kind, decree.inputs["new_post"]) == ("decree", "Kepala Bagian Umum")
    assert world.mails("decree_issued", "official")[0].document_ids == [decree.id]
    assert world.state(story.term).ground == "lower_post"
    assert world.state(world.contract(story.term, 2027)).lapsed
    assert story.state.closed_at is None  # the objection clock runs
    world.advance(at("2027-11-11 23:59:59"))
    assert story.state.closed_at is not None
    with world.database.read() as session:
        assert terms.overdue_lapses(session) == []


def test_every_mail_and_paper_of_the_way_can_be_written(story: Story) -> None:
    world = story.decided().world
    story.execute()
    story.object("2027-10-26")
    story.decide_objection("rejected")
    mails = world.rows(OutboundMail)
    assert {m.template for m in mails} >= {"improvement_notice", "hearing_notice", "review_decision", "decree_issued"}
    for mail in mails:
        given = {**mail.facts, "agency": "x", "greeting": "x", "link": "x"}
        assert set(MAIL_FACTS[mail.template]) <= set(given), mail.template
        assert render_mail(mail.template, given).body
    papers = world.rows(Document)
    assert {d.kind for d in papers} == {
        "performance_contract",
        "improvement_notice",
        "hearing_notice",
        "review_decision",
        "decree",
        "objection_decision",
    }
    for paper in papers:
        assert render_docx(DocumentKind(paper.kind), paper.inputs).startswith(b"PK")


def test_the_vacancy_is_drafted_and_may_be_published_after_the_objection_clock(story: Story) -> None:
    world = story.decided().world
    entry = story.execute()
    selection = world.rows(Selection, id=entry.data["selection"])[0]
    (vacancy,) = world.rows(Vacancy, selection_id=selection.id)
    assert (selection.after_review_id, vacancy.post_id) == (story.id, world.posts["health"])
    assert world.state(f"selection/{selection.id}").after_review == story.id
    assert story.state.objection_until == at("2027-11-11 23:59:59")  # fourteen working days after 22 October
    assert not objection_clock_over(story.state, at("2027-11-11 23:59:59"))
    assert objection_clock_over(story.state, at("2027-11-12 00:00"))
    world.advance(at("2027-11-12"))
    assert objection_clock_over(story.state, at("2027-11-12"))


def test_each_step_waits_for_whom_it_concerns(story: Story) -> None:
    world = story.world
    assert world.awaits(story.key) == {"notify"}
    story.notify()
    assert world.awaits(story.key) == {"confirm_delivery", "set_plan"}
    story.deliver(story.state.notice, DELIVERED)
    story.plan()
    assert world.awaits(story.key) == set()
    story.coach(*MONTHS)
    world.advance(at("2027-08-31"))
    assert world.awaits(story.key) == {"evaluate"}
    assert world.mails("deadline_reminder", "superior")[-1].facts["act"] == "Mengevaluasi masa perbaikan"
    world.advance(at("2027-09-02"))
    story.evaluate()
    assert world.awaits(story.key) == {"record_retest"}
    story.retest()
    assert world.awaits(story.key) == {"record_opinion"}
    story.opinion()
    assert world.awaits(story.key) == {"propose"}
    story.propose()
    assert world.awaits(story.key) == {"notice_hearing", "record_clearance"}
    story.notice()
    assert world.awaits(story.key) == {"confirm_delivery", "record_clearance"}
    story.deliver(story.state.hearing_notice, "2027-10-05")
    assert world.awaits(story.key) == {"record_hearing", "record_clearance"}
    story.hear()
    story.clear()
    assert world.awaits(story.key) == {"decide"}
    story.decide()
    assert world.awaits(story.key) == {"confirm_delivery"}
    story.deliver(story.state.decision, "2027-10-22")
    assert world.awaits(story.key) == {"execute"}
    story.object("2027-10-25")
    assert world.awaits(story.key) == {"execute", "decide_objection"}


# -- gates 4 to 6 ------------------------------------------------------------------------------------------------


def test_the_six_months_begin_with_delivery_and_not_with_sending(story: Story) -> None:
    story.notify()
    assert story.state.deadline("improvement") is None
    notice = story.world.document(story.state.notice)
    assert [r["indicator"] for r in notice.inputs["shortfalls"]] == [
        "Cakupan imunisasi dasar lengkap",
        "Penyerapan anggaran",
    ]
    story.deliver(notice.id, DELIVERED)
    assert story.state.improvement_until == at("2027-09-01 23:59:59")
    assert story.state.gates == (1, 2, 3)
    story.plan()
    assert story.state.gates == (1, 2, 3, 4)
    (delivery,) = story.world.rows(Delivery)
    assert (delivery.delivered_at, delivery.refused) == (at("2027-03-01 00:00"), False)


def test_a_refused_letter_counts_as_delivered(story: Story) -> None:
    story.notify()
    story.deliver(story.state.notice, DELIVERED, refused=True)
    assert story.state.improvement_until == at("2027-09-01 23:59:59")
    assert story.world.rows(Delivery)[0].refused


@pytest.mark.parametrize(("on", "code"), [("2027-03-02", "date-in-future"), ("2027-02-14", "date-too-early")])
def test_a_delivery_lies_between_the_letter_and_today(story: Story, on: str, code: str) -> None:
    story.notify()
    arguments = {"document_id": story.state.notice, "method": "hand", "delivered_on": on, "proof": "TT-1"}
    refused = story.refused("confirm_delivery", "secretary", Role.SECRETARIAT, "2027-03-01", **arguments)
    assert refused.code == code


def test_only_a_letter_of_this_review_is_delivered_and_once(story: Story) -> None:
    story.notify()
    with pytest.raises(Refused) as caught:
        story.deliver("another", DELIVERED)
    assert caught.value.code == "no-such-letter"
    story.deliver(story.state.notice, DELIVERED)
    intent = Intent("confirm_delivery", at("2027-03-02"), arguments={"document_id": story.state.notice})
    assert _checked(story.state, intent) == "no-such-letter"


@pytest.mark.parametrize(
    ("dates", "code"),
    [(("2027-03-01",), "date-too-early"), (("2027-09-02",), "plan-after-period")],
)
def test_coaching_is_planned_within_the_six_months(story: Story, dates: tuple[str, ...], code: str) -> None:
    story.notify()
    story.deliver(story.state.notice, DELIVERED)
    with pytest.raises(Refused) as caught:
        story.plan("2027-03-02", dates)
    assert caught.value.code == code


def test_a_plan_needs_its_text(story: Story) -> None:
    story.notify()
    arguments: dict[str, Any] = {"plan_id": "none", "coaching_dates": list(MONTHS)}
    assert story.refused("set_plan", "superior", Role.SUPERIOR, "2027-03-02", **arguments).code == "reason-missing"


def test_the_evaluation_comes_after_the_last_day_of_the_six_months(story: Story) -> None:
    story.to_evaluation()
    early = story.refused("evaluate", "superior", Role.SUPERIOR, "2027-09-01 23:59:59", improved=False)
    assert (early.code, early.rule) == ("improvement-running", "demotion.improvement_months")
    assert early.citation == "PP 11/2017 Pasal 142 ayat (2); PP 30/2019 Pasal 57 ayat (2)"
    story.evaluate("2027-09-02 00:00")
    assert story.state.gates == (1, 2, 3, 4, 5, 6, *((10,) if not story.state.needs else ()))


def test_the_evaluation_needs_the_coaching_that_was_planned(story: Story) -> None:
    story.to_improvement()
    story.coach("2027-03-15", "2027-03-16", "2027-05-17")  # twice in March is one
    refused = story.refused("evaluate", "superior", Role.SUPERIOR, "2027-09-02", improved=False)
    assert (refused.code, refused.facts) == ("coaching-missing", {"held": "2", "planned": "3"})
    story.coach("2027-09-02")
    story.evaluate()


def test_improvement_ends_the_review(story: Story) -> None:
    story.to_evaluation()
    story.evaluate(improved=True)
    assert story.state.closed_at is not None
    assert story.state.stage == "closed"
    assert {m.person_id for m in story.world.mails("review_ended")} == {
        story.world.people["official"],
        story.world.people["superior"],
    }
    with pytest.raises(Refused) as caught:
        story.retest()
    assert caught.value.code == "case-closed"


def test_coaching_belongs_to_the_improvement_period(story: Story) -> None:
    for prepare, code in ((None, "gate-open"), (story.to_evaluation, None), (story.evaluate, "already-done")):
        if prepare is not None:
            prepare()
        if code is None:
            continue
        with pytest.raises(Refused) as caught:
            story.coach("2027-09-03")
        assert caught.value.code == code


def test_a_closed_review_takes_no_coaching(story: Story) -> None:
    story.to_evaluation()
    story.evaluate(improved=True)
    with pytest.raises(Refused) as caught:
        story.coach("2027-09-03")
    assert caught.value.code == "case-closed"


# -- gates 7 to 10 -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"held_on": "2027-09-01"}, "date-too-early"),
        ({"held_on": "2027-09-21"}, "date-in-future"),
        ({"score": None}, "retest-result"),
        ({"absent": True}, "retest-result"),
        ({"absent": True, "score": None, "fit_for_post": True}, "retest-result"),
    ],
)
def test_a_retest_is_refused(story: Story, more: dict[str, Any], code: str) -> None:
    story.to_evaluation()
    story.evaluate()
    with pytest.raises(Refused) as caught:
        story.retest(**more)
    assert caught.value.code == code


def test_who_does_not_come_to_the_retest_is_recorded_as_absent(story: Story) -> None:
    story.to_evaluation()
    story.evaluate()
    story.retest(absent=True, score=None)
    (proof,) = story.world.proofs(story.id)[7]
    assert (proof.proof["absent"], proof.proof["score"]) == (True, None)
    story.opinion()
    story.propose()
    story.notice()
    notice = story.world.document(story.state.hearing_notice)
    assert "uji kompetensi kembali tanggal 20 September 2027: tidak diikuti;" in notice.inputs["grounds"]


@pytest.mark.parametrize(
    ("proposal", "weighed", "missing"),
    [
        ("lower_post", ("lateral_move",), "stay"),
        ("lower_post", ("lower_post",), "stay, lateral_move"),
        ("lateral_move", ("lower_post",), "stay"),
    ],
)
def test_every_milder_outcome_is_weighed(story: Story, proposal: str, weighed: tuple[str, ...], missing: str) -> None:
    story.to_evaluation()
    story.evaluate()
    story.retest()
    story.opinion()
    with pytest.raises(Refused) as caught:
        story.propose(proposal, weighed)
    assert (caught.value.code, caught.value.facts["missing"]) == ("alternatives-missing", missing)


def test_a_hearing_lies_ahead_when_it_is_announced(story: Story) -> None:
    story.to_proposal()
    with pytest.raises(Refused) as caught:
        story.notice(hearing_at="2027-10-04T09:00:00+07:00")
    assert caught.value.code == "hearing-in-past"


def test_absence_is_recorded_only_after_the_time_of_the_hearing(story: Story) -> None:
    story.to_proposal()
    story.notice()
    story.deliver(story.state.hearing_notice, "2027-10-05")
    with pytest.raises(Refused) as caught:
        story.hear("2027-10-14 09:59", attended=False)
    assert (caught.value.code, caught.value.rule) == ("hearing-to-come", "demotion.hearing_required")
    with pytest.raises(Refused) as caught:
        story.hear("2027-10-04 12:00", held_on="2027-10-04")
    assert caught.value.code == "date-too-early"  # before the notice was delivered
    story.hear("2027-10-14 10:00", attended=False)
    assert story.state.heard


@pytest.mark.parametrize(
    ("kind", "issued_on", "code"),
    [("governor", "2027-10-13", "clearance-not-needed"), ("replacement", "2027-10-16", "date-in-future")],
)
def test_a_clearance_is_refused(story: Story, kind: str, issued_on: str, code: str) -> None:
    story.to_proposal()
    with pytest.raises(Refused) as caught:
        story.clear(kind, issued_on=issued_on)
    assert caught.value.code == code


# -- gate 11 -----------------------------------------------------------------------------------------------------


def test_the_decision_comes_ten_working_days_after_the_notice_was_delivered(story: Story) -> None:
    story.to_decision()
    with pytest.raises(Refused) as caught:
        story.decide("2027-10-18 23:59:59")
    assert (caught.value.code, caught.value.rule) == ("notice-running", "demotion.notice_working_days")
    assert caught.value.citation == "UU 30/2014 Pasal 46-47"
    story.decide("2027-10-19 00:00")
    assert story.state.deadline("delivery").due == at("2027-10-26 23:59:59")


STEPS = (
    (4, "evaluate", "superior", Role.SUPERIOR, {"improved": False}),
    (
        6,
        "record_retest",
        "secretary",
        Role.SECRETARIAT,
        {"accreditation": "A/1", "held_on": "2027-02-16", "fit_for_post": False, "score": "1"},
    ),
    (7, "record_opinion", "team", Role.PERFORMANCE_TEAM, {"number": LETTER, "opinion": "stay"}),
    (7, "propose", "superior", Role.PYB, {"number": LETTER, "proposal": "stay", "alternatives": ["stay"]}),
    (8, "notice_hearing", "secretary", Role.SECRETARIAT, {"hearing_at": "2027-10-14T10:00:00+07:00"}),
    (8, "record_hearing", "secretary", Role.SECRETARIAT, {"held_on": "2027-02-16", "attended": True}),
    (
        8,
        "record_clearance",
        "secretary",
        Role.SECRETARIAT,
        {"kind": "replacement", "number": LETTER, "issued_on": "2027-02-16"},
    ),
    (10, "decide", "head", Role.PPK, {"outcome": "lower_post", "target_post_id": "x"}),
    (8, "decide", "head", Role.PPK, {"outcome": "stay", "target_post_id": None}),
    (11, "object", "official", Role.OFFICIAL, {}),
    (11, "execute", "secretary", Role.SECRETARIAT, {"effective_on": "2027-02-16"}),
)


@pytest.mark.parametrize(("last", "name", "who", "role", "arguments"), STEPS)
def test_no_gate_is_jumped(story: Story, last: int, name: str, who: str, role: Role, arguments: dict[str, Any]) -> None:
    refused = story.refused(name, who, role, "2027-02-16", **arguments)
    expected = GATES[3] if last < 11 else GATES[10]
    assert (refused.code, refused.facts["gate"]) == ("gate-open", str(expected.number))
    assert (refused.rule, refused.citation) == (expected.rule, expected.citation)


def test_a_plan_without_a_notice_is_refused(story: Story) -> None:
    with pytest.raises(Refused) as caught:
        story.plan("2027-02-16")
    assert caught.value.facts["gate"] == "4"


@pytest.mark.parametrize(
    ("without", "gate"),
    [("plan", 4), ("evaluate", 5), ("retest", 7), ("opinion", 8), ("propose", 8), ("hear", 9), ("clear", 10)],
)
def test_a_lower_post_needs_every_gate(story: Story, without: str, gate: int) -> None:
    """The state of a complete review, with one gate taken back: the check names exactly that gate."""
    from dataclasses import replace

    story.to_decision()
    taken_back: dict[str, dict[str, Any]] = {
        "plan": {"plan": ""},
        "evaluate": {"improved": None},
        "retest": {"retested": False},
        "opinion": {"opinion_given": False},
        "propose": {"proposed": None},
        "hear": {"heard": False},
        "clear": {"cleared": ()},
    }
    state = replace(story.state, **taken_back[without])
    intent = Intent("decide", at("2027-10-19"), arguments={"outcome": "lower_post", "target_post_id": "x"})
    with pytest.raises(Refused) as caught:
        review.check(state, intent)
    assert (caught.value.code, caught.value.facts["gate"]) == ("gate-open", str(gate))
    assert caught.value.rule
    assert caught.value.citation


def test_a_gate_without_its_record_stops_the_decision(story: Story) -> None:
    """The state may say what it wants: the recorder asks for the rows."""
    story.to_decision()
    with story.world.database.write() as writer:
        for row in story.world.proofs(story.id)[7]:
            writer.session.delete(row)
    with pytest.raises(Refused) as caught:
        story.decide()
    assert (caught.value.code, caught.value.facts["gate"]) == ("gate-open", "7")
    assert story.world.rows(Document, kind="review_decision") == []


@pytest.mark.parametrize(
    ("outcome", "post", "code"),
    [
        ("lower_post", "library", "target-level"),
        ("lateral_move", "bureau", "target-level"),
        ("lateral_move", "health", "target-level"),
        ("lower_post", None, "target-post"),
        ("stay", "bureau", "target-post"),
    ],
)
def test_a_target_post_fits_the_decision(story: Story, outcome: str, post: str | None, code: str) -> None:
    story.to_decision()
    with pytest.raises(Refused) as caught:
        story.decide(outcome=outcome, post=post)
    assert caught.value.code == code
    assert caught.value.rule == "demotion.outcomes"


def test_a_target_post_is_vacant_and_known(story: Story) -> None:
    world = story.to_decision().world
    arguments: dict[str, Any] = {"outcome": "lower_post", "target_post_id": "nowhere"}
    assert story.refused("decide", "head", Role.PPK, "2027-10-19", **arguments).code == "unknown-post"
    with world.database.write() as writer:
        writer.session.add(
            Holding(
                agency_id=world.agency_id,
                post_id=world.posts["bureau"],
                person_id=world.people["stranger"],
                since=date(2025, 1, 1),
                basis="x",
            )
        )
    with pytest.raises(Refused) as caught:
        story.decide()
    assert caught.value.code == "post-held"


def test_an_acting_head_needs_the_ministers_consent_whenever_he_came(story: Story) -> None:
    story.to_decision()
    story.world.assign("deputy", Role.PPK, "2027-10-18", HoldingKind.PJ)
    arguments = {"outcome": "lower_post", "target_post_id": story.world.posts["bureau"]}
    refused = story.refused("decide", "deputy", Role.PPK, "2027-10-19", **arguments)
    assert (refused.code, refused.facts["kinds"]) == ("clearance-missing", "home_affairs")
    assert refused.rule == "acting_head.requires_mendagri_approval"
    story.clear("home_affairs", "2027-10-20", "2027-10-19")
    story.do("decide", "deputy", Role.PPK, "2027-10-20", **arguments)


@pytest.mark.parametrize(("since", "free"), [("2027-04-18", True), ("2027-04-19", False)])
def test_a_new_head_of_region_needs_consent_for_six_months(story: Story, since: str, free: bool) -> None:
    story.to_decision()
    story.world.assign("deputy", Role.PPK, since)
    arguments = {"outcome": "lower_post", "target_post_id": story.world.posts["bureau"]}
    act = ("decide", "deputy", Role.PPK, "2027-10-19")
    if free:
        story.do(*act, **arguments)
        return
    refused = story.refused(*act, **arguments)
    assert refused.rule == "political_window.after_inauguration_months"
    assert refused.citation == "UU 10/2016 Pasal 162 ayat (3)"


def test_an_acting_head_at_the_start_makes_the_consent_a_gate(world: World) -> None:
    world.assign("deputy", Role.PPK, "2026-12-01", HoldingKind.PLT)
    story = Story(world)
    assert story.state.needs == ("replacement", "home_affairs")


def test_to_stay_needs_no_hearing_and_ends_with_its_delivery(story: Story) -> None:
    story.to_proposal()
    story.decide("2027-10-04", "stay", None)
    assert story.state.closed_at is None
    story.deliver(story.state.decision, "2027-10-05")
    assert story.state.closed_at is not None
    assert story.world.mails("review_ended", "official")
    assert story.world.rows(Review)[0].target_post_id is None


def test_a_stay_cannot_be_objected_to_or_executed(story: Story) -> None:
    story.to_proposal()
    story.decide("2027-10-04", "stay", None)
    from dataclasses import replace

    state = replace(story.state, delivered=(*story.state.delivered, story.state.decision))
    assert _checked(state, Intent("object", at("2027-10-06"))) == "nothing-to-object"
    assert _checked(state, Intent("execute", at("2027-10-06"))) == "nothing-to-execute"


def test_the_decision_shows_every_gate_with_its_proof(story: Story) -> None:
    story.to_decision()
    document = story.world.document(story.decide().data["decision"])
    titles = {g.title for g in GATES[:10]}
    assert {row["gate"] for row in document.inputs["gates"]} == titles
    assert all(row["proof"] and row["date"] for row in document.inputs["gates"])
    assert document.inputs["reasons"] == ["Alasan tertulis."]


# -- delivery, objection, execution ------------------------------------------------------------------------------


def test_nothing_is_executed_or_objected_to_before_the_decision_is_delivered(story: Story) -> None:
    story.to_decision()
    story.decide()
    for name, who, role, arguments in (
        ("object", "official", Role.OFFICIAL, {}),
        ("execute", "secretary", Role.SECRETARIAT, {"effective_on": "2027-10-20"}),
    ):
        refused = story.refused(name, who, role, "2027-10-20", **arguments)
        assert (refused.code, refused.rule) == ("decision-undelivered", "decision.delivery_working_days")


def test_an_objection_is_possible_for_fourteen_working_days_of_delivery(story: Story) -> None:
    story.decided()
    late = story.refused("object", "official", Role.OFFICIAL, "2027-11-12 00:00")
    assert (late.code, late.citation) == ("objection-late", "PP 79/2021 Pasal 4")
    story.object("2027-11-11 23:59:59")
    assert story.state.deadline("objection") is None
    assert story.state.decide_by == at("2027-12-10 23:59:59")  # twenty-one working days
    (objection,) = story.world.rows(Objection)
    assert (objection.kind, objection.decide_by) == ("administrative", story.state.decide_by)


def test_a_closed_window_takes_no_objection(story: Story) -> None:
    story.decided()
    story.world.advance(at("2027-11-11 23:59:59"))
    late = story.refused("object", "official", Role.OFFICIAL, "2027-11-11 23:59:59")
    assert late.code == "objection-late"


def test_silence_leads_to_court_and_decides_nothing(story: Story) -> None:
    world = story.decided().world
    story.execute()
    story.object("2027-11-11")
    assert not objection_clock_over(story.state, at("2027-12-10 23:59:59"))
    world.advance(at("2027-12-10 23:59:59"))
    assert story.state.to_court
    assert story.state.objection_outcome == ""
    assert story.state.closed_at is None
    assert story.state.outcome is ReviewOutcome.LOWER_POST
    assert "PTUN" in world.mails("act_recorded", "official")[-1].facts["act"]
    assert objection_clock_over(story.state, at("2027-12-10 23:59:59"))
    story.decide_objection("rejected", "2027-12-20")
    assert story.state.closed_at is not None


def test_an_objection_does_not_suspend_execution(story: Story) -> None:
    story.decided()
    story.object("2027-10-25 08:00")
    story.execute()
    assert story.state.executed_on == date(2027, 10, 25)
    story.decide_objection("rejected")
    assert story.state.closed_at == at("2027-11-15")
    assert objection_clock_over(story.state, at("2027-11-15"))


def test_a_rejected_objection_leaves_the_execution_to_do(story: Story) -> None:
    story.decided()
    story.object("2027-10-25")
    story.decide_objection("rejected")
    assert story.state.closed_at is None
    story.execute("2027-11-16", "2027-11-16")
    assert story.state.closed_at is not None


def test_a_granted_objection_before_execution_ends_the_review(story: Story) -> None:
    world = story.decided().world
    story.object("2027-10-25")
    story.decide_objection("granted")
    assert story.state.closed_at is not None
    assert world.rows(Holding)[0].until is None
    assert not objection_clock_over(story.state, at("2028-01-01"))
    assert world.document(world.rows(Objection)[0].document_id).inputs["result"].startswith("Keputusan dibatalkan")


@pytest.mark.parametrize(("outcome", "post"), [("lower_post", "bureau"), ("lateral_move", "library")])
def test_a_granted_objection_after_execution_puts_the_official_back(story: Story, outcome: str, post: str) -> None:
    world = story.decided(outcome, post).world
    story.execute()
    story.object("2027-10-26")
    entry = story.decide_objection("granted")
    moved = world.rows(Holding, post_id=world.posts[post])[0]
    back = sorted(world.rows(Holding, post_id=world.posts["health"]), key=lambda h: h.since)[-1]
    assert (moved.until, back.since, back.until) == (date(2027, 11, 14), date(2027, 11, 15), None)
    assert world.state(entry.data["term"]).inaugurated_on == date(2025, 12, 15)
    assert not objection_clock_over(story.state, at("2028-01-01"))
    with world.database.read() as session:
        assert terms.overdue_lapses(session) == []


@pytest.mark.parametrize("more", [{"outcome": "partly_granted"}, {"outcome": "granted", "results": "above"}])
def test_an_objection_to_the_decision_is_granted_as_a_whole_or_rejected(story: Story, more: dict[str, str]) -> None:
    story.decided()
    story.object("2027-10-25")
    with pytest.raises(Refused) as caught:
        story.decide_objection(**more)
    assert caught.value.code == "objection-whole"


def test_there_is_no_decision_without_an_objection(story: Story) -> None:
    story.decided()
    with pytest.raises(Refused) as caught:
        story.decide_objection("rejected")
    assert caught.value.code == "no-objection"


@pytest.mark.parametrize(("effective_on", "code"), [("2027-10-21", "date-too-early"), ("2027-10-26", "date-in-future")])
def test_a_decision_takes_effect_between_its_delivery_and_today(story: Story, effective_on: str, code: str) -> None:
    story.decided()
    with pytest.raises(Refused) as caught:
        story.execute(effective_on=effective_on)
    assert caught.value.code == code


def test_the_official_may_act_in_his_review_until_its_clock_has_run_out(story: Story) -> None:
    """The term has ended with the move; the right to object has not."""
    world = story.decided().world
    story.execute()
    assert world.state(story.term).closed_at is not None
    held = world.rows(Assignment, scope_kind="term")
    assert all(a.until is None for a in held)
    world.advance(at("2027-11-11 23:59:59"))
    held = world.rows(Assignment, scope_kind="term")
    assert all(a.until == at("2027-11-12 00:00") for a in held)


def test_a_lateral_move_begins_another_term(story: Story) -> None:
    world = story.decided("lateral_move", "library").world
    entry = story.execute()
    assert world.state(story.term).ground == "moved"
    term = world.rows(OfficeTerm, post_id=world.posts["library"])[0]
    assert entry.data["term"] == f"term/{term.id}"
    world.advance(at("2027-10-25 12:00"))
    assert world.state(f"contract/{term.id}/2027").period_start == date(2027, 10, 25)


def test_an_executed_review_is_closed_at_once_when_its_clock_has_run_out(story: Story) -> None:
    world = story.decided().world
    world.advance(at("2027-11-15"))
    story.execute("2027-11-15", "2027-11-15")
    assert story.state.closed_at == at("2027-11-15")
    assert all(a.until is not None for a in world.rows(Assignment, scope_kind="term"))


def test_the_end_of_the_term_ends_the_review(story: Story) -> None:
    world = story.to_improvement().world
    arguments = {"ground": "retired", "last_day": "2027-04-30", "basis": LETTER}
    world.act(story.term, "end_term", "head", Role.PPK, at("2027-05-03"), **arguments)
    assert (story.state.lapsed, story.state.stage) == (True, "lapsed")


def test_what_was_executed_does_not_lapse(story: Story) -> None:
    story.decided()
    story.execute()
    story.world.system(story.key, "lapse", at("2027-10-26"), "lapse")
    assert not story.state.lapsed
    assert story.state.closed_at is None


def test_an_official_who_has_left_is_not_moved(story: Story) -> None:
    world = story.decided().world
    with world.database.write() as writer:
        holding = writer.session.get_one(Holding, world.rows(Holding)[0].id)
        holding.until = date(2027, 10, 23)
        writer.session.add(holding)
    with pytest.raises(Refused) as caught:
        story.execute()
    assert caught.value.code == "not-in-post"


def test_a_failed_execution_changes_nothing(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """One transaction: without the vacancy's draft there is no move either."""
    from records.acts import review_decision

    def fail(*_: object) -> str:
        raise RuntimeError("disk full")

    world = story.decided().world
    monkeypatch.setattr(review_decision, "_open_round", fail)
    with pytest.raises(RuntimeError):
        story.execute()
    assert [h.until for h in world.rows(Holding)] == [None]
    assert world.rows(Document, kind="decree") == []
    assert world.rows(OutboundMail, template="decree_issued") == []


# -- the machine -------------------------------------------------------------------------------------------------


def test_each_gate_cites_its_rule() -> None:
    rules = regulations.load("id-pns-2020")
    assert [g.number for g in GATES] == list(range(1, 12))
    assert all(g.citation == rules.rule(g.rule).citation for g in GATES)


ONCE = (
    ("notify", {"notice": "d"}, {}),
    ("set_plan", {"notice": "d", "plan": "s"}, {}),
    ("decide", {"outcome": ReviewOutcome.STAY}, {"outcome": "stay"}),
    ("decide_objection", {"objected": True, "objection_outcome": "rejected"}, {"outcome": "rejected"}),
)


@pytest.mark.parametrize(("name", "facts", "arguments"), ONCE)
def test_an_act_is_done_once(name: str, facts: dict[str, Any], arguments: dict[str, Any]) -> None:
    state = ReviewState("r", "a", at("2027-02-01"), **facts)
    assert _checked(state, Intent(name, at("2027-02-02"), arguments=arguments)) == "already-done"


@pytest.mark.parametrize(
    "intent", [Intent("open_review", at("2027-02-01")), Intent("lapse", at("2027-02-01"), role="ppk")]
)
def test_what_is_no_act_of_a_review_is_refused(intent: Intent) -> None:
    assert _checked(ReviewState("r", "a", at("2027-02-01")), intent) == "unknown-act"


def test_every_refusal_of_these_cases_has_its_sentences() -> None:
    from domain.texts import contract, review, term

    for code in contract.ROWS | review.ROWS | term.ROWS:
        assert REFUSALS[code].id
        assert REFUSALS[code].en


def _checked(state: ReviewState, intent: Intent) -> str | None:
    """What the state machine alone says to an intent."""
    try:
        review.check(state, intent)
    except Refused as refused:
        return refused.code
    return None
