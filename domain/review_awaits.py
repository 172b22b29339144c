"""What a demotion review waits for: the next gate's act, a letter's delivery, and what follows the decision."""

from types import MappingProxyType
from typing import Final

from domain.case import Awaited
from domain.review import ReviewState


def awaited(state: ReviewState) -> tuple[Awaited, ...]:
    """The acts that wait for a person; the subject of `confirm_delivery` is the letter."""
    if state.closed_at is not None:
        return ()
    letters = tuple(_await(state, "confirm_delivery", letter) for letter in state.undelivered)
    return (*letters, *(_await(state, act, "") for act in _next_acts(state)))


def _next_acts(state: ReviewState) -> tuple[str, ...]:
    if state.outcome is not None:
        return _after_decision(state)
    if not state.notice:
        return ("notify",)
    if not state.plan:
        return ("set_plan",)
    if state.improved is None:
        improvement = state.deadline("improvement")
        near = improvement is not None and (improvement.reminded or improvement.passed)
        return ("evaluate",) if near else ()
    for done, act in (
        (state.retested, "record_retest"),
        (state.opinion_given, "record_opinion"),
        (state.proposed, "propose"),
    ):
        if not done:
            return (act,)
    return _before_decision(state)


def _before_decision(state: ReviewState) -> tuple[str, ...]:
    clearances = () if set(state.needs) <= set(state.cleared) else ("record_clearance",)
    if not state.hearing_notice:
        return (*clearances, "notice_hearing")
    if state.decide_from is None:
        return clearances
    return clearances or ("decide",) if state.heard else (*clearances, "record_hearing")


def _after_decision(state: ReviewState) -> tuple[str, ...]:
    if state.decision not in state.delivered:
        return ()
    objection = ("decide_objection",) if state.objected and not state.objection_outcome else ()
    return (*objection, *(("execute",) if state.executed_on is None else ()))


_CLOCKS: Final = MappingProxyType(
    {"evaluate": "improvement", "decide_objection": "decide_objection", "confirm_delivery": "delivery"}
)


def _await(state: ReviewState, act: str, subject: str) -> Awaited:
    deadline = state.deadline(_CLOCKS[act]) if act in _CLOCKS else None
    since = state.since or state.effective_at
    if deadline is None or (act == "confirm_delivery" and subject != state.decision):
        return Awaited(act, subject, since)
    return Awaited(act, subject, since, deadline.due, deadline.rule)
