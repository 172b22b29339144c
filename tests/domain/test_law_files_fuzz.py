"""Whatever bytes a file holds, the law's commands answer with an exit code, never with a defect of ours."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from runtime.law.achievement import achievement
from runtime.law.files import FileError, read_rows, read_toml, read_tree
from runtime.law.lint import lint
from runtime.law.rank import rank
from tests.domain.test_law_commands import INDICATORS, PLAN, SCORES
from tests.domain.workbooks import with_parts, workbook

WORKBOOK = workbook(("candidate", "assessment", "interview"), ("A", 80.5, "absent"), ("B", "=1+1", 70), (None, 1, 1))
PIECES = (
    *"\n\t '\",;:-[]{}~#?\0\r", "", "- ", "&a ", "*a", "!!int ", "null", "true", "<<: ", "é", "\u202e",
    "candidate", "absent", "1e999", "-1", "0.1", "9" * 40, "1.234.5", "80..70", "2026-02-30", "NaN",
)  # fmt: skip
XML_PIECES = (
    b"", b"0", b"-1", b"9", b"99999999", b"A1", b"<", b">", b"/>", b'"', b"&amp;", b"&x;", b"\0", b' t="s"', b' t="d"',
    b' t="b"', b' s="77"', b"e5", b"<c/>", b"<row/>", b"xl/", b"#REF!",
)  # fmt: skip
CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text with up to four pieces of it replaced by something nasty."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(st.sampled_from(PIECES) | st.text(max_size=4)) + text[end:]
    return text


@st.composite
def mutated_workbooks(draw: st.DrawFn) -> bytes:
    """The workbook with up to four pieces of the XML of one of its parts replaced."""
    part = draw(st.sampled_from(("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
                                 "[Content_Types].xml", "xl/_rels/workbook.xml.rels")))  # fmt: skip

    def change(name: str, content: bytes) -> bytes:
        for _ in range(draw(st.integers(1, 4)) if name == part else 0):
            start = draw(st.integers(0, len(content)))
            end = draw(st.integers(start, min(len(content), start + 12)))
            content = content[:start] + draw(st.sampled_from(XML_PIECES) | st.binary(max_size=3)) + content[end:]
        return content

    return with_parts(WORKBOOK, change)


@st.composite
def damaged_workbooks(draw: st.DrawFn) -> bytes:
    """The workbook with a few bytes of the archive itself changed."""
    data = bytearray(WORKBOOK)
    for place in draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=8)):
        data[place] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)) | st.just(len(data)))])


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return path


def read(path: Path, how: Callable[[Path], Any] = read_rows) -> Any:
    """The content, or nothing where the file is refused by its name."""
    refusal, content = "", []
    try:
        content = how(path)
    except FileError as error:
        refusal = str(error)
    assert not refusal or path.name in refusal
    return content


def answers(capsys: pytest.CaptureFixture[str], code: int) -> None:
    """The command has printed one object, and one line at most about what is wrong."""
    captured = capsys.readouterr()
    (line,) = captured.out.splitlines()
    answer = json.loads(line)
    assert ("error" in answer) == (code == 2)
    assert code in (0, 1, 2)
    assert code != 2 or captured.err == f"selter: {answer['error']}\n"


@FUZZ
@given(st.sampled_from((".csv", ".tsv", ".xlsx", ".yaml", ".json")), st.binary(max_size=300))
def test_any_bytes_are_rows_or_refused(folder: Path, suffix: str, data: bytes) -> None:
    for row in read(put(folder / f"rows{suffix}", data)):
        assert all(isinstance(text, str) for text in row.values())


@FUZZ
@given(st.sampled_from((".toml", ".yaml", ".json")), st.text(max_size=200) | mutated("a: {b: [1, 2.5, true], c: null}"))
@example(".json", '"\ud800"')
def test_any_text_is_a_tree_or_refused(folder: Path, suffix: str, text: str) -> None:
    tree = read(put(folder / f"tree{suffix}", text), read_toml if suffix == ".toml" else read_tree)
    assert json.dumps(tree, ensure_ascii=False, default=str).encode()


@FUZZ
@given(mutated_workbooks() | damaged_workbooks())
def test_any_workbook_is_rows_or_refused(folder: Path, data: bytes) -> None:
    for row in read(put(folder / "rows.xlsx", data)):
        assert all(isinstance(text, str) for text in row.values())


@FUZZ
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5), st.sampled_from(",;\t"))
def test_what_is_written_as_csv_is_read_again(folder: Path, table: list[list[str]], delimiter: str) -> None:
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([["one", "two"], *table])
    rows = read_rows(put(folder / "rows.csv", stream.getvalue()), ("one", "two"))
    stripped = [[cell.strip() for cell in cells] for cells in table]
    assert [[row["one"], row["two"]] for row in rows] == [cells for cells in stripped if any(cells)]


@FUZZ
@given(mutated(SCORES), st.booleans())
def test_any_scores_are_ranked_or_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, weighted: bool
) -> None:
    answers(capsys, rank(put(folder / "scores.csv", text), already_weighted=weighted, as_json=True))


@FUZZ
@given(mutated(INDICATORS))
def test_any_indicators_are_computed_or_refused(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    answers(capsys, achievement(put(folder / "indicators.csv", text), as_json=True))


@FUZZ
@given(mutated(PLAN))
def test_any_plan_is_checked_or_refused(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    answers(capsys, lint(put(folder / "plan.yaml", text), as_json=True))
