"""The annex of a performance contract (lampiran): indicators and budget, and what keeps them from being signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from domain.checks.finding import Finding, found
from domain.indicator import parse_indicator
from domain.law.contract import needs_budget_column, needs_budget_indicator, needs_column, reviews_a_year
from domain.numbers import NumberError, parse_decimal, plain
from domain.quarters import aggregation_of
from domain.rulebook import applies
from domain.rules import Confidence, Enforcement, RuleSet
from domain.switches import Switch
from domain.words import Polarity

_QUARTERS: Final = 4
_FIELDS: Final = {"objective": "sasaran", "name": "indikator", "target": "target"}
_WEIGHTS: Final = "selter.contract.weights"
_BEFORE_THE_RULE: Final = Decimal(100)
_BUDGET_WORD: Final = "anggaran"
_OUR_CHOICE: Final = "Pilihan Selter (bukan ketentuan)"


@dataclass(frozen=True)
class IndicatorDraft:
    """An indicator as written; numbers stay text until `domain.achievement` reads them."""

    objective: str
    name: str
    polarity: str
    target: str
    unit: str = ""
    quarterly: tuple[str, ...] = ()
    weight: Decimal | None = None
    data_source: str = ""
    previous_actual: str = ""


@dataclass(frozen=True)
class BudgetLine:
    """A programme with its budget in rupiah, as written."""

    programme: str
    amount: str
    note: str = ""


@dataclass(frozen=True)
class Annex:
    """What the parties promise for the year."""

    indicators: tuple[IndicatorDraft, ...] = ()
    budget: tuple[BudgetLine, ...] = ()


def lint(annex: Annex, quarters: Sequence[int], rules: RuleSet) -> tuple[Finding, ...]:
    """What is wrong with an annex; a `block` keeps it from being issued. `quarters` are those that count this year."""
    return (
        *_columns(annex, rules),
        *_targets(annex, rules),
        *_weights(annex, rules),
        *_budget_indicator(annex, rules),
        *_quarterly(annex, quarters, rules),
        *_running(annex, rules),
        *_budget(annex, rules),
    )


def budget_total(budget: Sequence[BudgetLine]) -> Decimal:
    """The sum of the programmes in rupiah.

    Raises:
        NumberError: an amount is no number.
    """
    return sum((rupiah(line.amount) for line in budget), Decimal(0))


def rupiah(amount: str) -> Decimal:
    """An amount in rupiah: points group thousands, as in a budget; a comma before two digits is the decimal sign.

    Raises:
        NumberError: it is no number.
    """
    whole, comma, cents = amount.strip().removeprefix("Rp").strip().partition(",")
    groups = whole.split(".")
    if len(groups) > 1 and all(len(g) == 3 for g in groups[1:]):
        whole = "".join(groups)
    return parse_decimal(whole + comma + cents)


def _columns(annex: Annex, rules: RuleSet) -> Iterator[Finding]:
    if not annex.indicators:
        yield _block(rules, "pk.annex.columns", "indicators", "lampiran belum memuat indikator", "there is none")
    for place, indicator in enumerate(annex.indicators):
        for name, column in _FIELDS.items():
            if needs_column(column, rules) and not getattr(indicator, name).strip():
                at = f"indicators[{place}].{name}"
                yield _block(rules, "pk.annex.columns", at, f"kolom {column} kosong", f"{name} is empty")


def _targets(annex: Annex, rules: RuleSet) -> Iterator[Finding]:
    for place, indicator in enumerate(annex.indicators):
        if not indicator.target.strip():
            continue
        path = f"indicators[{place}]"
        problem = unreadable(indicator, indicator.target)
        if problem:
            yield _block(rules, "pk.annex.columns", f"{path}.target", f"target tidak terbaca: {problem}", problem)
        for number, target in enumerate(indicator.quarterly, start=1):
            problem = unreadable(indicator, target) if target.strip() else ""
            if problem:
                at = f"{path}.quarterly[{number - 1}]"
                yield _block(rules, "pk.annex.columns", at, f"target triwulan {number}: {problem}", problem)


def unreadable(indicator: IndicatorDraft, target: str, actual: str = "0") -> str:
    """Why a target or an actual of this indicator cannot be read; empty when it can."""
    try:
        parse_indicator(indicator=indicator.name, polarity=indicator.polarity, target=target, actual=actual)
    except NumberError as error:
        return f"{error.problem}: {error.text}"
    except ValueError as error:
        return str(error)
    return ""


@applies(_WEIGHTS)
def whole_weight(rules: RuleSet) -> Decimal:
    """What the weights of a contract's indicators add up to (Pilihan Selter, bukan ketentuan); older sets say 100."""
    return rules.decimal(_WEIGHTS) if rules.has(_WEIGHTS) else _BEFORE_THE_RULE


def _weights(annex: Annex, rules: RuleSet) -> Iterator[Finding]:
    given = [i.weight for i in annex.indicators if i.weight is not None]
    if not given:
        return
    whole, total = whole_weight(rules), sum(given, Decimal(0))
    if len(given) == len(annex.indicators) and total == whole and min(given) > 0:
        return
    sums = (plain(whole), str(total))
    texts = (
        f"bobot indikator berjumlah {total}; setiap indikator perlu bobot positif dan jumlahnya {sums[0]}",
        f"the weights add up to {total}; each indicator needs a positive weight and they must add up to {sums[0]}",
    )
    if rules.has(_WEIGHTS):
        yield found(rules, _WEIGHTS, "indicators", *texts, expected=sums[0], actual=total)
        return
    yield Finding(_WEIGHTS, Enforcement.BLOCK, "indicators", *texts, _OUR_CHOICE, Confidence.DERIVED, *sums)


def _budget_indicator(annex: Annex, rules: RuleSet) -> Iterator[Finding]:
    if not annex.indicators or not needs_budget_indicator(rules):
        return
    if not any(_BUDGET_WORD in f"{i.objective} {i.name}".casefold() for i in annex.indicators):
        yield found(
            rules,
            "skp.budget_indicator_required",
            "indicators",
            "lampiran belum memuat indikator penggunaan anggaran",
            "there is no indicator of the use of the budget",
        )


def _quarterly(annex: Annex, quarters: Sequence[int], rules: RuleSet) -> Iterator[Finding]:
    for place, indicator in enumerate(annex.indicators):
        if indicator.quarterly and len(indicator.quarterly) != _QUARTERS:
            yield _block(
                rules,
                "pk.annex.columns",
                f"indicators[{place}].quarterly",
                f"target triwulan harus {_QUARTERS} kolom; kosongkan yang tidak ada",
                f"quarterly targets need {_QUARTERS} places; leave empty those that have none",
            )
    for quarter in quarters if annex.indicators and reviews_a_year(rules) else ():
        if not any(len(i.quarterly) >= quarter and i.quarterly[quarter - 1].strip() for i in annex.indicators):
            yield found(
                rules,
                "skp.periodic_review",
                f"quarters[{quarter}]",
                f"tidak ada target untuk triwulan {quarter}; capaian triwulan itu tidak dapat dihitung",
                f"no indicator has a target for quarter {quarter}; its achievement cannot be computed",
            )


def _running(annex: Annex, rules: RuleSet) -> Iterator[Finding]:
    """Quarterly targets that neither end at the year's target nor add up to it lead nowhere."""
    if not (rules.switched(Switch.WHOLE_ANNEX) and reviews_a_year(rules)):
        return
    for place, indicator in enumerate(annex.indicators):
        if indicator.polarity.strip().lower() not in (Polarity.MAXIMIZE, Polarity.MINIMIZE):
            continue
        try:
            target, written = parse_decimal(indicator.target), [q for q in indicator.quarterly if q.strip()]
            quarterly = [parse_decimal(text) for text in written]
        except NumberError:
            continue
        if quarterly and aggregation_of(target, quarterly) is None:
            total = sum(quarterly, Decimal(0))
            yield found(
                rules,
                "skp.periodic_review",
                f"indicators[{place}].quarterly",
                f"target triwulan berakhir pada {quarterly[-1]} dan berjumlah {total}; target tahun {target}",
                f"quarterly targets end at {quarterly[-1]} and add up to {total}; the year's is {target}",
                expected=target,
                actual=quarterly[-1],
            )


def _budget(annex: Annex, rules: RuleSet) -> Iterator[Finding]:
    rule_id = "pk.annex.budget_columns"
    named = rules.switched(Switch.WHOLE_ANNEX) and needs_budget_column("program", rules)
    for place, line in enumerate(annex.budget):
        if named and not line.programme.strip():
            path = f"budget[{place}].programme"
            yield _block(rules, rule_id, path, "nama program kosong", "the programme has no name")
        try:
            rupiah(line.amount)
        except NumberError as error:
            path = f"budget[{place}].amount"
            yield _block(rules, rule_id, path, f"anggaran tidak terbaca: {error.text}", error.problem)


def _block(rules: RuleSet, rule_id: str, path: str, message: str, message_en: str) -> Finding:
    rule = rules.rule(rule_id)
    return Finding(rule_id, Enforcement.BLOCK, path, message, message_en, rule.citation, rule.confidence)
