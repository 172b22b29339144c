"""What the acts of a demotion review write up to the decision: notice, plan, evaluation, retest, proposal, hearing."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlmodel import col, select

from domain.deadlines.demotion import earliest_decision, improvement
from domain.law.demotion import milder_than
from domain.refusals import Refused
from domain.review import ReviewState
from domain.rules import refuse
from domain.words import CaseKind, ReviewOutcome
from records.achievements import check_ins_of
from records.acts import review_decision, review_papers
from records.acts.acting import Acting, Recorder
from records.acts.common import Incumbency, cite, day, local, past_day, remind, statement, with_reasons
from records.acts.proofs import prove
from records.tables import Delivery, Document


def people_of(acting: Acting) -> Incumbency:
    """The official whose review it is, and his superior."""
    return Incumbency(acting, acting.state.term_id)


# -- gates 4 to 6: notice, plan, improvement ---------------------------------------------------------------------


def notify(acting: Acting) -> None:
    """Issue the improvement notice; its six months begin when it is delivered."""
    people = people_of(acting)
    document = review_papers.improvement_notice(acting, people)
    acting.data["notice"] = document.id
    facts = people.facts(
        number=document.number,
        date=acting.today.isoformat(),
        deadline=document.inputs["ends_on"],
        rule=cite(acting, "demotion.improvement_months"),
    )
    acting.mail("improvement_notice", [people.official.id], facts, [document.id])


def confirm_delivery(acting: Acting) -> None:
    """A letter has reached the official, or he refused it; the clock of that letter starts on this day."""
    state: ReviewState = acting.state
    document = acting.session.get_one(Document, acting.arguments["document_id"])
    delivered_on = past_day(acting, "delivered_on", document.issued_on)
    delivery = Delivery(
        agency_id=acting.case.agency_id,
        document_id=document.id,
        person_id=people_of(acting).official.id,
        method=str(acting.arguments["method"]),
        refused=bool(acting.arguments.get("refused", False)),
        proof=str(acting.arguments["proof"]),
        delivered_at=acting.calendar.start_of_day(delivered_on),
    )
    acting.session.add(delivery)
    acting.session.flush()
    acting.data.update(document_id=document.id, delivered_on=delivered_on.isoformat(), delivery=delivery.id)
    if document.id == state.notice:
        _start_improvement(acting, document, delivery, delivered_on)
    elif document.id == state.hearing_notice:
        _start_notice(acting, document, delivery, delivered_on)
    else:
        review_decision.start_objection(acting, delivered_on)


def _start_improvement(acting: Acting, document: Document, delivery: Delivery, delivered_on: date) -> None:
    until = acting.due_by("improvement", improvement(acting.calendar, delivered_on, acting.rules))
    acting.data["improvement_until"] = until.isoformat()
    prove(acting, 4, _delivered(delivery, delivered_on), document_id=document.id)


def _start_notice(acting: Acting, document: Document, delivery: Delivery, delivered_on: date) -> None:
    earliest = earliest_decision(acting.calendar, delivered_on, acting.rules)
    acting.data["decide_from"] = acting.calendar.start_of_day(earliest).isoformat()
    prove(acting, 9, _delivered(delivery, delivered_on), document_id=document.id)


def _delivered(delivery: Delivery, delivered_on: date) -> dict[str, Any]:
    return {"delivery": delivery.id, "delivered_on": delivered_on.isoformat(), "refused": delivery.refused}


def set_plan(acting: Acting) -> None:
    """The improvement plan, stored as a statement before, and the dates on which the superior coaches."""
    statement(acting, acting.arguments["plan_id"])
    coaching = sorted({date.fromisoformat(str(d)) for d in acting.arguments["coaching_dates"]})
    if coaching[0] < acting.today:
        raise Refused("date-too-early", date=coaching[0].isoformat(), earliest=acting.today.isoformat())
    until = acting.state.improvement_until
    latest = acting.calendar.local_date(until) if until else None
    if latest is not None and coaching[-1] > latest:
        raise Refused("plan-after-period", date=coaching[-1].isoformat(), until=latest.isoformat())
    shown = [d.isoformat() for d in coaching]
    acting.data.update(plan_id=acting.arguments["plan_id"], coaching_dates=shown)
    prove(acting, 4, {"plan": acting.arguments["plan_id"], "coaching_dates": shown})
    people = people_of(acting)
    facts = {"act": "Rencana perbaikan kinerja ditetapkan", "date": local(acting, acting.at)}
    acting.mail("act_recorded", [people.official.id], facts)


def evaluate(acting: Acting) -> None:
    """After the six months and their coaching: improved, which ends the review, or not."""
    improved = bool(acting.arguments["improved"])
    held = list(check_ins_of(acting.session, acting.case.id, CaseKind.REVIEW).values())
    planned = len({(d.year, d.month) for d in acting.state.coaching_dates})
    if len(held) < planned:
        raise refuse(acting.rules, "demotion.improvement_months", "coaching-missing", held=len(held), planned=planned)
    acting.lift("improvement")
    acting.data.update(improved=improved, evaluated_on=acting.today.isoformat(), check_ins=len(held))
    prove(acting, 5, {"check_ins": len(held), "periods": [c.period for c in held]})
    if improved:
        review_decision.tell_ended(acting, "demotion.improvement_months")
    else:
        prove(acting, 6, {"improved": False, "evaluated_on": acting.today.isoformat()})


# -- gates 7 and 8: retest, opinion, proposal --------------------------------------------------------------------


def record_retest(acting: Acting) -> None:
    """The retest by accredited assessors; absence is recorded as absence, never as a zero."""
    held_on = past_day(acting, "held_on", acting.state.evaluated_on)
    absent, score = bool(acting.arguments.get("absent", False)), acting.arguments.get("score")
    if absent is (score is not None) or (absent and acting.arguments["fit_for_post"]):
        raise refuse(acting.rules, "demotion.requires_competency_retest", "retest-result")
    proof = {
        "accreditation": str(acting.arguments["accreditation"]),
        "held_on": held_on.isoformat(),
        "fit_for_post": bool(acting.arguments["fit_for_post"]),
        "score": None if score is None else str(Decimal(str(score))),
        "absent": absent,
    }
    prove(acting, 7, proof)
    acting.data.update(held_on=proof["held_on"], fit_for_post=proof["fit_for_post"], absent=absent)


def record_opinion(acting: Acting) -> None:
    """The performance assessment team's opinion (tim penilai kinerja PNS)."""
    opinion = ReviewOutcome(acting.arguments["opinion"])
    prove(acting, 8, {"number": str(acting.arguments["number"]), "opinion": opinion.value})
    acting.data["opinion"] = opinion.value


def propose(acting: Acting) -> None:
    """The PyB's proposal; every milder outcome must have been weighed."""
    proposal = ReviewOutcome(acting.arguments["proposal"])
    weighed = [str(a) for a in acting.arguments["alternatives"]]
    missing = [o for o in milder_than(proposal, acting.rules) if o not in weighed]
    if missing:
        raise refuse(acting.rules, "demotion.outcomes", "alternatives-missing", missing=", ".join(missing))
    proof = {"number": str(acting.arguments["number"]), "proposal": proposal.value, "alternatives": weighed}
    prove(acting, 8, proof)
    acting.data.update(proposal=proposal.value, alternatives=weighed)


# -- gates 9 and 10: hearing and clearances ----------------------------------------------------------------------


def notice_hearing(acting: Acting) -> None:
    """Issue the notice of a decision to come, and invite the official to be heard."""
    hearing_at = datetime.fromisoformat(str(acting.arguments["hearing_at"]))
    if hearing_at <= acting.at:
        raise Refused("hearing-in-past", at=local(acting, hearing_at))
    people = people_of(acting)
    document = review_papers.hearing_notice(acting, people, hearing_at)
    acting.data.update(hearing_notice=document.id, hearing_at=hearing_at.isoformat())
    facts = people.facts(
        number=document.number,
        date=local(acting, hearing_at),
        rule=cite(acting, "demotion.notice_working_days"),
    )
    acting.mail("hearing_notice", [people.official.id], facts, [document.id])


def record_hearing(acting: Acting) -> None:
    """What came of the hearing; who does not come is recorded as absent once its time has passed."""
    attended = bool(acting.arguments["attended"])
    held_on = past_day(acting, "held_on", _delivered_on(acting, acting.state.hearing_notice))
    hearing_at = acting.state.hearing_at
    if not attended and (acting.at < hearing_at or held_on < acting.calendar.local_date(hearing_at)):
        raise refuse(acting.rules, "demotion.hearing_required", "hearing-to-come", at=local(acting, hearing_at))
    prove(acting, 9, {"attended": attended, "held_on": held_on.isoformat()})
    acting.data.update(attended=attended, held_on=held_on.isoformat())


def _delivered_on(acting: Acting, document_id: str) -> date:
    query = select(Delivery).where(col(Delivery.document_id) == document_id)
    return acting.calendar.local_date(acting.session.exec(query).one().delivered_at)


def record_clearance(acting: Acting) -> None:
    """Another authority's letter."""
    issued_on = day(acting, "issued_on")
    if issued_on > acting.today:
        raise Refused("date-in-future", date=issued_on.isoformat())
    kind = str(acting.arguments["kind"])
    proof = {"kind": kind, "number": str(acting.arguments["number"]), "issued_on": issued_on.isoformat()}
    prove(acting, 10, proof)
    acting.data.update(kind=kind, issued_on=issued_on.isoformat())


# -- time --------------------------------------------------------------------------------------------------------


def remind_review(acting: Acting) -> None:
    """One reminder before a deadline, to those whose act is awaited."""
    remind(acting, acting.state.term_id)


def fall_due(acting: Acting) -> None:
    """The objection window closes, or an objection was not decided in time; all else only becomes overdue, visibly."""
    key = acting.data["key"] = acting.arguments["key"]
    if key == "objection":
        review_decision.close_window(acting)
    if key == "decide_objection":
        review_decision.leave_to_court(acting)


def lapse(acting: Acting) -> None:
    """The office term has ended; the review ends with it, unless it was carried out and may yet be objected to."""
    acting.data["stage"] = acting.state.stage


RECORDERS: Final[Mapping[str, Recorder]] = with_reasons(
    CaseKind.REVIEW,
    {
        "remind": remind_review,
        "fall_due": fall_due,
        "notify": notify,
        "confirm_delivery": confirm_delivery,
        "set_plan": set_plan,
        "evaluate": evaluate,
        "record_retest": record_retest,
        "record_opinion": record_opinion,
        "propose": propose,
        "notice_hearing": notice_hearing,
        "record_hearing": record_hearing,
        "record_clearance": record_clearance,
        "lapse": lapse,
        **review_decision.ACTS,
    },
)
