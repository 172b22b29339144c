"""Issuing documents: numbers given once, inputs frozen, bytes pressed later."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from sqlmodel import Session, col, select

from domain.letters import Letter, Letterhead
from domain.words import DocumentKind
from records.audit import sha256_of
from records.tables import Agency, Document, NumberSeries, new_id


@dataclass(frozen=True)
class Series:
    """A series of document numbers; `pattern` has the places `{number}` and `{year}`."""

    name: str
    pattern: str


COMMITTEE: Final = Series("pansel", "800.1.2.6/{number:03d}/PANSEL-JPTP/{year}")
SECRETARIAT: Final = Series("sekretariat", "800.1.2.6/{number:03d}/SET-SELTER/{year}")
DECREES: Final = Series("keputusan", "800.1.3.3/{number:03d}/KEP/{year}")
CONTRACTS: Final = Series("perjanjian", "000.8.6.3/{number:03d}/PK/{year}")
RECEIPTS: Final = Series("tanda-terima", "TT/{number:05d}/{year}")


def next_number(session: Session, agency_id: str, series: Series, year: int) -> str:
    """The next number of a series: given once, never reused, locked until the transaction ends."""
    return counted(locked_series(session, agency_id, series, year), series)


def locked_series(session: Session, agency_id: str, series: Series, year: int) -> NumberSeries:
    """The row of a series, locked until the transaction ends; an act that issues many numbers takes it once."""
    query = select(NumberSeries).where(
        col(NumberSeries.agency_id) == agency_id,
        col(NumberSeries.series) == series.name,
        col(NumberSeries.year) == year,
    )
    row = session.exec(query.with_for_update().execution_options(populate_existing=True)).first()
    if row is None:
        row = NumberSeries(agency_id=agency_id, series=series.name, year=year)
        session.add(row)
        session.flush()
    return row


def counted(row: NumberSeries, series: Series) -> str:
    """The next number of a series whose row this transaction holds."""
    row.last += 1
    return series.pattern.format(number=row.last, year=row.year)


def letterhead(agency: Agency, unit: str | None = None) -> Letterhead:
    """The agency's letterhead; `unit` defaults to the secretariat's."""
    return Letterhead(agency.name, unit or agency.unit, agency.address, agency.contact, agency.place)


@dataclass(frozen=True)
class Issue:
    """How a document is issued, beside its content."""

    agency_id: str
    kind: DocumentKind
    title: str
    issued_on: date
    case_key: str = ""
    seq: int = 0
    subject_id: str = ""
    public: bool = False
    wants_pdf: bool = False
    pressed_by_case: bool = True


def issue(session: Session, how: Issue, letter: Letter, document_id: str) -> Document:
    """Freeze a letter as a document row. The letter already bears its number and the document's id."""
    inputs: dict[str, Any] = asdict(letter)
    document = Document(
        id=document_id,
        agency_id=how.agency_id,
        case_key=how.case_key,
        seq=how.seq,
        pressed_by_case=how.pressed_by_case,
        kind=how.kind,
        title=how.title,
        number=letter.number,
        issued_on=how.issued_on,
        inputs=inputs,
        inputs_sha256=sha256_of(inputs),
        subject_id=how.subject_id,
        public=how.public,
        wants_pdf=how.wants_pdf,
    )
    session.add(document)
    return document


def new_document_id() -> str:
    """The id of a document to come; it is also the verification code at its foot."""
    return new_id()
