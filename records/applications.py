"""Applications up to their submission: drafting, editing, entry on behalf, confirmation and withdrawal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from domain.dates import in_time
from domain.law.application import may_apply_again, most_posts
from domain.refusals import Refused
from domain.rules import RuleSet, refuse
from domain.selection import Lane
from domain.words import Stage
from records import journal, mail
from records import rules as rule_sets
from records.audit import Author, Writer
from records.selections import case_key, held_case, state_of
from records.tables import Agency, Application, Person, Selection, Upload, Vacancy, Window

ON_BEHALF: Final = "on_behalf"
ORIGINAL: Final = "on_behalf_original"  # the scanned letter from which an application was entered

# The weakest lock that stops another change; unlike FOR UPDATE it lets rows that refer to the application be written.
_NO_KEY: Final = {"key_share": True}


@dataclass(frozen=True)
class Dossier:
    """An application with what surrounds it."""

    application: Application
    vacancy: Vacancy
    selection: Selection
    person: Person


def dossier(session: Session, application_id: str, *, lock: bool = False) -> Dossier:
    """An application with its vacancy, round and person; `lock` holds the application's row for a change.

    Raises:
        Refused: `unknown-application`.
    """
    application = session.get(Application, application_id, with_for_update=_NO_KEY if lock else None)
    if application is None:
        raise Refused("unknown-application", application=application_id)
    vacancy = session.get_one(Vacancy, application.vacancy_id)
    selection = session.get_one(Selection, application.selection_id)
    return Dossier(application, vacancy, selection, session.get_one(Person, application.person_id))


def pinned_rules(session: Session, selection_id: str) -> RuleSet:
    """The rules that the published round keeps.

    Raises:
        Refused: `unknown-rules`, for a draft, which keeps none yet.
    """
    return rule_sets.pinned(session, state_of(session, selection_id).rules_sha256)


def published_vacancy(session: Session, vacancy_id: str) -> tuple[Vacancy, Selection]:
    """A published vacancy and its round.

    Raises:
        Refused: `unknown-vacancy`, also while the round is a draft.
    """
    vacancy = session.get(Vacancy, vacancy_id)
    if vacancy is None or session.get(Window, vacancy_id) is None:
        raise Refused("unknown-vacancy", vacancy=vacancy_id)
    return vacancy, session.get_one(Selection, vacancy.selection_id)


def open_window(session: Session, vacancy_id: str, at: datetime) -> Window:
    """The window, open at that instant, and held against closing until the transaction ends.

    Its row is shared: closing takes it for itself and so waits for us, or we for it. Whoever comes too late holds
    nothing, so that a crowd of them does not keep the window from being closed.

    Raises:
        Refused: `unknown-vacancy`, or as `require_open`.
    """
    window = session.get(Window, vacancy_id)
    if window is None:
        raise Refused("unknown-vacancy", vacancy=vacancy_id)
    require_open(window, at)
    query = select(Window).where(col(Window.vacancy_id) == vacancy_id).with_for_update(read=True)
    held = session.exec(query.execution_options(populate_existing=True)).one()
    require_open(held, at)
    return held


def require_open(window: Window, at: datetime) -> None:
    """Judge an instant by the window; closed is closed.

    Raises:
        Refused: `window-not-open`, `window-suspended` or `window-closed`, with the deadline and the server's time.
    """
    server_time = at.replace(microsecond=0).isoformat()
    if at < window.opens_at:
        raise Refused("window-not-open", opens_at=window.opens_at.isoformat(), server_time=server_time)
    if window.closed_at is not None or not in_time(at, window.closes_at):
        deadline = window.closes_at.isoformat()
        raise Refused(
            "window-closed",
            rule="application.close_time",
            citation="PP 11/2017 Pasal 117 ayat (4) huruf d",
            deadline=deadline,
            server_time=server_time,
        )
    if window.suspended_at is not None:
        raise Refused("window-suspended", since=window.suspended_at.isoformat(), server_time=server_time)


def begin(
    writer: Writer,
    vacancy_id: str,
    person_id: str,
    profile: Mapping[str, Any],
    at: datetime,
    author: Author,
    *,
    on_behalf: bool = False,
) -> Application:
    """A draft application; one a person and vacancy, and no more posts a round than the rules allow.

    Raises:
        Refused: `already-applied`, `too-many-posts`, `window-*`, `unknown-vacancy`, `unknown-person`.
    """
    session = writer.session
    vacancy, selection = published_vacancy(session, vacancy_id)
    open_window(session, vacancy_id, at)
    if session.get(Person, person_id) is None:
        raise Refused("unknown-person", person=person_id)
    _require_free(session, selection, vacancy, person_id)
    application = Application(
        agency_id=selection.agency_id,
        selection_id=selection.id,
        vacancy_id=vacancy.id,
        person_id=person_id,
        profile=dict(profile),
        source=ON_BEHALF if on_behalf else "candidate",
        entered_by=author.person_id if on_behalf else None,
        created_at=at,
    )
    session.add(application)
    session.flush()
    payload = {"vacancy": vacancy.id, "person": person_id, "source": application.source}
    writer.audit(selection.agency_id, at, author, "begin_application", subject_of(application), payload)
    return application


def edit_profile(
    writer: Writer, application_id: str, version: int, profile: Mapping[str, Any], at: datetime, author: Author
) -> Application:
    """Replace the profile of a draft; a confirmation by a second person is asked for again.

    Raises:
        Refused: `stale-version`, `already-submitted`, `application-withdrawn`.
    """
    application = dossier(writer.session, application_id, lock=True).application
    require_draft(application)
    if application.version != version:
        raise Refused("stale-version", current=str(application.version))
    application.profile = dict(profile)
    changed(writer, application, at, author, "edit_application", {"fields": sorted(profile)})
    return application


def confirm(writer: Writer, application_id: str, at: datetime, author: Author) -> Application:
    """A second person confirms that an application entered on behalf agrees with the scanned original.

    Raises:
        Refused: `same-person`, `already-submitted`, `application-withdrawn`, `documents-missing`.
    """
    application = dossier(writer.session, application_id, lock=True).application
    require_draft(application)
    if application.source != ON_BEHALF or application.entered_by == author.person_id:
        raise Refused("same-person")
    if ORIGINAL not in {u.code for u in current_uploads(writer.session, application.id)}:
        raise Refused("documents-missing", missing=ORIGINAL)
    changed(writer, application, at, author, "confirm_application", {"entered_by": application.entered_by})
    application.confirmed_by = author.person_id
    writer.session.add(application)
    return application


def current_uploads(session: Session, application_id: str) -> list[Upload]:
    """The files that stand, one a document."""
    query = select(Upload).where(col(Upload.application_id) == application_id, col(Upload.replaced_at).is_(None))
    return list(session.exec(query.order_by(col(Upload.uploaded_at), col(Upload.id))))


def changed(
    writer: Writer, application: Application, at: datetime, author: Author, act: str, payload: Mapping[str, Any]
) -> None:
    """Note a change of a draft: the next version, and no confirmation any more."""
    application.version += 1
    application.confirmed_by = None
    writer.session.add(application)
    body = {"version": application.version, **payload}
    writer.audit(application.agency_id, at, author, act, subject_of(application), body)


def withdraw(writer: Writer, application_id: str, at: datetime, author: Author) -> Application:
    """Withdraw an application, at any time before the post is filled; withdrawing twice is once.

    Raises:
        Refused: `already-inaugurated`, when the lane is closed or the decree has been issued to this applicant.
    """
    session = writer.session
    found = dossier(session, application_id, lock=True)
    application = found.application
    if application.withdrawn_at is not None:
        return application
    held_case(session, application.selection_id)
    lane = state_of(session, application.selection_id).lanes.get(application.vacancy_id)
    if lane is not None and (lane.stage is Stage.CLOSED or _appointed(lane, application)):
        raise Refused("already-inaugurated")
    application.withdrawn_at = at
    application.version += 1
    session.add(application)
    writer.audit(application.agency_id, at, author, "withdraw_application", subject_of(application), {})
    agency = session.get_one(Agency, application.agency_id)
    facts = {"agency": agency.name, "post": found.vacancy.title, "date": local_date(agency, at)}
    mail.queue(
        session,
        agency.id,
        f"{subject_of(application)}/{application.version}",
        application.person_id,
        "application_withdrawn",
        facts,
        at=at,
        case_key=case_key(application.selection_id),
    )
    return application


def require_draft(application: Application) -> None:
    """Refuse to change what has been submitted or withdrawn.

    Raises:
        Refused: `already-submitted`, `application-withdrawn`.
    """
    if application.withdrawn_at is not None:
        raise Refused("application-withdrawn", at=application.withdrawn_at.isoformat())
    if application.submitted_at is not None:
        raise Refused("already-submitted", at=application.submitted_at.isoformat())


def subject_of(application: Application) -> str:
    """How the audit chain names an application."""
    return f"application/{application.id}"


def local_date(agency: Agency, at: datetime) -> str:
    """The agency's local date at an instant, ISO 8601."""
    return at.astimezone(ZoneInfo(agency.zone)).date().isoformat()


def lane_of(session: Session, application: Application) -> Lane | None:
    """The lane the application is in; none while the round is a draft."""
    state = journal.state_of(session, case_key(application.selection_id))
    lane: Lane | None = state.lanes.get(application.vacancy_id)
    return lane


def _appointed(lane: Lane, application: Application) -> bool:
    return bool(lane.decree) and lane.chosen == application.id


def _require_free(session: Session, selection: Selection, vacancy: Vacancy, person_id: str) -> None:
    query = select(Application).where(
        col(Application.selection_id) == selection.id, col(Application.person_id) == person_id
    )
    mine = list(session.exec(query))
    if any(a.vacancy_id == vacancy.id for a in mine):
        raise Refused("already-applied")
    rules = pinned_rules(session, selection.id)
    if not may_apply_again(sum(a.withdrawn_at is None for a in mine), rules):
        raise refuse(rules, "application.max_posts_per_person", "too-many-posts", limit=most_posts(rules))
