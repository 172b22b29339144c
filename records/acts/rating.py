"""What the annual rating writes: the rating, the objection to it, the final result, and the review that may follow."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlmodel import col, select

from domain.contract import ContractState, long_enough_in_post
from domain.rating import propose_results, triggers_review
from domain.rating import rating as rating_of
from domain.refusals import Refused
from domain.rules import refuse
from domain.words import Behaviour, CaseKind, Rating, Results, Role
from records import achievements, journal
from records import rules as rule_sets
from records.acts.acting import Acting, Recorder, signature, tanggal
from records.acts.common import Incumbency, cite, close_objection, file_objection, local, objection_of
from records.acts.consents import review_needs
from records.tables import AnnualResult, GateProof, Objection, Review

_DECISION_RULE: Final = "appeal.keberatan.decide_working_days"


def rate(acting: Acting) -> None:
    """The superior decides results and behaviour; the engine's proposal stands beside it, and so does any deviation."""
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
    acting.lift("rate", "sign", "rating")
    until = acting.calendar.end_of_day(acting.today)
    acting.due_in_days("objection", "assessment.objection_days")
    until = _objection_until(acting)
    acting.data.update(
        result=result.id,
        results=results.value,
        behaviour=behaviour.value,
        rating=result.rating,
        proposed=result.proposed,
        deviates=proposed is not None and proposed is not results,
        objection_until=until,
    )
    _tell_rated(acting, result, until)
