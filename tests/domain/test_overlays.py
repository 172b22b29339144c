"""Overlays: what an agency may choose, what it may not, and how the nation adds a successor."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import regulations
from domain.overlays import Overlay, OverlayKind, overlaid, parse_overlay
from domain.rules import Confidence, Enforcement, RuleSet, RuleSetError

HEAD: dict[str, Any] = {
    "id": "contoh",
    "title": "Pilihan Contoh",
    "kind": "agency",
    "extends": "id-pns-2020",
    "basis": "Keputusan Bupati Contoh 1/2026",
    "valid_from": "2026-01-01",
}
REASON = "Kabupaten kepulauan"


def _agency(**changes: dict[str, Any]) -> Overlay:
    return parse_overlay(HEAD | {"changes": {name.replace("__", "."): change for name, change in changes.items()}})


def _national(rules: dict[str, Any], **more: Any) -> Overlay:
    return parse_overlay(HEAD | {"kind": "national", "rules": rules} | more)


def test_an_agency_chooses_where_the_law_leaves_room(rules: RuleSet) -> None:
    chosen = overlaid(rules, _agency(announcement__count_mode={"value": "strict"}))
    rule = chosen.rule("announcement.count_mode")
    assert (rule.value, rule.enforcement, rule.overlay) == ("strict", Enforcement.WARN, "contoh")
    assert rule.citation.startswith("Keputusan Bupati Contoh 1/2026; PP 11/2017 Pasal 117")
    assert chosen.overlays == ("contoh",)
    assert chosen.sha256 != rules.sha256
    assert rules.text("announcement.count_mode") == "inclusive"
    assert RuleSet.from_mapping(chosen.to_mapping()) == chosen


def test_a_block_that_was_not_read_is_lowered_with_a_recorded_reason(rules: RuleSet) -> None:
    chosen = overlaid(rules, _agency(extension__days={"value": 3, "enforcement": "warn", "reason": REASON}))
    rule = chosen.rule("extension.days")
    assert (rule.value, rule.enforcement, rule.reason) == (3, Enforcement.WARN, REASON)
    only_lowered = overlaid(rules, _agency(extension__days={"enforcement": "info", "reason": REASON}))
    assert only_lowered.integer("extension.days") == rules.integer("extension.days")


@pytest.mark.parametrize("change", [{"value": 3}, {"enforcement": "warn"}, {"value": 3, "reason": "  "}])
def test_what_blocks_changes_only_with_a_reason(rules: RuleSet, change: dict[str, Any]) -> None:
    with pytest.raises(RuleSetError) as caught:
        overlaid(rules, _agency(extension__days=change))
    assert caught.value.path == "changes.extension.days"
    citation = rules.rule("extension.days").citation
    assert caught.value.problem == f"a reason is needed to change what blocks or to lower it ({citation})"


def test_a_warning_is_lowered_with_a_reason_and_raised_without(rules: RuleSet) -> None:
    with pytest.raises(RuleSetError, match="a reason is needed"):
        overlaid(rules, _agency(committee__max_internal_share={"enforcement": "info"}))
    raised = overlaid(rules, _agency(committee__max_internal_share={"enforcement": "block"}))
    assert raised.rule("committee.max_internal_share").enforcement is Enforcement.BLOCK


@pytest.mark.parametrize("change", [{"value": 10}, {"enforcement": "warn"}, {"value": 20}, {"enforcement": "block"}])
def test_what_the_text_of_the_law_settles_stays(rules: RuleSet, change: dict[str, Any]) -> None:
    with pytest.raises(RuleSetError, match=r"PP 11/2017 Pasal 117 ayat \(2\) leaves no choice") as caught:
        overlaid(rules, _agency(announcement__min_calendar_days={**change, "reason": REASON}))
    assert caught.value.path == "changes.announcement.min_calendar_days"


def test_no_settled_rule_of_any_set_can_be_changed_by_an_agency() -> None:
    for ruleset_id in regulations.available():
        rules = regulations.load(ruleset_id)
        settled = [rule for rule in rules.rules.values() if rule.settled]
        assert settled
        for rule in settled:
            change = {rule.id: {"enforcement": "info", "reason": REASON}}
            with pytest.raises(RuleSetError, match="leaves no choice"):
                overlaid(rules, parse_overlay(HEAD | {"extends": ruleset_id, "changes": change}))


def test_what_is_read_but_mere_information_may_be_chosen(rules: RuleSet) -> None:
    assert rules.rule("selter.achievement.cap").confidence is Confidence.READ
    chosen = overlaid(rules, _agency(selter__achievement__cap={"value": 110}))
    assert chosen.integer("selter.achievement.cap") == 110


@pytest.mark.parametrize(
    ("rule_id", "value", "problem"),
    [
        ("extension.days", "seven", "expected a value such as 7"),
        ("extension.days", True, "expected a value such as 7"),
        ("extension.days", None, "expected a value such as 7"),
        ("extension.days", -1, "-1 is negative"),
        ("extension.days", "3.5", "expected a value such as 7"),
        ("application.one_tms_fails", 1, "expected a value such as True"),
        ("tie_break", "interview", "expected a value such as"),
        (
            "weights",
            ["interview=1=2"],
            "^changes.weights: expected the keys assessment, interview, paper, track_record, got interview$",
        ),
        ("weights", "interview", "expected a value such as"),
        ("result.top_n", 3, "leaves no choice"),
        ("selter.near_tie", "low", "expected a value such as Decimal"),
        ("supervisor.body", 7, "expected a value such as 'BKN'"),
        ("announcement.count_mode", "loose", "'loose' is none of inclusive, strict"),
        ("cut.to_interview", "five", "expected a value such as None"),
    ],
)
def test_a_value_of_another_kind_is_refused(rules: RuleSet, rule_id: str, value: Any, problem: str) -> None:
    overlay = parse_overlay(HEAD | {"changes": {rule_id: {"value": value, "reason": REASON}}})
    with pytest.raises(RuleSetError, match=problem) as caught:
        overlaid(rules, overlay)
    assert caught.value.path == f"changes.{rule_id}"


def test_zero_is_no_negative_number_and_numbers_are_of_one_kind(rules: RuleSet) -> None:
    chosen = overlaid(rules, _agency(extension__max_times={"value": 0, "reason": REASON}))
    assert chosen.integer("extension.max_times") == 0
    finer = overlaid(rules, _agency(selter__divergence={"value": {"decimal": "12.5"}}))
    assert finer.decimal("selter.divergence") == Decimal("12.5")


def test_a_number_may_be_written_as_text(rules: RuleSet) -> None:
    share = overlaid(rules, _agency(committee__max_internal_share={"value": "0.40"}))
    assert share.decimal("committee.max_internal_share") == Decimal("0.40")
    days = overlaid(rules, _agency(extension__days={"value": "3", "reason": REASON}))
    assert days.integer("extension.days") == 3


def test_a_limit_that_the_law_does_not_set_may_be_set(rules: RuleSet) -> None:
    chosen = overlaid(rules, _agency(cut__to_interview={"value": 5}))
    assert chosen.integer("cut.to_interview") == 5


def test_an_unknown_rule_and_another_set_are_named(rules: RuleSet) -> None:
    with pytest.raises(RuleSetError, match="no such rule") as caught:
        overlaid(rules, _agency(no__such={"value": 1}))
    assert caught.value.path == "changes.no.such"
    with pytest.raises(RuleSetError, match=r"^extends: the overlay changes id-pns-2020, not id-pns-2017$"):
        overlaid(regulations.load("id-pns-2017"), _agency(extension__days={"value": 3, "reason": REASON}))


@pytest.mark.parametrize(
    ("change", "path", "problem"),
    [
        *[({key: " "}, key, "a text is expected, not ' '") for key in ("id", "title", "extends", "basis")],
        ({"title": 7}, "title", "a text is expected, not 7"),
        ({"kind": "village"}, "kind", "'village' is none of agency, national"),
        ({"valid_from": "soon"}, "valid_from", "Invalid isoformat string: 'soon'"),
        ({"valid_to": "soon"}, "valid_to", "Invalid isoformat string: 'soon'"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-31"}, "valid_to", "it lies before valid_from"),
        ({"surplus": 1}, "surplus", "unknown key"),
        ({"rules": {}}, "rules", "unknown key"),
        ({"drops": []}, "drops", "unknown key"),
        ({"changes": []}, "changes", "a table of rules is expected"),
        ({"kind": "national", "rules": []}, "rules", "a table of rules is expected"),
        ({"kind": "national", "rules": {"x.y": {"value": 1}}}, "rules.x.y", "enforcement is missing"),
        ({"changes": {"a.b": 3}}, "changes.a.b", "a table with value, enforcement or reason is expected"),
        ({"changes": {"a.b": {}}}, "changes.a.b", "it changes neither value nor enforcement"),
        ({"changes": {"a.b": {"reason": "x"}}}, "changes.a.b", "it changes neither value nor enforcement"),
        ({"changes": {"a.b": {"value": 3, "note": "x"}}}, "changes.a.b.note", "unknown key"),
        (
            {"changes": {"a.b": {"enforcement": "forbid"}}},
            "changes.a.b.enforcement",
            "'forbid' is none of block, warn, info",
        ),
        (
            {"changes": {"a.b": {"value": [1]}}},
            "changes.a.b",
            "a value is a whole number, a decimal, a text, a flag or a list of texts: [1]",
        ),
    ],
)
def test_a_malformed_overlay_is_refused_with_its_place(change: dict[str, Any], path: str, problem: str) -> None:
    with pytest.raises(RuleSetError) as caught:
        parse_overlay(HEAD | change)
    assert (caught.value.path, caught.value.problem) == (path, problem)


@pytest.mark.parametrize("missing", ["id", "title", "kind", "extends", "basis", "valid_from"])
def test_an_overlay_says_who_it_is_and_what_it_rests_on(missing: str) -> None:
    with pytest.raises(RuleSetError) as caught:
        parse_overlay({key: value for key, value in HEAD.items() if key != missing})
    assert (caught.value.path, caught.value.problem) == ("rule set", f"{missing} is missing")


def test_an_overlay_lasts_one_day_at_least() -> None:
    overlay = parse_overlay(HEAD | {"valid_to": "2026-01-01"})
    assert overlay.in_force_on(date(2026, 1, 1))
    assert not overlay.in_force_on(date(2025, 12, 31))
    assert not overlay.in_force_on(date(2026, 1, 2))
    assert parse_overlay(HEAD).in_force_on(date(2099, 1, 1))


def test_the_nation_changes_adds_and_drops_with_its_own_citation(rules: RuleSet) -> None:
    rule = {"value": 20, "enforcement": "block", "confidence": "read", "citation": "PP X/2027 Pasal 1", "source": "X"}
    overlay = _national({"announcement.min_calendar_days": rule, "new.rule": rule}, drops=["tie_break"])
    assert overlay.kind is OverlayKind.NATIONAL
    changed = overlaid(rules, overlay)
    assert changed.integer("announcement.min_calendar_days") == 20
    assert changed.rule("announcement.min_calendar_days").citation == "PP X/2027 Pasal 1"
    assert changed.rule("new.rule").overlay == "contoh"
    assert not changed.has("tie_break")
    with pytest.raises(RuleSetError, match=r"^drops\.no\.such: the rule set has no such rule$"):
        overlaid(rules, _national({}, drops=["no.such"]))


def test_an_agency_chooses_on_top_of_the_nation(rules: RuleSet) -> None:
    rule = {"value": 6, "enforcement": "warn", "confidence": "secondary", "citation": "SE X", "source": "X"}
    national = overlaid(rules, _national({"extension.days": rule}, id="nasional"))
    chosen = overlaid(national, _agency(extension__days={"value": 5}))
    assert chosen.overlays == ("nasional", "contoh")
    assert chosen.integer("extension.days") == 5


def test_the_shipped_examples_hold_and_are_not_in_force() -> None:
    successor = parse_overlay(regulations.parse("overlays/example-successor.toml"))
    changed = overlaid(regulations.load(successor.extends), successor)
    assert changed.text("supervisor.body") == "Lembaga Pengawas Independen"
    assert changed.text("appointing_authority.pratama") == "President"
    agency = parse_overlay(regulations.parse("overlays/example-agency.toml"))
    assert overlaid(regulations.load(agency.extends), agency).integer("applicants.min_per_post") == 3
    assert regulations.national() == ()
    assert regulations.in_force_on(date(2028, 1, 1)).overlays == ()


def test_national_overlays_in_force_are_merged_the_earliest_first(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = {"value": "A", "enforcement": "info", "confidence": "read", "citation": "A", "source": "A"}
    first = _national({"supervisor.body": rule}, id="first")
    second = _national({"supervisor.body": rule | {"value": "B"}}, id="second", valid_from="2026-06-01")
    other = _national({"supervisor.body": rule}, id="other", extends="id-pns-2017")
    monkeypatch.setattr(regulations, "national", lambda: (second, other, first))
    assert regulations.with_national(rules, date(2025, 12, 31)) == rules
    assert regulations.in_force_on(date(2026, 5, 31)).text("supervisor.body") == "A"
    merged = regulations.in_force_on(date(2026, 6, 1))
    assert (merged.text("supervisor.body"), merged.overlays) == ("B", ("first", "second"))
