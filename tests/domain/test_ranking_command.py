"""`selter rank`: panels, competencies, track records, pass marks, the lot, and what is told beside the ranking."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.scoring.competency import Competency
from runtime.law.rank import rank

PLAIN = ("ranking", "ties", "near_ties", "robustness", "sha256")
PANEL = """candidate,track_record,interview:x,interview:y,interview:z
01,80,80,60,85
02,absent,80,80,80
03,75,81,70,85
04,70,81,,84
"""
LONG = """candidate,component,assessor,score
01,interview,x,80
01,interview,y,60
01,interview,z,85
01,track_record,,80
02,track_record,,absent
02,interview,x,80
03,track_record,,75
03,interview,x,81
03,interview,y,70
03,interview,z,85
04,track_record,,70
04,interview,x,81
04,interview,z,84
"""
WEIGHTS = "track_record=40,interview=60"


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """The command's JSON for a file's text."""

    def run(text: str, name: str = "scores.csv", **options: Any) -> dict[str, Any]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert rank(tmp_path / name, as_json=True, **options) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return run


@pytest.fixture
def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """The command's error for a file's text."""

    def run(text: str, **options: Any) -> str:
        (tmp_path / "scores.csv").write_text(text, encoding="utf-8")
        assert rank(tmp_path / "scores.csv", **options) == 2
        return capsys.readouterr().err

    return run


def _totals(answer: dict[str, Any]) -> list[tuple[str, int | None, str | None]]:
    return [(r["candidate"], r["rank"], r["total"]) for r in answer["ranking"]]


def test_the_published_keys_come_first_and_the_ranking_does_not_depend_on_what_stands_beside_it(told: Any) -> None:
    text = "candidate,interview\nA,80\nB,70\n"
    plain = told(text, weights="interview=100")
    more = told(text, weights="interview=100", pass_mark="interview=75", cut=1)
    assert tuple(plain)[:5] == PLAIN
    assert [plain[key] for key in PLAIN] == [more[key] for key in PLAIN]
    assert (plain["goes_on"], more["goes_on"]) == (["A", "B"], ["A"])


def test_a_panels_scores_are_combined_and_its_assessors_told(told: Any) -> None:
    answer = told(PANEL, weights=WEIGHTS)
    assert _totals(answer) == [("04", 1, "77.50"), ("03", 2, "77.20"), ("01", 3, "77.00"), ("02", None, None)]
    assert answer["ranking"][2]["components"] == {"track_record": "80", "interview": "75"}
    assert answer["panel"]["divergences"] == [
        {
            "candidate": "01",
            "component": "interview",
            "lowest": {"assessor": "y", "score": "60"},
            "highest": {"assessor": "z", "score": "85"},
            "spread": "25",
        }
    ]
    assert [w["assessor"] for w in answer["panel"]["without"]] == ["x", "y", "z"]
    assert answer["panel"]["smallest_change"] is None  # everybody ranked is among the first three


def test_a_long_file_says_the_same(told: Any) -> None:
    wide, long = told(PANEL, weights=WEIGHTS), told(LONG, weights=WEIGHTS)
    assert _totals(wide) == _totals(long)
    assert wide["panel"]["divergences"] == long["panel"]["divergences"]


def test_a_panel_may_be_combined_otherwise(told: Any) -> None:
    text = "candidate,interview:x,interview:y,interview:z\nA,10,80,90\nB,60,70,71\nC,1,2,3\nD,1,2,2\n"
    mean = told(text, weights="interview=100")
    median = told(text, weights="interview=100", panel="median")
    assert [r["total"] for r in mean["ranking"]] == ["67.00", "60.00", "2.00", "1.67"]
    assert [r["candidate"] for r in median["ranking"]] == ["A", "B", "C", "D"]
    assert mean["panel"]["smallest_change"] == {
        "candidate": "C", "component": "interview", "assessor": "x", "points": "1.00", "higher": False
    }  # fmt: skip


def test_without_a_panel_none_is_told(told: Any) -> None:
    answer = told("candidate,interview\nA,80\n", weights="interview=100")
    assert answer["panel"] is None
    assert (answer["assessment"], answer["track_record"], answer["lottery"], answer["warnings"]) == ({}, {}, [], [])


def test_competency_levels_become_a_match(told: Any) -> None:
    header = ",".join(f"assessment.{name}" for name in Competency)
    rows = f"A,4,4,4,4,4,4,4,3,3\nB,5,4,4,4,4,4,4,4,4\nZ{',absent' * 9}\n"
    answer = told(f"candidate,{header}\n{rows}", weights="assessment=100")
    assert _totals(answer) == [("B", 1, "100.00"), ("A", 2, "94.44"), ("Z", None, None)]
    assert answer["assessment"]["A"]["category"] == "MS"
    assert answer["assessment"]["A"]["arithmetic"] == "34 / 36 × 100 = 94.44"
    assert answer["assessment"]["B"]["gaps"]["integrity"] == "1"
    assert set(answer["assessment"]) == {"A", "B"}


def test_technical_competencies_and_the_level_of_the_post_are_given(told: Any, tmp_path: Path) -> None:
    (tmp_path / "technical.yaml").write_text("Anggaran: 4\n", encoding="utf-8")
    header = ",".join(f"assessment.{name}:{who}" for name in [*Competency, "Anggaran"] for who in "xy")
    options = {"weights": "assessment=100", "level": "madya", "technical": tmp_path / "technical.yaml"}
    answer = told(f"candidate,{header}\nA{',4,5' * 10}\n", **options)
    assert answer["assessment"]["A"]["arithmetic"] == "44.5 / 49 × 100 = 90.82"
    assert answer["ranking"][0]["total"] == "90.82"
    assert answer["panel"] is None


def test_facts_of_a_track_record_become_points(told: Any, tmp_path: Path) -> None:
    text = "candidate,track_record.rank,track_record.education\nA,IV/c,S2\nB,IV/b,S3 + S1\nC,-,S1\n"
    answer = told(text, weights="track_record=100")
    assert _totals(answer) == [("A", 1, "85.71"), ("B", 1, "85.71"), ("C", 3, "28.57")]
    assert answer["track_record"]["C"]["arithmetic"] == "rank 0 + education 10 = 10 dari 35; × 100 / 35 = 28.57"
    assert answer["track_record"]["A"] | {"arithmetic": ""} == {"points": "30", "most": "35", "arithmetic": ""}
    table = {"rank": {"IV/b": 5, "IV/c": 6}, "awards": {"points": {"national": 2}, "adds_up": True, "maximum": 4}}
    (tmp_path / "points.yaml").write_text(yaml.safe_dump(table), encoding="utf-8")
    text = "candidate,track_record.rank,track_record.awards\nA,IV/c,national+national+national\nB,IV/b,-\n"
    answer = told(text, weights="track_record=100", points=tmp_path / "points.yaml")
    assert _totals(answer) == [("A", 1, "100.00"), ("B", 2, "50.00")]


def test_pass_marks_say_who_goes_on(told: Any) -> None:
    text = "candidate,paper,interview\nA,90,59\nB,60,60\nC,absent,90\nD,61,61\n"
    weights = {"weights": "paper=20,interview=35"}
    answer = told(text, pass_mark="interview=60,paper=60", **weights)
    assert answer["passed"] == [
        {"candidate": "A", "passed": False, "missed": ["interview"]},
        {"candidate": "D", "passed": True, "missed": []},
        {"candidate": "B", "passed": True, "missed": []},
        {"candidate": "C", "passed": False, "missed": ["absent"]},
    ]
    assert answer["goes_on"] == ["D", "B"]
    total = told(text, pass_mark="interview=60,total=33.01", pass_mark_system="cumulative", **weights)
    assert total["goes_on"] == ["A", "D"]


def test_a_lot_is_the_last_resort(told: Any) -> None:
    text = "candidate,paper,interview\n01,80,80\n02,80,80\n03,80,80\n04,60,100\n05,90,90\n"
    answer = told(text, weights="paper=20,interview=20", tie_break="interview", seed="x")
    order = [ticket["candidate"] for ticket in answer["lottery"]]
    assert sorted(order) == ["01", "02", "03", "04"]
    assert [r["rank"] for r in answer["ranking"]] == [1, 2, 3, 4, 5]
    assert [r["candidate"] for r in answer["ranking"]] == ["05", "04", *(c for c in order if c != "04")]
    assert answer["ties"][0]["broken_by"] == ["interview", "lottery"]
    unneeded = told(text, weights="paper=20,interview=20", tie_break="interview")
    assert unneeded["lottery"] == []


def test_what_looks_wrong_in_a_table_is_told(told: Any, capsys: pytest.CaptureFixture[str]) -> None:
    text = "candidate,assessment,paper,published_total,published_rank\nA,21,17,38,1\nB,20,18,38,2\nC,20,10,,\n"
    answer = told(text, weights="assessment=25,paper=20")
    assert [(w["code"], w["about"]) for w in answer["warnings"]] == [
        ("already-weighted", ["assessment"]),
        ("already-weighted", ["paper"]),
        ("tie-published-apart", ["A", "B"]),
    ]
    known = told(text, weights="assessment=25,paper=20", already_weighted=True)
    assert [w["code"] for w in known["warnings"]] == ["tie-published-apart"]
    assert _totals(known)[0] == ("A", 1, "38.00")


def test_scores_that_look_weighted_are_told_without_published_totals(told: Any) -> None:
    answer = told("candidate,assessment\nA,21\nB,20\n", weights="assessment=25")
    assert [w["code"] for w in answer["warnings"]] == ["already-weighted"]


def test_the_sentence_and_the_sway_are_told(told: Any) -> None:
    rows = "".join(f"{name},{score},{score}\n" for name, score in zip("ABCD", (90, 80, 70, 60), strict=True))
    answer = told(f"candidate,paper,interview\n{rows}", weights="paper=20,interview=35")
    assert answer["statement"].startswith("4 peserta diperingkat menurut makalah 20% dan wawancara akhir 35%.")
    assert answer["statement_en"].endswith("however the weights move within the guideline's ranges.")
    assert answer["weight_sway"] == {
        "places": 3,
        "holds": True,
        "level": False,
        "weights": [
            {"component": "paper", "weight": "20", "lawful": ["15", "20"], "holds": ["15.00", "20.00"]},
            {"component": "interview", "weight": "35", "lawful": ["30", "35"], "holds": ["30.00", "35.00"]},
        ],
        "otherwise": None,
    }


def test_weights_at_which_the_first_change_are_told(told: Any) -> None:
    text = "candidate,paper,interview\nA,90,90\nB,90,90\nC,90,60\nD,60,76\n"
    sway = told(text, weights="paper=20,interview=35")["weight_sway"]
    assert (sway["holds"], sway["otherwise"]) == (False, {"paper": "15", "interview": "30"})


def test_everything_is_readable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores = tmp_path / "scores.csv"
    scores.write_text(f"{PANEL}05,70,81,,84\n", encoding="utf-8")
    assert rank(scores, weights=WEIGHTS, pass_mark="interview=76", seed="x", cut=1) == 0
    out = capsys.readouterr().out
    for line in (
        "Beda penilai 25: 01, interview (y 60, z 85)",
        "01 tidak lulus; tidak mencapai: interview",
        "02 tidak lulus; tidak mencapai: absent",
        "Undian 1: ",
        "Lanjut: 0",
        "4 peserta diperingkat menurut rekam jejak 40% dan wawancara akhir 60%.",
    ):
        assert line in out
    scores.write_text("candidate,assessment\nA,21\n", encoding="utf-8")
    assert rank(scores, weights="assessment=25") == 0
    out = capsys.readouterr().out
    assert "Periksa: Semua nilai assessment tidak lebih dari bobotnya (25)" in out
    assert "Lanjut" not in out


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("candidate,interview:x,interview\nA,80,80\n", {}, "interview is given in two ways"),
        ("candidate,track_record.rank,track_record\nA,IV/b,80\n", {}, "track_record is given in two ways"),
        ("candidate,interview.depth\nA,80\n", {}, "unknown column interview.depth"),
        ("candidate,interview:x,interview:y\nA,,\n", {}, "A: interview has no score"),
        ("candidate,interview:x\nA,much\n", {}, "not a number"),
        ("candidate,interview,assessor\nA,80,x\n", {}, "only a long file has it"),
        ("candidate,interview,published_rank\nA,80,first\n", {}, "'first' is no whole number"),
        ("candidate,component,assessor,score\nA,height,x,80\n", {}, "'height' is none of track_record"),
        ("candidate,component,assessor,score\n,interview,x,80\n", {}, "candidate is missing"),
        ("candidate,component,assessor,score\nA,interview,x,80\nA,interview,x,81\n", {}, "a second sheet of 'x'"),
        ("candidate,component,assessor,score\nA,interview,x,80\nB,paper,x,81\n", {}, "A: paper has no score"),
        ("candidate,assessment.integrity\nA,4\n", {}, "needs review, no level of cooperation"),
        ("candidate,assessment.charm\nA,4\n", {}, "charm is not in the competency standard"),
        ("candidate,assessment.integrity\nA,6\n", {}, "level 6 is not between 0 and 5"),
        ("candidate,track_record.rank\nA,IV/b\n", {}, "needs review, perlu diperiksa: education"),
        ("candidate,track_record.rank,track_record.education\nA,,S1\n", {}, "needs review, perlu diperiksa: rank"),
        ("candidate,track_record.charm\nA,much\n", {}, "charm is not in the points table"),
        ("candidate,interview\nA,80\n", {"pass_mark": "paper=60"}, "paper has a pass mark and no scores"),
        ("candidate,interview\nA,80\n", {"pass_mark": "interview=101"}, "not between 0 and 100"),
        ("candidate,interview\nA,80\n", {"pass_mark_system": "olympic"}, "pass system 'olympic' is none of knockout"),
        ("candidate,interview\nA,80\n", {"panel": "loudest"}, "panel 'loudest' is none of mean, median, trimmed"),
        ("candidate,interview\nA,80\n", {"cut": 0}, "a cut is one at least"),
        ("candidate,interview\nA,80\n", {"level": "camat"}, "no required level is known for 'camat'"),
    ],
)
def test_what_cannot_be_ranked_is_refused_with_its_reason(
    refused: Any, text: str, options: dict[str, Any], message: str
) -> None:
    assert message in refused(text, **options)


def test_technical_levels_are_whole_numbers(refused: Any, tmp_path: Path) -> None:
    (tmp_path / "technical.yaml").write_text("anggaran: high\n", encoding="utf-8")
    assert "a level from 1 to 5" in refused("candidate,interview\nA,80\n", technical=tmp_path / "technical.yaml")


def test_a_rule_set_may_have_no_lot(refused: Any, tmp_path: Path) -> None:
    overlay = """id = "x"
title = "x"
kind = "agency"
extends = "id-pns-2020"
basis = "Keputusan"
valid_from = 2026-01-01
[changes]
"tie_break.lottery" = { value = false }
"""
    (tmp_path / "overlay.toml").write_text(overlay, encoding="utf-8")
    text = "candidate,interview\nA,80\n"
    assert "has no lot" in refused(text, seed="x", overlay=tmp_path / "overlay.toml")
