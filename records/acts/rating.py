"""What the annual rating writes: the rating, the objection to it, the final result, and the review that may follow."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlmodel import col, select

from domain.contract import ContractState
from domain.deadlines.performance import rating_objection
from domain.law.demotion import exempt, long_enough_in_post
from domain.organisation import takes_org_results
from domain.rating import propose_results, triggers_review
from domain.rating import rating as rating_of
from domain.refusals import Refused
from domain.switches import Switch
from domain.words import Behaviour, CaseKind, Rating, Results, Role, VacancyKind
from records import achievements, journal
from records import rules as rule_sets
from records.acts.acting import Acting, Recorder, signature, tanggal
from records.acts.common import Incumbency, cite, close_objection, file_objection, local, objection_of
from records.acts.consents import review_needs
from records.tables import AnnualResult, GateProof, Objection, Person, Review

_WINDOW_RULE: Final = "assessment.objection_days"


def latest_result(acting: Acting, contract_id: str) -> AnnualResult:
    """The last decision on a contract's year."""
    query = select(AnnualResult).where(col(AnnualResult.contract_id) == contract_id)
    results = list(acting.session.exec(query.order_by(col(AnnualResult.at), col(AnnualResult.id))))
    return results[-1]


def warning_facts(
    people: Incumbency, state: ContractState, quarter: int, measured: achievements.Measured
) -> dict[str, str]:
    """The facts of an early warning."""
    return people.facts(year=str(state.year), quarter=str(quarter), percent=str(measured.mean))


# -- rating ------------------------------------------------------------------------------------------------------


def rate(acting: Acting) -> None:
    """The superior decides results and behaviour; the engine's proposal stands beside it, and so does a deviation."""
    state: ContractState = acting.state
    version = achievements.version_of(acting.session, acting.case.id, state.in_force)
    assert version is not None
    measured = achievements.measure_year(acting.session, version, state.year, state.verified, acting.rules)
    proposed = propose_results(measured.mean, acting.rules) if measured.mean is not None else None
    results, behaviour = Results(acting.arguments["results"]), Behaviour(acting.arguments["behaviour"])
    result = AnnualResult(
        contract_id=acting.case.id,
        computed=measured.to_mapping(acting.rules),
        mean=measured.mean,
        proposed=proposed or "",
        results=results,
        behaviour=behaviour,
        rating=rating_of(results, behaviour, acting.rules),
        statement_id=acting.statement_id,
        decided_by=acting.intent.person_id,
        at=acting.at,
    )
    acting.session.add(result)
    acting.session.flush()
    until = _open_window(acting)
    acting.data.update(_decision(result), proposed=result.proposed, objection_until=until.isoformat())
    acting.data["deviates"] = proposed is not None and proposed is not results
    people = Incumbency(acting, state.term_id)
    if acting.rules.switched(Switch.READING) and takes_org_results(VacancyKind(people.post.kind), acting.rules):
        acting.data["proposal_rule"] = "rating.unit_head_uses_org_achievement"
    facts = people.facts(
        year=str(state.year), rating=result.rating, deadline=local(acting, until), rule=cite(acting, _WINDOW_RULE)
    )
    acting.mail("contract_rated", [people.official.id], facts)


def _open_window(acting: Acting) -> datetime:
    """The rating is handed over with the act: the objection window starts, all that led to it is met."""
    acting.lift("rate", "rating", "sign")
    return acting.due_by("objection", rating_objection(acting.calendar, acting.today, acting.rules), remind=False)


def _decision(result: AnnualResult) -> dict[str, Any]:
    return {
        "result": result.id,
        "results": str(result.results),
        "behaviour": str(result.behaviour),
        "rating": str(result.rating),
    }


# -- objection ---------------------------------------------------------------------------------------------------


def object_to_rating(acting: Acting) -> None:
    """The official objects to the rating; it is decided above the one who rated."""
    people = Incumbency(acting, acting.state.term_id)
    file_objection(acting, "rating", people, [Role.PPK, Role.PYB])


def decide_objection(acting: Acting) -> None:
    """Decide the objection for good; a granted one is a new decision on results and behaviour.

    Nobody decides on his own rating, unless he is the PPK, above whom there is none.
    """
    before = latest_result(acting, acting.case.id)
    if before.decided_by == acting.intent.person_id and acting.intent.role != Role.PPK:
        raise Refused("own-rating", rule=_WINDOW_RULE, citation=cite(acting, _WINDOW_RULE))
    after = _changed(acting, before) if acting.arguments["outcome"] != "rejected" else before
    people = Incumbency(acting, acting.state.term_id)
    decider = acting.session.get_one(Person, acting.intent.person_id)
    close_objection(
        acting,
        objection_of(acting, "rating"),
        people,
        signature(decider.position or "Pejabat yang memutus keberatan", decider),
        against=f"penilaian kinerja tahun {acting.state.year} tanggal {tanggal(acting.calendar.local_date(before.at))}",
        result=_RATED[Rating(after.rating)],
        remedy=f"Keputusan atas keberatan ini bersifat final ({cite(acting, _WINDOW_RULE)}).",
        rule_id=_WINDOW_RULE,
    )
    acting.data.update(_decision(after))


_RATED: Final[Mapping[Rating, str]] = MappingProxyType(
    {
        Rating.VERY_GOOD: "Predikat kinerja ditetapkan Sangat Baik.",
        Rating.GOOD: "Predikat kinerja ditetapkan Baik.",
        Rating.NEEDS_IMPROVEMENT: "Predikat kinerja ditetapkan Butuh Perbaikan.",
        Rating.POOR: "Predikat kinerja ditetapkan Kurang.",
        Rating.VERY_POOR: "Predikat kinerja ditetapkan Sangat Kurang.",
    }
)


def _changed(acting: Acting, before: AnnualResult) -> AnnualResult:
    results = Results(acting.arguments.get("results") or before.results)
    behaviour = Behaviour(acting.arguments.get("behaviour") or before.behaviour)
    if (results, behaviour) == (before.results, before.behaviour):
        raise Refused("objection-without-effect", outcome=str(acting.arguments["outcome"]))
    after = AnnualResult(
        contract_id=before.contract_id,
        computed=before.computed,
        mean=before.mean,
        proposed=before.proposed,
        results=results,
        behaviour=behaviour,
        rating=rating_of(results, behaviour, acting.rules),
        statement_id=acting.statement_id,
        decided_by=acting.intent.person_id,
        at=acting.at,
    )
    acting.session.add(after)
    acting.session.flush()
    return after


# -- the final result --------------------------------------------------------------------------------------------


def finalise(acting: Acting) -> None:
    """The rating is final. A bad one opens a review only after long enough in post and in normal circumstances."""
    state: ContractState = acting.state
    result = latest_result(acting, acting.case.id)
    acting.data.update(_decision(result))
    if not triggers_review(Rating(result.rating), acting.rules):
        return
    people = Incumbency(acting, state.term_id)
    if people.holding.until is not None:
        return
    in_post = long_enough_in_post(state.inaugurated_on, state.period_end, acting.rules)
    if exempt(state.force_majeure, acting.rules) or not in_post:
        _warn(acting, people, result)
        return
    _open_review(acting, people, result)


def _warn(acting: Acting, people: Incumbency, result: AnnualResult) -> None:
    """A bad year that opens nothing is an early warning."""
    if result.mean is None:
        facts = {"act": f"Predikat kinerja tahun {acting.state.year} perlu perhatian", "date": local(acting, acting.at)}
        acting.mail("act_recorded", people.parties, facts)
        return
    quarter = str(result.computed.get("quarter") or "")
    facts = people.facts(year=str(acting.state.year), quarter=quarter, percent=str(result.mean))
    acting.mail("early_warning", people.parties, facts)


def _open_review(acting: Acting, people: Incumbency, result: AnnualResult) -> None:
    review_id = acting.case.id
    acting.session.add(
        Review(id=review_id, agency_id=acting.case.agency_id, contract_id=acting.case.id, term_id=acting.state.term_id)
    )
    acting.session.flush()
    for gate, proof in enumerate(_first_proofs(acting, result), start=1):
        acting.session.add(GateProof(review_id=review_id, gate=gate, act="open_review", proof=proof, at=acting.at))
    rules = rule_sets.in_force(acting.session, acting.case.agency_id, acting.today)
    origin = {
        "rules_sha256": rule_sets.pin(acting.session, rules),
        "term_id": acting.state.term_id,
        "needs": [str(n) for n in review_needs(acting)],
    }
    case = journal.bear(
        acting.session,
        CaseKind.REVIEW,
        review_id,
        acting.case.agency_id,
        acting.at,
        "open_review",
        origin=origin,
        data={"rating": str(result.rating)},
        request_id=f"{acting.case.key}/{acting.seq}",
        person_id=acting.intent.person_id or None,
    )
    acting.start(case.key)
    acting.data["review"] = review_id
    facts = {"act": f"Evaluasi jabatan {people.post.title} dimulai", "date": local(acting, acting.at)}
    acting.mail("act_recorded", people.parties, facts)


def _first_proofs(acting: Acting, result: AnnualResult) -> tuple[dict[str, Any], ...]:
    """What proves gates 1 to 3."""
    state: ContractState = acting.state
    version = achievements.version_of(acting.session, acting.case.id, state.in_force)
    query = select(Objection).where(col(Objection.case_id) == acting.case.id, col(Objection.kind) == "rating")
    objection = acting.session.exec(query).first()
    claimed = {None: "not_claimed", False: "not_accepted", True: "accepted"}
    return (
        {
            "version": state.in_force,
            "document_id": version.document_id if version else None,
            "inaugurated_on": state.inaugurated_on.isoformat(),
            "period_end": state.period_end.isoformat(),
        },
        {
            "result": result.id,
            "rating": str(result.rating),
            "objection": objection.outcome if objection else "none",
            "window_until": state.objection_until.isoformat() if state.objection_until else "",
        },
        {"force_majeure": claimed[state.force_majeure]},
    )


ACTS: Final[Mapping[str, Recorder]] = MappingProxyType(
    {"rate": rate, "object": object_to_rating, "decide_objection": decide_objection, "finalise": finalise}
)
