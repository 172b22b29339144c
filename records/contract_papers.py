"""The performance contract as a document, and a version's annex as the domain reads it."""

from typing import Any

from sqlmodel import Session

from domain import annex, letters
from domain.annex import Annex, BudgetLine, IndicatorDraft
from domain.law.contract import Party, signature_sides
from domain.refusals import Refused
from domain.rules import Enforcement, RuleSet
from records.achievements import indicators_of
from records.tables import Contract, ContractVersion, Person, Post


def annex_of(session: Session, version: ContractVersion) -> Annex:
    """The annex of a version."""
    drafts = tuple(
        IndicatorDraft(
            i.objective,
            i.name,
            i.polarity,
            i.target,
            i.unit,
            tuple(i.quarterly),
            i.weight,
            i.data_source,
            i.previous_actual,
        )
        for i in indicators_of(session, version)
    )
    lines = tuple(BudgetLine(b["programme"], b["amount"], b.get("note", "")) for b in version.budget)
    return Annex(drafts, lines)


def require_ready(content: Annex, quarters: tuple[int, ...], rules: RuleSet) -> None:
    """The annex may be issued for signature.

    Raises:
        Refused: `annex-incomplete`, with the first finding that blocks.
    """
    blocks = [f for f in annex.lint(content, quarters, rules) if f.severity is Enforcement.BLOCK]
    if blocks:
        first = blocks[0]
        raise Refused(
            "annex-incomplete",
            rule=first.rule,
            citation=first.citation,
            finding=first.message,
            path=first.path,
            count=str(len(blocks)),
        )


def title_of(contract: Contract, version: ContractVersion) -> str:
    """The document's title."""
    amended = f" perubahan ke-{version.number - 1}" if version.number > 1 else ""
    return f"Perjanjian kinerja tahun {contract.year}{amended}"


def contract_fields(
    contract: Contract, number: int, content: Annex, post: Post, official: Person, superior: Person
) -> dict[str, Any]:
    """The document's own fields: left signs pihak kedua, right pihak pertama (law.md K-01 to K-05)."""
    return {
        "year": str(contract.year),
        "version": str(number),
        "first_party": letters.Person(official.name, official.nip or "", official.rank, post.title),
        "second_party": letters.Person(superior.name, superior.nip or "", superior.rank, superior.position),
        "period_start": contract.period_start.isoformat(),
        "period_end": contract.period_end.isoformat(),
        "indicators": tuple(
            letters.IndicatorRow(i.objective, i.name, f"{i.target} {i.unit}".strip()) for i in content.indicators
        ),
        "budget": tuple(
            letters.BudgetRow(line.programme, format(annex.rupiah(line.amount), "f"), line.note)
            for line in content.budget
        ),
        "budget_total": format(annex.budget_total(content.budget), "f"),
    }


def party_signatures(post: Post, official: Person, superior: Person, rules: RuleSet) -> tuple[letters.Signatory, ...]:
    """Both parties' blocks, not signed yet, from the left to the right."""
    second = letters.Signatory(superior.position or "Pihak kedua", superior.name, superior.rank, superior.nip or "")
    first = letters.Signatory(post.title, official.name, official.rank, official.nip or "")
    blocks = {Party.SECOND: second, Party.FIRST: first}
    return tuple(blocks[party] for party in signature_sides(rules))
