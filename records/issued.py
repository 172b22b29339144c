"""Reading issued documents: who may see which, and whether a paper in somebody's hand is real."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from domain.refusals import Refused
from records.tables import Agency, Document


@dataclass(frozen=True)
class Entitled:
    """Whose documents one may list: one's own, those of whole agencies, those of single cases, public ones always."""

    person_id: str = ""
    agencies: Collection[str] = ()
    cases: Collection[str] = ()
    everything: bool = False


def get(session: Session, document_id: str) -> Document:
    """The document of that id.

    Raises:
        Refused: `unknown-document`.
    """
    document = session.get(Document, document_id)
    if document is None:
        raise Refused("unknown-document")
    return document


def entitled(document: Document, who: Entitled) -> bool:
    """Whether somebody may see this document."""
    return (
        document.public
        or who.everything
        or document.agency_id in who.agencies
        or (bool(document.case_key) and document.case_key in who.cases)
        or (bool(document.subject_id) and document.subject_id == who.person_id)
    )


def listed(session: Session, who: Entitled, case_key: str | None, after: str | None, limit: int) -> list[Document]:
    """The documents one may see, the newest id last seen as cursor; narrowed to a case."""
    query = select(Document).order_by(col(Document.issued_on).desc(), col(Document.id)).limit(limit)
    if not who.everything:
        query = query.where(
            or_(
                col(Document.public),
                col(Document.agency_id).in_(who.agencies),
                col(Document.case_key).in_(who.cases),
                and_(col(Document.subject_id) != "", col(Document.subject_id) == who.person_id),
            )
        )
    if case_key is not None:
        query = query.where(col(Document.case_key) == case_key)
    if after is not None:
        last = session.get(Document, after)
        if last is not None:
            same_day = and_(col(Document.issued_on) == last.issued_on, col(Document.id) > last.id)
            query = query.where(or_(col(Document.issued_on) < last.issued_on, same_day))
    return list(session.exec(query))


def checked(session: Session, code: str) -> tuple[Document, Agency]:
    """The document of a verification code, with its agency.

    Raises:
        Refused: `unknown-document`: no paper of this installation bears that code.
    """
    document = session.get(Document, code.strip().lower())
    if document is None:
        raise Refused("unknown-document")
    return document, session.get_one(Agency, document.agency_id)
