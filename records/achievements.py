"""From written actuals to achievements: a quarter against its targets, and the year against the yearly targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from domain.achievement import Achievement, achieve, mean_capped
from domain.indicator import parse_indicator
from domain.numbers import parse_decimal
from domain.quarters import written_targets_are_periodic
from domain.rules import RuleSet
from domain.switches import Switch
from domain.words import CaseKind
from records.tables import Actual, CheckIn, ContractVersion, Indicator


@dataclass(frozen=True)
class Measured:
    """Achievements with their frozen inputs; `mean` is none where nothing could be measured.

    An indicator without an actual is left out of the mean and shown as such: absence is never a zero.
    """

    rows: tuple[dict[str, Any], ...]
    mean: Decimal | None
    quarter: int | None = None

    def to_mapping(self, rules: RuleSet) -> dict[str, Any]:
        """As an annual result keeps it: anybody can compute it again."""
        return {
            "indicators": list(self.rows),
            "mean": None if self.mean is None else str(self.mean),
            "quarter": self.quarter,
            "rules_sha256": rules.sha256,
        }


def period(year: int, quarter: int) -> str:
    """The period of a quarter's check-in."""
    return f"{year}-Q{quarter}"


def version_of(session: Session, contract_id: str, number: int) -> ContractVersion | None:
    """A version of a contract."""
    query = select(ContractVersion).where(
        col(ContractVersion.contract_id) == contract_id, col(ContractVersion.number) == number
    )
    return session.exec(query).first()


def indicators_of(session: Session, version: ContractVersion) -> list[Indicator]:
    """The indicators of a version, in order."""
    query = select(Indicator).where(col(Indicator.version_id) == version.id).order_by(col(Indicator.position))
    return list(session.exec(query))


def check_ins_of(session: Session, case_id: str, kind: CaseKind) -> dict[str, CheckIn]:
    """The check-ins of a contract or of its review, by period; both bear the same id."""
    query = select(CheckIn).where(col(CheckIn.case_id) == case_id, col(CheckIn.kind) == kind)
    return {row.period: row for row in session.exec(query.order_by(col(CheckIn.period)))}


def actuals_of(session: Session, check_in: CheckIn) -> dict[str, Actual]:
    """The actuals of a check-in, by indicator."""
    query = select(Actual).where(col(Actual.check_in_id) == check_in.id)
    return {row.indicator_id: row for row in session.exec(query)}


def quarterly_target(indicator: Indicator, quarter: int) -> str:
    """The target of a quarter as written; empty where there is none."""
    return indicator.quarterly[quarter - 1] if len(indicator.quarterly) >= quarter else ""


def measure_quarter(
    indicators: Sequence[Indicator], actuals: Mapping[str, Actual], quarter: int, rules: RuleSet
) -> Measured:
    """The quarter's achievements; an indicator without a target in this quarter is left out."""
    targets = [(i, quarterly_target(i, quarter)) for i in indicators]
    return _measure([(i, t) for i, t in targets if t], _values(actuals), quarter, rules)


def measure_year(
    session: Session, version: ContractVersion, year: int, verified: Sequence[int], rules: RuleSet
) -> Measured:
    """The year's achievements: the latest verified report of this version's indicators against the yearly targets.

    Where quarterly targets count each quarter alone, the reports up to it are added up.
    """
    indicators = indicators_of(session, version)
    check_ins = check_ins_of(session, version.contract_id, CaseKind.CONTRACT)
    reports = {q: _values(actuals_of(session, check_ins[period(year, q)])) for q in sorted(verified)}
    last = max((q for q, values in reports.items() if any(i.id in values for i in indicators)), default=None)
    values = dict(reports[last]) if last is not None else {}
    if rules.switched(Switch.READING):
        for indicator in indicators:
            if last is not None and written_targets_are_periodic(indicator.target, indicator.quarterly):
                _add_up(values, indicator, reports, last)
    return _measure([(i, i.target) for i in indicators], values, last, rules)


def _values(actuals: Mapping[str, Actual]) -> dict[str, str]:
    """The figures of a report as written, by indicator."""
    return {indicator_id: actual.value for indicator_id, actual in actuals.items()}


def _add_up(values: dict[str, str], indicator: Indicator, reports: Mapping[int, Mapping[str, str]], last: int) -> None:
    """Put the sum in place of the last figure; with a quarter unreported there is none, for it is not a zero."""
    due = [q for q in range(1, last + 1) if quarterly_target(indicator, q).strip()]
    written = [reports.get(q, {}).get(indicator.id) for q in due]
    values.pop(indicator.id, None)
    figures = [parse_decimal(text) for text in written if text is not None]
    if figures and len(figures) == len(due):
        values[indicator.id] = format(sum(figures, Decimal(0)), "f")


def _measure(
    targets: Sequence[tuple[Indicator, str]], actuals: Mapping[str, str], quarter: int | None, rules: RuleSet
) -> Measured:
    rows, found, weights = [], [], []
    for indicator, target in targets:
        actual = actuals.get(indicator.id)
        achieved = None if actual is None else _achieve(indicator, target, actual, rules)
        rows.append(_row(indicator, target, actual, achieved))
        if achieved is not None:
            found.append(achieved)
            weights.append(indicator.weight)
    return Measured(tuple(rows), _mean(found, weights), quarter)


def _achieve(indicator: Indicator, target: str, actual: str, rules: RuleSet) -> Achievement:
    parsed = parse_indicator(
        indicator=indicator.name,
        polarity=indicator.polarity,
        target=target,
        actual=actual,
        unit=indicator.unit,
        previous_actual=indicator.previous_actual,
    )
    return achieve(parsed, rules)


def _row(indicator: Indicator, target: str, actual: str | None, achieved: Achievement | None) -> dict[str, Any]:
    return {
        "indicator_id": indicator.id,
        "indicator": indicator.name,
        "polarity": indicator.polarity,
        "unit": indicator.unit,
        "target": target,
        "actual": actual,
        "weight": None if indicator.weight is None else str(indicator.weight),
        "achievement": None if achieved is None or achieved.achievement is None else str(achieved.achievement),
        "capped": None if achieved is None or achieved.capped is None else str(achieved.capped),
        "warnings": [w.code for w in achieved.warnings] if achieved else ["not-reported"],
    }


def _mean(achievements: Sequence[Achievement], weights: Sequence[Decimal | None]) -> Decimal | None:
    given = [w for w in weights if w is not None]
    try:
        return mean_capped(achievements, given if len(given) == len(weights) else None)
    except ValueError:
        return None
