"""A contract on one page: indicators, numbers by quarter, warning signs, and the official's rights with their terms."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from domain.achievement import hidden_misses
from domain.annex import BudgetLine
from domain.case import Deadline, workflow_id
from domain.contract import ContractState
from domain.rating import warns_early
from domain.review import ReviewState
from domain.rules import RuleSet
from domain.switches import Switch
from domain.words import CaseKind, ContractStage
from records import achievements, journal
from records import rules as rule_sets
from records.achievements import Measured
from records.tables import (
    AnnualResult,
    CheckIn,
    Contract,
    ContractVersion,
    Document,
    Indicator,
    OfficeTerm,
    Person,
    Post,
    Review,
)


@dataclass(frozen=True)
class VersionView:
    """A text of the contract. `sha256` is what a party signs; empty while it is a draft."""

    number: int
    in_force: bool
    ground: str
    issued_at: datetime | None
    document_id: str
    sha256: str
    indicators: tuple[Indicator, ...]
    budget: tuple[BudgetLine, ...]


@dataclass(frozen=True)
class QuarterView:
    """A quarter that counts: its report, its verification and what was reached."""

    quarter: int
    deadline: Deadline | None
    check_in: CheckIn | None
    measured: Measured | None


@dataclass(frozen=True)
class WarningSign:
    """Something the official should look at; `code` is one of `overdue`, `low`, or a warning of an achievement."""

    code: str
    subject: str
    value: str = ""


@dataclass(frozen=True)
class Right:
    """What the official may do or is owed, with its article, and until when where a term runs."""

    code: str
    rule: str
    citation: str
    until: datetime | None = None


@dataclass(frozen=True)
class ContractView:
    """All of a contract year that its parties may see."""

    contract: Contract
    state: ContractState
    post: Post
    official: Person
    versions: tuple[VersionView, ...]
    quarters: tuple[QuarterView, ...]
    year: Measured | None
    result: AnnualResult | None
    review: ReviewState | None
    warnings: tuple[WarningSign, ...]
    rights: tuple[Right, ...]


def contract_view(session: Session, contract_id: str) -> ContractView:
    """Everything about a contract year, from the database alone.

    Raises:
        Refused: `unknown-case`.
    """
    state = journal.state_of(session, workflow_id(CaseKind.CONTRACT, contract_id))
    assert isinstance(state, ContractState)
    contract = session.get_one(Contract, contract_id)
    rules = rule_sets.pinned(session, state.rules_sha256)
    term = session.get_one(OfficeTerm, contract.term_id)
    review = _review(session, contract_id)
    quarters, year = _measured(session, contract, state, rules)
    return ContractView(
        contract=contract,
        state=state,
        post=session.get_one(Post, term.post_id),
        official=session.get_one(Person, term.person_id),
        versions=_versions(session, contract, state),
        quarters=quarters,
        year=year,
        result=_result(session, contract_id),
        review=review,
        warnings=_warnings(state, quarters, rules),
        rights=_rights(state, review, rules),
    )


def _versions(session: Session, contract: Contract, state: ContractState) -> tuple[VersionView, ...]:
    query = select(ContractVersion).where(col(ContractVersion.contract_id) == contract.id)
    rows = list(session.exec(query.order_by(col(ContractVersion.number))))
    return tuple(_version(session, row, state) for row in rows)


def _version(session: Session, row: ContractVersion, state: ContractState) -> VersionView:
    document = session.get(Document, row.document_id) if row.document_id else None
    return VersionView(
        number=row.number,
        in_force=row.number == state.in_force,
        ground=row.ground,
        issued_at=row.issued_at,
        document_id=document.id if document else "",
        sha256=document.inputs_sha256 if document else "",
        indicators=tuple(achievements.indicators_of(session, row)),
        budget=tuple(BudgetLine(b["programme"], b["amount"], b.get("note", "")) for b in row.budget),
    )


def _measured(
    session: Session, contract: Contract, state: ContractState, rules: RuleSet
) -> tuple[tuple[QuarterView, ...], Measured | None]:
    version = achievements.version_of(session, contract.id, state.in_force) if state.in_force else None
    check_ins = achievements.check_ins_of(session, contract.id, CaseKind.CONTRACT)
    indicators = achievements.indicators_of(session, version) if version else []
    views = []
    for quarter in state.quarters:
        check_in = check_ins.get(achievements.period(state.year, quarter))
        actuals = achievements.actuals_of(session, check_in) if check_in else {}
        measured = achievements.measure_quarter(indicators, actuals, quarter, rules) if check_in else None
        views.append(QuarterView(quarter, state.deadline(f"check_in/Q{quarter}"), check_in, measured))
    year = achievements.measure_year(session, version, state.year, state.verified, rules) if version else None
    return tuple(views), year


def _result(session: Session, contract_id: str) -> AnnualResult | None:
    query = select(AnnualResult).where(col(AnnualResult.contract_id) == contract_id)
    rows = list(session.exec(query.order_by(col(AnnualResult.at), col(AnnualResult.id))))
    return rows[-1] if rows else None


def _review(session: Session, contract_id: str) -> ReviewState | None:
    if session.get(Review, contract_id) is None:
        return None
    state = journal.state_of(session, workflow_id(CaseKind.REVIEW, contract_id))
    assert isinstance(state, ReviewState)
    return state


def _warnings(state: ContractState, quarters: tuple[QuarterView, ...], rules: RuleSet) -> tuple[WarningSign, ...]:
    overdue = [WarningSign("overdue", d.key, d.due.isoformat()) for d in state.deadlines if d.passed]
    low: list[WarningSign] = []
    odd: list[WarningSign] = []
    for view in quarters:
        if view.measured is None:
            continue
        if view.measured.mean is not None and warns_early(view.measured.mean, rules):
            low.append(WarningSign("low", f"Q{view.quarter}", str(view.measured.mean)))
        odd.extend(WarningSign("mean-hides-miss", name, f"Q{view.quarter}") for name in _hidden(view.measured, rules))
        for row in view.measured.rows:
            odd.extend(WarningSign(code, row["indicator"], f"Q{view.quarter}") for code in row["warnings"])
    return (*overdue, *low, *odd)


def _hidden(measured: Measured, rules: RuleSet) -> tuple[str, ...]:
    """The indicators whose miss the quarter's mean hides; rule sets before the switch name none."""
    if not rules.switched(Switch.READING):
        return ()
    capped = [(r["indicator"], None if r["capped"] is None else Decimal(r["capped"])) for r in measured.rows]
    return hidden_misses(capped, measured.mean, rules)


def _rights(state: ContractState, review: ReviewState | None, rules: RuleSet) -> tuple[Right, ...]:
    found: list[tuple[str, str, datetime | None]] = []
    if state.stage in (ContractStage.IN_FORCE, ContractStage.RATING):
        found.append(("amend", "pk.revision_grounds", None))
        if state.force_majeure is None:
            found.append(("force_majeure", "demotion.force_majeure_exempts", None))
    if state.stage is ContractStage.OBJECTION and not state.objected and not state.objection_closed:
        found.append(("object_to_rating", "assessment.objection_days", state.objection_until))
    if review is not None and review.closed_at is None:
        found.extend(_review_rights(review))
    return tuple(Right(code, rule, rules.rule(rule).citation, until) for code, rule, until in found)


def _review_rights(review: ReviewState) -> list[tuple[str, str, datetime | None]]:
    if review.outcome is not None:
        open_ = review.objection_until is not None and not review.objected and not review.objection_closed
        return [("object_to_decision", "appeal.keberatan.file_working_days", review.objection_until)] if open_ else []
    rights: list[tuple[str, str, datetime | None]] = [("be_heard", "demotion.hearing_required", review.hearing_at)]
    if review.improved is None:
        rights.insert(0, ("improve", "demotion.improvement_months", review.improvement_until))
    else:
        rights.insert(0, ("retest", "demotion.requires_competency_retest", None))
    return rights
