"""An agency's working-day calendar: national holidays and collective leave, with the overrides in the record."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from domain.calendar import Calendar
from records.calendars import Override, build_calendar
from records.tables import Agency, CalendarOverride


def calendar_for(session: Session, agency: Agency, at: datetime) -> Calendar:
    """The calendar from the year before an instant to two years after it, in the agency's time zone."""
    year = at.astimezone(ZoneInfo(agency.zone)).year
    query = select(CalendarOverride).where(col(CalendarOverride.agency_id).in_(["", agency.id]))
    overrides = [Override(date.fromisoformat(o.day), o.working, o.decree) for o in session.exec(query)]
    return build_calendar(agency.zone, range(year - 1, year + 3), overrides)
