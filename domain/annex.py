"""The annex of a performance contract (lampiran): indicators and budget, and what keeps them from being signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from domain.achievement import parse_indicator
from domain.checks.finding import Finding
from domain.numbers import NumberError, parse_decimal
from domain.rules import Confidence, Enforcement, RuleSet

_QUARTERS: Final = 4
_WHOLE: Final = Decimal(100)
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
        *_weights(annex),
        *_budget_indicator(annex, rules),
        *_quarterly(annex, quarters, rules),
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
        missing = [n for n in ("objective", "name", "target") if not getattr(indicator, n).strip()]
        for name in missing:
            yield _block(
                rules, "pk.annex.columns", f"indicators[{place}].{name}", f"kolom {name} kosong", f"{name} is empty"
            )


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


def _weights(annex: Annex) -> Iterator[Finding]:
    given = [i.weight for i in annex.indicators if i.weight is not None]
    if not given:
        return
    total = sum(given, Decimal(0))
    if len(given) == len(annex.indicators) and total == _WHOLE and min(given) > 0:
        return
    yield Finding(
        "selter.contract.weights",
        Enforcement.BLOCK,
        "indicators",
        f"bobot indikator berjumlah {total}; setiap indikator perlu bobot positif dan jumlahnya {_WHOLE}",
        f"the weights add up to {total}; each indicator needs a positive weight and they must add up to {_WHOLE}",
        _OUR_CHOICE,
        Confidence.DERIVED,
        str(_WHOLE),
        str(total),
    )


def _budget_indicator(annex: Annex, rules: RuleSet) -> Iterator[Finding]:
    if not annex.indicators or not rules.flag("skp.budget_indicator_required"):
        return
    if not any(_BUDGET_WORD in f"{i.objective} {i.name}".casefold() for i in annex.indicators):
        yield _found(
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
    for quarter in quarters if annex.indicators else ():
        if not any(len(i.quarterly) >= quarter and i.quarterly[quarter - 1].strip() for i in annex.indicators):
            yield _found(
                rules,
                "skp.periodic_review",
                f"quarters[{quarter}]",
                f"tidak ada target untuk triwulan {quarter}; capaian triwulan itu tidak dapat dihitung",
                f"no indicator has a target for quarter {quarter}; its achievement cannot be computed",
            )


def _budget(annex: Annex, rules: RuleSet) -> Iterator[Finding]:
    for place, line in enumerate(annex.budget):
        try:
            rupiah(line.amount)
        except NumberError as error:
            path = f"budget[{place}].amount"
            yield _block(rules, "pk.annex.budget_columns", path, f"anggaran tidak terbaca: {error.text}", error.problem)


def _block(rules: RuleSet, rule_id: str, path: str, message: str, message_en: str) -> Finding:
    rule = rules.rule(rule_id)
    return Finding(rule_id, Enforcement.BLOCK, path, message, message_en, rule.citation, rule.confidence)


def _found(rules: RuleSet, rule_id: str, path: str, message: str, message_en: str) -> Finding:
    rule = rules.rule(rule_id)
    return Finding(rule_id, rule.enforcement, path, message, message_en, rule.citation, rule.confidence)
