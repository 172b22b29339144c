"""Rule sets: their files, their values, their identity."""

import json
from datetime import date
from decimal import Decimal

import pytest

import regulations
from domain.rules import Confidence, Enforcement, RuleSet, RuleSetError, canonical_json, parse_rules, refuse
from domain.switches import CHANGED, Switch

RULE: dict[str, object] = {"value": 1, "enforcement": "warn", "confidence": "derived", "citation": "Pasal 1"}
MINIMAL: dict[str, object] = {
    "id": "x",
    "title": "X",
    "valid_from": "2020-01-01",
    "valid_to": None,
    "rules": {"a.b": RULE},
}


FORMS = "a value is a whole number, a decimal, a text, a flag or a list of texts"


def _with(**change: object) -> dict[str, object]:
    return MINIMAL | {"rules": {"a.b": RULE | change}}


def _without(key: str) -> dict[str, object]:
    return MINIMAL | {"rules": {"a.b": {k: v for k, v in RULE.items() if k != key}}}


@pytest.mark.parametrize("ruleset_id", regulations.available())
def test_every_rule_names_its_source(ruleset_id: str) -> None:
    for rule in regulations.load(ruleset_id).rules.values():
        assert rule.citation.strip(), rule.id
        assert rule.source.strip(), rule.id


@pytest.mark.parametrize("ruleset_id", regulations.available())
def test_a_rule_set_survives_json_and_keeps_its_hash(ruleset_id: str) -> None:
    original = regulations.load(ruleset_id)
    restored = RuleSet.from_mapping(json.loads(json.dumps(original.to_mapping())))
    assert restored == original
    assert restored.sha256 == original.sha256


@pytest.mark.parametrize(
    ("rule_id", "value", "enforcement", "confidence", "article"),
    [
        ("announcement.min_calendar_days", 15, "block", "read", "PP 11/2017 Pasal 117 ayat (2)"),
        ("announcement.count_mode", "inclusive", "warn", "derived", "117 ayat (2)"),
        ("extension.days", 7, "block", "secondary", "Praktik"),
        ("extension.max_times", 2, "block", "secondary", "Praktik"),
        ("committee.min_members", 5, "block", "read", "Pasal 114 ayat (7)"),
        ("committee.max_members", 9, "block", "read", "Pasal 114 ayat (7)"),
        ("committee.max_internal_share", Decimal("0.45"), "warn", "unconfirmed", "PermenPANRB 15/2019"),
        ("candidate.pratama.max_age", 56, "block", "read", "Pasal 107"),
        ("candidate.madya.max_age", 58, "block", "read", "Pasal 107"),
        ("candidate.utama.experience_years", 10, "block", "read", "Pasal 107"),
        ("candidate.skp_years", 2, "warn", "unconfirmed", "Praktik"),
        ("applicants.min_per_post", 4, "block", "secondary", "Praktik"),
        ("result.top_n", 3, "block", "read", "Pasal 121 ayat (3)"),
        ("pk.due_after_inauguration_days", 30, "warn", "derived", "Pasal 12"),
        ("demotion.improvement_months", 6, "block", "read", "Pasal 142 ayat (2)"),
        ("demotion.notice_working_days", 10, "block", "read", "UU 30/2014 Pasal 46-47"),
        ("appeal.keberatan.file_working_days", 14, "block", "read", "PP 79/2021"),
        ("appeal.keberatan.decide_working_days", 21, "warn", "read", "PP 79/2021"),
        ("assessment.objection_days", 14, "block", "read", "PP 30/2019 Pasal 59"),
        ("selter.achievement.cap", 120, "info", "read", "PP 30/2019 Pasal 29"),
        ("selter.near_tie", Decimal("0.50"), "info", "derived", "Pilihan Selter"),
    ],
)
def test_the_parameters_of_the_law_stand_as_read(
    rules: RuleSet, rule_id: str, value: object, enforcement: str, confidence: str, article: str
) -> None:
    rule = rules.rule(rule_id)
    assert (rule.value, rule.enforcement, rule.confidence) == (value, enforcement, confidence)
    assert article in rule.citation


def test_our_own_parameters_say_that_they_are_ours(rules: RuleSet) -> None:
    ours = [rule for rule in rules.rules.values() if rule.id.startswith("selter.")]
    assert ours
    for rule in ours:
        assert rule.citation.startswith("Pilihan Selter") or rule.confidence is Confidence.READ, rule.id


def test_the_rule_set_changes_with_the_regulation_of_2020() -> None:
    assert regulations.in_force_on(date(2017, 4, 7)).id == "id-pns-2017"
    assert regulations.in_force_on(date(2020, 2, 27)).id == "id-pns-2017"
    assert regulations.in_force_on(date(2020, 2, 28)).id == "id-pns-2020"
    assert regulations.in_force_on(date(2026, 11, 21)).id == "id-pns-2020"
    with pytest.raises(regulations.NoRuleSetInForce):
        regulations.in_force_on(date(2017, 4, 6))


def test_the_older_set_knows_the_commission_and_no_later_regulation() -> None:
    older = regulations.load("id-pns-2017")
    assert older.text("supervisor.body") == "KASN"
    assert not older.has("appeal.keberatan.file_working_days")
    assert not older.has("candidate.waiver")
    late = ("PP 17/2020", "PP 94/2021", "PP 79/2021", "UU 27/2022", "PermenPANRB 6/2022", "Perpres 116/2022")
    for rule in older.rules.values():
        assert not any(text in rule.citation for text in late), rule.id


def test_sets_are_listed_from_the_earliest() -> None:
    assert regulations.available() == ("id-pns-2017", "id-pns-2020")
    assert (regulations.earliest().id, regulations.latest().id) == ("id-pns-2017", "id-pns-2020")


@pytest.mark.parametrize("ruleset_id", ["id-pns-1999", "../pyproject", ""])
def test_an_unknown_set_is_named(ruleset_id: str) -> None:
    with pytest.raises(KeyError, match="no rule set"):
        regulations.load(ruleset_id)


def test_an_unknown_rule_is_named(rules: RuleSet) -> None:
    with pytest.raises(KeyError, match=r"no\.such\.rule"):
        rules.integer("no.such.rule")


def test_a_value_is_read_as_what_it_is(rules: RuleSet) -> None:
    assert rules.integer("result.top_n") == 3
    assert rules.decimal("result.top_n") == Decimal(3)
    assert rules.flag("committee.must_be_odd") is True
    assert rules.text("supervisor.body") == "BKN"
    assert rules.items("tie_break")[0] == "interview"
    assert rules.pairs("weights")["interview"] == "35"
    assert rules.rule("cut.to_interview").value is None
    for read, rule_id in [
        (rules.integer, "committee.must_be_odd"),
        (rules.integer, "selter.near_tie"),
        (rules.decimal, "supervisor.body"),
        (rules.flag, "result.top_n"),
        (rules.text, "result.top_n"),
        (rules.items, "supervisor.body"),
    ]:
        with pytest.raises(TypeError, match=rule_id):
            read(rule_id)


def test_a_refusal_names_rule_and_article(rules: RuleSet) -> None:
    refused = refuse(rules, "extension.max_times", "case-closed", times=2)
    assert (refused.code, refused.rule) == ("case-closed", "extension.max_times")
    assert refused.citation == rules.rule("extension.max_times").citation
    assert refused.facts == {"times": "2"}


def test_every_switch_says_what_it_changed() -> None:
    assert set(CHANGED) == set(Switch)


@pytest.mark.parametrize("ruleset_id", regulations.available())
def test_every_shipped_set_asks_for_every_switch(ruleset_id: str) -> None:
    assert regulations.load(ruleset_id).switches == set(Switch)


def test_a_switch_of_a_later_release_is_refused() -> None:
    with pytest.raises(RuleSetError) as caught:
        parse_rules(MINIMAL | {"switches": ["lint.whole-plan", "of.tomorrow"]})
    assert caught.value.path == "switches"
    assert caught.value.problem == "this release does not know the switch 'of.tomorrow'; use a newer one"


@pytest.mark.parametrize(
    ("mapping", "path", "problem"),
    [
        *[
            ({k: v for k, v in MINIMAL.items() if k != key}, "rule set", f"{key} is missing")
            for key in ("id", "title", "valid_from", "rules")
        ],
        (MINIMAL | {"surplus": 1}, "surplus", "unknown key"),
        (MINIMAL | {"Xurplus": 1}, "Xurplus", "unknown key"),
        (MINIMAL | {"valid_from": "soon"}, "valid_from", "Invalid isoformat string: 'soon'"),
        (MINIMAL | {"valid_to": "never"}, "valid_to", "Invalid isoformat string: 'never'"),
        (_with(citation=" "), "rules.a.b", "a rule needs a citation; a practice is named as such"),
        (_without("citation"), "rules.a.b", "a rule needs a citation; a practice is named as such"),
        (_without("enforcement"), "rules.a.b", "enforcement is missing"),
        (_without("confidence"), "rules.a.b", "confidence is missing"),
        (_with(enforcement="forbid"), "rules.a.b", "'forbid' is not a valid Enforcement"),
        (_with(confidence="sure"), "rules.a.b", "'sure' is not a valid Confidence"),
        (_with(value=1.5), "rules.a.b", f"{FORMS}: 1.5"),
        (_with(value=[1, 2]), "rules.a.b", f"{FORMS}: [1, 2]"),
        (_with(value={"decimal": "x"}), "rules.a.b", "not a decimal: 'x'"),
        (_with(value="c", choices=["a", "b"]), "rules.a.b", "'c' is none of a, b"),
        (_with(note="?"), "rules.a.b.note", "unknown key"),
    ],
)
def test_a_malformed_set_is_refused_with_its_place(mapping: dict[str, object], path: str, problem: str) -> None:
    with pytest.raises(RuleSetError) as caught:
        parse_rules(mapping)
    assert (caught.value.path, caught.value.problem) == (path, problem)
    assert str(caught.value) == f"{path}: {problem}"


def test_a_rule_keeps_every_part_and_leaves_out_what_is_empty() -> None:
    whole = {
        "value": ["x=1=2", "y="],
        "enforcement": "warn",
        "confidence": "derived",
        "citation": "Pasal 1",
        "source": "L-01",
        "choices": [],
        "overlay": "contoh",
        "reason": "Sebab",
    }
    rules = parse_rules(MINIMAL | {"rules": {"a.b": whole}, "valid_to": date(2021, 1, 1), "overlays": ["contoh"]})
    rule = rules.rule("a.b")
    assert (rule.source, rule.overlay, rule.reason, rule.value) == ("L-01", "contoh", "Sebab", ("x=1=2", "y="))
    assert rules.pairs("a.b") == {"x": "1=2", "y": ""}
    mapping = rules.to_mapping()
    assert mapping["rules"]["a.b"] == {key: value for key, value in whole.items() if key != "choices"}
    assert (mapping["valid_to"], mapping["overlays"], "switches" in mapping) == ("2021-01-01", ["contoh"], False)
    assert parse_rules(MINIMAL).to_mapping()["rules"]["a.b"] == RULE | {"source": ""}
    assert parse_rules(MINIMAL).rule("a.b").source == ""


def test_a_date_may_stand_as_a_date_of_toml() -> None:
    rules = parse_rules(MINIMAL | {"valid_from": date(2020, 5, 4)})
    assert rules.valid_from == date(2020, 5, 4)


def test_the_canonical_form_keeps_letters_and_orders_keys() -> None:
    assert canonical_json({"b": "–", "a": 1}) == '{"a":1,"b":"–"}'


def test_a_set_is_in_force_from_its_first_to_its_last_day() -> None:
    rules = parse_rules(MINIMAL | {"valid_to": date(2020, 12, 31)})
    assert rules.in_force_on(date(2020, 1, 1))
    assert rules.in_force_on(date(2020, 12, 31))
    assert not rules.in_force_on(date(2021, 1, 1))
    assert not rules.in_force_on(date(2019, 12, 31))
    assert rules.rule("a.b").enforcement is Enforcement.WARN
