"""The source of the DOCX templates: `python -m contract_templates.build` writes all twelve, always the same bytes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from contract_templates.build import announcing, contracting, deciding, inviting, reviewing
from contract_templates.packing import pack
from domain.words import DocumentKind

BUILDERS: Mapping[DocumentKind, Callable[[], bytes]] = MappingProxyType(
    {
        DocumentKind.ANNOUNCEMENT: announcing.announcement,
        DocumentKind.RECEIPT: announcing.receipt,
        DocumentKind.SCREENING_RESULT: inviting.screening_result,
        DocumentKind.INVITATION: inviting.invitation,
        DocumentKind.MINUTES: deciding.minutes,
        DocumentKind.SHORTLIST_LETTER: deciding.shortlist_letter,
        DocumentKind.DECREE: deciding.decree,
        DocumentKind.PERFORMANCE_CONTRACT: contracting.performance_contract,
        DocumentKind.IMPROVEMENT_NOTICE: reviewing.improvement_notice,
        DocumentKind.HEARING_NOTICE: reviewing.hearing_notice,
        DocumentKind.REVIEW_DECISION: reviewing.review_decision,
        DocumentKind.OBJECTION_DECISION: reviewing.objection_decision,
    }
)


def build(kind: DocumentKind) -> bytes:
    """The template of one document kind, in canonical form."""
    return pack(BUILDERS[kind]())
