"""Reading a plan out of parsed YAML or JSON: whatever is wrong is named with its place and what would be right."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final, TypeVar

from domain.eligibility.record import CivilStatus, PositionKind
from domain.grades import Education, parse_education, rank_order
from domain.plan.values import (
    AgencyKind,
    Approvals,
    Context,
    FillingRoute,
    Level,
    Medium,
    Plan,
    PlanError,
    PlannedAnnouncement,
    PlannedKin,
    PlannedMember,
    PlannedRequirements,
    PlannedResults,
    PlannedStage,
    PlannedVacancy,
    PlanStage,
    Relation,
    Scope,
)
from domain.words import CommitteePosition, Component, Element, Rating, VacancyKind

_FIRST_YEAR: Final = 1946  # the holidays that are known
_LAST_YEAR: Final = 2100
_LARGEST: Final = 1_000_000
_MOST_ITEMS: Final = 200
_FINEST: Final = -9  # decimal places of a number
_SHOWN: Final = 40
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_Reader = Callable[[str, object], T]


def plan_from_mapping(mapping: object) -> Plan:
    """Read a plan out of parsed YAML or JSON.

    Raises:
        PlanError: a key is unknown or its value has the wrong form.
    """
    part = _Part("", mapping, _keys(Plan))
    return Plan(
        agency=part.optional("agency", _text),
        agency_kind=part.optional("agency_kind", _word(AgencyKind)),
        level=part.optional("level", _word(Level)),
        ruleset=part.optional("ruleset", _text),
        filling_route=part.optional("filling_route", _word(FillingRoute)),
        vacancies=part.optional("vacancies", _many(_vacancy)),
        announcement=part.optional("announcement", _announcement),
        extensions=part.optional("extensions", _many(read_day)),
        stages=part.optional("stages", _many(_stage)),
        weights=part.optional("weights", _weights),
        committee=part.optional("committee", _many(_member)),
        requirements=part.optional("requirements", _requirements),
        applicants_minimum=part.optional("applicants_minimum", _count),
        results=part.optional("results", _results),
        approvals=part.optional("approvals", _approvals),
        context=part.optional("context", _context),
    )


def _keys(kind: type[Any]) -> frozenset[str]:
    return frozenset(kind.__dataclass_fields__)


class _Part:
    """A mapping at a path, whose keys are known."""

    def __init__(self, path: str, value: object, known: frozenset[str]) -> None:
        if not isinstance(value, Mapping):
            wanted = f"a mapping with {', '.join(sorted(known))} is expected"
            raise PlanError(path or "plan", f"{wanted}, not {_shown(value)}")
        self.path = path
        self.value: Mapping[Any, Any] = value
        for key in value:
            if key not in known:
                raise PlanError(self._at(key), f"unknown key; known are {', '.join(sorted(known))}")

    def optional(self, key: str, read: _Reader[T]) -> T | None:
        """The value, or None where it is absent or null."""
        value = self.value.get(key)
        return None if value is None else read(self._at(key), value)

    def required(self, key: str, read: _Reader[T]) -> T:
        """The value; it must be there."""
        if self.value.get(key) is None:
            raise PlanError(self._at(key), "is missing")
        return read(self._at(key), self.value[key])

    def _at(self, key: object) -> str:
        name = key if isinstance(key, str) and key.isprintable() and len(key) <= _SHOWN else _shown(key)
        return f"{self.path}.{name}".lstrip(".")


def _vacancy(path: str, value: object) -> PlannedVacancy:
    part = _Part(path, value, _keys(PlannedVacancy))
    return PlannedVacancy(part.required("title", _text), part.optional("kind", _word(VacancyKind)) or VacancyKind.OTHER)


def _announcement(path: str, value: object) -> PlannedAnnouncement:
    part = _Part(path, value, _keys(PlannedAnnouncement))
    return PlannedAnnouncement(
        opens=part.optional("opens", read_day),
        closes=part.optional("closes", read_day),
        scope=part.optional("scope", _word(Scope)),
        contents=part.optional("contents", _many(_text)),
        signer=part.optional("signer", _text),
        media=part.optional("media", _many(_word(Medium))),
    )


def _stage(path: str, value: object) -> PlannedStage:
    part = _Part(path, value, frozenset({"stage", "date", "start", "end"}))
    single, start, end = (part.optional(key, read_day) for key in ("date", "start", "end"))
    if single is not None and (start is not None or end is not None):
        raise PlanError(path, "either date or start and end")
    return PlannedStage(part.required("stage", _word(PlanStage)), single or start or end, single or end or start)


def _weights(path: str, value: object) -> dict[Component, Decimal]:
    part = _Part(path, value, frozenset(Component))
    return {Component(key): part.required(key, _decimal) for key in part.value}


def _member(path: str, value: object) -> PlannedMember:
    part = _Part(path, value, _keys(PlannedMember))
    return PlannedMember(
        name=part.optional("name", _text) or "",
        element=part.required("element", _word(Element)),
        role=part.optional("role", _word(CommitteePosition)),
        party_member=part.optional("party_member", _flag),
        kin_of=part.optional("kin_of", _many(_kin)) or (),
        supervisor_staff=part.optional("supervisor_staff", _flag),
    )


def _kin(path: str, value: object) -> PlannedKin:
    if not isinstance(value, Mapping):
        return PlannedKin(_text(path, value))
    part = _Part(path, value, _keys(PlannedKin))
    return PlannedKin(part.required("of", _text), part.required("relation", _word(Relation)))


def _requirements(path: str, value: object) -> PlannedRequirements:
    part = _Part(path, value, _keys(PlannedRequirements))
    return PlannedRequirements(
        max_age=part.optional("max_age", _count),
        age_reference=part.optional("age_reference", read_day),
        min_rank=part.optional("min_rank", _rank),
        experience_years=part.optional("experience_years", _count),
        feeder_years=part.optional("feeder_years", _count),
        education=part.optional("education", _education),
        feeder_posts=part.optional("feeder_posts", _many(_word(PositionKind))),
        open_to=part.optional("open_to", _many(_word(CivilStatus))),
        min_rating=part.optional("min_rating", _word(Rating)),
        clean_discipline_years=part.optional("clean_discipline_years", _count),
        min_remaining_service_months=part.optional("min_remaining_service_months", _count),
        documents=part.optional("documents", _many(_text)),
    )


def _results(path: str, value: object) -> PlannedResults:
    part = _Part(path, value, _keys(PlannedResults))
    return PlannedResults(part.optional("cross_use", _flag), part.optional("names_per_post", _count))


def _approvals(path: str, value: object) -> Approvals:
    part = _Part(path, value, _keys(Approvals) - {"stated"})
    letters = {key: part.optional(key, _text) for key in part.value}
    return Approvals(**letters, stated=frozenset(letters))


def _context(path: str, value: object) -> Context:
    part = _Part(path, value, _keys(Context))
    return Context(
        acting_head=part.optional("acting_head", _flag) or False,
        head_inaugurated_on=part.optional("head_inaugurated_on", read_day),
        next_candidacy_determination=part.optional("next_candidacy_determination", read_day),
    )


def _many(read: _Reader[T]) -> _Reader[tuple[T, ...]]:
    def read_all(path: str, value: object) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise PlanError(path, f"a list is expected, not {_shown(value)}")
        if len(value) > _MOST_ITEMS:
            raise PlanError(path, f"at most {_MOST_ITEMS} items are read, not {len(value)}")
        return tuple(read(f"{path}[{index}]", item) for index, item in enumerate(value))

    return read_all


def _word(kind: type[E]) -> _Reader[E]:
    def read(path: str, value: object) -> E:
        try:
            return kind(value if isinstance(value, str) else "")
        except ValueError:
            raise PlanError(path, f"{_shown(value)} is none of {', '.join(kind)}") from None

    return read


def _text(path: str, value: object) -> str:
    if not isinstance(value, str):
        raise PlanError(path, f"a text is expected, not {_shown(value)}; put it in quotes")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise PlanError(path, "a text in UTF-8 is expected; this one has a broken character") from None
    return value.strip()


def _flag(path: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise PlanError(path, f"true or false is expected, not {_shown(value)}")
    return value


def _count(path: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise PlanError(path, f"a whole number of zero or more is expected, not {_shown(value)}")
    return value


def _decimal(path: str, value: object) -> Decimal:
    plain = isinstance(value, str | int | float | Decimal) and not isinstance(value, bool)
    try:
        number = Decimal(str(value)) if plain else Decimal("NaN")
    except (InvalidOperation, ValueError):  # ValueError: more digits than Python writes
        number = Decimal("NaN")
    exponent = number.as_tuple().exponent
    if not number.is_finite() or number.copy_abs() > _LARGEST or not isinstance(exponent, int) or exponent < _FINEST:
        raise PlanError(path, f"a number such as 20 or 22.5 is expected, not {_shown(value)}")
    return number


def read_day(path: str, value: object) -> date:
    """A local date, written as 2026-01-20.

    Raises:
        PlanError: it is none, or lies outside the years that calendars know.
    """
    day = value if isinstance(value, date) and not isinstance(value, datetime) else None
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
    if day is None:
        raise PlanError(path, f"a date such as 2026-01-20 is expected, not {_shown(value)}")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise PlanError(path, f"a date from {_FIRST_YEAR} to {_LAST_YEAR} is expected, not {day}")
    return day


def _rank(path: str, value: object) -> str:
    text = _text(path, value)
    try:
        rank_order(text)
    except ValueError:
        raise PlanError(path, f"a rank such as IV/a is expected, not {_shown(value)}") from None
    return text


def _education(path: str, value: object) -> Education:
    text = _text(path, value)
    try:
        return parse_education(text)
    except ValueError:
        raise PlanError(path, f"an education such as S1 is expected, not {_shown(value)}") from None


def _shown(value: object) -> str:
    """A value as an error shows it: on one line, and short however large or deep it is."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set | frozenset):
        return "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**_SHOWN:
        return "a number of many digits"
    shown = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return shown if len(shown) <= _SHOWN + 2 else f"{shown[:_SHOWN]}…"
