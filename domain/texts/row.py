"""The shape of one refusal's text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RefusalText:
    """One row of the table: the HTTP status and the sentences, with `{fact}` places."""

    status: int
    id: str
    en: str
