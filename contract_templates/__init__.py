"""The documents and mails that Selter writes: one DOCX template a document kind, one text template a mail.

The DOCX files are built by `python -m contract_templates.build`; `activities.press` fills them.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from domain.words import DocumentKind

_HERE = Path(__file__).parent


def template_path(kind: DocumentKind) -> Path:
    """Where the DOCX template of a document kind lies."""
    return _HERE / f"{kind.value}.docx"


def mail_path(name: str) -> Path:
    """Where the text template of a mail lies; `name` must be a key of `MAIL_FACTS`."""
    if name not in MAIL_FACTS:
        raise KeyError(name)
    return _HERE / "mail" / f"{name}.txt.j2"


def _facts(*names: str) -> tuple[str, ...]:
    """What every mail has, and what this one needs besides."""
    return ("greeting", "link", *names)


# The facts each mail needs. Dates and instants are ISO 8601, stages and ratings may be codes of domain.words.
MAIL_FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # accounts and applications
        "account_created": _facts(),
        "application_received": _facts("agency", "post", "number", "date", "deadline"),
        "application_withdrawn": _facts("agency", "post", "date"),
        "window_reminder": _facts("agency", "post", "deadline", "rule"),
        "window_extended": _facts("agency", "post", "deadline", "rule"),
        # stages
        "screening_result": _facts("agency", "post", "number", "date", "rule"),
        "stage_invitation": _facts("agency", "post", "stage", "date"),
        "stage_result": _facts("agency", "post", "stage", "date", "rule"),
        "vacancy_closed": _facts("agency", "post", "reason_code", "rule"),
        "selection_suspended": _facts("agency", "post", "reason_code", "date"),
        "selection_resumed": _facts("agency", "post", "stage", "deadline"),
        "selection_cancelled": _facts("agency", "post", "reason_code", "date", "rule"),
        "committee_notice": _facts("agency", "post", "stage", "act", "deadline"),
        # the choice and the post
        "shortlist_submitted": _facts("agency", "post", "number", "date", "rule"),
        "shortlist_published": _facts("agency", "post", "date", "rule"),
        "chosen": _facts("agency", "post", "date"),
        "not_chosen": _facts("agency", "post", "date", "rule"),
        "decree_issued": _facts("agency", "post", "number", "date", "rule"),
        "inaugurated": _facts("agency", "post", "date", "deadline"),
        # the contract year
        "contract_to_sign": _facts("agency", "post", "year", "deadline", "rule"),
        "contract_signed": _facts("agency", "post", "year", "number", "date"),
        "check_in_reminder": _facts("agency", "post", "year", "quarter", "deadline", "rule"),
        "early_warning": _facts("agency", "post", "year", "quarter", "percent"),
        "contract_rated": _facts("agency", "post", "year", "rating", "deadline", "rule"),
        # objections and the review
        "objection_filed": _facts("agency", "number", "date", "deadline", "rule"),
        "objection_decided": _facts("agency", "number", "date", "outcome", "rule"),
        "improvement_notice": _facts("agency", "post", "number", "date", "deadline", "rule"),
        "hearing_notice": _facts("agency", "post", "number", "date", "rule"),
        "review_decision": _facts("agency", "post", "number", "date", "rule"),
        "review_ended": _facts("agency", "post", "date", "rule"),
        # anything
        "deadline_reminder": _facts("agency", "act", "deadline", "rule"),
        "act_recorded": _facts("agency", "act", "date"),
    }
)
