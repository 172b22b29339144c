"""Which authorities must consent before an official is moved (gate 10), by who heads the agency and since when."""

from domain.dates import add_months
from domain.plan import AgencyKind
from domain.words import Clearance, HoldingKind, Role
from records import assignments
from records.acts.acting import Acting
from records.tables import Assignment

_WITH_HEAD_OF_REGION = (AgencyKind.KABUPATEN, AgencyKind.KOTA, AgencyKind.PROVINSI)


def review_needs(acting: Acting) -> list[Clearance]:
    """The clearances a move needs today: the supervisor's, and the home minister's for an acting or new head."""
    needs = [Clearance.REPLACEMENT] if acting.rules.flag("bkn.recommendation_before_inauguration") else []
    if acting_head(acting) or newly_in_office(acting):
        needs.append(Clearance.HOME_AFFAIRS)
    return needs


def acting_head(acting: Acting) -> bool:
    """Whether the PPK is held by an acting head (plt, plh, pj)."""
    asked = acting.rules.flag("acting_head.requires_mendagri_approval")
    return asked and any(a.kind != HoldingKind.DEFINITIVE for a in _heads(acting))


def newly_in_office(acting: Acting) -> bool:
    """Whether a head of region is still in the first months after his inauguration (UU 10/2016 Pasal 162 ayat (3))."""
    if acting.agency.kind not in _WITH_HEAD_OF_REGION:
        return False
    months = acting.rules.integer("political_window.after_inauguration_months")
    inaugurated = [acting.calendar.local_date(a.since) for a in _heads(acting)]
    return any(acting.today < add_months(day, months) for day in inaugurated)


def _heads(acting: Acting) -> list[Assignment]:
    found = assignments.held_at(acting.session, acting.at, agency_id=acting.case.agency_id, role=Role.PPK)
    return [a for a in found if a.scope_kind == "agency"]
