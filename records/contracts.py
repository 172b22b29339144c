"""Performance contracts as data: the draft's annex and its issue for signature; reports and the view come with them."""

from datetime import datetime
from typing import Final

from sqlmodel import Session, col, delete

from domain import annex, letters
from domain.annex import Annex
from domain.checks.finding import Finding
from domain.refusals import Refused
from domain.words import DocumentKind, Role
from records import achievements, contract_papers, documents, mail
from records.audit import Author, Writer, sha256_of
from records.check_ins import Reported, record_coaching, submit_check_in
from records.contract_view import ContractView, contract_view
from records.contract_year import Year, held, parties
from records.tables import Contract, ContractVersion, Document, Indicator, Person, Post

__all__ = [
    "ContractView",
    "Reported",
    "contract_view",
    "issue_draft",
    "record_coaching",
    "save_draft",
    "submit_check_in",
]

_FIRST: Final = 1


# -- the draft ---------------------------------------------------------------------------------------------------


def save_draft(
    writer: Writer, author: Author, at: datetime, contract_id: str, content: Annex, version: int
) -> tuple[Contract, tuple[Finding, ...]]:
    """Replace the draft's annex; returns the contract with its new version, and what the lint found.

    Before the contract is in force this is its first text, and an issued text that nobody has signed is taken back.
    Afterwards it is the draft of an amendment.

    Raises:
        Refused: `stale-version`, `already-signed`, `already-rated`, `case-closed`.
    """
    year = held(writer.session, contract_id)
    if year.contract.version != version:
        raise Refused("stale-version", current=str(year.contract.version))
    if year.state.rating is not None:
        raise Refused("already-rated")
    draft = _draft(year)
    _write_annex(writer.session, draft, content)
    year.contract.version += 1
    writer.session.add(year.contract)
    writer.session.flush()
    findings = annex.lint(content, year.state.quarters, year.rules)
    payload = {"version": draft.number, "indicators": len(content.indicators), "annex_sha256": sha256_of(repr(content))}
    writer.audit(year.contract.agency_id, at, author, "save_draft", year.key, payload)
    return year.contract, findings


def _draft(year: Year) -> ContractVersion:
    """The version to write to: the first until it is signed, then the one after the latest."""
    state = year.state
    first_text = not state.in_force
    number = state.latest if first_text else state.latest + 1
    if first_text and state.signed:
        raise Refused("already-signed", version=str(number))
    row = achievements.version_of(year.session, year.contract.id, number)
    if row is None:
        row = ContractVersion(contract_id=year.contract.id, number=number)
    row.issued_at, row.document_id = None, None
    year.session.add(row)
    year.session.flush()
    return row


def _write_annex(session: Session, version: ContractVersion, content: Annex) -> None:
    session.exec(delete(Indicator).where(col(Indicator.version_id) == version.id))
    for position, item in enumerate(content.indicators, start=1):
        session.add(
            Indicator(
                version_id=version.id,
                position=position,
                objective=item.objective,
                name=item.name,
                unit=item.unit,
                polarity=item.polarity,
                target=item.target,
                quarterly=list(item.quarterly),
                weight=item.weight,
                data_source=item.data_source,
                previous_actual=item.previous_actual,
            )
        )
    version.budget = [{"programme": b.programme, "amount": b.amount, "note": b.note} for b in content.budget]
    session.add(version)


def issue_draft(writer: Writer, author: Author, at: datetime, contract_id: str) -> Document:
    """Issue the first text for signature: the numbered document, mailed to both parties. From here it is frozen.

    Raises:
        Refused: `already-issued`, `annex-incomplete`, `role-vacant`, `case-closed`.
    """
    session = writer.session
    year = held(session, contract_id)
    version = achievements.version_of(session, contract_id, _FIRST)
    if version is None or year.state.in_force or version.issued_at is not None:
        raise Refused("already-issued")
    content = contract_papers.annex_of(session, version)
    contract_papers.require_ready(content, year.state.quarters, year.rules)
    post, official, superior = parties(session, year.contract.term_id, at)
    if superior is None:
        raise Refused("role-vacant", role=Role.SUPERIOR)
    document = _press(year, version, content, post, official, superior, at)
    version.issued_at, version.document_id = at, document.id
    session.add(version)
    _call_to_sign(year, [official.id, superior.id], post, document, at)
    payload = {"version": version.number, "document": document.id, "inputs_sha256": document.inputs_sha256}
    writer.audit(year.contract.agency_id, at, author, "issue_draft", year.key, payload)
    return document


def _press(
    year: Year,
    version: ContractVersion,
    content: Annex,
    post: Post,
    official: Person,
    superior: Person,
    at: datetime,
) -> Document:
    agency, today = year.agency, year.calendar(at).local_date(at)
    document_id = documents.new_document_id()
    letter = letters.PerformanceContract(
        letterhead=documents.letterhead(agency),
        number=documents.next_number(year.session, agency.id, documents.CONTRACTS, today.year),
        date=today.isoformat(),
        signatories=contract_papers.party_signatures(post, official, superior, year.rules),
        verification=document_id,
        **contract_papers.contract_fields(year.contract, version.number, content, post, official, superior),
    )
    how = documents.Issue(
        agency_id=agency.id,
        kind=DocumentKind.PERFORMANCE_CONTRACT,
        title=contract_papers.title_of(year.contract, version),
        issued_on=today,
        case_key=year.key,
        subject_id=official.id,
        wants_pdf=True,
        pressed_by_case=False,
    )
    return documents.issue(year.session, how, letter, document_id)


def _call_to_sign(year: Year, people: list[str], post: Post, document: Document, at: datetime) -> None:
    deadline = year.state.deadline("sign")
    due = deadline.due if deadline else year.calendar(at).end_of_day(year.contract.period_end)
    rule = year.rules.rule(deadline.rule if deadline else "skp.set_month").citation
    facts = {"post": post.title, "year": str(year.contract.year), "deadline": year.local(due), "rule": rule}
    for person_id in people:
        mail.queue(
            year.session,
            year.agency.id,
            f"{year.key}/issue/{document.id}",
            person_id,
            "contract_to_sign",
            facts,
            at=at,
            case_key=year.key,
            document_ids=[document.id],
        )
