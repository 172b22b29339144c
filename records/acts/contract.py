"""What the acts of a contract year write until its rating: signatures, amendments, check-ins, force majeure, lapse."""

from collections.abc import Mapping
from typing import Final

from domain import letters
from domain.contract import ContractState
from domain.dates import in_time
from domain.deadlines.performance import contract_after_revision
from domain.law.contract import may_revise_on
from domain.rating import warns_early
from domain.refusals import Refused
from domain.rules import refuse
from domain.words import CaseKind, DocumentKind
from records import achievements, contract_papers
from records.acts import rating
from records.acts.acting import Acting, Recorder
from records.acts.common import Incumbency, cite, local, remind, with_reasons
from records.documents import CONTRACTS
from records.tables import CheckIn, Contract, ContractVersion, Document


def people_of(acting: Acting) -> Incumbency:
    """The parties of the contract."""
    return Incumbency(acting, acting.state.term_id)


# -- signing and amending ----------------------------------------------------------------------------------------


def sign(acting: Acting) -> None:
    """A party signs the version by its hash; with both signatures it is in force."""
    number = acting.arguments["version"]
    version = achievements.version_of(acting.session, acting.case.id, number)
    if version is None or version.document_id is None:
        raise Refused("not-issued", version=str(number))
    document = acting.session.get_one(Document, version.document_id)
    if document.inputs_sha256 != acting.arguments["sha256"]:
        raise Refused("hash-differs", expected=document.inputs_sha256)
    acting.data.update(role=acting.intent.role, version=number, sha256=document.inputs_sha256)
    if acting.state.unsigned != (acting.intent.role,):
        return
    acting.lift("sign")
    people = people_of(acting)
    facts = people.facts(year=str(acting.state.year), number=document.number, date=acting.today.isoformat())
    acting.mail("contract_signed", people.parties, facts, [document.id])


def amend(acting: Acting) -> None:
    """Call for signatures under a new version, on one of the lawful grounds; the old one stays in force meanwhile."""
    number, ground = acting.arguments["version"], str(acting.arguments["ground"])
    if not may_revise_on(ground, acting.rules):
        raise refuse(acting.rules, "pk.revision_grounds", "unlawful-ground", ground=ground)
    if acting.today > acting.state.period_end:
        raise Refused("period-over", until=acting.state.period_end.isoformat())
    version = achievements.version_of(acting.session, acting.case.id, number)
    if version is None or version.issued_at is not None:
        raise Refused("draft-missing", version=str(number))
    version.ground, version.statement_id = ground, acting.statement_id
    document = _issue(acting, version)
    version.issued_at, version.document_id = acting.at, document.id
    acting.session.add(version)
    due = acting.due_by("sign", contract_after_revision(acting.calendar, acting.today, acting.rules))
    acting.data.update(version=number, ground=ground, sha256=document.inputs_sha256)
    people = people_of(acting)
    facts = people.facts(
        year=str(acting.state.year), deadline=local(acting, due), rule=cite(acting, "pk.revision_grounds")
    )
    acting.mail("contract_to_sign", people.parties, facts, [document.id])


def _issue(acting: Acting, version: ContractVersion) -> Document:
    people = people_of(acting)
    contract = acting.session.get_one(Contract, acting.case.id)
    content = contract_papers.annex_of(acting.session, version)
    contract_papers.require_ready(content, acting.state.quarters, acting.rules)
    fields = contract_papers.contract_fields(
        contract, version.number, content, people.post, people.official, people.superior
    )
    return acting.issue(
        DocumentKind.PERFORMANCE_CONTRACT,
        contract_papers.title_of(contract, version),
        CONTRACTS,
        contract_papers.party_signatures(people.post, people.official, people.superior, acting.rules),
        letters.PerformanceContract,
        subject_id=people.official.id,
        wants_pdf=True,
        **fields,
    )


# -- check-ins ---------------------------------------------------------------------------------------------------


def verify_check_in(acting: Acting) -> None:
    """Verify a quarter's actuals and rate it; a low mean warns early, without legal effect.

    A quarter that was not reported can be verified as such once its deadline has passed.
    """
    quarter = acting.arguments["quarter"]
    check_in = _reported(acting, quarter)
    check_in.verified_at, check_in.rating = acting.at, str(acting.arguments["rating"])
    acting.session.add(check_in)
    acting.session.flush()
    acting.lift(f"check_in/Q{quarter}")
    measured = _measured(acting, check_in, quarter)
    warned = measured.mean is not None and warns_early(measured.mean, acting.rules)
    acting.data.update(
        quarter=quarter,
        rating=check_in.rating,
        reported=check_in.submitted_at is not None,
        mean=None if measured.mean is None else str(measured.mean),
        warned=warned,
    )
    if warned:
        people = people_of(acting)
        acting.mail("early_warning", people.parties, rating.warning_facts(people, acting.state, quarter, measured))


def _reported(acting: Acting, quarter: int) -> CheckIn:
    period = achievements.period(acting.state.year, quarter)
    check_in = achievements.check_ins_of(acting.session, acting.case.id, CaseKind.CONTRACT).get(period)
    if check_in is not None and check_in.submitted_at is not None:
        return check_in
    deadline = acting.state.deadline(f"check_in/Q{quarter}")
    if deadline is None or in_time(acting.at, deadline.due):
        due = local(acting, deadline.due) if deadline else ""
        raise refuse(acting.rules, "selter.check_in.due_days", "check-in-missing", quarter=quarter, due=due)
    return check_in or CheckIn(case_id=acting.case.id, kind=CaseKind.CONTRACT, period=period)


def _measured(acting: Acting, check_in: CheckIn, quarter: int) -> achievements.Measured:
    version = achievements.version_of(acting.session, acting.case.id, acting.state.in_force)
    assert version is not None
    indicators = achievements.indicators_of(acting.session, version)
    actuals = achievements.actuals_of(acting.session, check_in)
    return achievements.measure_quarter(indicators, actuals, quarter, acting.rules)


# -- force majeure, lapse, deadlines -----------------------------------------------------------------------------


def decide_force_majeure(acting: Acting) -> None:
    """Decide before the rating whether the year's circumstances were normal."""
    acting.data["accepted"] = bool(acting.arguments["accepted"])
    people = people_of(acting)
    outcome = "diterima" if acting.data["accepted"] else "tidak diterima"
    facts = {"act": f"Keadaan kahar tahun {acting.state.year} {outcome}", "date": local(acting, acting.at)}
    acting.mail("act_recorded", people.parties, facts)


def lapse(acting: Acting) -> None:
    """The office term has ended; the contract ends with it, unrated or not final."""
    acting.data["stage"] = str(acting.state.stage)


def remind_contract(acting: Acting) -> None:
    """One reminder: of a check-in to the official who reports it, of all else to those whose act is awaited."""
    state: ContractState = acting.state
    key = acting.arguments["key"]
    kind, _, quarter = key.partition("/Q")
    if kind != "check_in":
        remind(acting, state.term_id)
        return
    acting.data["key"] = key
    deadline = state.deadline(key)
    assert deadline is not None
    people = people_of(acting)
    facts = people.facts(
        year=str(state.year),
        quarter=quarter,
        deadline=local(acting, deadline.due),
        rule=cite(acting, deadline.rule),
    )
    acting.mail("check_in_reminder", [people.official.id], facts)


def fall_due(acting: Acting) -> None:
    """The rating window opens, the objection window closes; any other deadline only becomes overdue, visibly."""
    key = acting.data["key"] = acting.arguments["key"]
    if key in ("rating", "objection"):
        acting.lift(key)


RECORDERS: Final[Mapping[str, Recorder]] = with_reasons(
    CaseKind.CONTRACT,
    {
        "remind": remind_contract,
        "fall_due": fall_due,
        "sign": sign,
        "amend": amend,
        "verify_check_in": verify_check_in,
        "decide_force_majeure": decide_force_majeure,
        "lapse": lapse,
        **rating.ACTS,
    },
)
