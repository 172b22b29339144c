"""Results: what is locked before, what is announced of each stage, and what the three names may be used for.

All dates are local dates of the agency.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.lane import Lane
from domain.rulebook import applies
from domain.rules import RuleSet
from domain.switches import Switch
from domain.words import Clearance, Stage

LAST_SCORED: Final = Stage.INTERVIEW


class NamesOrder(StrEnum):
    """In which order the names are published."""

    ALPHABETICAL = "alphabetical"
    RANKED = "ranked"


class NamesPublished(StrEnum):
    """When the names are published."""

    AFTER_SUPERVISOR = "after_bkn"
    BEFORE_SUPERVISOR = "before_bkn"


@applies("weights.locked_after")
def weights_locked(stage: Stage, rules: RuleSet) -> bool:
    """Whether the weights can no longer be changed: from the named stage on (PP 11/2017 Pasal 115)."""
    order = list(Stage)
    return order.index(stage) >= order.index(Stage(rules.text("weights.locked_after")))


@applies("stage.result_announcement_required")
def may_go_on(rules: RuleSet, *, announced: bool) -> bool:
    """Whether the next stage may begin: only after the result was announced (PP 11/2017 Pasal 121 ayat (1))."""
    return announced or not rules.flag("stage.result_announcement_required")


@applies("stage.publish_ranked_scores")
def ranked_scores_public(stage: Stage, rules: RuleSet) -> bool:
    """Whether a stage's scores are published by rank: except at the last one (PP 11/2017 Pasal 121, elucidation)."""
    return stage is not LAST_SCORED and rules.flag("stage.publish_ranked_scores")


@applies("result.if_fewer_than_3")
def too_few_names(found: int, wanted: int, rules: RuleSet) -> bool:
    """Whether that many names are too few to submit: fewer than wanted stop the round and go to the supervisor.

    Where the rule says otherwise, fewer may be submitted, but never none (PP 11/2017 Pasal 121 ayat (3)).
    """
    stops = rules.text("result.if_fewer_than_3") == "block_and_report_to_supervisor"
    return found < (wanted if stops else 1)


@applies("result.publish")
def names_public(rules: RuleSet, *, submitted: bool, cleared: bool) -> bool:
    """Whether anybody may know the names: once submitted, and once the supervisor has `cleared` them if it comes first.

    Practice: after the supervisor's approval; some regions publish before it (gate G3).
    """
    waits = NamesPublished(rules.text("result.publish")) is NamesPublished.AFTER_SUPERVISOR
    return submitted and (cleared or not waits)


def names_known(lane: Lane, rules: RuleSet) -> bool:
    """Whether anybody may know the names of a vacancy; where no recommendation is needed, nothing is waited for.

    A rule set pinned before the switch `selection.whole-law` waits for the supervisor whatever `result.publish` says.
    """
    cleared = Clearance.APPOINTMENT in lane.cleared
    if not rules.switched(Switch.WHOLE_SELECTION):
        return lane.shortlisted and cleared
    return names_public(rules, submitted=lane.shortlisted, cleared=cleared or Clearance.APPOINTMENT not in lane.needs)


@applies("result.public_order")
def in_public_order(ranked: Sequence[str], rules: RuleSet) -> tuple[str, ...]:
    """The names in the order in which they are published, out of the order of rank (practice: alphabetical)."""
    alphabetical = NamesOrder(rules.text("result.public_order")) is NamesOrder.ALPHABETICAL
    return tuple(sorted(ranked) if alphabetical else ranked)


@applies("result.public_scores")
def final_scores_public(rules: RuleSet) -> bool:
    """Whether the totals of the names are published; the law does not ask for it at the last stage."""
    return rules.flag("result.public_scores")


@applies("result.cross_use_forbidden")
def may_fill(post: str, selected_for: str, rules: RuleSet) -> bool:
    """Whether a post may be filled by somebody selected for another (PP 11/2017 Pasal 129 forbids it)."""
    return post == selected_for or not rules.flag("result.cross_use_forbidden")


@applies("result.validity_days")
def result_valid(day: date, final_on: date, rules: RuleSet, *, round_open: bool) -> bool:
    """Whether the final result may still be used on that day.

    The law sets no term: then it is valid for this round only. Where a number of calendar days is set, it is valid
    up to the last of them, whether the round is open or not.
    """
    if rules.rule("result.validity_days").value is None:
        return round_open
    return day <= final_on + timedelta(days=rules.integer("result.validity_days"))
