"""Queueing mail: a row in the transaction that causes it; the dispatcher sends it later, once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from records.tables import OutboundMail


def queue(
    session: Session,
    agency_id: str,
    cause: str,
    person_id: str,
    template: str,
    facts: Mapping[str, Any],
    *,
    at: datetime,
    case_key: str = "",
    document_ids: Sequence[str] = (),
) -> None:
    """One mail for one cause, person and template; a second one of the same key breaks the transaction."""
    session.add(
        OutboundMail(
            agency_id=agency_id,
            key=f"{cause}/{template}/{person_id}",
            case_key=case_key,
            person_id=person_id,
            template=template,
            facts=dict(facts),
            document_ids=list(document_ids),
            created_at=at,
        )
    )
