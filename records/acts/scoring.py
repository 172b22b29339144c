"""Scored stages: duties, opening the seals, the stage's ranking and its announcement."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from sqlmodel import col, select

from domain.law.committee import missing_sheets
from domain.ranking import Ranking as RankingResult
from domain.ranking import ScoreRow, rank, sensitivity
from domain.refusals import Refused
from domain.rules import refuse
from domain.scoring.panel import PanelSheet, combining, divergences, panel_scores
from domain.scoring.pass_mark import Passing, PassMarks, cut_to_interview, goes_on, judged, pass_system
from domain.selection import Lane
from domain.words import Component, Stage
from records.acts.acting import Acting
from records.acts.round import Round, post_facts, weights_of
from records.audit import sha256_of
from records.tables import Application, Ranking, Recusal, ScoringDuty, Sheet, StageDecision, Vacancy

Scores = dict[str, dict[str, Decimal | None]]
CUT: Final = "cut"


def assign(acting: Acting) -> None:
    """Give an assessor the duty to score a component; in a stage to come or the present one."""
    round_ = Round(acting)
    component = Component(acting.arguments["component"])
    if component not in weights_of(round_.selection):
        raise Refused("component-not-weighted", component=component)
    assessor_id = acting.arguments["assessor_id"]
    if not round_.sits(assessor_id):
        raise Refused("not-a-member")
    for vacancy, lane in round_.chosen():
        if not scorable(lane, component, lane.repeat(component.stage)):
            raise Refused("stage-over", stage=component.stage)
        add_duty(acting, vacancy.id, component, assessor_id, lane.repeat(component.stage))


def scorable(lane: Lane, component: Component, repeat: int) -> bool:
    """Whether sheets of a component are still to come in that repeat: its stage lies ahead, or its seals are closed."""
    order = list(Stage)
    ahead = order.index(component.stage) - order.index(lane.stage)
    return repeat == lane.repeat(component.stage) and (ahead > 0 or (ahead == 0 and not lane.seals_open))


def add_duty(acting: Acting, vacancy_id: str, component: Component, person_id: str, repeat: int) -> None:
    """A duty, once; one that was ended is taken up again."""
    query = select(ScoringDuty).where(
        col(ScoringDuty.vacancy_id) == vacancy_id,
        col(ScoringDuty.component) == component,
        col(ScoringDuty.assessor_id) == person_id,
        col(ScoringDuty.repeat) == repeat,
    )
    duty = acting.session.exec(query).first() or ScoringDuty(
        vacancy_id=vacancy_id, component=component, assessor_id=person_id, repeat=repeat
    )
    duty.ended_at = None
    acting.session.add(duty)
    acting.session.flush()


def open_seals(acting: Acting) -> None:
    """Open all sheets of the stage together; every sheet is in, or its absence is recorded.

    Raises:
        Refused: `sheets-missing` with how many; nobody learns whose.
    """
    round_ = Round(acting)
    opened = {}
    for vacancy, lane in round_.chosen():
        candidates = round_.in_play(vacancy.id, lane.stage)
        components = weights_of(round_.selection, lane.stage)
        missing = _missing(acting, vacancy.id, candidates, components, lane.repeat())
        if missing:
            raise refuse(acting.rules, "selter.assessors.min_sheets", "sheets-missing", missing=str(missing))
        sheets = sheets_of(acting, vacancy.id, components, lane.repeat())
        apart = divergences(panel_sheets(acting, round_, vacancy.id, [lane.stage], candidates), acting.rules)
        opened[vacancy.id] = {
            "sheets": len(sheets),
            "sha256": sha256_of(sorted(s.sha256 for s in sheets)),
            "divergent": len(apart),
        }
    acting.data["opened"] = opened


def _missing(
    acting: Acting, vacancy_id: str, candidates: Sequence[Application], components: Sequence[Component], repeat: int
) -> int:
    """How many sheets are still due: one of each assessor on duty who is not recused, and two at least."""
    duties = _duties(acting, vacancy_id, components, repeat)
    recused = recusals(acting, candidates)
    sealed = {(s.application_id, s.component, s.assessor_id) for s in sheets_of(acting, vacancy_id, components, repeat)}
    missing = 0
    for candidate in candidates:
        for component in components:
            due = {d.assessor_id for d in duties if d.component == component}
            due -= {person for person, application in recused if application == candidate.id}
            done = {a for a in due if (candidate.id, component, a) in sealed}
            missing += missing_sheets(len(due), len(done), acting.rules)
    return missing


def _duties(acting: Acting, vacancy_id: str, components: Sequence[Component], repeat: int) -> list[ScoringDuty]:
    query = select(ScoringDuty).where(
        col(ScoringDuty.vacancy_id) == vacancy_id,
        col(ScoringDuty.component).in_(components),
        col(ScoringDuty.repeat) == repeat,
        col(ScoringDuty.ended_at).is_(None),
    )
    return list(acting.session.exec(query))


def sheets_of(acting: Acting, vacancy_id: str, components: Sequence[Component], repeat: int) -> list[Sheet]:
    """The sealed sheets of a repeat."""
    query = select(Sheet).where(
        col(Sheet.vacancy_id) == vacancy_id,
        col(Sheet.component).in_(components),
        col(Sheet.repeat) == repeat,
    )
    return list(acting.session.exec(query))


def recusals(acting: Acting, candidates: Sequence[Application]) -> set[tuple[str, str]]:
    """Who does not judge whom: (person, application)."""
    query = select(Recusal).where(col(Recusal.application_id).in_([c.id for c in candidates]))
    return {(r.person_id, r.application_id) for r in acting.session.exec(query)}


def panel_sheets(
    acting: Acting, round_: Round, vacancy_id: str, stages: Sequence[Stage], candidates: Sequence[Application]
) -> list[PanelSheet]:
    """The sheets of those who may judge, on candidates still in play; an absent candidate's have no score."""
    recused = recusals(acting, candidates)
    lane = round_.state.lanes[vacancy_id]
    sheets = [
        sheet
        for stage in stages
        for sheet in sheets_of(acting, vacancy_id, weights_of(round_.selection, stage), lane.repeat(stage))
    ]
    ids = {candidate.id for candidate in candidates}
    return [
        PanelSheet(s.application_id, s.component, s.assessor_id, None if s.absent else s.score)
        for s in sheets
        if s.application_id in ids and (s.assessor_id, s.application_id) not in recused
    ]


def scores(
    acting: Acting, round_: Round, vacancy_id: str, stages: Sequence[Stage], candidates: Sequence[Application]
) -> Scores:
    """Each candidate's score a component, as his panel's sheets give it; none where he was absent."""
    given = panel_scores(panel_sheets(acting, round_, vacancy_id, stages, candidates), combining(acting.rules))
    components = [component for stage in stages for component in weights_of(round_.selection, stage)]
    return {c.id: {component: given.get((c.id, component)) for component in components} for c in candidates}


def ranked(
    acting: Acting,
    round_: Round,
    vacancy: Vacancy,
    stages: Sequence[Stage],
    key: Stage,
    candidates: Sequence[Application],
) -> RankingResult:
    """Rank the candidates over the stages' components and keep the ranking with its frozen inputs."""
    rows = [ScoreRow(c, s) for c, s in scores(acting, round_, vacancy.id, stages, candidates).items()]
    components = [c for stage in stages for c in weights_of(round_.selection, stage)]
    weights = {str(c): Decimal(round_.selection.weights[c]) for c in components}
    tie_break = tuple(c for c in round_.selection.tie_break if c in weights and rows)  # nobody left: nothing to break
    closely = sensitivity(acting.rules)
    result = rank(rows, weights, tie_break=tie_break, closely=closely)
    acting.session.add(
        Ranking(
            vacancy_id=vacancy.id,
            stage=key,
            repeat=round_.state.lanes[vacancy.id].repeat(key),
            inputs={
                "rows": [{"candidate": r.candidate, "scores": _as_text(r.scores)} for r in rows],
                "weights": {k: str(v) for k, v in weights.items()},
                "tie_break": list(tie_break),
                "closely": {
                    "places": closely.places,
                    "near_tie": str(closely.near_tie),
                    "weight_points": str(closely.weight_points),
                },
            },
            result=result.to_mapping(),
            sha256=result.sha256,
            at=acting.at,
        )
    )
    return result


def _as_text(scored: Mapping[str, Decimal | None]) -> dict[str, str | None]:
    return {component: None if score is None else str(score) for component, score in scored.items()}


def announce(acting: Acting, round_: Round, vacancy: Vacancy) -> dict[str, int]:
    """Announce a scored stage: pass marks as published, and each candidate told his own result."""
    lane = round_.state.lanes[vacancy.id]
    candidates = round_.in_play(vacancy.id, lane.stage)
    ranking = ranked(acting, round_, vacancy, [lane.stage], lane.stage, candidates)
    by_id = {r.candidate: r for r in ranking.ranking}
    passings = judged(ranking, _marks(acting, round_, lane.stage))
    cut = cut_to_interview(acting.rules) if lane.stage is Stage.ASSESSMENT else None
    through = set(goes_on(ranking, passings, cut))
    reasons = {p.candidate: _reasons(p, through, cut, round_) for p in passings}
    for candidate in candidates:
        row = by_id[candidate.id]
        acting.session.add(
            StageDecision(
                application_id=candidate.id,
                vacancy_id=vacancy.id,
                stage=lane.stage,
                repeat=lane.repeat(),
                passed=candidate.id in through,
                reasons=reasons[candidate.id],
                total=row.total,
                rank=row.rank,
                announced_at=acting.at,
            )
        )
        facts = post_facts(
            vacancy,
            stage=lane.stage.value,
            date=acting.today.isoformat(),
            rule=acting.rules.rule("stage.result_announcement_required").citation,
        )
        acting.mail("stage_result", [candidate.person_id], facts, cause=f"/{candidate.id}")
    return {"passed": len(through), "failed": len(candidates) - len(through)}


def _marks(acting: Acting, round_: Round, stage: Stage) -> PassMarks:
    """The published pass marks of a stage's components, and the system that says what they do."""
    marks = round_.selection.pass_marks
    held = {str(c): Decimal(marks[c]) for c in weights_of(round_.selection, stage) if c in marks}
    return PassMarks(held, system=pass_system(acting.rules))


def _reasons(passing: Passing, through: set[str], cut: int | None, round_: Round) -> list[dict[str, str]]:
    """Why a candidate does not go on: what he missed, or that others were better and only so many go on."""
    if passing.candidate in through:
        return []
    if passing.passed:
        return [{"component": CUT, "pass_mark": str(cut)}]
    return [{"component": c, "pass_mark": round_.selection.pass_marks.get(c, "")} for c in passing.missed]


def copy_duties(acting: Acting, before: Round, after: Round, vacancy_id: str) -> None:
    """Who was on duty in a stage that begins again is so in its new repeat."""
    old, new = before.state.lanes[vacancy_id], after.state.lanes[vacancy_id]
    for component in weights_of(before.selection):
        repeat = new.repeat(component.stage)
        if repeat > old.repeat(component.stage):
            for duty in _duties(acting, vacancy_id, [component], old.repeat(component.stage)):
                add_duty(acting, vacancy_id, component, duty.assessor_id, repeat)
