"""A selection plan as `selter lint` reads it: frozen values out of YAML or JSON, unknown keys named.

Parts that are absent are None: lint says that it did not check them. Dates are local dates of the agency.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final, TypeVar

from domain.grades import Education, parse_education, rank_order
from domain.words import CommitteePosition, Component, Element, VacancyKind


class PlanError(ValueError):
    """A plan cannot be read; `path` names the place and `message` what is wrong there."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class AgencyKind(StrEnum):
    """A kind of agency; the first three have a head of region."""

    KABUPATEN = "kabupaten"
    KOTA = "kota"
    PROVINSI = "provinsi"
    KEMENTERIAN = "kementerian"
    LEMBAGA = "lembaga"


class Level(StrEnum):
    """The level of the vacant posts (PP 11/2017 Pasal 107)."""

    UTAMA = "utama"
    MADYA = "madya"
    PRATAMA = "pratama"


class PlanStage(StrEnum):
    """A dated step of the timetable, in the order of the process; assessment and paper may change places."""

    SCREENING_RESULT = "screening_result"
    ASSESSMENT = "assessment"
    PAPER = "paper"
    INTERVIEW = "interview"
    FINAL_RESULT = "final_result"
    INAUGURATION = "inauguration"


@dataclass(frozen=True)
class PlannedVacancy:
    """A vacant post."""

    title: str
    kind: VacancyKind = VacancyKind.OTHER


@dataclass(frozen=True)
class PlannedAnnouncement:
    """The window of applications: `opens` is the day of publication, `closes` the last day."""

    opens: date | None
    closes: date | None


@dataclass(frozen=True)
class PlannedStage:
    """A step with its first and last day; None where the plan leaves them open."""

    stage: PlanStage
    start: date | None
    end: date | None


@dataclass(frozen=True)
class PlannedMember:
    """A committee member; None where the plan does not say."""

    name: str
    element: Element
    role: CommitteePosition | None = None
    party_member: bool | None = None
    kin_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedRequirements:
    """What applicants must fulfil; None where the plan does not say."""

    max_age: int | None = None
    age_reference: date | None = None
    min_rank: str | None = None
    experience_years: int | None = None
    feeder_years: int | None = None
    education: Education | None = None


@dataclass(frozen=True)
class Approvals:
    """Numbers of the letters; `stated` holds the keys that the plan has, be it with null."""

    plan_approval: str | None
    home_affairs_consent: str | None
    stated: frozenset[str]


@dataclass(frozen=True)
class Context:
    """Who heads the region and since when: it decides whether a restriction window applies."""

    acting_head: bool
    head_inaugurated_on: date | None
    next_candidacy_determination: date | None


@dataclass(frozen=True)
class Plan:
    """A selection plan; parts that are absent are None."""

    agency: str | None = None
    agency_kind: AgencyKind | None = None
    level: Level | None = None
    ruleset: str | None = None
    vacancies: tuple[PlannedVacancy, ...] | None = None
    announcement: PlannedAnnouncement | None = None
    stages: tuple[PlannedStage, ...] | None = None
    weights: Mapping[Component, Decimal] | None = None
    committee: tuple[PlannedMember, ...] | None = None
    requirements: PlannedRequirements | None = None
    applicants_minimum: int | None = None
    approvals: Approvals | None = None
    context: Context | None = None

    @property
    def opens(self) -> date | None:
        """The day of publication, on which the rule set depends."""
        return self.announcement.opens if self.announcement else None

    def dates(self) -> tuple[date, ...]:
        """Every date of the window and the timetable."""
        window = (self.announcement.opens, self.announcement.closes) if self.announcement else ()
        steps = [day for step in self.stages or () for day in (step.start, step.end)]
        return tuple(day for day in (*window, *steps) if day is not None)


def plan_from_mapping(mapping: object) -> Plan:
    """Read a plan out of parsed YAML or JSON.

    Raises:
        PlanError: a key is unknown or its value has the wrong form.
    """
    part = _Part("", mapping, _PLAN_KEYS)
    return Plan(
        agency=part.optional("agency", _text),
        agency_kind=part.optional("agency_kind", _word(AgencyKind)),
        level=part.optional("level", _word(Level)),
        ruleset=part.optional("ruleset", _text),
        vacancies=part.optional("vacancies", _many(_vacancy)),
        announcement=part.optional("announcement", _announcement),
        stages=part.optional("stages", _many(_stage)),
        weights=part.optional("weights", _weights),
        committee=part.optional("committee", _many(_member)),
        requirements=part.optional("requirements", _requirements),
        applicants_minimum=part.optional("applicants_minimum", _count),
        approvals=part.optional("approvals", _approvals),
        context=part.optional("context", _context),
    )


_FIRST_YEAR: Final = 1946  # the holidays that are known
_LAST_YEAR: Final = 2100
_PLAN_KEYS: Final = frozenset(Plan.__dataclass_fields__)
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_Reader = Callable[[str, object], T]


class _Part:
    """A mapping at a path, whose keys are known."""

    def __init__(self, path: str, value: object, known: frozenset[str]) -> None:
        if not isinstance(value, Mapping):
            raise PlanError(path or "plan", "a mapping is expected")
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
        return f"{self.path}.{key}".lstrip(".")


def _vacancy(path: str, value: object) -> PlannedVacancy:
    part = _Part(path, value, frozenset({"title", "kind"}))
    return PlannedVacancy(part.required("title", _text), part.optional("kind", _word(VacancyKind)) or VacancyKind.OTHER)


def _announcement(path: str, value: object) -> PlannedAnnouncement:
    part = _Part(path, value, frozenset({"opens", "closes"}))
    return PlannedAnnouncement(part.optional("opens", _day), part.optional("closes", _day))


def _stage(path: str, value: object) -> PlannedStage:
    part = _Part(path, value, frozenset({"stage", "date", "start", "end"}))
    single, start, end = (part.optional(key, _day) for key in ("date", "start", "end"))
    if single is not None and (start is not None or end is not None):
        raise PlanError(path, "either date or start and end")
    return PlannedStage(part.required("stage", _word(PlanStage)), single or start or end, single or end or start)


def _weights(path: str, value: object) -> dict[Component, Decimal]:
    part = _Part(path, value, frozenset(Component))
    return {Component(key): part.required(key, _decimal) for key in part.value}


def _member(path: str, value: object) -> PlannedMember:
    part = _Part(path, value, frozenset(PlannedMember.__dataclass_fields__))
    return PlannedMember(
        name=part.optional("name", _text) or "",
        element=part.required("element", _word(Element)),
        role=part.optional("role", _word(CommitteePosition)),
        party_member=part.optional("party_member", _flag),
        kin_of=part.optional("kin_of", _many(_text)) or (),
    )


def _requirements(path: str, value: object) -> PlannedRequirements:
    part = _Part(path, value, frozenset(PlannedRequirements.__dataclass_fields__))
    return PlannedRequirements(
        max_age=part.optional("max_age", _count),
        age_reference=part.optional("age_reference", _day),
        min_rank=part.optional("min_rank", _rank),
        experience_years=part.optional("experience_years", _count),
        feeder_years=part.optional("feeder_years", _count),
        education=part.optional("education", _education),
    )


def _approvals(path: str, value: object) -> Approvals:
    part = _Part(path, value, frozenset({"plan_approval", "home_affairs_consent"}))
    return Approvals(
        plan_approval=part.optional("plan_approval", _text),
        home_affairs_consent=part.optional("home_affairs_consent", _text),
        stated=frozenset(part.value),
    )


def _context(path: str, value: object) -> Context:
    part = _Part(path, value, frozenset(Context.__dataclass_fields__))
    return Context(
        acting_head=part.optional("acting_head", _flag) or False,
        head_inaugurated_on=part.optional("head_inaugurated_on", _day),
        next_candidacy_determination=part.optional("next_candidacy_determination", _day),
    )


def _many(read: _Reader[T]) -> _Reader[tuple[T, ...]]:
    def read_all(path: str, value: object) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise PlanError(path, "a list is expected")
        return tuple(read(f"{path}[{index}]", item) for index, item in enumerate(value))

    return read_all


def _word(kind: type[E]) -> _Reader[E]:
    def read(path: str, value: object) -> E:
        try:
            return kind(str(value))
        except ValueError:
            raise PlanError(path, f"{value!r} is none of {', '.join(kind)}") from None

    return read


def _text(path: str, value: object) -> str:
    if not isinstance(value, str):
        raise PlanError(path, f"a text is expected, not {value!r}")
    return value.strip()


def _flag(path: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise PlanError(path, f"true or false is expected, not {value!r}")
    return value


def _count(path: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise PlanError(path, f"a whole number of zero or more is expected, not {value!r}")
    return value


def _decimal(path: str, value: object) -> Decimal:
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise PlanError(path, f"a number is expected, not {value!r}")
    return number


def _day(path: str, value: object) -> date:
    try:
        plain = isinstance(value, date) and not isinstance(value, datetime)
        day = value if plain and isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise PlanError(path, f"a date such as 2026-01-20 is expected, not {value!r}") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise PlanError(path, f"a date from {_FIRST_YEAR} to {_LAST_YEAR} is expected, not {day}")
    return day


def _rank(path: str, value: object) -> str:
    text = _text(path, value)
    try:
        rank_order(text)
    except ValueError as error:
        raise PlanError(path, str(error)) from None
    return text


def _education(path: str, value: object) -> Education:
    try:
        return parse_education(_text(path, value))
    except ValueError as error:
        raise PlanError(path, str(error)) from None
