"""Which authorities must consent before an official is moved (gate 10), by who heads the agency and since when."""

from datetime import timedelta

from domain.law.appointment import needs_recommendation
from domain.law.authority import (
    acting_head_needs_minister,
    acting_head_needs_supervisor,
    restricted_after_inauguration,
)
from domain.plan import AgencyKind
from domain.switches import Switch
from domain.words import Clearance, HoldingKind, Role
from records import assignments
from records.acts.acting import Acting
from records.tables import Assignment

_WITH_HEAD_OF_REGION = (AgencyKind.KABUPATEN, AgencyKind.KOTA, AgencyKind.PROVINSI)


def review_needs(acting: Acting) -> list[Clearance]:
    """The clearances a move needs today: the supervisor's, and the home minister's for an acting or new head."""
    asked = needs_recommendation(acting.rules)
    asked = asked or any(acting_head_needs_supervisor(kind, acting.rules) for kind in _kinds(acting))
    needs = [Clearance.REPLACEMENT] if asked else []
    if acting_head(acting) or newly_in_office(acting):
        needs.append(Clearance.HOME_AFFAIRS)
    return needs


def acting_head(acting: Acting) -> bool:
    """Whether the PPK is held by an acting head (plt, plh, pj) who needs the home minister's consent."""
    return any(acting_head_needs_minister(kind, acting.rules) for kind in _kinds(acting))


def newly_in_office(acting: Acting) -> bool:
    """Whether a head of region is still in the first months after his inauguration (UU 10/2016 Pasal 162 ayat (3)).

    For a rule set pinned before the switch the day that completes the months is free already.
    """
    if acting.agency.kind not in _WITH_HEAD_OF_REGION:
        return False
    today = acting.today if acting.rules.switched(Switch.WHOLE_SELECTION) else acting.today + timedelta(days=1)
    inaugurated = [acting.calendar.local_date(a.since) for a in _heads(acting)]
    return any(restricted_after_inauguration(today, day, acting.rules) for day in inaugurated)


def _kinds(acting: Acting) -> list[HoldingKind]:
    return [HoldingKind(a.kind) for a in _heads(acting)]


def _heads(acting: Acting) -> list[Assignment]:
    found = assignments.held_at(acting.session, acting.at, agency_id=acting.case.agency_id, role=Role.PPK)
    return [a for a in found if a.scope_kind == "agency"]
