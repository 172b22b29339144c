"""Check-ins as data: what was reached in a quarter, and the coaching of an improvement period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from domain.achievement import achieve
from domain.case import workflow_id
from domain.contract import quarter_start
from domain.gates import GATES, gate_open
from domain.indicator import parse_indicator
from domain.refusals import Refused
from domain.review import ReviewState
from domain.rules import refuse
from domain.words import CaseKind
from records import achievements, journal
from records.agency_calendar import calendar_for
from records.audit import Author, Writer
from records.contract_year import Year, held
from records.tables import Actual, Agency, CheckIn, Indicator, new_id


@dataclass(frozen=True)
class Reported:
    """What was reached of an indicator, as written, and where the evidence lies."""

    value: str
    evidence: str = ""


def submit_check_in(
    writer: Writer,
    author: Author,
    at: datetime,
    contract_id: str,
    quarter: int,
    actuals: Mapping[str, Reported],
    note: str = "",
    version: int | None = None,
) -> CheckIn:
    """Report a quarter: an actual for every indicator that has a target then, and for all of them in the last one.

    A report may be given anew until it is verified. `version` is the report's, for edits; none for the first.

    Raises:
        Refused: `not-in-force`, `no-such-quarter`, `quarter-not-begun`, `check-in-verified`, `stale-version`,
            `unknown-indicator`, `actual-missing`, `actual-unreadable`.
    """
    session = writer.session
    year = held(session, contract_id)
    _require_open_quarter(year, quarter, at)
    indicators = _indicators_in_force(year)
    _require_complete(year, indicators, quarter, actuals)
    check_in = _report(session, contract_id, CaseKind.CONTRACT, achievements.period(year.state.year, quarter), version)
    check_in.note, check_in.submitted_at = note, at
    session.add(check_in)
    session.flush()
    session.exec(delete(Actual).where(col(Actual.check_in_id) == check_in.id))
    for indicator_id, item in actuals.items():
        session.add(
            Actual(check_in_id=check_in.id, indicator_id=indicator_id, value=item.value.strip(), evidence=item.evidence)
        )
    session.flush()
    payload = {"period": check_in.period, "actuals": {k: v.value for k, v in actuals.items()}}
    writer.audit(year.contract.agency_id, at, author, "submit_check_in", year.key, payload)
    return check_in


def _require_open_quarter(year: Year, quarter: int, at: datetime) -> None:
    state = year.state
    if not state.in_force:
        raise refuse(year.rules, "pk.due_after_budget_approval_months", "not-in-force")
    if state.rating is not None:
        raise Refused("already-rated")
    if quarter not in state.quarters:
        raise Refused("no-such-quarter", quarter=str(quarter), quarters=", ".join(str(q) for q in state.quarters))
    start = quarter_start(state.year, quarter)
    if year.calendar(at).local_date(at) < start:
        raise Refused("quarter-not-begun", quarter=str(quarter), since=start.isoformat())


def _indicators_in_force(year: Year) -> dict[str, Indicator]:
    version = achievements.version_of(year.session, year.contract.id, year.state.in_force)
    assert version is not None
    return {i.id: i for i in achievements.indicators_of(year.session, version)}


def _require_complete(
    year: Year, indicators: Mapping[str, Indicator], quarter: int, actuals: Mapping[str, Reported]
) -> None:
    for indicator_id, item in actuals.items():
        if indicator_id not in indicators:
            raise Refused("unknown-indicator", indicator=indicator_id)
        _require_readable(year, indicators[indicator_id], quarter, item.value)
    last = quarter == max(year.state.quarters)
    for indicator in indicators.values():
        wanted = last or bool(achievements.quarterly_target(indicator, quarter).strip())
        if wanted and indicator.id not in actuals:
            raise Refused("actual-missing", indicator=indicator.name, quarter=str(quarter))


def _require_readable(year: Year, indicator: Indicator, quarter: int, value: str) -> None:
    targets = {indicator.target, achievements.quarterly_target(indicator, quarter).strip() or indicator.target}
    try:
        for target in targets:
            parsed = parse_indicator(indicator=indicator.name, polarity=indicator.polarity, target=target, actual=value)
            achieve(parsed, year.rules)
    except ValueError as error:
        raise Refused("actual-unreadable", indicator=indicator.name, value=value) from error


def _report(session: Session, case_id: str, kind: CaseKind, period: str, version: int | None) -> CheckIn:
    query = select(CheckIn).where(col(CheckIn.case_id) == case_id, col(CheckIn.period) == period)
    row = session.exec(query.with_for_update()).first()
    if row is None:
        return CheckIn(id=new_id(), case_id=case_id, kind=kind, period=period)
    if row.verified_at is not None:
        raise Refused("check-in-verified", quarter=period)
    if version is not None and row.version != version:
        raise Refused("stale-version", current=str(row.version))
    row.version += 1
    return row


def record_coaching(writer: Writer, author: Author, at: datetime, review_id: str, note: str, feedback: str) -> CheckIn:
    """A coaching check-in of the improvement period: one a month; the same month again replaces it.

    Raises:
        Refused: `gate-open` before the notice was delivered, `already-done` after the evaluation, `case-closed`.
    """
    session = writer.session
    case = journal.case_of(session, workflow_id(CaseKind.REVIEW, review_id), lock=True)
    state = journal.state_of(session, case.key)
    assert isinstance(state, ReviewState)
    _require_improvement(state)
    agency = session.get_one(Agency, case.agency_id)
    today = calendar_for(session, agency, at).local_date(at)
    check_in = _report(session, review_id, CaseKind.REVIEW, f"{today:%Y-%m}", None)
    check_in.note, check_in.feedback, check_in.submitted_at = note, feedback, at
    session.add(check_in)
    session.flush()
    writer.audit(case.agency_id, at, author, "record_coaching", case.key, {"period": check_in.period})
    return check_in


def _require_improvement(state: ReviewState) -> None:
    if state.closed_at is not None:
        raise Refused("case-closed")
    if state.improvement_until is None:
        raise gate_open(GATES[3])
    if state.improved is not None:
        raise Refused("already-done", act="evaluate")
