"""`selter rules`: what a person reads about the rule sets."""

import json
from pathlib import Path
from typing import Any

import pytest

import regulations
from domain.rule_changes import Difference, changes_between
from runtime.law.rules import rules_diff, rules_list, rules_show

AGENCY = Path(regulations.__file__).parent / "overlays" / "example-agency.toml"


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_sets_are_listed_with_their_hash(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_list(as_json=True) == 0
    listed = _json(capsys)["rulesets"]
    assert [entry["id"] for entry in listed] == list(regulations.available())
    assert listed[0]["sha256"] == regulations.load("id-pns-2017").sha256


def test_a_rule_is_explained_with_breach_confidence_article_and_freedom(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_show("id-pns-2020", "announcement.") == 0
    text = capsys.readouterr().out
    assert "announcement.min_calendar_days = 15" in text
    assert "menghalangi; naskah peraturannya dibaca: PP 11/2017 Pasal 117 ayat (2)" in text
    assert "instansi tidak dapat mengubahnya" in text
    assert "instansi dapat memilih lain (inclusive, strict)" in text
    assert "committee" not in text


def test_a_rule_as_json_says_whether_an_agency_may_choose(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_show("id-pns-2020", "extension.days", overlay=AGENCY, as_json=True) == 0
    (rule,) = _json(capsys)["rules"]
    assert (rule["value"], rule["enforcement"], rule["agency_may_choose"]) == (3, "warn", True)
    assert rule["overlay"] == "example-agency"
    assert rule["reason"]
    assert rules_show("id-pns-2020", "selter.near_tie", as_json=True) == 0
    assert _json(capsys)["rules"][0]["value"] == "0.50"


def test_an_overlay_names_itself_in_the_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_show("id-pns-2020", "extension.days", overlay=AGENCY) == 0
    assert "diubah oleh example-agency: " in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [("id-pns-1999", ""), ("id-pns-2020", "no.such")])
def test_an_unknown_set_or_rule_exits_with_two(arguments: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_show(*arguments, as_json=True) == 2
    assert next(part for part in arguments if part not in regulations.available()) in _json(capsys)["error"]


def test_a_regulation_is_compared_with_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_diff("id-pns-2017", "id-pns-2020", as_json=True) == 0
    changes = {change["rule"]: change for change in _json(capsys)["changes"]}
    assert changes["candidate.waiver"]["kind"] == "added"
    assert changes["candidate.waiver"]["before"] is None
    supervisor = changes["supervisor.body"]
    assert (supervisor["kind"], supervisor["before"]["value"], supervisor["after"]["value"]) == (
        "changed",
        "KASN",
        "BKN",
    )
    assert "announcement.min_calendar_days" not in changes
    assert changes["supervisor.body"] == {
        "rule": "supervisor.body",
        "kind": "changed",
        "parts": ["value", "citation", "confidence", "source"],
        "before": {
            "value": "KASN",
            "enforcement": "info",
            "citation": "PP 11/2017 Pasal 114 ayat (4)",
            "confidence": "read",
            "overlay": "",
            "reason": "",
        },
        "after": {
            "value": "BKN",
            "enforcement": "info",
            "citation": "Perpres 92/2024 (pengawasan sistem merit beralih dari KASN ke BKN)",
            "confidence": "secondary",
            "overlay": "",
            "reason": "",
        },
    }


def test_an_overlay_is_compared_with_its_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_diff("id-pns-2020", overlay=AGENCY) == 0
    text = capsys.readouterr().out
    assert text.startswith("id-pns-2020 → id-pns-2020 + example-agency: 3 perbedaan\n")
    assert "~ announcement.count_mode\n    - inclusive  [memperingatkan]" in text
    assert "alasan: Pelamar dari kabupaten kepulauan terbatas" in text


def test_a_comparison_needs_a_second_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_diff("id-pns-2020") == 2
    assert "--overlay" in capsys.readouterr().err


def test_differences_are_added_dropped_or_changed_in_named_parts() -> None:
    older, newer = regulations.load("id-pns-2017"), regulations.load("id-pns-2020")
    back = {change.rule: change for change in changes_between(newer, older)}
    assert back["candidate.waiver"].kind is Difference.DROPPED
    assert back["candidate.waiver"].parts == ()
    assert back["supervisor.body"].parts == ("value", "citation", "confidence", "source")
    assert changes_between(newer, newer) == ()
    assert [change.rule for change in changes_between(older, newer)] == sorted(back)
