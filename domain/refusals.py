"""Refusals: a code with facts, and the sentence a person reads, from one table in two languages.

Nothing branches on the text; code, HTTP status and facts are the interface.
"""

from types import MappingProxyType
from typing import Final

from domain.texts import application, common, contract, records, review, selection, term
from domain.texts.row import RefusalText


class Refused(Exception):
    """The law or the process does not allow this act.

    `facts` fill the sentence; `rule` names the parameter of the rule set and `citation` its article, where a rule
    refuses.
    """

    def __init__(self, code: str, /, *, rule: str = "", citation: str = "", **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.rule = rule
        self.citation = citation
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code}: {message(self.code, self.facts, 'en')}"


def message(code: str, facts: dict[str, str], language: str = "id") -> str:
    """The sentence of a refusal in `id` or `en`; a fact that is missing shows as its name in brackets."""
    row = REFUSALS.get(code, _UNKNOWN)
    template = row.en if language == "en" else row.id
    return template.format_map(_Facts(facts))


def status(code: str) -> int:
    """The HTTP status of a refusal code; 409 for a code outside the table."""
    return REFUSALS.get(code, _UNKNOWN).status


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"[{key}]"


_UNKNOWN: Final = RefusalText(409, "Permintaan ditolak.", "The request is refused.")

REFUSALS: Final = MappingProxyType(
    common.ROWS | selection.ROWS | application.ROWS | term.ROWS | contract.ROWS | review.ROWS | records.ROWS
)
