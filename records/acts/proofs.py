"""The records that prove a review's gates."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from domain.gates import GATES, gate_open
from records.acts.acting import Acting
from records.tables import GateProof


def prove(acting: Acting, gate: int, proof: Mapping[str, Any], *, document_id: str | None = None) -> None:
    """Enter the record that proves a gate, or a part of it."""
    acting.session.add(
        GateProof(
            review_id=acting.case.id,
            gate=gate,
            act=acting.intent.act,
            proof=dict(proof),
            document_id=document_id,
            statement_id=acting.statement_id,
            at=acting.at,
        )
    )


def proofs_of(acting: Acting) -> list[GateProof]:
    """The proofs of the review's gates, in order."""
    query = select(GateProof).where(col(GateProof.review_id) == acting.case.id)
    return list(acting.session.exec(query.order_by(col(GateProof.gate), col(GateProof.at), col(GateProof.id))))


def require_recorded(acting: Acting, last: int) -> None:
    """Every gate up to `last` has its record: the state says so already, and the rows must bear it out.

    Raises:
        Refused: `gate-open`, naming the first gate without one.
    """
    recorded = {row.gate for row in proofs_of(acting)}
    for gate in GATES[:last]:
        needed = gate.number != last or bool(acting.state.needs)  # the last is gate 10, which may need no letter
        if needed and gate.number not in recorded:
            raise gate_open(gate)
