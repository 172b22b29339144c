"""The first schema: every table, in the order of their references, and the triggers that keep evidence as it is."""

from collections.abc import Sequence

from records.migrations.append_only import protect
from records.migrations.initial import applications, journal, outbox, people, performance, selections

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLES = (
    people.agency,
    journal.audit_entry,
    journal.audit_head,
    journal.audit_payload,
    journal.calendar_override,
    performance.check_in,
    journal.clock_offset,
    journal.idempotency_key,
    outbox.number_series,
    people.person,
    journal.pinned_rules,
    people.sign_in_attempt,
    people.account,
    people.assignment,
    journal.case,
    outbox.document,
    performance.objection,
    outbox.outbound_mail,
    people.post,
    selections.selection,
    applications.statement,
    people.access_token,
    journal.act_key,
    performance.delivery,
    people.holding,
    journal.journal_entry,
    selections.vacancy,
    applications.application,
    selections.application_window,
    performance.office_term,
    applications.ranking,
    applications.scoring_duty,
    applications.check,
    applications.conflict_declaration,
    performance.contract,
    applications.recusal,
    applications.sheet,
    applications.stage_decision,
    applications.upload,
    performance.annual_result,
    performance.contract_version,
    performance.review,
    performance.gate_proof,
    performance.indicator,
    performance.actual,
)


def upgrade() -> None:
    """Create every table, then make the evidence append-only."""
    for create in _TABLES:
        create()
    protect()


def downgrade() -> None:
    """Nothing is deleted: there is no way back but a restored backup."""
    raise RuntimeError("migrations go forward only: restore a backup")
