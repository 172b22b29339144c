"""Announcing a stage's result, and advancing: what each stage leaves behind when a lane moves on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from domain import letters
from domain.deadlines.selection import stage_objection
from domain.rules import refuse
from domain.selection import Lane, enter
from domain.words import Component, DocumentKind, Stage
from records.acts import announcement, appointment, scoring, screening
from records.acts.acting import Acting, signature
from records.acts.announcement import STEP_TITLES
from records.acts.round import COMMITTEE_UNIT, Round, as_applicant, post_facts
from records.documents import COMMITTEE
from records.tables import Application, Person, Vacancy

STAGE_TITLES: Final = MappingProxyType(
    {
        Stage.DRAFT: "Persiapan",
        Stage.ANNOUNCEMENT: "Pengumuman dan pendaftaran",
        Stage.SCREENING: "Seleksi administrasi",
        Stage.ASSESSMENT: "Seleksi kompetensi",
        Stage.INTERVIEW: "Wawancara akhir",
        Stage.APPOINTMENT: "Penetapan dan pengangkatan",
        Stage.CLOSED: "Selesai",
    }
)

_STEPS: Final = MappingProxyType({Stage.ASSESSMENT: ("assessment", "paper"), Stage.INTERVIEW: ("interview",)})


def announce_result(acting: Acting) -> None:
    """Announce the present stage of each vacancy: a decision for each application, told to each."""
    round_ = Round(acting)
    counts = {}
    for vacancy, lane in round_.chosen():
        announce = screening.announce if lane.stage is Stage.SCREENING else scoring.announce
        counts[vacancy.id] = announce(acting, round_, vacancy)
    acting.data["counts"] = counts


def advance(acting: Acting) -> None:
    """Move each vacancy to its next stage."""
    round_ = Round(acting)
    for vacancy, lane in round_.chosen():
        _require_objections_over(acting, lane)
        _ENTERING[lane.stage.following](acting, round_, vacancy)


def _require_objections_over(acting: Acting, lane: Lane) -> None:
    """Where the rules give applicants days to object to a stage's result, the next stage waits for them."""
    due = stage_objection(acting.calendar, acting.calendar.local_date(lane.since), acting.rules)
    if lane.announced and due is not None and due.kept(acting.at):
        raise refuse(acting.rules, due.rule, "stage-objections-open", stage=lane.stage, until=due.at.isoformat())


def repeat_stage(acting: Acting) -> None:
    """Begin an earlier stage again, and those after it: decisions and sheets stay, the new repeats start empty."""
    before = Round(acting)
    stage = Stage(acting.arguments["stage"])
    acting.data["stage"] = stage.value
    begun = {v.id: enter(lane, stage, acting.at, {}) for v, lane in before.chosen()}
    after = Round(acting, replace(before.state, lanes={**before.state.lanes, **begun}))
    for vacancy, _lane in before.chosen():
        acting.lift(*(d.key for d in before.state.deadlines if d.subject == vacancy.id))
        scoring.copy_duties(acting, before, after, vacancy.id)
        _ENTERING[stage](acting, after, vacancy)


def _to_assessment(acting: Acting, round_: Round, vacancy: Vacancy) -> None:
    acting.lift(f"screening/{vacancy.id}")
    round_.stage_due(vacancy.id, "assessment", *_STEPS[Stage.ASSESSMENT])
    _invite(acting, round_, vacancy, Stage.ASSESSMENT, round_.in_play(vacancy.id, Stage.ASSESSMENT))


def _to_interview(acting: Acting, round_: Round, vacancy: Vacancy) -> None:
    """The panel is the committee: each member has the duty to score the interview."""
    acting.lift(f"assessment/{vacancy.id}")
    round_.stage_due(vacancy.id, "interview", *_STEPS[Stage.INTERVIEW])
    repeat = round_.state.lanes[vacancy.id].repeat(Stage.INTERVIEW)
    for person, _ in round_.committee:
        scoring.add_duty(acting, vacancy.id, Component.INTERVIEW, person.id, repeat)
    _invite(acting, round_, vacancy, Stage.INTERVIEW, round_.in_play(vacancy.id, Stage.INTERVIEW))


def _invite(acting: Acting, round_: Round, vacancy: Vacancy, stage: Stage, applications: list[Application]) -> None:
    people = round_.people(applications)
    planned = round_.planned(*_STEPS[stage])
    sessions = tuple(letters.TimetableRow(STEP_TITLES[s], a.isoformat(), b.isoformat()) for s, a, b in planned)
    for application in applications:
        person: Person = people[application.person_id]
        document = acting.issue(
            DocumentKind.INVITATION,
            f"Undangan {STAGE_TITLES[stage].lower()} {vacancy.title}",
            COMMITTEE,
            [signature("Ketua Panitia Seleksi", round_.chair)],
            letters.Invitation,
            unit=COMMITTEE_UNIT,
            subject_id=person.id,
            candidate=as_applicant(person, application),
            post=vacancy.title,
            stage=STAGE_TITLES[stage],
            sessions=sessions,
            venue=round_.selection.venue,
            bring=("Surat undangan ini", "Kartu identitas pegawai"),
        )
        first = planned[0][1].isoformat() if planned else acting.today.isoformat()
        facts = post_facts(vacancy, stage=stage.value, date=first)
        acting.mail("stage_invitation", [person.id], facts, [document.id], cause=f"/{application.id}")


_ENTERING: Final[Mapping[Stage, Callable[[Acting, Round, Vacancy], None]]] = MappingProxyType(
    {
        Stage.SCREENING: announcement.to_screening,
        Stage.ASSESSMENT: _to_assessment,
        Stage.INTERVIEW: _to_interview,
        Stage.APPOINTMENT: appointment.enter,
    }
)
