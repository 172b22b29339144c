"""`selter lint --propose`: findings on the plan as it is, and the timetable that holds."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sample_plan import LAWFUL

from domain.plan import plan_from_mapping
from runtime import clock
from runtime.law.lint import lint


@pytest.fixture
def proposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Exit code and JSON of a plan with some parts changed; a part set to `...` is absent."""

    def run(start: str | None = None, **change: object) -> tuple[int, dict[str, Any]]:
        mapping = {key: value for key, value in (LAWFUL | change).items() if value is not ...}
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(mapping), encoding="utf-8")
        code = lint(path, propose=True, start=start, as_json=True)
        return code, json.loads(capsys.readouterr().out)

    return run


def test_a_proposal_stands_beside_the_findings_on_the_original(proposed: Any) -> None:
    code, result = proposed(announcement={"opens": "2026-01-20", "closes": "2026-01-30"})
    assert code == 1
    assert list(result) == ["ruleset", "findings", "proposal", "plan"]
    assert result["ruleset"] == "id-pns-2020"
    assert [f["rule"] for f in result["findings"] if f["severity"] == "block"] == ["announcement.min_calendar_days"]
    first = result["proposal"][0]
    assert (first["step"], first["start"], first["end"]) == ("announcement", "2026-01-20", "2026-02-04")
    assert set(first) == {"step", "start", "end", "reason", "reason_en", "rule", "citation", "confidence"}
    assert result["plan"]["announcement"] == {"opens": "2026-01-20", "closes": "2026-02-04"}
    assert result["plan"]["stages"][:2] == [
        {"stage": "screening_result", "date": "2026-02-05"},
        {"stage": "assessment", "start": "2026-02-06", "end": "2026-02-09"},
    ]
    assert result["plan"]["weights"]["interview"] == "35"
    plan_from_mapping(result["plan"])


def test_the_proposed_plan_is_lawful_when_it_is_linted(proposed: Any) -> None:
    code, result = proposed(announcement={"opens": "2026-01-20", "closes": "2026-01-30"})
    again, second = proposed(**result["plan"])
    assert (code, again) == (1, 0)
    assert {f["severity"] for f in second["findings"]} == {"info"}
    assert second["proposal"] == result["proposal"]


def test_another_date_of_publication_may_be_asked(proposed: Any) -> None:
    code, result = proposed("2026-02-14")
    assert code == 0
    assert result["proposal"][0]["start"] == "2026-02-18"  # Saturday, Sunday and two free days later


def test_without_a_date_it_begins_today(proposed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # 23:30 UTC is the next morning in Jakarta
    monkeypatch.setattr(clock, "real_now", lambda: datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    code, result = proposed(announcement=..., stages=...)
    assert code == 0
    assert (result["proposal"][0]["step"], result["proposal"][0]["start"]) == ("announcement", "2026-03-02")
    _, unapproved = proposed(announcement=..., stages=..., approvals=...)
    assert [(s["step"], s["start"]) for s in unapproved["proposal"][:2]] == [
        ("plan_approval", "2026-03-02"),
        ("announcement", "2026-03-10"),
    ]


def test_the_rule_set_of_the_proposed_publication_is_used(proposed: Any) -> None:
    code, result = proposed("2019-11-12", announcement={"opens": "2026-01-20", "closes": "2026-02-04"})
    steps = [step["step"] for step in result["proposal"]]
    assert code == 0
    assert steps.index("final_result") < steps.index("supervisor_report")  # KASN came after the announcement


def test_no_lawful_timetable_is_a_finding_of_its_own(
    proposed: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change = {"context": {"next_candidacy_determination": "2026-08-20"}, "stages": ...}
    code, result = proposed(**change)
    assert (code, result["plan"]) == (1, None)
    (only,) = result["proposal"]
    assert (only["step"], only["start"], only["end"]) == ("decree", None, None)
    assert not [f for f in result["findings"] if f["severity"] != "info"]
    assert lint(tmp_path / "plan.json", propose=True) == 1
    shown = capsys.readouterr().out
    assert "Tidak ada usul jadwal:" in shown
    assert "decree: Tidak ada jadwal yang sah" in shown


def test_a_proposal_is_shown_to_people_with_its_articles(
    proposed: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proposed()
    assert lint(tmp_path / "plan.json", propose=True) == 0
    shown = capsys.readouterr().out.splitlines()
    index = shown.index("Usul jadwal tersingkat:")
    assert "Tidak ada temuan yang menghalangi." in shown[:index]
    assert shown[index + 1].startswith("2026-01-20 – 2026-02-04  announcement: Diumumkan")
    assert shown[index + 2].strip() == "announcement.min_calendar_days · PP 11/2017 Pasal 117 ayat (2) (read)"
    assert shown[index + 3].startswith("2026-02-05  screening_result: ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "2026-01-20"}, "--from goes with --propose"),
        ({"start": "20 Januari", "propose": True}, "--from: a date such as 2026-01-20 is expected, not '20 Januari'"),
        ({"start": "2026-02-30", "propose": True}, "--from: a date such as 2026-01-20 is expected"),
    ],
)
def test_a_wrong_start_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: dict[str, Any], message: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(LAWFUL), encoding="utf-8")
    assert lint(path, **options) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_a_plan_at_the_end_of_the_known_years_is_proposed(proposed: Any) -> None:
    code, result = proposed("2100-12-31")
    assert code == 0
    assert date.fromisoformat(result["proposal"][-1]["start"]).year == 2101
