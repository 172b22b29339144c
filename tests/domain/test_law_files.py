"""Files that `lint`, `rank` and `achievement` read as text: every malformation is named with its place and remedy."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from runtime.law.files import FileError, read_rows, read_toml, read_tree
from runtime.law.tables import MAX_ROWS
from tests.domain.workbooks import workbook

KNOWN = ("candidate", "assessment", "interview")


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problem(folder: Path, name: str, content: str | bytes, known: tuple[str, ...] = KNOWN) -> str:
    """What the error says about rows."""
    with pytest.raises(FileError) as caught:
        read_rows(put(folder, name, content), known)
    return str(caught.value)


def tree_problem(folder: Path, name: str, content: str | bytes) -> str:
    with pytest.raises(FileError) as caught:
        read_tree(put(folder, name, content))
    return str(caught.value)


# -- paths -------------------------------------------------------------------------------------------------------------


def test_a_path_that_is_no_file_says_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for name, what in (
        ("absent.csv", "absent.csv: there is no such file"),
        ("folder.csv", "folder.csv: this is a folder; name a file"),
        ("pipe.csv", "pipe.csv: this is no regular file; save its content as a file and name that"),
        ("a" * 300 + ".csv", "File name too long"),
    ):
        with pytest.raises(FileError) as caught:
            read_rows(tmp_path / name)
        assert str(caught.value).endswith(what)
    with pytest.raises(FileError, match="no regular file"):
        read_rows(Path("/dev/zero"))


def test_standard_input_is_not_read() -> None:
    for read in (read_rows, read_tree):
        with pytest.raises(FileError, match=r"^-: standard input is not read; save it as a file and name the file$"):
            read(Path("-"))


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    path = put(tmp_path, "scores.csv", "candidate\n")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileError, match=r"^scores.csv: Permission denied$"):
        read_rows(path)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("scores.ods", "; save it as .xlsx in a spreadsheet program"),
        ("scores.XLS", "; save it as .xlsx in a spreadsheet program"),
        ("scores.txt", ""),
        ("scores", ""),
    ],
)
def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path, name: str, advice: str) -> None:
    said = Path(name).suffix.lower() or "(none)"
    known = ".csv, .tsv, .xlsx, .xlsm, .yaml, .yml, .json"
    expected = f"{name}: files with suffix {said} are not read here, but {known}{advice}"
    assert problem(tmp_path, name, "candidate\n") == expected


def test_a_tree_and_a_table_have_their_own_suffixes(tmp_path: Path) -> None:
    assert tree_problem(tmp_path, "plan.csv", "").endswith("are not read here, but .yaml, .yml, .json")
    with pytest.raises(FileError, match=r"suffix \.yaml are not read here, but \.toml$"):
        read_toml(put(tmp_path, "overlay.yaml", ""))


@pytest.mark.parametrize(
    ("name", "limit"),
    [("scores.csv", 5_000_000), ("scores.xlsx", 5_000_000), ("rows.json", 5_000_000), ("rows.yaml", 250_000)],
)
def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, name: str, limit: int) -> None:
    for size in (limit + 1, 10_000_000):
        said = problem(tmp_path, name, b"\n" * size)
        assert said == f"{name}: the file is larger than {limit:,} bytes; keep only the rows and columns needed"
    put(tmp_path, name, b" " * limit)
    if name.endswith(".csv"):
        assert read_rows(tmp_path / name) == []
    else:
        assert "larger" not in problem(tmp_path, name, b" " * limit)


# -- text --------------------------------------------------------------------------------------------------------------


def test_bytes_that_are_no_text_are_named_with_their_line(tmp_path: Path) -> None:
    latin = problem(tmp_path, "scores.csv", b"candidate,interview\nA,80\nJos\xe9,70\n")
    assert latin == "scores.csv, line 3: byte 0xE9 is not UTF-8; save the file as UTF-8"
    nul = problem(tmp_path, "scores.csv", b"candidate,interview\nA,8\x000\n")
    assert nul == "scores.csv, line 2: a NUL byte; this is no text file in UTF-8"
    cut = problem(tmp_path, "scores.csv", "candidate\n".encode("utf-16") + b"\n")
    assert cut == "scores.csv, line 2: byte 0x0A is not UTF-16; save the file as UTF-8"
    assert problem(tmp_path, "scores.csv", workbook(("candidate",))) == (
        "scores.csv: this is a workbook or archive, not a .csv text; name it .xlsx"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_spreadsheet_programs_are_read(tmp_path: Path, encoding: str) -> None:
    path = put(tmp_path, "scores.csv", "candidate\tinterview\nÉmile\t80,5\n".encode(encoding))
    assert read_rows(path, KNOWN) == [{"candidate": "Émile", "interview": "80,5"}]


# -- CSV ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "candidate,interview\nA,80.5\nB,70\n",
        "candidate;interview\r\nA;80.5\r\nB;70\r\n",
        "candidate\tinterview\rA\t80.5\rB\t70\r",
        "sep=;\ncandidate;interview\nA;80.5\nB;70\n",
        '"sep=,"\r\ncandidate,interview\r\nA,80.5\r\nB,70\r\n',
        " Candidate ,INTERVIEW\n A , 80.5 \n B,70",
        '\n  \n"candidate","interview"\n\n,\n"A","80.5"\n , \nB,70\n\n',
        "candidate,interview,,\nA,80.5,,\nB,70,,\n",
        "candidate,,interview\nA,,80.5\nB,,70\n",
    ],
)
def test_the_same_table_in_many_ways_of_writing(tmp_path: Path, text: str) -> None:
    rows = read_rows(put(tmp_path, "scores.csv", text), KNOWN)
    assert rows == [{"candidate": "A", "interview": "80.5"}, {"candidate": "B", "interview": "70"}]


def test_quoted_cells_hold_separators_and_line_ends(tmp_path: Path) -> None:
    text = 'candidate,interview\n"Budi\nSantoso, S.H.","80,5"\n"Si ""A""",70\nB\n'
    rows = read_rows(put(tmp_path, "scores.csv", text.removesuffix("B\n")), KNOWN)
    assert [row["candidate"] for row in rows] == ["Budi\nSantoso, S.H.", 'Si "A"']
    assert [row.place for row in rows] == ["scores.csv, line 2", "scores.csv, line 4"]
    assert problem(tmp_path, "scores.csv", text).startswith("scores.csv, line 5: 1 cells for 2 columns")


def test_a_value_knows_its_place(tmp_path: Path) -> None:
    (row,) = read_rows(put(tmp_path, "scores.csv", "sep=;\n\ncandidate;;interview\n\nA;;80\n"), KNOWN)
    assert row.where("interview") == "scores.csv, line 5, column 3 (interview)"
    assert row.where("assessment") == "scores.csv, line 5 (assessment)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "candidate,interview\nA,80,5\n",
            'line 2: 3 cells for 2 columns; quote decimal commas ("80,5") or write a point',
        ),
        ("candidate,interview\nA\n", "line 2: 1 cells for 2 columns; leave none out; a cell may be empty"),
        (
            "candidate,interview\nA,80,\n",
            'line 2: 3 cells for 2 columns; quote decimal commas ("80,5") or write a point',
        ),
        ("candidate,interview,\nA,80,x\n", "line 2, column 3: its column has no name in the header, line 1"),
        ("candidate,interview,Interview\n", "line 1, column 3: column interview is doubled; the first is column 2"),
        ('candidate,interview\nB,1\n"A,80\n', "line 3: unexpected end of data; check its quotation marks"),
        ('sep=,\ncandidate,interview\n"A"x,80\n', "line 3: ',' expected after '\"'; check its quotation marks"),
        (
            "candidate,interview\n" + "A" * 131_073 + ",80\n",
            "line 2: field larger than field limit (131072); check its quotation marks",
        ),
        ("candidate,nilai\n", "line 1, column 2: unknown column nilai; known are candidate, assessment, interview"),
        ("Rekap\n\ncandidate,interview\n", "line 3 looks like the header; delete what stands above it, from line 1 on"),
        ("nama,nilai\nA,80\n", "line 1, column 1: unknown column nama; known are candidate, assessment, interview"),
    ],
)
def test_a_malformed_table_names_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    assert problem(tmp_path, "scores.csv", text) == f"scores.csv, {said}"


def test_a_header_of_any_length_is_looked_at(tmp_path: Path) -> None:
    wide = ",".join(f"c{index}" for index in range(100_000))
    assert read_rows(put(tmp_path, "wide.csv", wide)) == []
    assert "unknown column c0" in problem(tmp_path, "wide.csv", wide)


def test_without_known_columns_every_column_is_taken(tmp_path: Path) -> None:
    assert read_rows(put(tmp_path, "officials.csv", "name,nip\nA,01\n")) == [{"name": "A", "nip": "01"}]


def test_a_file_without_rows_has_none(tmp_path: Path) -> None:
    for text in ("", "\ufeff", "\n\n", "candidate,interview", "candidate,interview\n,\n", "sep=;\n"):
        assert read_rows(put(tmp_path, "scores.csv", text), KNOWN) == []


def test_rows_are_counted(tmp_path: Path) -> None:
    row = "A,80\n"
    assert len(read_rows(put(tmp_path, "scores.csv", "candidate,interview\n" + row * MAX_ROWS), KNOWN)) == MAX_ROWS
    many = problem(tmp_path, "scores.csv", "candidate,interview\n" + row * (MAX_ROWS + 1))
    assert many == "scores.csv: more than 5,000 rows; no more are read"
    empty = "[" + "{}," * MAX_ROWS
    assert problem(tmp_path, "rows.json", empty + "{}]") == "rows.json: more than 5,000 rows; no more are read"
    assert len(read_rows(put(tmp_path, "rows.json", empty.removesuffix(",") + "]"))) == MAX_ROWS


# -- YAML and JSON -----------------------------------------------------------------------------------------------------


def test_rows_in_yaml_and_json_stay_as_written(tmp_path: Path) -> None:
    text = "- {Candidate: NO, interview: 010, assessment: 1.10}\n- {candidate: 'A ', interview: , assessment: 1:30}\n"
    assert read_rows(put(tmp_path, "rows.yaml", text), KNOWN) == [
        {"candidate": "NO", "interview": "010", "assessment": "1.10"},
        {"candidate": "A", "interview": "", "assessment": "1:30"},
    ]
    text = '[{"candidate": true, "interview": 8e1, "assessment": 1.10}, {"candidate": " A", "interview": null}]'
    rows = read_rows(put(tmp_path, "rows.json", text), KNOWN)
    assert rows == [
        {"candidate": "true", "interview": "8e1", "assessment": "1.10"},
        {"candidate": "A", "interview": ""},
    ]
    assert rows[1].place == "rows.json, row 2"
    assert rows[1].where("interview") == "rows.json, row 2 (interview)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", ": a list of rows is expected"),
        ("[{}, 5]", ", row 2: a list of rows is expected, each with its columns"),
        ('[{"interview": [80]}]', ", row 1 (interview): a single value is expected, not a list or mapping"),
        ('[{"interview": {}}]', ", row 1 (interview): a single value is expected, not a list or mapping"),
        ('[{"interview": 1, "Interview": 2}]', ", row 1: a column is doubled"),
        ('[{}, {"mood": 1}]', ", row 2: unknown column mood; known are candidate, assessment, interview"),
    ],
)
def test_rows_in_json_and_yaml_are_checked(tmp_path: Path, text: str, said: str) -> None:
    assert problem(tmp_path, "rows.json", text) == f"rows.json{said}"
    assert problem(tmp_path, "rows.yaml", text) == f"rows.yaml{said}"


def test_a_whole_number_of_any_length_is_read_or_refused(tmp_path: Path) -> None:
    longest = "9" * 18
    for name in ("plan.yaml", "plan.json"):
        assert read_tree(put(tmp_path, name, f'{{"a": {longest}}}')) == {"a": 999_999_999_999_999_999}
    assert read_tree(put(tmp_path, "plan.yaml", f"a: {longest}9")) == {"a": longest + "9"}
    assert (
        tree_problem(tmp_path, "plan.json", f"[{longest}9]") == f"plan.json: {longest}… is too long for a whole number"
    )


def test_a_tree_knows_whole_numbers_flags_and_nothing_else(tmp_path: Path) -> None:
    text = "{a: 12, b: -3, c: 0, d: 010, e: 1:30, f: 1_000, g: 1.50, h: yes, i: null, j: 2026-01-20, k: .inf, 1: x}"
    assert read_tree(put(tmp_path, "plan.yml", text)) == {
        "a": 12, "b": -3, "c": 0, "d": "010", "e": "1:30", "f": "1_000", "g": "1.50", "h": True, "i": None,
        "j": "2026-01-20", "k": ".inf", "1": "x",
    }  # fmt: skip
    assert read_tree(put(tmp_path, "plan.json", '{"a": 20.10, "b": 3}')) == {"a": Decimal("20.10"), "b": 3}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3", ", line 3, column 1: key a stands twice"),
        ("a:\n\tb: 1", ", line 2, column 1: found character '\\t' that cannot start any token; indent with spaces"),
        ("a: [", ", line 1, column 5: expected the node content, but found '<stream end>'"),
        ("a: &x 1\nb: *x", ", line 2, column 4: aliases (*) and tags (!) are not read; write the value itself"),
        ("a: !!int 5", ", line 1, column 4: aliases (*) and tags (!) are not read; write the value itself"),
        ("a: !x {}", ", line 1, column 4: aliases (*) and tags (!) are not read; write the value itself"),
        ("[a]: 1", ", line 1, column 1: a key must be a text"),
        ("a: 1\n---\nb: 2", ", line 2, column 1: but found another document"),
        ("[" * 3000, ": lists and mappings are nested too deeply"),
        ('a: "\\ud800"', ": an escape such as \\ud800 stands for no character"),
        ("a: \x07", ": unacceptable character #x0007: special characters are not allowed"),
    ],
)
def test_a_malformed_yaml_file_names_the_place(tmp_path: Path, text: str, said: str) -> None:
    assert tree_problem(tmp_path, "plan.yaml", text).startswith(f"plan.yaml{said}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1, "a": 2}', ": key a stands twice"),
        ('{"a": NaN}', ": NaN is no number"),
        ('{"a": -Infinity}', ": -Infinity is no number"),
        ('{\n"a" 1}', ", line 2, column 5: Expecting ':' delimiter"),
        ("", ", line 1, column 1: Expecting value"),
        ("[" * 100_000, ": lists and mappings are nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", ": 999999999999999999… is too long for a whole number"),
        ('{"a": "\\ud800"}', ": an escape such as \\ud800 stands for no character"),
    ],
)
def test_a_malformed_json_file_names_the_place(tmp_path: Path, text: str, said: str) -> None:
    assert tree_problem(tmp_path, "plan.json", text).startswith(f"plan.json{said}")


@pytest.mark.parametrize("text", ["a = ", "a = 1\na = 2", "a = " + "9" * 5000, "a = " + "[" * 5000])
def test_a_malformed_toml_file_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileError, match=r"^overlay\.toml: "):
        read_toml(put(tmp_path, "overlay.toml", text))


def test_toml_keeps_decimals_exact(tmp_path: Path) -> None:
    assert read_toml(put(tmp_path, "overlay.toml", "a = 20.10")) == {"a": Decimal("20.10")}
