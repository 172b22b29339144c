"""One row of the table of acts."""

from dataclasses import dataclass

from domain.words import CaseKind, CommitteePosition, Role


@dataclass(frozen=True)
class Act:
    """One act of process.

    `key` is the natural key: two commands with the same key are the same act. Its places are `{act}`, `{vacancy}`,
    `{stage}`, `{repeat}`, `{extension}`, `{person}` (who acts) and the act's own arguments. `positions` narrows the
    committee role. `stages` are the lane's (or contract's) stages in which the act is possible; empty means any.
    """

    name: str
    roles: tuple[Role, ...]
    title: str
    records: str
    case: CaseKind
    key: str = "{act}"
    stages: tuple[str, ...] = ()
    positions: tuple[CommitteePosition, ...] = ()
    per_vacancy: bool = False
    reason: bool = False
    birth: bool = False
    letters: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The last part of the act's route."""
        return self.name.replace("_", "-")
