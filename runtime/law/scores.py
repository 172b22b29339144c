"""Reading score files: one score a component, one a panel's assessor, competency levels, or facts of a track record.

A column is `component`, `component:assessor`, `assessment.competency` (with `:assessor` where several assess) or
`track_record.criterion`; or the file is long: `candidate,component,assessor,score`. See docs/guide/scores-format.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from domain.numbers import NumberError, parse_decimal
from domain.ranking import ScoreRow
from domain.rules import RuleSet
from domain.scoring.competency import JobPersonMatch, match
from domain.scoring.panel import SETTLED, Combining, PanelSheet, panel_scores
from domain.scoring.published import PublishedRow
from domain.scoring.track_record import Criterion, TrackRecord, count_points
from domain.words import Component
from runtime.law.command import UsageError
from runtime.law.files import Row, read_rows

COMPONENTS: Final = tuple(component.value for component in Component)
_ABSENT: Final = "absent"
_NOTHING: Final = "-"
_LONG: Final = ("candidate", "component", "assessor", "score")
_PUBLISHED: Final = ("published_total", "published_rank")


@dataclass(frozen=True)
class Standards:
    """What levels and facts are measured by."""

    required: Mapping[str, int]
    points: Sequence[Criterion]
    how: Combining
    rules: RuleSet


@dataclass(frozen=True)
class Scores:
    """What a file states, with what was computed from it on the way."""

    rows: list[ScoreRow]
    sheets: list[PanelSheet]
    published: list[PublishedRow]
    matches: dict[str, JobPersonMatch] = field(default_factory=dict)
    records: dict[str, TrackRecord] = field(default_factory=dict)

    @property
    def panels(self) -> bool:
        """Whether any score was given by assessors."""
        return any(sheet.assessor != SETTLED for sheet in self.sheets)


@dataclass(frozen=True)
class _Cell:
    """One cell: whose, of what, by whom, what it says, and where it stands."""

    candidate: str
    component: str
    part: str  # a competency or a criterion
    assessor: str
    text: str
    where: str


class _Columns(tuple[str, ...]):
    """The columns that a score file may have; it names the plain ones and knows the parted ones as well."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (isinstance(name, str) and _column(name) is not None)


_KNOWN: Final = _Columns(("candidate", *COMPONENTS, *_LONG[1:], *_PUBLISHED))


def read_scores(path: Path, standards: Standards) -> Scores:
    """The candidates' scores out of a file.

    Raises:
        FileError: the file cannot be read, or a column is unknown.
        UsageError: a cell is empty that may not be, or a person must first look at something.
        CompetencyError, PointsTableError: levels or facts do not fit the standard or the table.
    """
    return scores_of(read_rows(path, _KNOWN), standards)


def scores_of(rows: Sequence[Row], standards: Standards) -> Scores:
    """The candidates' scores out of the rows of a file.

    Raises:
        as for `read_scores`.
    """
    cells = list(_long(rows) if rows and set(rows[0]) == set(_LONG) else _wide(rows))
    components = list(dict.fromkeys(cell.component for cell in cells))
    by_candidate: dict[str, list[_Cell]] = {}
    for cell in cells:
        by_candidate.setdefault(cell.candidate, []).append(cell)
    scores = Scores([], [], [])
    for candidate, found in by_candidate.items():
        scores.rows.append(ScoreRow(candidate, {c: _score(candidate, c, found, standards, scores) for c in components}))
    stated = {row["candidate"]: row for row in rows}
    scores.published.extend(_published(stated[ranked.candidate], ranked.scores) for ranked in scores.rows)
    return scores


def _wide(rows: Sequence[Row]) -> Iterator[_Cell]:
    """Cells of a table with a row a candidate."""
    seen: dict[str, Row] = {}
    for row in rows:
        candidate = _candidate(row)
        if candidate in seen:
            first = seen[candidate].place
            raise UsageError(
                f"{row.where('candidate')}: candidate {candidate} appears more than once, first in {first}"
            )
        seen[candidate] = row
        names = [name for name in row if name != "candidate" and name not in _PUBLISHED]
        if not names:
            raise UsageError(f"{row.place}: there is no component; known are {', '.join(COMPONENTS)}")
        for name in names:
            column = _column(name)
            if column is None:
                raise UsageError(f"{row.where(name)}: only a long file has it; its columns are {', '.join(_LONG)}")
            yield _Cell(candidate, *column, row[name], row.where(name))


def _long(rows: Sequence[Row]) -> Iterator[_Cell]:
    """Cells of a table with a row a sheet; every candidate has every component."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        column = _column(row["component"].lower())
        if column is None:
            raise UsageError(f"{row.where('component')}: {row['component']!r} is none of {', '.join(COMPONENTS)}")
        cell = _Cell(_candidate(row), *column[:2], row["assessor"], row["score"], row.where("score"))
        key = (cell.candidate, cell.component, cell.part, cell.assessor)
        if key in seen:
            raise UsageError(f"{row.place}: a second sheet of {cell.assessor!r}, the first is in {seen[key].place}")
        seen[key] = row
        yield cell


def _candidate(row: Row) -> str:
    candidate = row.get("candidate", "")
    if not candidate:
        raise UsageError(f"{row.where('candidate')}: column candidate is missing or empty")
    return candidate


def _column(name: str) -> tuple[str, str, str] | None:
    """Component, part and assessor of a column's name; None for what is no score."""
    left, _, assessor = name.partition(":")
    component, _, part = left.partition(".")
    parted = component in (Component.ASSESSMENT, Component.TRACK_RECORD)
    if component not in COMPONENTS or (part and not parted):
        return None
    return component, part.strip(), assessor.strip()


def _score(
    candidate: str, component: str, cells: Sequence[_Cell], standards: Standards, scores: Scores
) -> Decimal | None:
    """A candidate's score of a component, however it is given."""
    mine = [cell for cell in cells if cell.component == component]
    if not mine:
        raise UsageError(f"{candidate}: {component} has no score")
    parts, assessors = {bool(cell.part) for cell in mine}, {bool(cell.assessor) for cell in mine}
    if len(parts) > 1 or len(assessors) > 1:
        raise UsageError(f"{mine[-1].where}: {component} is given in two ways; use one")
    if parts == {True}:
        read = _match if component == Component.ASSESSMENT else _record
        score = read(candidate, mine, standards, scores)
        scores.sheets.append(PanelSheet(candidate, component, SETTLED, score))
        return score
    sheets = [PanelSheet(candidate, component, c.assessor, _number(c)) for c in mine if c.text or not c.assessor]
    if not sheets:
        raise UsageError(f"{candidate}: {component} has no score")
    scores.sheets.extend(sheets)
    return panel_scores(sheets, standards.how)[candidate, component] if assessors == {True} else sheets[0].score


def _match(candidate: str, cells: Sequence[_Cell], standards: Standards, scores: Scores) -> Decimal | None:
    """The job-person match, from levels by competency; None where nobody was there to assess."""
    sheets = [PanelSheet(candidate, c.part, c.assessor, _number(c)) for c in cells if c.text]
    if sheets and all(sheet.score is None for sheet in sheets):
        return None
    levels = {name: level for (_, name), level in panel_scores(sheets, standards.how).items()}
    found = match(levels, standards.required, standards.rules)
    if found.percent is None:
        raise UsageError(f"{candidate}: assessment needs review, no level of {', '.join(found.missing)}")
    scores.matches[candidate] = found
    return found.percent


def _record(candidate: str, cells: Sequence[_Cell], standards: Standards, scores: Scores) -> Decimal | None:
    """The score of a points table, from facts by criterion; several are joined by `+`, `-` says that there is none."""
    facts = {c.part: _levels(c.text) for c in cells if c.text}
    found = count_points(facts, standards.points)
    if found.score is None:
        raise UsageError(f"{candidate}: track_record needs review, {found.arithmetic}")
    scores.records[candidate] = found
    return found.score


def _levels(text: str) -> tuple[str, ...]:
    return () if text == _NOTHING else tuple(level.strip() for level in text.split("+"))


def _number(cell: _Cell) -> Decimal | None:
    if cell.text.lower() == _ABSENT:
        return None
    if not cell.text:
        raise UsageError(f"{cell.where}: {cell.candidate}: {cell.component} is empty; write a score or {_ABSENT}")
    try:
        return parse_decimal(cell.text)
    except NumberError as error:
        raise UsageError(f"{cell.where}: {error}") from error


def _published(row: Row, scores: Mapping[str, Decimal | None]) -> PublishedRow:
    total, rank = (row.get(name, "") for name in _PUBLISHED)
    if rank and not rank.isdecimal():
        raise UsageError(f"{row.where('published_rank')}: {rank!r} is no whole number")
    return PublishedRow(
        row["candidate"],
        scores,
        parse_decimal(total) if total else None,
        int(rank) if rank else None,
    )
