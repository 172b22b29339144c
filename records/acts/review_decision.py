"""What the end of a review writes: the decision, its delivery, the objection, and the move in one transaction."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from sqlmodel import col, select

from domain.deadlines.appeals import objection_filed
from domain.deadlines.selection import decision_delivered
from domain.plan import Level
from domain.refusals import Refused
from domain.review import ReviewState
from domain.rules import refuse
from domain.words import CaseKind, Clearance, ReviewOutcome, Role
from records import journal, terms
from records.acts import review_papers
from records.acts.acting import Acting, Recorder, signature, tanggal
from records.acts.common import (
    Incumbency,
    cite,
    close_objection,
    file_objection,
    local,
    objection_of,
    past_day,
)
from records.acts.consents import acting_head, newly_in_office
from records.acts.proofs import prove, require_recorded
from records.tables import Delivery, Document, Holding, Post, Review, Selection, Vacancy

_FILE_RULE: Final = "appeal.keberatan.file_working_days"
_DECIDE_RULE: Final = "appeal.keberatan.decide_working_days"
_GATES_BEFORE: Final = 10
_SENIOR: Final = frozenset(level.value for level in Level)  # everything else is below a senior post
_ONE_DAY: Final = timedelta(days=1)


def _people(acting: Acting) -> Incumbency:
    return Incumbency(acting, acting.state.term_id)


# -- the decision ------------------------------------------------------------------------------------------------


def decide(acting: Acting) -> None:
    """The PPK decides; a move names the target post and needs every gate's record, and consent under a new head."""
    people, outcome = _people(acting), ReviewOutcome(acting.arguments["outcome"])
    target = None
    if outcome is not ReviewOutcome.STAY:
        require_recorded(acting, _GATES_BEFORE)
        _require_consent(acting)
        target = _target(acting, people, outcome)
    document = review_papers.decision(acting, people, outcome, target)
    prove(acting, _GATES_BEFORE + 1, {"outcome": outcome.value, "number": document.number}, document_id=document.id)
    review = acting.session.get_one(Review, acting.case.id)
    review.target_post_id = target.id if target else None
    acting.session.add(review)
    acting.due_by("delivery", decision_delivered(acting.calendar, acting.today, acting.rules))
    acting.data.update(outcome=outcome.value, decision=document.id, target_post_id=target.id if target else "")
    facts = people.facts(number=document.number, date=acting.today.isoformat(), rule=cite(acting, _FILE_RULE))
    acting.mail("review_decision", [people.official.id], facts, [document.id])


def _require_consent(acting: Acting) -> None:
    """Who heads the agency today counts, not who did when the review began."""
    if Clearance.HOME_AFFAIRS in acting.state.cleared:
        return
    kinds = Clearance.HOME_AFFAIRS.value
    if acting_head(acting):
        raise refuse(acting.rules, "acting_head.requires_mendagri_approval", "clearance-missing", kinds=kinds)
    if newly_in_office(acting):
        raise refuse(acting.rules, "political_window.after_inauguration_months", "clearance-missing", kinds=kinds)


def _target(acting: Acting, people: Incumbency, outcome: ReviewOutcome) -> Post:
    """The post named: vacant, of this agency, of the same level for a lateral move and below for a lower post."""
    post_id = str(acting.arguments["target_post_id"])
    post = acting.session.get(Post, post_id)
    if post is None or post.agency_id != acting.case.agency_id:
        raise Refused("unknown-post", post=post_id)
    same_level = post.level == people.post.level and post.id != people.post.id
    fits = same_level if outcome is ReviewOutcome.LATERAL_MOVE else post.level not in _SENIOR
    if not fits:
        raise refuse(acting.rules, "demotion.outcomes", "target-level", outcome=outcome, level=post.level)
    terms.require_vacant(acting.session, post.id, acting.today)
    return post


# -- delivery and objection --------------------------------------------------------------------------------------


def start_objection(acting: Acting, delivered_on: date) -> None:
    """The decision has reached the official: his objection clock starts; a stay ends the review."""
    acting.lift("delivery")
    if acting.state.outcome is ReviewOutcome.STAY:
        tell_ended(acting, "demotion.outcomes")
        return
    until = acting.due_by("objection", objection_filed(acting.calendar, delivered_on, acting.rules), remind=False)
    acting.data["objection_until"] = until.isoformat()


def object_to_decision(acting: Acting) -> None:
    """The official objects to the PPK himself; execution is not suspended (UU 30/2014 Pasal 75 ayat (3))."""
    file_objection(acting, "administrative", _people(acting), [Role.PPK])


def decide_objection(acting: Acting) -> None:
    """The PPK decides: rejected, or granted, which annuls the decision and puts the official back."""
    people, state = _people(acting), acting.state
    decided = acting.session.get_one(Document, state.decision)
    granted = acting.arguments["outcome"] == "granted"
    document = close_objection(
        acting,
        objection_of(acting, "administrative"),
        people,
        signature(acting.agency.head_title, acting.one(Role.PPK)),
        against=f"Keputusan Nomor {decided.number} tanggal {tanggal(decided.issued_on)}",
        result="Keputusan dibatalkan dan kedudukan semula dipulihkan." if granted else "Keputusan tetap berlaku.",
        remedy=f"Apabila tidak puas, dapat digugat ke {review_papers.open_to(acting).next_forum}.",
        rule_id=_DECIDE_RULE,
    )
    if state.executed_on is not None:
        terms.release(acting.session, acting.calendar, state.term_id, acting.today)
    if not granted:
        return
    if state.executed_on is not None:
        _restore(acting, people, document)
    tell_ended(acting, _DECIDE_RULE)


def _restore(acting: Acting, people: Incumbency, document: Document) -> None:
    """Put the official back into his post: the new holding ends, his term begins again as served since inauguration."""
    query = select(Holding).where(
        col(Holding.post_id) == acting.state.target_post_id,
        col(Holding.person_id) == people.official.id,
        col(Holding.until).is_(None),
    )
    moved = acting.session.exec(query).one()
    moved.until, moved.end_basis = max(moved.since, acting.today - _ONE_DAY), document.number
    acting.session.add(moved)
    lapsing = terms.term_of(acting.session, moved)
    acting.data["lapses"] = [terms.key_of(lapsing)] if lapsing else []
    opening = terms.Opening(
        acting.case.agency_id,
        people.post.id,
        people.official.id,
        _superior_id(acting, people),
        acting.today,
        people.term.inaugurated_on,
        document.number,
        acting.today.year,
    )
    acting.data["term"] = terms.open_in_act(acting, opening)


def _superior_id(acting: Acting, people: Incumbency) -> str:
    held = acting.holders(Role.SUPERIOR, people.scope)
    return held[0].id if held else acting.one(Role.PPK).id


def close_window(acting: Acting) -> None:
    """Nobody objected in time; a review that was carried out ends with it."""
    acting.lift("objection")
    if acting.state.executed_on is not None:
        terms.release(acting.session, acting.calendar, acting.state.term_id, acting.today)


def leave_to_court(acting: Acting) -> None:
    """The objection was not decided in time: nothing follows by itself, the way to the court is open."""
    people = _people(acting)
    forum = review_papers.open_to(acting).next_forum
    act = f"Keberatan tidak diputus dalam tenggang waktu; gugatan dapat diajukan ke {forum}"
    acting.mail("act_recorded", [people.official.id], {"act": act, "date": local(acting, acting.at)})


def tell_ended(acting: Acting, rule_id: str) -> None:
    """Both learn that the review has ended."""
    people = _people(acting)
    facts = people.facts(date=acting.today.isoformat(), rule=cite(acting, rule_id))
    acting.mail("review_ended", people.parties, facts)


# -- the move ----------------------------------------------------------------------------------------------------


def execute(acting: Acting) -> None:
    """Carry the decision out: the old holding's end, the new one's start, and the vacancy's draft, all or nothing."""
    state: ReviewState = acting.state
    people = _people(acting)
    effective_on = past_day(acting, "effective_on", _delivered_on(acting, state.decision))
    if people.holding.until is not None:
        raise Refused("not-in-post")
    target = acting.session.get_one(Post, state.target_post_id)
    terms.require_vacant(acting.session, target.id, effective_on)
    superior_id = _superior_id(acting, people)
    decree = review_papers.decree(acting, people, target, effective_on)
    _move(acting, people, target, effective_on, decree.number)
    acting.data.update(
        effective_on=effective_on.isoformat(),
        decree=decree.id,
        target_post_id=target.id,
        selection=_open_round(acting, people.post, superior_id),
        lapses=[terms.key_of(state.term_id)],
    )
    facts = {
        "post": target.title,
        "number": decree.number,
        "date": acting.today.isoformat(),
        "rule": cite(acting, _FILE_RULE),
    }
    acting.mail("decree_issued", [people.official.id], facts, [decree.id])


def _delivered_on(acting: Acting, document_id: str) -> date:
    query = select(Delivery).where(col(Delivery.document_id) == document_id)
    return acting.calendar.local_date(acting.session.exec(query).one().delivered_at)


def _move(acting: Acting, people: Incumbency, target: Post, effective_on: date, decree_number: str) -> None:
    """No day without a post: the old holding's last day is the eve of the new one's first."""
    superior_id = _superior_id(acting, people)
    holding = people.holding
    holding.until, holding.end_basis = effective_on - _ONE_DAY, decree_number
    acting.session.add(holding)
    if target.level in _SENIOR:
        opening = terms.Opening(
            acting.case.agency_id,
            target.id,
            people.official.id,
            superior_id,
            effective_on,
            effective_on,
            decree_number,
            effective_on.year,
        )
        acting.data["term"] = terms.open_in_act(acting, opening)
        return
    acting.session.add(
        Holding(
            agency_id=acting.case.agency_id,
            post_id=target.id,
            person_id=people.official.id,
            since=effective_on,
            basis=decree_number,
        )
    )


def _open_round(acting: Acting, post: Post, superior_id: str) -> str:
    """The draft of the selection that fills the vacancy; it waits for the objection clock before it is published."""
    selection = Selection(
        agency_id=acting.case.agency_id,
        title=f"Seleksi terbuka {post.title}",
        level=post.level,
        after_review_id=acting.case.id,
        created_at=acting.at,
    )
    acting.session.add(selection)
    acting.session.flush()
    acting.session.add(
        Vacancy(
            selection_id=selection.id,
            post_id=post.id,
            title=post.title,
            unit=post.unit,
            kind=post.kind,
            superior_id=superior_id,
        )
    )
    case = journal.bear(
        acting.session,
        CaseKind.SELECTION,
        selection.id,
        acting.case.agency_id,
        acting.at,
        "open",
        origin={"after_review": acting.case.id},
        request_id=f"{acting.case.key}/{acting.seq}/vacancy",
        person_id=acting.intent.person_id or None,
    )
    acting.start(case.key)
    return selection.id


ACTS: Final[Mapping[str, Recorder]] = MappingProxyType(
    {
        "decide": decide,
        "object": object_to_decision,
        "decide_objection": decide_objection,
        "execute": execute,
    }
)
