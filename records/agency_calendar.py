"""An agency's working-day calendar: national holidays and collective leave, with the overrides in the record."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from domain.calendar import Calendar, conventions
from domain.refusals import Refused
from domain.rules import RuleSet
from records import rules as rule_sets
from records.audit import Author, Writer
from records.calendars import Override, build_calendar
from records.tables import Agency, CalendarOverride


def calendar_for(session: Session, agency: Agency, at: datetime, rules: RuleSet | None = None) -> Calendar:
    """The calendar from the year before an instant to two years after it, in the agency's time zone.

    It follows the conventions of a case's own rule set, or of the one in force for the agency at that instant.
    """
    today = at.astimezone(ZoneInfo(agency.zone)).date()
    chosen = rules if rules is not None else rule_sets.in_force(session, agency.id, today)
    overrides = [Override(date.fromisoformat(o.day), o.working, o.decree) for o in overrides_of(session, agency.id)]
    return build_calendar(agency.zone, range(today.year - 1, today.year + 3), overrides, conventions(chosen))


def overrides_of(session: Session, agency_id: str) -> list[CalendarOverride]:
    """The overrides that hold for an agency, national ones included, by day."""
    query = select(CalendarOverride).where(col(CalendarOverride.agency_id).in_(["", agency_id]))
    return list(session.exec(query.order_by(col(CalendarOverride.day))))


def enter_override(
    writer: Writer, agency_id: str, day: date, working: bool, decree: str, at: datetime, author: Author
) -> CalendarOverride:
    """Make a day working or not, by decree; entering the same again changes nothing.

    Raises:
        Refused: `override-exists`, when the day has an override with other content.
    """
    session = writer.session
    query = select(CalendarOverride).where(
        col(CalendarOverride.agency_id) == agency_id, col(CalendarOverride.day) == day.isoformat()
    )
    earlier = session.exec(query).first()
    if earlier is not None:
        if (earlier.working, earlier.decree) != (working, decree):
            raise Refused("override-exists", day=day.isoformat(), decree=earlier.decree)
        return earlier
    row = CalendarOverride(agency_id=agency_id, day=day.isoformat(), working=working, decree=decree)
    session.add(row)
    payload = {"day": row.day, "working": working, "decree": decree}
    writer.audit(agency_id, at, author, "enter_override", f"calendar/{agency_id}", payload)
    return row
