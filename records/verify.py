"""Verification: the chains, journals, numbers, rankings and files recomputed from what the record holds.

Every break is named: which chain, which position, and what is wrong with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sqlmodel import Session, col, func, select

from domain.words import DocumentKind
from records.audit import canonical, entry_hash, payload_hash, sha256_of
from records.files import FileStore
from records.rankings import frozen
from records.sheets import content_of
from records.tables import (
    AuditEntry,
    AuditHead,
    AuditPayload,
    Case,
    Document,
    JournalEntry,
    NumberSeries,
    Ranking,
    Sheet,
)

_START: Final = "0" * 64
Payloads = Mapping[tuple[str, int], AuditPayload]


@dataclass(frozen=True)
class Break:
    """Something that is not as it was written. `kind` is stable, `where` names the thing."""

    kind: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.where}: {self.detail}"


@dataclass(frozen=True)
class Report:
    """What was recomputed, and every break found."""

    entries: int
    rankings: int
    documents: int
    breaks: tuple[Break, ...]

    def to_mapping(self) -> dict[str, Any]:
        """As `selter verify --json` prints it."""
        return {
            "entries": self.entries,
            "breaks": [{"kind": b.kind, "where": b.where, "detail": b.detail} for b in self.breaks],
            "rankings": self.rankings,
            "documents": self.documents,
        }


def verify(session: Session, files: FileStore) -> Report:
    """Recompute everything; reads only.

    The session must be a snapshot (`Database.snapshot`): what is written between two queries would look like a break.
    """
    entries = list(session.exec(select(AuditEntry).order_by(col(AuditEntry.agency_id), col(AuditEntry.position))))
    payloads = {(p.agency_id, p.position): p for p in session.exec(select(AuditPayload))}
    rankings = list(session.exec(select(Ranking)))
    documents = list(session.exec(select(Document)))
    breaks = [
        *_chains(session, entries, payloads),
        *_journals(session, entries, payloads),
        *_sheets(session, entries, payloads),
        *_rankings(rankings),
        *_numbers(session, documents),
        *_documents(documents, files),
        *_signatures(documents, rankings, payloads),
    ]
    return Report(len(entries), len(rankings), len(documents), tuple(breaks))


# -- the chains ----------------------------------------------------------------------------------------------------


def _chains(session: Session, entries: list[AuditEntry], payloads: Payloads) -> Iterator[Break]:
    heads = {h.agency_id: h for h in session.exec(select(AuditHead))}
    chains = {agency: list(chain) for agency, chain in groupby(entries, key=lambda e: e.agency_id)}
    for agency in sorted(heads.keys() | chains.keys()):
        chain = chains.get(agency, [])
        yield from _links(agency, chain)
        yield from _payloads(chain, payloads)
        yield from _head(agency, chain, heads.get(agency))


def _links(agency: str, chain: list[AuditEntry]) -> Iterator[Break]:
    expected, previous = 1, _START
    for entry in chain:
        where = f"audit {agency}/{entry.position}"
        if entry.position != expected:
            yield Break("entry-missing", f"audit {agency}/{expected}", f"the next entry is {entry.position}")
        elif entry.previous != previous:
            yield Break("chain-broken", where, "it does not follow the entry before it: reordered or inserted")
        if entry_hash(entry) != entry.hash:
            yield Break("entry-changed", where, "its content does not give its hash")
        expected, previous = entry.position + 1, entry.hash


def _payloads(chain: list[AuditEntry], payloads: Payloads) -> Iterator[Break]:
    """A payload that is gone was erased, which the law may ask for; one that differs was altered."""
    for entry in chain:
        payload = payloads.get((entry.agency_id, entry.position))
        if payload is not None and payload_hash(payload.salt, payload.body) != entry.payload_sha256:
            where = f"audit {entry.agency_id}/{entry.position}"
            yield Break("payload-changed", where, "what it says does not give the hash that was chained")


def _head(agency: str, chain: list[AuditEntry], head: AuditHead | None) -> Iterator[Break]:
    last = chain[-1] if chain else None
    if head is None:
        yield Break("head-missing", f"audit {agency}", "the chain has no head")
    elif last is None or (head.position, head.hash) != (last.position, last.hash):
        found = f"{last.position}" if last else "nothing"
        yield Break("tail-cut", f"audit {agency}", f"the head stands at {head.position}, the chain ends at {found}")


# -- the journals --------------------------------------------------------------------------------------------------


def _journals(session: Session, entries: Iterable[AuditEntry], payloads: Payloads) -> Iterator[Break]:
    """Every journal is gapless, and each of its entries stands in the chain with the same content."""
    audited: dict[tuple[str, str], list[AuditEntry]] = {}
    for entry in entries:
        if entry.result == "done":
            audited.setdefault((entry.subject, entry.act), []).append(entry)
    query = select(JournalEntry).order_by(col(JournalEntry.case_key), col(JournalEntry.seq))
    keys = set(session.exec(select(Case.key)))
    for key, rows in groupby(session.exec(query), key=lambda r: r.case_key):
        keys.discard(key)
        yield from _journal(key, list(rows), audited, payloads)
    for key in sorted(keys):
        yield Break("journal-missing", key, "the case has no journal")


def _journal(
    key: str, rows: list[JournalEntry], audited: dict[tuple[str, str], list[AuditEntry]], payloads: Payloads
) -> Iterator[Break]:
    acts: dict[str, list[JournalEntry]] = {}
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            yield Break("journal-gap", f"{key}#{expected}", f"entry {row.seq} stands there")
            return
        if expected > 1:
            acts.setdefault(row.act, []).append(row)
    for act, written in acts.items():
        chained = audited.get((key, act), [])
        if len(chained) != len(written):
            detail = f"{len(written)} in the journal, {len(chained)} in the audit chain"
            yield Break("journal-unaudited", f"{key} {act}", detail)
            continue
        for row, entry in zip(written, chained, strict=True):
            payload = payloads.get((entry.agency_id, entry.position))
            if payload is not None and not _agrees(row, payload):
                yield Break("journal-changed", f"{key}#{row.seq}", "it says something else than the audit chain")


def _agrees(row: JournalEntry, payload: AuditPayload) -> bool:
    chained = payload.body
    same = (chained.get("seq"), chained.get("vacancy_ids")) == (row.seq, row.vacancy_ids)
    return same and canonical(chained.get("data")) == canonical(row.data)


# -- sheets, rankings, numbers, files ------------------------------------------------------------------------------


def _sheets(session: Session, entries: Iterable[AuditEntry], payloads: Payloads) -> Iterator[Break]:
    """Each sheet gives the hash it was sealed with, and that hash stands in the chain."""
    sealed: dict[str, str] = {}
    for entry in entries:
        payload = payloads.get((entry.agency_id, entry.position))
        if entry.act == "seal_sheet" and entry.result == "done" and payload is not None:
            sealed[payload.body["sheet"]] = payload.body["sha256"]
    found = {sheet.id: sheet for sheet in session.exec(select(Sheet))}
    for sheet in found.values():
        if payload_hash(sheet.salt, content_of(sheet)) != sheet.sha256:
            yield Break("sheet-changed", f"sheet {sheet.id}", "its content does not give the hash it was sealed with")
        elif sealed.get(sheet.id) != sheet.sha256:
            yield Break("sheet-unsealed", f"sheet {sheet.id}", "its hash is not the one in the audit chain")
    for sheet_id in sorted(sealed.keys() - found.keys()):
        yield Break("sheet-missing", f"sheet {sheet_id}", "it was sealed and is gone")


def _rankings(rankings: Iterable[Ranking]) -> Iterator[Break]:
    for row in rankings:
        if recomputed(row) != row.sha256:
            where = f"ranking {row.vacancy_id}/{row.stage}/{row.repeat}"
            yield Break("ranking-differs", where, "its frozen inputs do not give the ranking that was kept")


def recomputed(row: Ranking) -> str:
    """The hash of a ranking computed again from its frozen inputs; needs nothing but the row."""
    result = frozen(row).ranked()
    return result.sha256 if result.to_mapping() == row.result else ""


def _numbers(session: Session, documents: list[Document]) -> Iterator[Break]:
    """As many documents as numbers were given, in each agency."""
    given = session.exec(
        select(NumberSeries.agency_id, func.sum(NumberSeries.last)).group_by(col(NumberSeries.agency_id))
    )
    for agency, count in given:
        found = sum(d.agency_id == agency for d in documents)
        if found != count:
            yield Break("number-missing", f"documents of {agency}", f"{count} numbers were given, {found} are here")


def _documents(documents: Iterable[Document], files: FileStore) -> Iterator[Break]:
    for document in documents:
        where = f"document {document.number}"
        if sha256_of(document.inputs) != document.inputs_sha256:
            yield Break("inputs-changed", where, "its frozen inputs do not give their hash")
        for sha256 in filter(None, (document.docx_sha256, document.pdf_sha256)):
            if not files.intact(sha256):
                yield Break("file-changed", where, f"the file {sha256[:12]} is missing or altered")


def _signatures(documents: Iterable[Document], rankings: Iterable[Ranking], payloads: Payloads) -> Iterator[Break]:
    """What was signed by hash, and the ranking that minutes name, are still what they were."""
    by_id = {d.id: d for d in documents}
    for payload in payloads.values():
        arguments = payload.body.get("arguments") or {}
        document = by_id.get(arguments.get("document_id", ""))
        if document is not None and arguments.get("sha256") not in (None, document.inputs_sha256):
            yield Break("signed-changed", f"document {document.number}", "its hash is not the one that was signed")
    hashes = {r.sha256 for r in rankings}
    for document in by_id.values():
        if document.kind == DocumentKind.MINUTES and document.inputs.get("ranking_sha256") not in hashes:
            yield Break("ranking-missing", f"document {document.number}", "the ranking it names is not here")
