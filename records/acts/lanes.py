"""What may befall a lane or the committee at any stage: closing, suspension, cancelling, replacement, recusal."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlmodel import col, select

from domain.acts import act_of
from domain.deadlines.due import later
from domain.deadlines.selection import choice
from domain.refusals import Refused
from domain.rules import Enforcement
from domain.selection import Lane, awaited
from domain.words import CaseKind, CommitteePosition, Component, Element, Role, Stage
from records import journal, plans
from records import rules as rule_sets
from records.acts import scoring
from records.acts.acting import Acting, Recorder
from records.acts.announcement import close_window, remind_of_window
from records.acts.round import Round, cite, local, post_facts, title_of
from records.assignments import holders_with_assignment
from records.tables import Application, Assignment, Person, Recusal, ScoringDuty, Vacancy, Window


def close_vacancy(acting: Acting) -> None:
    """End a lane without an appointment; everybody who applied is told."""
    round_ = Round(acting)
    for vacancy, lane in round_.chosen():
        reason = "jumlah pelamar tidak mencukupi" if lane.stage is Stage.ANNOUNCEMENT else "not_filled"
        acting.lift(*(d.key for d in round_.state.deadlines if d.subject == vacancy.id))
        window = acting.session.get(Window, vacancy.id)
        if window is not None and window.closed_at is None:
            window.closed_at = acting.at
            acting.session.add(window)
        people = [a.person_id for a in round_.applicants([vacancy.id], drafts=True)]
        rule = acting.rules.rule("extension.then").citation
        facts = post_facts(vacancy, reason_code=reason, rule=rule)
        acting.mail("vacancy_closed", people, facts, cause=f"/{vacancy.id}")


def suspend(acting: Acting) -> None:
    """Let lanes stand still: no deadline runs, no application is taken, everybody affected is told why."""
    round_ = Round(acting)
    ground = acting.arguments["ground"]
    acting.data["ground"] = ground
    for vacancy, _lane in round_.chosen():
        _hold_window(acting, vacancy, acting.at)
        facts = post_facts(vacancy, reason_code=ground, date=acting.today.isoformat())
        acting.mail("selection_suspended", _affected(round_, vacancy), facts, cause=f"/{vacancy.id}")


def resume(acting: Acting) -> None:
    """Go on: every deadline that still ran when the lane stopped moves by the calendar days it stood still."""
    round_ = Round(acting)
    acting.data["days"] = {}
    for vacancy, lane in round_.chosen():
        assert lane.suspended_at is not None
        days = (acting.today - acting.calendar.local_date(lane.suspended_at)).days
        acting.data["days"][vacancy.id] = days
        window = _hold_window(acting, vacancy, None)
        if window is not None and window.closes_at > lane.suspended_at:
            window.closes_at = later(window.closes_at, days)
        moved = []
        for deadline in (d for d in round_.state.deadlines if d.subject == vacancy.id and d.due > lane.suspended_at):
            moved.append(later(deadline.due, days))
            acting.due(deadline.key, moved[-1], deadline.rule, subject=vacancy.id)
        facts = post_facts(vacancy, stage=lane.stage.value, deadline=local(acting, min(moved, default=acting.at)))
        acting.mail("selection_resumed", _affected(round_, vacancy), facts, cause=f"/{vacancy.id}")


def _hold_window(acting: Acting, vacancy: Vacancy, suspended_at: datetime | None) -> Window | None:
    """The vacancy's window while it is open, held still or let go."""
    window = acting.session.get(Window, vacancy.id, with_for_update=True)
    if window is None or window.closed_at is not None:
        return None
    window.suspended_at = suspended_at
    acting.session.add(window)
    return window


def _affected(round_: Round, vacancy: Vacancy) -> list[str]:
    applicants = [a.person_id for a in round_.applicants([vacancy.id], drafts=True)]
    return [*applicants, *(person.id for person, _ in round_.committee)]


def cancel(acting: Acting) -> None:
    """End what is open of the round by the PPK's decision; its data stay, and so does a lane that was filled."""
    round_ = Round(acting)
    rule = "PP 11/2017 Pasal 114 ayat (3)"
    closed = round_.state.at_stage(Stage.CLOSED)
    for vacancy in (v for v in round_.vacancies.values() if v.id not in closed):
        window = acting.session.get(Window, vacancy.id)
        if window is not None and window.closed_at is None:
            window.closed_at = acting.at
            acting.session.add(window)
        facts = post_facts(vacancy, reason_code="cancelled", date=acting.today.isoformat(), rule=rule)
        acting.mail("selection_cancelled", _affected(round_, vacancy), facts, cause=f"/{vacancy.id}")


def replace_member(acting: Acting) -> None:
    """One membership ends, another begins; the committee must stay lawful. Sealed sheets of the old member stay."""
    round_ = Round(acting)
    outgoing_id, incoming_id = acting.arguments["outgoing_id"], acting.arguments["incoming_id"]
    old = next((a for person, a in round_.committee if person.id == outgoing_id), None)
    if old is None:
        raise Refused("not-a-member")
    if acting.session.get(Person, incoming_id) is None:
        raise Refused("unknown-person", person=incoming_id)
    if any(person.id == incoming_id for person, _ in round_.committee):
        raise Refused("already-member")
    old.until = acting.at
    acting.session.add(old)
    acting.session.add(
        Assignment(
            agency_id=acting.case.agency_id,
            person_id=incoming_id,
            role=Role.COMMITTEE,
            scope_kind="selection",
            scope_id=round_.selection.id,
            element=Element(acting.arguments["element"]),
            position=CommitteePosition(old.position),
            party_member=bool(acting.arguments.get("party_member", False)),
            since=acting.at,
            basis=acting.arguments["basis"],
        )
    )
    acting.session.flush()
    _hand_over_duties(acting, round_, outgoing_id, incoming_id)
    _require_lawful_committee(acting, round_)
    acting.data.update(outgoing_id=outgoing_id, incoming_id=incoming_id)
    upcoming = round_.state.next_deadline()
    facts = {
        "post": round_.selection.title,
        "stage": round_.state.stage.value,
        "act": title_of("replace_member"),
        "deadline": local(acting, upcoming.due if upcoming else acting.at),
    }
    acting.mail("committee_notice", [incoming_id, outgoing_id], facts)


def _hand_over_duties(acting: Acting, round_: Round, outgoing_id: str, incoming_id: str) -> None:
    query = select(ScoringDuty).where(
        col(ScoringDuty.vacancy_id).in_(list(round_.vacancies)),
        col(ScoringDuty.assessor_id) == outgoing_id,
        col(ScoringDuty.ended_at).is_(None),
    )
    for duty in list(acting.session.exec(query)):
        duty.ended_at = acting.at
        acting.session.add(duty)
        component = Component(duty.component)
        if scoring.scorable(round_.state.lanes[duty.vacancy_id], component, duty.repeat):
            scoring.add_duty(acting, duty.vacancy_id, component, incoming_id, duty.repeat)


def _require_lawful_committee(acting: Acting, round_: Round) -> None:
    findings = plans.lint_selection(acting.session, round_.selection.id, acting.calendar, at=acting.at)
    for finding in findings:
        if finding.severity is Enforcement.BLOCK and finding.rule.startswith("committee."):
            raise Refused("committee-unlawful", rule=finding.rule, citation=finding.citation, finding=finding.message)


def recuse(acting: Acting) -> None:
    """A member or assessor does not judge one applicant; the member himself says so, or the chair for him."""
    round_ = Round(acting)
    person_id, application_id = acting.arguments["person_id"], acting.arguments["application_id"]
    application = acting.session.get(Application, application_id)
    if application is None or application.selection_id != round_.selection.id:
        raise Refused("unknown-application", application=application_id)
    if person_id != acting.intent.person_id and round_.chair.id != acting.intent.person_id:
        raise Refused("recusal-of-another")
    if not round_.sits(person_id):
        raise Refused("not-a-member")
    acting.session.add(
        Recusal(
            person_id=person_id,
            application_id=application_id,
            ground=acting.arguments["ground"],
            statement_id=acting.statement_id,
            at=acting.at,
        )
    )
    acting.data.update(person_id=person_id, application_id=application_id, ground=acting.arguments["ground"])


def adopt_rules(acting: Acting) -> None:
    """Pin another rule set, from here on."""
    sha256 = acting.arguments["sha256"]
    rule_sets.adoptable(acting.session, sha256)
    acting.data.update(sha256=sha256, before=acting.state.rules_sha256)


def calendar_changed(acting: Acting) -> None:
    """Compute working-day deadlines again on the present calendar, and every reminder with them."""
    if acting.calendar.version != acting.arguments["version"]:
        raise Refused("calendar-version", present=acting.calendar.version)
    acting.data["version"] = acting.calendar.version
    round_ = Round(acting)
    for deadline in (d for d in round_.state.deadlines if not d.passed):
        due = deadline.due
        if deadline.rule == "ppk.decision_working_days":
            lane = round_.state.lanes[deadline.subject]
            since = acting.calendar.local_date(lane.since)
            due = later(choice(acting.calendar, since, acting.rules).at, _stood_still(acting, lane))
        acting.due(deadline.key, due, deadline.rule, subject=deadline.subject)


def _stood_still(acting: Acting, lane: Lane) -> int:
    """The days that a lane has been suspended since its present term began."""
    entries = journal.entries_of(acting.session, acting.case.key)
    return sum(e.data["days"].get(lane.vacancy_id, 0) for e in entries if e.act == "resume" and e.at >= lane.since)


def remind(acting: Acting) -> None:
    """One reminder before a deadline, to those whose act it waits for."""
    key = acting.arguments["key"]
    acting.data["key"] = key
    deadline = acting.state.deadline(key)
    kind, _, vacancy_id = key.partition("/")
    if kind == "window":
        remind_of_window(acting, vacancy_id, local(acting, deadline.due))
        return
    due, rule = local(acting, deadline.due), cite(acting, deadline.rule)
    for person_id, titles in _waited_for(acting, vacancy_id).items():
        facts = {"act": " dan ".join(titles), "deadline": due, "rule": rule}
        acting.mail("deadline_reminder", [person_id], facts)


def _waited_for(acting: Acting, vacancy_id: str) -> dict[str, list[str]]:
    """The titles of the acts that a lane waits for, by the person who may do them and has not."""
    round_ = Round(acting)
    lane, scope = round_.state.lanes[vacancy_id], ("selection", round_.selection.id)
    found: dict[str, list[str]] = {}
    for item in (a for a in awaited(round_.state) if a.subject == vacancy_id):
        act = act_of(CaseKind.SELECTION, item.act)
        assert act is not None
        for role in act.roles:
            held = holders_with_assignment(acting.session, acting.at, acting.case.agency_id, role, scope)
            for person, assignment in held:
                fits = not act.positions or assignment.position in act.positions
                if fits and (item.act != "sign_minutes" or person.id in set(lane.signers) - set(lane.signed)):
                    found.setdefault(person.id, []).append(act.title)
    return found


def fall_due(acting: Acting) -> None:
    """What happens by itself: a window closes; any other deadline only becomes overdue, visibly."""
    key = acting.arguments["key"]
    acting.data["key"] = key
    kind, _, vacancy_id = key.partition("/")
    if kind == "window":
        close_window(acting, vacancy_id)


RECORDERS: Final[Mapping[str, Recorder]] = MappingProxyType(
    {
        "close_vacancy": close_vacancy,
        "suspend": suspend,
        "resume": resume,
        "cancel": cancel,
        "replace_member": replace_member,
        "recuse": recuse,
        "adopt_rules": adopt_rules,
        "calendar_changed": calendar_changed,
        "remind": remind,
        "fall_due": fall_due,
    }
)
