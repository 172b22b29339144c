"""The commands `lint`, `rank`, `achievement` and `rules list`: files in, JSON or text out, exit codes."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from runtime.law.achievement import achievement
from runtime.law.command import command
from runtime.law.files import FileError
from runtime.law.lint import lint
from runtime.law.rank import rank
from runtime.law.rules import rules_list

PLAN = """
agency: Pemerintah Kabupaten Contoh
agency_kind: kabupaten
level: pratama
ruleset: null
vacancies: [{title: Kepala Dinas Kesehatan, kind: head_of_agency}]
announcement: {opens: 2026-01-20, closes: 2026-02-04}
stages:
  - {stage: screening_result, date: 2026-02-05}
  - {stage: assessment, start: 2026-02-09, end: 2026-02-10}
  - {stage: interview, date: 2026-02-12}
weights: {track_record: 20, assessment: 25, paper: 20, interview: 35}
committee:
  - {name: A, element: internal, role: chair, party_member: false, kin_of: []}
  - {name: B, element: internal, role: member}
  - {name: C, element: related_agency, role: member}
  - {name: D, element: expert, role: member}
  - {name: E, element: expert, role: member}
requirements: {max_age: 56, age_reference: 2026-04-01, min_rank: IV/a, experience_years: 5, feeder_years: 2,
  education: S1}
applicants_minimum: 4
approvals: {plan_approval: "B-123/X", home_affairs_consent: null}
context: {acting_head: false, head_inaugurated_on: null, next_candidacy_determination: null}
"""

SCORES = (
    "candidate,track_record,assessment,paper,interview\nP1,81,83.62,80,82\nP2,93,76.92,75,80.1\nP3,70,absent,80,80\n"
)
INDICATORS = """indicator,unit,polarity,target,actual,previous_actual,weight
Angka kematian bayi,per 1000,minimize,32,4.88,30,1
Serapan anggaran,%,range,80..90,92,,3
"""


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    """The one JSON object on stdout, and nothing else there."""
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    return json.loads(lines[0])


def test_a_lawful_plan_exits_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(_file(tmp_path, "plan.yaml", PLAN), as_json=True) == 0
    result = _json(capsys)
    assert result["ruleset"] == "id-pns-2020"
    # what design.md's format does not state is information, and nothing else is found
    assert [(f["rule"], f["severity"]) for f in result["findings"]] == [
        ("stages.required", "info"),
        ("announcement.required_fields", "info"),
    ]


def test_a_warning_exits_with_one_and_names_the_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = PLAN.replace("closes: 2026-02-04", "closes: 2026-02-03")
    assert lint(_file(tmp_path, "plan.yaml", short), as_json=True) == 1
    findings = [f for f in _json(capsys)["findings"] if f["severity"] != "info"]
    assert [(f["rule"], f["severity"]) for f in findings] == [("announcement.min_calendar_days", "warn")]
    assert lint(_file(tmp_path, "plan.yaml", short)) == 1
    assert "PP 11/2017 Pasal 117 ayat (2)" in capsys.readouterr().out


def test_information_alone_exits_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(_file(tmp_path, "plan.json", "{}"), as_json=True) == 0
    assert {f["severity"] for f in _json(capsys)["findings"]} == {"info"}
    assert lint(_file(tmp_path, "plan.yaml", PLAN)) == 0
    assert "Tidak ada temuan" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("opens", "closes", "ruleset", "rules"),
    [
        ("2018-08-31", "2018-09-21", "id-pns-2017", None),
        ("2020-02-28", "2020-03-20", "id-pns-2020", None),
        ("2015-05-04", "2015-05-08", "id-pns-2017", ["ruleset.in_force"]),
    ],
)
def test_the_rule_set_of_the_publication_date_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], opens: str, closes: str, ruleset: str, rules: list[str] | None
) -> None:
    plan = {"announcement": {"opens": opens, "closes": closes}}
    assert lint(_file(tmp_path, "plan.json", json.dumps(plan)), as_json=True) == 0
    result = _json(capsys)
    assert result["ruleset"] == ruleset
    assert rules is None or [f["rule"] for f in result["findings"]] == rules


def test_json_weights_stay_exact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = '{"weights": {"track_record": 20.1, "assessment": 24.7, "paper": 20.1, "interview": 35.1}}'
    for name in ("plan.json", "plan.yaml"):
        lint(_file(tmp_path, name, text), as_json=True)
        assert "weights" not in [f["rule"] for f in _json(capsys)["findings"] if f["severity"] == "block"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("plan.yaml", "announcment: {}", "announcment"),
        ("plan.yaml", "level: pratama\nlevel: madya", "stands twice"),
        ("plan.json", '{"level": "pratama", "level": "madya"}', "stands twice"),
        ("plan.yaml", "a: [", "plan.yaml"),
        ("plan.json", "{", "plan.json"),
        ("plan.yaml", "", "mapping"),
        ("plan.yaml", "ruleset: id-pns-1999", "id-pns-1999"),
        ("plan.yaml", "announcement: {opens: 2026-13-45}", "announcement.opens"),
    ],
)
def test_a_plan_that_cannot_be_read_exits_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, message: str
) -> None:
    assert lint(_file(tmp_path, name, text)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_a_usage_error_is_json_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(tmp_path / "absent.yaml", as_json=True) == 2
    assert "absent.yaml" in _json(capsys)["error"]


def test_scores_are_ranked_with_the_usual_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rank(_file(tmp_path, "scores.csv", SCORES), as_json=True) == 0
    result = _json(capsys)
    assert [(r["candidate"], r["rank"], r["total"]) for r in result["ranking"]] == [
        ("P1", 1, "81.81"),
        ("P2", 2, "80.87"),
        ("P3", None, None),
    ]
    assert result["ranking"][2]["status"] == "absent"


def test_weights_are_given_as_text_or_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores = _file(tmp_path, "scores.csv", SCORES)
    weights = _file(tmp_path, "weights.yaml", "track_record: 20\nassessment: 25\npaper: 20\ninterview: 35")
    hashes = []
    for given in (None, "track_record=20,assessment=25,paper=20,interview=35", str(weights)):
        assert rank(scores, weights=given, as_json=True) == 0
        hashes.append(_json(capsys)["sha256"])
    assert len(set(hashes)) == 1


def test_a_plan_serves_as_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = _file(tmp_path, "plan.yaml", PLAN)
    assert rank(_file(tmp_path, "scores.csv", SCORES), weights=str(plan), as_json=True) == 0
    assert _json(capsys)["ranking"][0]["total"] == "81.81"


def test_weighted_points_ties_and_methods_pass_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "candidate;assessment;paper\nA;21,42;17\nB;20,42;18\nC;20;10\n"
    scores = _file(tmp_path, "scores.csv", text)
    ranks = {}
    for options in ({}, {"rank_method": "dense"}, {"tie_break": "paper"}):
        assert rank(scores, already_weighted=True, as_json=True, **options) == 0  # type: ignore[arg-type]
        ranks[str(options)] = [r["rank"] for r in _json(capsys)["ranking"]]
    assert list(ranks.values()) == [[1, 1, 3], [1, 1, 2], [1, 2, 3]]


def test_part_of_the_components_makes_an_interim_ranking(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores = _file(tmp_path, "scores.csv", "candidate,track_record,assessment\nA,81.27,83.625\n")
    assert rank(scores, weights="track_record=20,assessment=25", as_json=True) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["ranking"][0]["total"] == "37.16"
    assert "interim" in captured.err


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("candidate,height\nA,180\n", {}, "unknown column height"),
        ("name,interview\nA,80\n", {}, "candidate"),
        ("candidate\nA\n", {}, "no component"),
        ("candidate,interview\nA,\n", {}, "interview is empty"),
        ("candidate,interview\nA,80,5\n", {}, "quote decimal commas"),
        ("candidate,interview,interview\nA,80,5\n", {}, "doubled"),
        ("candidate,interview\nA,1.234.5\n", {}, "ambiguous"),
        ("candidate,interview\nA,101\n", {}, "between 0 and 100"),
        ("candidate,interview\n", {}, "no candidates"),
        ("", {}, "no candidates"),
        ("candidate,interview\nA,80\n\nA,70\n", {}, "line 4, column 1 (candidate): candidate A appears more than once"),
        ("candidate,interview\nA,80\n,70\n", {}, "line 3, column 1 (candidate): column candidate is missing or empty"),
        ("candidate,interview\nA,8o\n", {}, "scores.csv, line 2, column 2 (interview): not a number: '8o'"),
        ("candidate,interview\nA,80\n", {"weights": "interview=101"}, "sum to 101"),
        (
            "candidate,interview\nA,80\n",
            {"weights": "track_record=20,assessment=25,paper=20,interview=30"},
            "sum to 95",
        ),
        ("candidate,interview\nA,80\n", {"weights": "height=100"}, "unknown component height"),
        ("candidate,interview\nA,80\n", {"weights": "interview=50,interview=50"}, "two weights"),
        ("candidate,interview\nA,80\n", {"weights": "nowhere.yaml"}, "nowhere.yaml"),
        ("candidate,interview\nA,80\n", {"weights": "paper=100"}, "no weight"),
        ("candidate,interview\nA,80\n", {"rank_method": "olympic"}, "olympic"),
        ("candidate,interview\nA,80\n", {"decimals": 9}, "decimals"),
        ("candidate,interview\nA,80\n", {"tie_break": "paper"}, "tie-break"),
        ("candidate,interview\nA,80\n", {"ruleset": "none"}, "none"),
    ],
)
def test_scores_that_cannot_be_ranked_exit_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: dict[str, Any], message: str
) -> None:
    assert rank(_file(tmp_path, "scores.csv", text), **options) == 2
    assert message in capsys.readouterr().err


def test_a_ranking_is_readable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"{name},{score}\n" for name, score in zip("ABCD", ("82.64", "82.64", "82.5", "70"), strict=True))
    assert rank(_file(tmp_path, "scores.csv", "candidate,assessment\n" + rows), weights="assessment=100") == 0
    out = capsys.readouterr().out
    assert "Nilai sama 82.64: A, B (berbagi peringkat)" in out
    assert "Selisih tipis 0.14: B dan C" in out


def test_achievements_are_computed_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert achievement(_file(tmp_path, "indicators.csv", INDICATORS), as_json=True) == 0
    result = _json(capsys)
    assert [(i["indicator"], i["achievement"], i["capped"]) for i in result["indicators"]] == [
        ("Angka kematian bayi", "184.75", "120.00"),
        ("Serapan anggaran", "102.22", "102.22"),
    ]
    assert [w["code"] for w in result["indicators"][0]["warnings"]] == ["implausible", "target-below-previous"]
    assert result["mean_capped"] == "106.67"
    assert achievement(tmp_path / "indicators.csv") == 0
    assert "184.75" in capsys.readouterr().out


def test_indicators_may_be_json_with_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"indicator": "x", "polarity": "maximize", "target": 0.5, "actual": 133.1, "weight": None}]
    assert achievement(_file(tmp_path, "indicators.json", json.dumps(rows)), as_json=True) == 0
    assert _json(capsys)["indicators"][0]["achievement"] == "26620.00"


def test_without_any_value_there_is_no_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "indicator,polarity,target,actual\nx,maximize,0,5\n"
    assert achievement(_file(tmp_path, "indicators.csv", text), as_json=True) == 0
    result = _json(capsys)
    assert (result["indicators"][0]["achievement"], result["mean_capped"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("indicator,polarity,target,actual\nx,maximize,1,5,7\n", "quote decimal commas"),
        (
            'indicator,polarity,target,actual\nx,maximize,"1.234,567",5\n',
            "line 2, column 3 (target): x: ambiguous thousands: '1.234,567'",
        ),
        ("indicator,polarity,target,actual\nx,sideways,1,5\n", "sideways"),
        ("indicator,polarity,target,actual\nx,range,9..8,5\n", "upside down"),
        ("indicator,polarity,target,actual\nx,milestone,1,2026-01-01\n", "milestone"),
        ("indicator,polarity,target\nx,maximize,1\n", "actual is missing"),
        ("indicator,polarity,target,actual,mood\nx,maximize,1,1,good\n", "unknown column mood"),
        ("indicator,polarity,target,actual\n", "no indicators"),
    ],
)
def test_indicators_that_cannot_be_read_exit_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    assert achievement(_file(tmp_path, "indicators.csv", text)) == 2
    assert message in capsys.readouterr().err


def test_a_list_is_expected_in_json_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert achievement(_file(tmp_path, "indicators.json", "{}")) == 2
    assert "list of rows" in capsys.readouterr().err


def test_the_rules_are_listed_with_article_and_confidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert rules_list() == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert rules_list(ruleset="id-pns-2020") == 0
    assert "announcement.min_calendar_days = 15  [menghalangi] PP 11/2017 Pasal 117 ayat (2)" in capsys.readouterr().out
    assert rules_list(as_json=True) == 0
    assert [r["id"] for r in _json(capsys)["rulesets"]] == ["id-pns-2017", "id-pns-2020"]
    assert rules_list(ruleset="none") == 2


def test_a_worksheet_is_read_as_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("candidate", "assessment"), ("A", 82.64), (None, None), ("B", "82,5"), ("C", "absent")):
        sheet.append(row)
    book.save(tmp_path / "scores.xlsx")
    assert rank(tmp_path / "scores.xlsx", weights="assessment=100", as_json=True) == 0
    assert [r["total"] for r in _json(capsys)["ranking"]] == ["82.64", "82.50", None]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"A3": "A"},
            "cell A3 (candidate): candidate A appears more than once, first in scores.xlsx, sheet Sheet, row 2",
        ),
        ({"B3": "1.234.5"}, "cell B3 (assessment): ambiguous thousands: '1.234.5'"),
        ({"B3": None}, "cell B3 (assessment): B: assessment is empty; write a score or absent"),
        ({"A3": None}, "cell A3 (candidate): column candidate is missing or empty"),
        ({"B3": date(2026, 5, 8)}, "cell B3 (assessment): not a number: '2026-05-08'"),
    ],
)
def test_an_error_names_the_cell_in_one_line_and_one_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cells: dict[str, Any], said: str
) -> None:
    book = openpyxl.Workbook()
    for row in (("candidate", "assessment"), ("A", 80), ("B", 70)):
        book.worksheets[0].append(row)
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    book.save(tmp_path / "scores.xlsx")
    assert rank(tmp_path / "scores.xlsx", weights="assessment=100", as_json=True) == 2
    captured = capsys.readouterr()
    assert captured.err == f"selter: scores.xlsx, sheet Sheet, {said}\n"
    assert json.loads(captured.out) == {"error": f"scores.xlsx, sheet Sheet, {said}"}


def test_a_message_is_one_line_of_sane_length_that_any_terminal_shows(capsys: pytest.CaptureFixture[str]) -> None:
    @command
    def complain(*, text: str, as_json: bool = False) -> int:
        raise FileError(text)

    for text, shown in (
        ("a\n b\u2028c", "a b c"),
        ("a\x1b[31m\u202eb", "a\ufffd[31m\ufffdb"),
        ("a\udce9", "a\\udce9"),
        ("x" * 500, "x" * 500),
        ("x" * 501, "x" * 500 + "…"),
    ):
        assert complain(text=text, as_json=True) == 2
        captured = capsys.readouterr()
        assert captured.err == f"selter: {shown}\n"
        assert captured.out == json.dumps({"error": shown}, ensure_ascii=False) + "\n"


def test_numbers_beyond_computing_are_no_defect(capsys: pytest.CaptureFixture[str]) -> None:
    @command
    def compute(*, as_json: bool = False) -> int:
        return int(Decimal("9e999999") * 10)

    assert compute() == 2
    assert capsys.readouterr().err == "selter: the numbers are too large, or too far apart, to compute with\n"


def test_a_date_cell_is_a_milestone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("indicator", "polarity", "target", "actual"))
    sheet.append(("x", "milestone", date(2026, 6, 30), date(2026, 7, 1)))
    book.save(tmp_path / "indicators.xlsx")
    assert achievement(tmp_path / "indicators.xlsx", as_json=True) == 0
    assert _json(capsys)["indicators"][0]["achievement"] == "0.00"


def test_a_file_that_is_no_workbook_exits_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rank(_file(tmp_path, "scores.xlsx", "no workbook")) == 2
    assert "scores.xlsx" in capsys.readouterr().err
