"""How terms, contracts and reviews are shown: rows as written beside the state as derived; a few queries each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from api.contract_shapes import (
    ActualOut,
    CheckInOut,
    ContractOut,
    GateOut,
    IndicatorOut,
    LetterOut,
    PartyOut,
    ProofOut,
    ResultOut,
    ReviewOut,
    TermOut,
    VersionOut,
    YearOut,
)
from api.selection_shapes import FindingOut
from api.selection_views import deadlines_out, finding_out
from api.shapes import masked
from domain import annex
from domain.case import workflow_id
from domain.contract import ContractState
from domain.gates import GATES
from domain.laws import LAWS
from domain.review import ReviewState
from domain.rules import RuleSet
from domain.term import TermState
from domain.words import CaseKind, Role
from records import achievements, contract_papers, journal
from records import rules as rule_sets
from records.assignments import held_at, people_by_id
from records.tables import (
    Actual,
    AnnualResult,
    Assignment,
    Case,
    CheckIn,
    Contract,
    ContractVersion,
    Delivery,
    Document,
    GateProof,
    Indicator,
    OfficeTerm,
    Person,
    Post,
    Review,
    Statement,
)

_COUNTED = ("rating", "latest", "in_force", "rating_from", "rating_open", "objection_until", "objected", "final")
_WEIGHED = ("improvement_until", "improved", "hearing_at", "decide_from", "objection_until", "objected", "decide_by")


# -- contracts -----------------------------------------------------------------------------------------------------


def contract_out(session: Session, contract: Contract) -> ContractOut:
    """A contract year in full."""
    key = workflow_id(CaseKind.CONTRACT, contract.id)
    state: ContractState = journal.state_of(session, key)
    rules = rule_sets.pinned(session, state.rules_sha256)
    query = select(ContractVersion).where(col(ContractVersion.contract_id) == contract.id)
    versions = list(session.exec(query.order_by(col(ContractVersion.number))))
    indicators = _indicators(session, [v.id for v in versions])
    in_force = next((v for v in versions if v.number == state.in_force), None)
    return ContractOut(
        **contract.model_dump(include={"id", "agency_id", "term_id", "year", "period_start", "period_end", "version"}),
        **{name: getattr(state, name) for name in (*_COUNTED, "seq", "rules_sha256", "review", "closed_at")},
        case=key,
        stage=state.stage,
        unsigned=list(state.unsigned),
        quarters=list(state.quarters),
        verified=list(state.verified),
        force_majeure=state.force_majeure,
        objection_outcome=state.objection_outcome,
        versions=_versions(session, versions, indicators, state),
        check_ins=_quarters(session, contract.id, indicators.get(in_force.id, []) if in_force else [], rules),
        results=_results(session, contract.id),
        findings=_findings(session, versions, state, rules),
        deadlines=deadlines_out(state),
    )


def _indicators(session: Session, version_ids: Sequence[str]) -> dict[str, list[Indicator]]:
    query = select(Indicator).where(col(Indicator.version_id).in_(version_ids)).order_by(col(Indicator.position))
    found: dict[str, list[Indicator]] = {}
    for row in session.exec(query):
        found.setdefault(row.version_id, []).append(row)
    return found


def _versions(
    session: Session,
    versions: Sequence[ContractVersion],
    indicators: Mapping[str, Sequence[Indicator]],
    state: ContractState,
) -> list[VersionOut]:
    papers = _documents(session, (v.document_id for v in versions if v.document_id))
    return [
        VersionOut(
            number=v.number,
            ground=v.ground,
            issued_at=v.issued_at,
            document_id=v.document_id,
            sha256=papers[v.document_id].inputs_sha256 if v.document_id else None,
            in_force=v.number == state.in_force,
            indicators=[_indicator(i) for i in indicators.get(v.id, ())],
            budget=list(v.budget),
        )
        for v in versions
    ]


def _indicator(row: Indicator) -> IndicatorOut:
    weight = None if row.weight is None else str(row.weight)
    return IndicatorOut(**row.model_dump(exclude={"version_id", "weight"}), weight=weight)


def _documents(session: Session, ids: Iterable[str]) -> dict[str, Document]:
    return {d.id: d for d in session.exec(select(Document).where(col(Document.id).in_(list(ids))))}


def _findings(
    session: Session, versions: Sequence[ContractVersion], state: ContractState, rules: RuleSet
) -> list[FindingOut]:
    """What lint says about the version that is being drafted; nothing once all are issued."""
    draft = next((v for v in versions if v.issued_at is None), None)
    if draft is None or state.closed_at is not None:
        return []
    found = annex.lint(contract_papers.annex_of(session, draft), state.quarters, rules)
    return [finding_out(f) for f in found]


def _results(session: Session, contract_id: str) -> list[ResultOut]:
    query = select(AnnualResult).where(col(AnnualResult.contract_id) == contract_id)
    rows = session.exec(query.order_by(col(AnnualResult.at), col(AnnualResult.id)))
    return [
        ResultOut(
            **r.model_dump(include={"id", "proposed", "results", "behaviour", "rating", "computed", "at"}),
            mean=None if r.mean is None else str(r.mean),
        )
        for r in rows
    ]


# -- check-ins -----------------------------------------------------------------------------------------------------


def _quarters(session: Session, contract_id: str, indicators: Sequence[Indicator], rules: RuleSet) -> list[CheckInOut]:
    """The quarters' reports, each measured against the version in force."""
    rows, actuals = _reports(session, contract_id, CaseKind.CONTRACT)
    return [check_in_out(row, actuals.get(row.id, []), indicators, rules) for row in rows]


def _reports(session: Session, case_id: str, kind: CaseKind) -> tuple[list[CheckIn], dict[str, list[Actual]]]:
    rows = list(achievements.check_ins_of(session, case_id, kind).values())
    query = select(Actual).where(col(Actual.check_in_id).in_([r.id for r in rows])).order_by(col(Actual.id))
    actuals: dict[str, list[Actual]] = {}
    for actual in session.exec(query):
        actuals.setdefault(actual.check_in_id, []).append(actual)
    return rows, actuals


def check_in_out(
    row: CheckIn, actuals: Sequence[Actual], indicators: Sequence[Indicator] = (), rules: RuleSet | None = None
) -> CheckInOut:
    """A report on the wire, measured where there are indicators to measure it by."""
    measured = None
    if rules is not None and indicators:
        by_indicator = {a.indicator_id: a for a in actuals}
        quarter = int(row.period.rpartition("Q")[2])
        measured = achievements.measure_quarter(indicators, by_indicator, quarter, rules).to_mapping(rules)
    return CheckInOut(
        **row.model_dump(include=set(CheckInOut.model_fields) - {"actuals", "measured"}),
        actuals=[ActualOut(indicator_id=a.indicator_id, value=a.value, evidence=a.evidence) for a in actuals],
        measured=measured,
    )


def quarter_out(session: Session, contract_id: str, row: CheckIn) -> CheckInOut:
    """A quarter's report, measured against the version in force."""
    state: ContractState = journal.state_of(session, workflow_id(CaseKind.CONTRACT, contract_id))
    version = achievements.version_of(session, contract_id, state.in_force)
    indicators = achievements.indicators_of(session, version) if version else []
    actuals = list(achievements.actuals_of(session, row).values())
    return check_in_out(row, actuals, indicators, rule_sets.pinned(session, state.rules_sha256))


# -- terms ---------------------------------------------------------------------------------------------------------


def term_out(session: Session, term: OfficeTerm, at: datetime) -> TermOut:
    """An office term with its years."""
    key = workflow_id(CaseKind.TERM, term.id)
    state: TermState = journal.state_of(session, key)
    post = session.get_one(Post, term.post_id)
    superior = superior_of(session, term.id, at)
    people = people_by_id(session, [term.person_id, *([superior.person_id] if superior else [])])
    contracts, reviews = _years(session, term.id)
    return TermOut(
        id=term.id,
        case=key,
        agency_id=term.agency_id,
        post_id=post.id,
        post=post.title,
        unit=post.unit,
        official=_party(people[term.person_id]),
        superior=_party(people[superior.person_id]) if superior else None,
        inaugurated_on=state.inaugurated_on,
        tenure_until=state.tenure_until,
        stage=state.stage,
        seq=state.seq,
        ended_on=state.ended_on,
        ground=state.ground,
        contracts=contracts,
        reviews=reviews,
        deadlines=deadlines_out(state),
    )


def superior_of(session: Session, term_id: str, at: datetime) -> Assignment | None:
    """Who is the official's superior at an instant."""
    found = held_at(session, at, role=Role.SUPERIOR, scopes=[("term", term_id)])
    return found[-1] if found else None


def _party(person: Person) -> PartyOut:
    return PartyOut(
        person_id=person.id, name=person.name, nip=masked(person.nip), rank=person.rank, position=person.position
    )


def _years(session: Session, term_id: str) -> tuple[list[YearOut], list[YearOut]]:
    """The term's contract years and reviews with their stages, from the journals of all of them at once."""
    contracts = select(Contract).where(col(Contract.term_id) == term_id).order_by(col(Contract.year))
    years = {c.id: c.year for c in session.exec(contracts)}
    kinds = (CaseKind.CONTRACT, CaseKind.REVIEW)
    query = select(Case).where(col(Case.id).in_(list(years)), col(Case.kind).in_(kinds)).order_by(col(Case.id))
    cases = list(session.exec(query))
    states = journal.states_of(session, cases)
    rows: dict[str, list[YearOut]] = {kind: [] for kind in kinds}
    for case in cases:
        state = states[case.key]
        stage = LAWS[CaseKind(case.kind)].stage(state)
        rating = getattr(state, "rating", None)
        rows[case.kind].append(YearOut(id=case.id, year=years[case.id], stage=stage, rating=rating))
    return rows[CaseKind.CONTRACT], rows[CaseKind.REVIEW]


# -- reviews -------------------------------------------------------------------------------------------------------


def review_out(session: Session, review: Review) -> ReviewOut:
    """A review in full: each gate with the records that prove it."""
    key = workflow_id(CaseKind.REVIEW, review.id)
    state: ReviewState = journal.state_of(session, key)
    rows, actuals = _reports(session, review.id, CaseKind.REVIEW)
    return ReviewOut(
        **review.model_dump(include={"id", "agency_id", "term_id", "contract_id"}),
        **{name: getattr(state, name) for name in (*_WEIGHED, "seq", "rules_sha256", "plan", "to_court", "closed_at")},
        case=key,
        stage=state.stage,
        gates=_gates(session, review.id, state),
        letters=_letters(session, state),
        needs=[str(n) for n in state.needs],
        cleared=list(state.cleared),
        coaching_dates=list(state.coaching_dates),
        proposed=state.proposed,
        outcome=state.outcome,
        target_post_id=state.target_post_id,
        objection_outcome=state.objection_outcome,
        executed_on=state.executed_on,
        check_ins=[check_in_out(row, actuals.get(row.id, [])) for row in rows],
        deadlines=deadlines_out(state),
    )


def _gates(session: Session, review_id: str, state: ReviewState) -> list[GateOut]:
    query = select(GateProof).where(col(GateProof.review_id) == review_id).order_by(col(GateProof.at))
    proofs = list(session.exec(query))
    said = select(Statement).where(col(Statement.id).in_([p.statement_id for p in proofs if p.statement_id]))
    texts = {s.id: s.text for s in session.exec(said)}
    return [
        GateOut(
            number=gate.number,
            title=gate.title,
            rule=gate.rule,
            citation=gate.citation,
            proved=gate.proved(state),
            proofs=[_proof(p, texts) for p in proofs if p.gate == gate.number],
        )
        for gate in GATES
    ]


def _proof(row: GateProof, texts: Mapping[str, str]) -> ProofOut:
    text = texts.get(row.statement_id or "", "")
    return ProofOut(act=row.act, at=row.at, proof=row.proof, document_id=row.document_id, text=text)


def _letters(session: Session, state: ReviewState) -> list[LetterOut]:
    sent = {"notify": state.notice, "notice_hearing": state.hearing_notice, "decide": state.decision}
    named = {act: document_id for act, document_id in sent.items() if document_id}
    papers = _documents(session, named.values())
    query = select(Delivery).where(col(Delivery.document_id).in_(list(papers)))
    deliveries = {d.document_id: d for d in session.exec(query)}
    return [_letter(act, papers[document_id], deliveries.get(document_id)) for act, document_id in named.items()]


def _letter(act: str, document: Document, delivery: Delivery | None) -> LetterOut:
    return LetterOut(
        act=act,
        document_id=document.id,
        number=document.number,
        title=document.title,
        delivered_at=delivery.delivered_at if delivery else None,
        method=delivery.method if delivery else "",
        refused=delivery.refused if delivery else False,
    )
