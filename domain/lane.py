"""One vacancy on its way through the stages: what of it is state, and what each entry changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from domain.case import Entry
from domain.words import Clearance, Outcome, Stage


@dataclass(frozen=True)
class Lane:
    """One vacancy on its way through the stages."""

    vacancy_id: str
    since: datetime
    stage: Stage = Stage.ANNOUNCEMENT
    repeats: Mapping[str, int] = field(default_factory=dict)
    needs: tuple[Clearance, ...] = ()  # clearances that the choice and decree wait for
    window_closed: bool = False
    applicants: int = 0
    enough: bool = False
    extensions: int = 0
    suspensions: int = 0
    suspended_at: datetime | None = None
    seals_open: bool = False
    announced: bool = False
    minutes: str = ""  # document id
    signers: tuple[str, ...] = ()  # members whose signature the minutes need
    signed: tuple[str, ...] = ()
    shortlisted: bool = False
    cleared: tuple[str, ...] = ()
    chosen: str = ""  # application id
    decree: str = ""  # document id
    inaugurated_on: date | None = None
    outcome: Outcome | None = None

    def repeat(self, stage: str | None = None) -> int:
        """How many times a stage (default: the present one) has begun; 1 at first."""
        return self.repeats.get(stage or self.stage, 1)

    @property
    def untouched(self) -> bool:
        """Whether the present stage has been begun again and no act has come of it yet."""
        return self.repeat() > 1 and not (self.seals_open or self.announced or self.signed or self.shortlisted)


def enter(lane: Lane, stage: Stage, at: datetime, data: Mapping[str, Any]) -> Lane:
    """A lane at the start of a stage: what belonged to the one before is cleared; decisions stay in the journal."""
    again: dict[str, int] = {begun: lane.repeat(begun) + 1 for begun in _begun_since(stage, lane)}
    return replace(
        lane,
        stage=stage,
        since=at,
        repeats={**lane.repeats, **again},
        seals_open=False,
        announced=False,
        minutes=data.get("minutes", {}).get(lane.vacancy_id, ""),
        signers=tuple(data.get("signers", {}).get(lane.vacancy_id, ())),
        signed=(),
        shortlisted=False,
        cleared=(),
        chosen="",
    )


def _begun_since(stage: Stage, lane: Lane) -> tuple[Stage, ...]:
    """The stages from one to the lane's present one, all of which begin again when the first does; none on going on."""
    order = list(Stage)
    return tuple(order[order.index(stage) : order.index(lane.stage) + 1])


def _ended(lane: Lane, entry: Entry, outcome: Outcome) -> Lane:
    return replace(lane, stage=Stage.CLOSED, outcome=outcome, since=entry.at, suspended_at=None)


CHANGES: Final[Mapping[str, Callable[[Lane, Entry], Lane]]] = MappingProxyType(
    {
        "extend_vacancy": lambda lane, e: replace(
            lane, window_closed=False, extensions=lane.extensions + 1, enough=False, since=e.at
        ),
        "close_vacancy": lambda lane, e: _ended(lane, e, Outcome.NOT_FILLED),
        "advance": lambda lane, e: enter(lane, lane.stage.following, e.at, e.data),
        "repeat_stage": lambda lane, e: enter(lane, Stage(e.data["stage"]), e.at, e.data),
        "open_seals": lambda lane, e: replace(lane, seals_open=True),
        "announce_result": lambda lane, e: replace(lane, announced=True, since=e.at),
        "suspend": lambda lane, e: replace(lane, suspended_at=e.at, suspensions=lane.suspensions + 1),
        "resume": lambda lane, e: replace(lane, suspended_at=None),
        "sign_minutes": lambda lane, e: replace(lane, signed=(*lane.signed, e.data["person_id"])),
        "submit_shortlist": lambda lane, e: replace(lane, shortlisted=True, since=e.at),
        "record_clearance": lambda lane, e: replace(lane, cleared=(*lane.cleared, e.data["kind"])),
        "choose": lambda lane, e: replace(lane, chosen=e.data["application_id"], since=e.at),
        "issue_decree": lambda lane, e: replace(lane, decree=e.data["decree"][lane.vacancy_id], since=e.at),
        "record_inauguration": lambda lane, e: _ended(
            replace(lane, inaugurated_on=date.fromisoformat(e.data["inaugurated_on"])), e, Outcome.APPOINTED
        ),
    }
)
