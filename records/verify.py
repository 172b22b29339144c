"""Verification: the chains, journals, numbers, rankings and files recomputed from what the record holds.

Every break is named: which chain, which position, and what is wrong with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from sqlmodel import Session, col, func, select

from domain.ranking import ScoreRow, Sensitivity, rank
from records.audit import entry_hash, payload_hash, sha256_of
from records.files import FileStore
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
    """Recompute everything; reads only."""
    entries = list(session.exec(select(AuditEntry).order_by(col(AuditEntry.agency_id), col(AuditEntry.position))))
    rankings = list(session.exec(select(Ranking)))
    documents = list(session.exec(select(Document)))
    breaks = [
        *_chains(session, entries),
        *_journals(session, entries),
        *_sheets(session),
        *_rankings(rankings),
        *_numbers(session, documents),
        *_documents(documents, files),
    ]
    return Report(len(entries), len(rankings), len(documents), tuple(breaks))


# -- the chains ----------------------------------------------------------------------------------------------------


def _chains(session: Session, entries: list[AuditEntry]) -> Iterator[Break]:
    heads = {h.agency_id: h for h in session.exec(select(AuditHead))}
    payloads = {(p.agency_id, p.position): p for p in session.exec(select(AuditPayload))}
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


def _payloads(chain: list[AuditEntry], payloads: dict[tuple[str, int], AuditPayload]) -> Iterator[Break]:
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


def _journals(session: Session, entries: Iterable[AuditEntry]) -> Iterator[Break]:
    """Every journal is gapless, and every act of a person in it is in the chain."""
    audited: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.result == "done":
            audited[entry.subject, entry.act] = audited.get((entry.subject, entry.act), 0) + 1
    query = select(JournalEntry).order_by(col(JournalEntry.case_key), col(JournalEntry.seq))
    keys = set(session.exec(select(Case.key)))
    for key, rows in groupby(session.exec(query), key=lambda r: r.case_key):
        keys.discard(key)
        yield from _journal(key, list(rows), audited)
    for key in sorted(keys):
        yield Break("journal-missing", key, "the case has no journal")


def _journal(key: str, rows: list[JournalEntry], audited: dict[tuple[str, str], int]) -> Iterator[Break]:
    counted: dict[str, int] = {}
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            yield Break("journal-gap", f"{key}#{expected}", f"entry {row.seq} stands there")
            return
        if expected > 1:
            counted[row.act] = counted.get(row.act, 0) + 1
    for act, count in counted.items():
        if audited.get((key, act), 0) != count:
            detail = f"{count} in the journal, {audited.get((key, act), 0)} in the audit chain"
            yield Break("journal-unaudited", f"{key} {act}", detail)


# -- sheets, rankings, numbers, files ------------------------------------------------------------------------------


def sheet_hash(sheet: Sheet) -> str:
    """The commitment of a sealed sheet: over its content and its salt."""
    score = "absent" if sheet.score is None else format(sheet.score.normalize(), "f")
    facts = [sheet.application_id, sheet.component, sheet.repeat, sheet.assessor_id, score, sheet.note, sheet.salt]
    return sha256_of(facts)


def _sheets(session: Session) -> Iterator[Break]:
    for sheet in session.exec(select(Sheet)):
        if sheet_hash(sheet) != sheet.sha256:
            yield Break("sheet-changed", f"sheet {sheet.id}", "its content does not give the hash it was sealed with")


def _rankings(rankings: Iterable[Ranking]) -> Iterator[Break]:
    for row in rankings:
        if recomputed(row) != row.sha256:
            where = f"ranking {row.vacancy_id}/{row.stage}/{row.repeat}"
            yield Break("ranking-differs", where, "its frozen inputs do not give the ranking that was kept")


def recomputed(row: Ranking) -> str:
    """The hash of a ranking computed again from its frozen inputs; needs nothing but the row."""
    rows = [
        ScoreRow(r["candidate"], {k: None if v is None else Decimal(v) for k, v in r["scores"].items()})
        for r in row.inputs["rows"]
    ]
    weights = {k: Decimal(v) for k, v in row.inputs["weights"].items()}
    closely = row.inputs.get("closely")
    sensitivity = (
        Sensitivity(closely["places"], Decimal(closely["near_tie"]), Decimal(closely["weight_points"]))
        if closely
        else None
    )
    result = rank(rows, weights, tie_break=tuple(row.inputs["tie_break"]), closely=sensitivity)
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
