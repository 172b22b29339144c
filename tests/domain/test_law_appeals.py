"""Which remedy is open against which decision (PP 79/2021; law.md 7.3)."""

import pytest

import regulations
from domain.law.appeals import Decider, Decision, Kind, Outcome, Remedy, possible_outcomes, remedy
from domain.rules import RuleSet
from tests.altered import with_values

TO_PPK = Remedy(
    Kind.OBJECTION,
    forum="PPK",
    file=14,
    respond=None,
    decide=21,
    next_forum="PTUN",
    rule="appeal.keberatan.file_working_days",
)
TO_SUPERIOR = Remedy(
    Kind.OBJECTION,
    forum="atasan Pejabat",
    file=14,
    respond=6,
    decide=21,
    next_forum="PTUN",
    rule="appeal.superior.file_working_days",
)
TO_BOARD = Remedy(
    Kind.APPEAL,
    forum="BPASN",
    file=14,
    respond=21,
    decide=65,
    next_forum="PT TUN",
    rule="appeal.banding.file_working_days",
)


@pytest.mark.parametrize("decision", [d for d in Decision if d is not Decision.DISMISSAL])
def test_what_keeps_an_official_in_service_is_objected_to(decision: Decision, rules: RuleSet) -> None:
    assert remedy(decision, Decider.PPK, rules) == TO_PPK
    assert remedy(decision, Decider.OFFICIAL, rules) == TO_SUPERIOR


@pytest.mark.parametrize("decider", Decider)
def test_a_dismissal_is_appealed_to_the_board(decider: Decider, rules: RuleSet) -> None:
    assert remedy(Decision.DISMISSAL, decider, rules) == TO_BOARD


@pytest.mark.parametrize("decider", Decider)
def test_a_demotion_never_goes_to_the_board(decider: Decider, rules: RuleSet) -> None:
    assert "BPASN" not in (
        remedy(Decision.DEMOTION, decider, rules).forum,
        remedy(Decision.DEMOTION, decider, rules).next_forum,
    )


@pytest.mark.parametrize(
    ("rule", "decision", "decider", "part"),
    [
        ("appeal.keberatan.file_working_days", Decision.MOVE, Decider.PPK, "file"),
        ("appeal.keberatan.decide_working_days", Decision.MOVE, Decider.PPK, "decide"),
        ("appeal.superior.file_working_days", Decision.MOVE, Decider.OFFICIAL, "file"),
        ("appeal.superior.respond_working_days", Decision.MOVE, Decider.OFFICIAL, "respond"),
        ("appeal.superior.decide_working_days", Decision.MOVE, Decider.OFFICIAL, "decide"),
        ("appeal.banding.file_working_days", Decision.DISMISSAL, Decider.PPK, "file"),
        ("appeal.banding.respond_working_days", Decision.DISMISSAL, Decider.PPK, "respond"),
        ("appeal.banding.decide_working_days", Decision.DISMISSAL, Decider.PPK, "decide"),
    ],
)
def test_each_term_is_the_rules_own(rule: str, decision: Decision, decider: Decider, part: str, rules: RuleSet) -> None:
    assert getattr(remedy(decision, decider, with_values(rules, {rule: 99})), part) == 99


def test_a_rule_set_from_before_the_regulation_knows_no_remedy() -> None:
    with pytest.raises(KeyError, match=r"appeal\."):
        remedy(Decision.DEMOTION, Decider.PPK, regulations.load("id-pns-2017"))


def test_an_objection_may_make_it_worse(rules: RuleSet) -> None:
    assert possible_outcomes(rules) == tuple(Outcome)
    milder = possible_outcomes(with_values(rules, {"appeal.may_aggravate": False}))
    assert milder == (
        Outcome.CONFIRMED,
        Outcome.LIGHTENED,
        Outcome.CHANGED,
        Outcome.REVOKED,
        Outcome.ANNULLED,
    )
