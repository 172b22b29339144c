"""How a round is shown: the plan as stated beside the state as derived."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from api.selection_shapes import DeadlineOut, FindingOut, LaneOut, SelectionOut, VacancyIn, VacancyOut
from domain.case import CaseState
from domain.lint import Finding
from domain.selection import Lane, SelectionState
from domain.words import Stage
from records import plans, rounds, selections
from records.agency_calendar import calendar_for
from records.selections import VacancyDraft
from records.tables import Agency, Selection, Vacancy

_STATED = (
    "id",
    "agency_id",
    "title",
    "level",
    "version",
    "announcement",
    "timetable",
    "weights",
    "pass_marks",
    "tie_break",
    "applicants_minimum",
    "approvals",
    "context",
    "venue",
    "ruleset_id",
    "after_review_id",
    "created_at",
)


def selection_out(session: Session, selection: Selection) -> SelectionOut:
    """A round in full; findings only while it is a draft."""
    state = selections.state_of(session, selection.id)
    vacancies = plans.vacancies_of(session, selection.id)
    draft = state.stage is Stage.DRAFT
    return SelectionOut(
        **{name: getattr(selection, name) for name in _STATED},
        stage=state.stage,
        seq=state.seq,
        rules_sha256=state.rules_sha256,
        published_at=state.published_at,
        closed_at=state.closed_at,
        outcome=state.outcome,
        vacancies=[vacancy_out(v) for v in vacancies],
        lanes=_lanes(session, selection.id, state, vacancies),
        deadlines=deadlines_out(state),
        findings=[finding_out(f) for f in findings_of(session, selection)] if draft else [],
        missing=list(plans.missing_parts(selection, vacancies)) if draft else [],
    )


def findings_of(session: Session, selection: Selection) -> tuple[Finding, ...]:
    """What lint says about the round as it stands."""
    agency = session.get_one(Agency, selection.agency_id)
    calendar = calendar_for(session, agency, selection.created_at, plans.rules_for(session, selection))
    return plans.lint_selection(session, selection.id, calendar)


def finding_out(finding: Finding) -> FindingOut:
    """A finding on the wire."""
    return FindingOut.model_validate(finding.to_mapping())


def vacancy_out(vacancy: Vacancy) -> VacancyOut:
    """A vacancy on the wire."""
    return VacancyOut(**vacancy.model_dump(include=set(VacancyOut.model_fields)))


def deadlines_out(state: CaseState) -> list[DeadlineOut]:
    """The open deadlines of a case, the earliest first."""
    ordered = sorted(state.deadlines, key=lambda d: (d.due, d.key))
    return [DeadlineOut(key=d.key, subject=d.subject, due=d.due, rule=d.rule, passed=d.passed) for d in ordered]


def drafts_of(given: Sequence[VacancyIn]) -> list[VacancyDraft]:
    """Vacancies as the record takes them."""
    return [_draft(v) for v in given]


def _draft(given: VacancyIn) -> VacancyDraft:
    asked: dict[str, Any] = given.requirements.model_dump(mode="json", exclude_none=True)
    if not given.requirements.model_fields_set:
        asked = {}
    return VacancyDraft(
        title=given.title or "",
        unit=given.unit or "",
        kind=given.kind or "",
        id=given.id,
        post_id=given.post_id,
        superior_id=given.superior_id,
        requirements=asked,
        documents=[d.model_dump() for d in given.documents],
        competencies=given.competencies,
    )


def _lanes(session: Session, selection_id: str, state: SelectionState, vacancies: Sequence[Vacancy]) -> list[LaneOut]:
    submitted = rounds.submitted_counts(session, selection_id)
    titles = {v.id: v.title for v in vacancies}
    return [_lane(lane, titles.get(v, ""), submitted.get(v, 0)) for v, lane in state.lanes.items()]


def _lane(lane: Lane, title: str, submitted: int) -> LaneOut:
    return LaneOut(
        vacancy_id=lane.vacancy_id,
        title=title,
        stage=lane.stage,
        since=lane.since,
        repeat=lane.repeat(),
        suspended_at=lane.suspended_at,
        window_closed=lane.window_closed,
        extensions=lane.extensions,
        applicants=lane.applicants if lane.window_closed else None,
        submitted=submitted,
        seals_open=lane.seals_open,
        announced=lane.announced,
        minutes=lane.minutes,
        signers=list(lane.signers),
        signed=list(lane.signed),
        shortlisted=lane.shortlisted,
        needs=list(lane.needs),
        cleared=list(lane.cleared),
        chosen=lane.chosen,
        decree=lane.decree,
        inaugurated_on=lane.inaugurated_on,
        outcome=lane.outcome,
    )
